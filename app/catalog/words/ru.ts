import type { Words } from "./en";

const words: Words = {
  finder: { products: "Продукты" },
  product: "Продукт",
  noProduct: "Не про определённый продукт",
  about: "О {product}",
  choose: "Выберите, пожалуйста",
  staff: {
    title: "Продукты",
  },
};

export default words;
