import type { Words } from "./en";

const words: Words = {
  list: { title: "Прототипы" },
};

export default words;
