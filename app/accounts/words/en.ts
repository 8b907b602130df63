const words = {
  frame: {
    about: "Where makers and their customers design, price and order together.",
  },
  fields: {
    email: "E-mail",
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
  refusals: {
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
