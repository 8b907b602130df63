import type { Words } from "./en";

const words: Words = {
  list: { title: "Прототипи" },
};

export default words;
