import type { Words } from "./en";

const words: Words = {
  list: {
    title: "Опросы о цене",
  },
};

export default words;
