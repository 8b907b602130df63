import type { Words } from "./en";

const words: Words = {
  list: { title: "原型" },
};

export default words;
