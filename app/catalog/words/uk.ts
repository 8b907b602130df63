import type { Words } from "./en";

const words: Words = {
  finder: { products: "Продукти" },
  product: "Продукт",
  noProduct: "Не про певний продукт",
  about: "Про {product}",
  choose: "Виберіть, будь ласка",
  staff: {
    title: "Продукти",
  },
};

export default words;
