import type { Words } from "./en";

const words: Words = {
  finder: { products: "Продукти" },
  product: "Продукт",
  noProduct: "Без певного продукту",
  about: "Про {product}",
  choose: "Виберіть, будь ласка",
  staff: {
    title: "Продукти",
  },
};

export default words;
