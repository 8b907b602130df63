const words = {
  frame: {
    about: "Where makers and their customers design, price and order together.",
  },
  fields: {
    password: "Password",
    code: "6-digit code",
    "code-help": "It stands in the message we sent you.",
    "new-password": "New password",
    "new-password-help":
      "At least {limit, plural, one {# character} other {# characters}}. A few words in a row are easy to remember.",
  },
  login: {
    title: "Sign in",
    submit: "Sign in",
    mail: "E-mail me a link or a code instead",
    forgot: "I forgot my password",
  },
  code: {
    title: "Sign in by e-mail",
    lead: "We send you a message with a link and a 6-digit code. Either signs you in.",
    send: "E-mail me a link and a code",
    sent: "If {email} has a login here, a message with a link and a code is on its way. It may take a minute; look in the spam folder, too.",
    again: "Send another message",
    have: "I have a code already",
    verify: "Sign in",
    password: "Sign in with a password",
  },
  forgot: {
    title: "Forgotten password",
    lead: "Tell us your e-mail address, and we send you a link for choosing a new password.",
    send: "E-mail me a link",
    sent: "If {email} has a login here, a message with a link is on its way. It may take a minute; look in the spam folder, too.",
    back: "Back to signing in",
  },
  confirm: {
    "sign-in-title": "One more step",
    "sign-in-lead": "Press the button to sign in. The link works once.",
    "sign-in": "Sign in",
    "password-title": "Forgotten password",
    "password-lead": "Press the button to go on and choose a new password. The link works once.",
    password: "Go on",
    "invite-title": "You are invited",
    "invite-lead": "Press the button to accept the invitation, then choose a password.",
    invite: "Accept the invitation",
    "address-title": "Confirm your e-mail address",
    "address-lead": "Press the button to confirm that this address is yours. The link works once.",
    address: "Confirm",
    "broken-title": "This link is not complete",
    "broken-text":
      "A part of it may have got lost on the way. Open it again from the message, or have a new one sent to you.",
    again: "Send me a new link",
  },
  password: {
    title: "Choose a new password",
    lead: "You are signed in as {name}.",
    save: "Save the new password",
    "saved-title": "Your new password is saved",
    "saved-text": "Use it from now on. You have been signed out everywhere else.",
    "go-on": "Go on",
    "prove-title": "First, show that it is you",
    "prove-text":
      "A new password can be chosen within half an hour of signing in by e-mail. We can send you a link for that.",
    prove: "E-mail me a link",
  },
  secondFactor: {
    code: "6-digit code",
    codeHelp: "Your authenticator app shows it and changes it every 30 seconds.",
    recoveryCode: "Recovery code",
    recoveryHelp: "One of the codes you were shown when you set up the second factor. Each works once.",
    proveTitle: "Second factor",
    proveLead: "Hello {name}. Please type the code that your authenticator app shows for Tandem.",
    recoverLead: "Hello {name}. A recovery code stands in for your authenticator app, once.",
    proveSubmit: "Sign in",
    withRecovery: "Use a recovery code instead",
    withApp: "Use the authenticator app instead",
    askAdmin: "Neither at hand? An admin can reset your second factor.",
    signOut: "Sign out",
    begin: "Set up an authenticator app",
    scan: "Scan this picture with an authenticator app.",
    picture: "QR code for your authenticator app",
    orType: "Or type this secret into the app:",
    finish: "Turn it on",
    codesTitle: "Your recovery codes",
    codesLead:
      "Keep these codes where you find them without your telephone. They are shown now and never again; each signs you in once in place of the app.",
    enrolTitle: "Set up your second factor",
    enrolLead:
      "Hello {name}. Everybody on the team signs in with a second factor. Set yours up now; it takes two minutes.",
    doneTitle: "Your second factor is on",
    doneLead: "From now on we ask for a code of your app whenever you sign in.",
    goOn: "Go on",
    isOn: "A second factor guards your sign-in.",
    codesLeft:
      "{count, plural, =0 {You have no recovery code left.} one {You have # recovery code left.} other {You have # recovery codes left.}}",
    isOff: "Only your password guards your sign-in at present.",
    newCodesTitle: "New recovery codes",
    newCodesLead: "A new set replaces the one before: the old codes stop working.",
    newCodes: "Make new codes",
    removeTitle: "Another telephone",
    removeLead: "Take the second factor away to set it up anew, or to do without.",
    removeRequired:
      "Take the second factor away to set it up anew. As one is asked of everybody, you can do nothing else before that.",
    remove: "Take it away",
  },
  identity: {
    title: "Please confirm that it is you",
    byCode:
      "{name}, what you are about to do touches what people may do, or money. Type the code of your authenticator app; it counts for ten minutes.",
    byPassword:
      "{name}, what you are about to do touches what people may do, or money. Type your password; it counts for ten minutes.",
    submit: "Confirm",
    byMail:
      "{name}, what you are about to do touches what people may do, or money. Type the code that we mailed to you; it counts for ten minutes.",
    mail: "E-mail me a code instead",
    mailed: "A code is on its way to {email}. It may take a minute; look in the spam folder, too.",
    mailAgain: "Send another code",
    back: "Back without changing anything",
  },
  accept: {
    title: "Welcome to Tandem",
    account: "{inviter} invites you to work for {account}.",
    staff: "{inviter} invites you to join the team.",
    as: "Your role: {role}",
    email: "Your login is {email}.",
    name: "Your name",
    nameHelp: "As your colleagues and the other side see it.",
    password: "Choose a password",
    submit: "Accept and sign in",
    acceptedTitle: "This invitation was accepted",
    acceptedText: "Sign in with the password you chose then.",
    closedTitle: "This account is closed",
    closedText:
      "The work with {account} has ended, so nobody joins it any more. Nothing was made for you, and nothing you had was changed.",
    revokedTitle: "This invitation was taken back",
    revokedText: "Ask whoever invited you whether you should get a new one.",
    expiredTitle: "This invitation has run out",
    expiredText: "Ask {inviter} to send you another letter.",
    elsewhereTitle: "This address is in use already",
    elsewhereText: "{email} signs in to another place in Tandem. Ask {inviter} to invite another address of yours.",
    overTitle: "This link opens nothing",
    overText: "It may not be complete, or a newer letter took its place. Open the link of the newest letter.",
    signIn: "Sign in",
  },
  refusals: {
    "wrong-app-code": "This code is not right or was used already. Please type the one that the app shows now.",
    "wrong-recovery-code": "This recovery code is not right or was used already. Please check it.",
    "wrong-password": "This is not your password. Please check it.",
    "wrong-login":
      "This e-mail and password do not belong together. Please check both, or have a link e-mailed to you.",
    "wrong-code":
      "This code is not right, was used already or has run out. Please check it, or send for another message.",
    "link-over": "This link was used already or has run out. Please ask for a new one.",
    "no-access":
      "Your login is in order, but you no longer have access. Ask an owner of your account or your contact at the maker.",
    "weak-password": "This password is too easy to guess. Please choose a longer or less common one.",
    "same-password": "This is the password you have already. Please choose another one.",
    "long-password": "This password is longer than we can keep. Please choose a shorter one.",
    "wait-seconds":
      "There were too many tries. Please wait {count, plural, one {# second} other {# seconds}} and try again.",
    "wait-minutes":
      "There were too many tries. Please wait {count, plural, one {# minute} other {# minutes}} and try again.",
  },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
