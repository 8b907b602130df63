const words = {
  guest: {
    openTitle: "You are invited",
    openLead:
      "Something is shared with you here. You need no login: we send a code to the address that the invitation went to, and with it you open what is shared in this browser.",
    name: "Your name",
    nameHelp: "It stands beside what you write.",
    send: "E-mail me a code",
    codeSent:
      "If the invitation still stands, a code is on its way to the address it was sent to. It counts for ten minutes.",
    code: "6-digit code",
    codeHelp: "It stands in the message we sent you.",
    have: "I have a code already",
    check: "Go on",
    again: "Send another code",
    wrong: "This code is not right, was used already or has run out. Please check it, or send for another one.",
    guestOf: "Guest of {account}",
    ended:
      "Your access as a guest of {account} has ended. Nothing more can be written or opened here. Ask whoever invited you.",
    ends: "Your access ends on <date></date>.",
    rename: "Save my name",
  },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
