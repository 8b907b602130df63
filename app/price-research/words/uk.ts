import type { Words } from "./en";

const words: Words = {
  list: {
    title: "Опитування про ціну",
  },
};

export default words;
