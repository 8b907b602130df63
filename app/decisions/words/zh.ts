import type { Words } from "./en";

const words: Words = {
  list: { title: "决定" },
  makeOne: "形成决定",
  pick: "用所选内容形成决定",
  home: {
    waiting: "等您回复的决定",
    asks: "{name} 征求您的同意 · <date></date>",
  },
};

export default words;
