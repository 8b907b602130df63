const words = {
  trouble: {
    title: "Mail does not arrive",
    text: "The mail server of {email} refused a letter for good. Since then no news is mailed to this address.",
    said: "It said: {said}",
    again: "Try this address again",
  },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
