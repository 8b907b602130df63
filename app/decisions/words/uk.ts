import type { Words } from "./en";

const words: Words = {
  list: { title: "Рішення" },
  makeOne: "Ухвалити рішення",
  pick: "Ухвалити рішення з вибраного",
  home: {
    waiting: "Рішення, що чекають на вас",
    asks: "{name}: чи погоджуєтеся ви? · <date></date>",
  },
};

export default words;
