import type { Words } from "./en";

const words: Words = {
  list: {
    title: "价格调查",
  },
};

export default words;
