import type { Words } from "./en";

const words: Words = {
  list: { title: "Решения" },
  makeOne: "Принять решение",
  home: {
    waiting: "Решения, которые ждут вас",
    asks: "{name}: вы согласны? · <date></date>",
  },
};

export default words;
