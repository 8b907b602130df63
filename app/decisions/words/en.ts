const words = {
  list: { title: "Decisions" },
  makeOne: "Make a decision",
  pick: "Make a decision from the selected thing",
  home: {
    waiting: "Decisions that wait for you",
    asks: "{name} asks whether you agree · <date></date>",
  },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
