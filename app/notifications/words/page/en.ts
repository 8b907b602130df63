const words = {
  kind: {
    comment: "A comment on an idea that I follow",
    mention: "Somebody mentions me",
    status: "An idea that I support or follow gets another status",
    support: "Somebody supports my idea",
    merge: "An idea of mine is merged with another, or parted again",
    invitation: "Somebody accepts my invitation",
    idea: "A new idea of an account or product that I look after",
    decision: "A decision waits for me, or somebody answers one of mine",
    survey: "I am asked what I would pay for something",
  },
  how: { instant: "At once", daily: "Once a day", off: "Not by mail" },
  settings: {
    lead: "In the bell everything arrives at once. Here you choose what also comes by mail, and when.",
    kindColumn: "What happens",
    howColumn: "By mail",
    mailOff: "Send me no mail about any of this",
    mailOffHelp: "Letters for signing in and invitations are sent anyway: you ask for those yourself.",
    hours: "Hours",
    quietFrom: "Quiet from",
    quietTo: "Quiet until",
    quietHelp: "Between these hours no mail is sent; it comes when they end.",
    noQuiet: "No quiet hours",
    digestHour: "The daily mail comes at",
    zone: "Times are of your zone: {zone}.",
    save: "Keep these choices",
    saved: "Your choices are kept.",
    back: "Settings",
    notSame: "Quiet hours begin and end at different hours.",
    bothOrNone: "Please choose both hours, or neither.",
  },
  unsubscribe: {
    title: "No more of these letters?",
    kind: "You will get no more mail about this: {kind}. It still stands in the bell.",
    all: "You will get no more mail about news in Tandem. It still stands in the bell.",
    button: "Send me no more of them",
    doneTitle: "You will get no more of these letters",
    doneKind: "No more mail about this: {kind}.",
    doneAll: "No more mail about news in Tandem. Letters for signing in are sent when you ask for them.",
    change: "You can choose again at any time",
  },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
