import type { Words } from "./en";

const words: Words = {
  list: { title: "Решения" },
  makeOne: "Принять решение",
  pick: "Принять решение по выбранному",
  home: {
    waiting: "Решения, которые ждут вас",
    asks: "{name}: вы согласны? · <date></date>",
  },
};

export default words;
