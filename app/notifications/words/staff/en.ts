const words = {
  trouble: {
    title: "Mail does not arrive",
    text: "The mail server of {email} refused a letter for good. Since then no news is mailed to this address.",
    said: "It said: {said}",
    lostTitle: "The last letter did not arrive",
    failed:
      "The letter to {email} of <date></date> was not delivered: the mail server refused it, or every try for 72 hours failed. It is not tried any more; the next letter is sent as ever.",
    uncertain:
      "Whether the letter to {email} of <date></date> arrived is not known: the line broke while the mail server took it. It is not sent a second time.",
    again: "Try this address again",
  },
  mail: {
    many: "{count, plural, one {# piece of news in Tandem} other {# pieces of news in Tandem}}",
    manyAbout: "{count, plural, one {# piece of news about “{title}”} other {# pieces of news about “{title}”}}",
    daily: "{count, plural, one {Your day in Tandem: # piece of news} other {Your day in Tandem: # pieces of news}}",
    hello: "Hello {name},",
    open: "Open in Tandem",
    more: "{count, plural, one {And # more in Tandem} other {And # more in Tandem}}",
    why: "You get this letter because you take part in Tandem as {email}.",
    settings: "Choose what you are told by mail",
    stopKind: "No more mail of this kind",
    stopAll: "No mail at all",
  },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
