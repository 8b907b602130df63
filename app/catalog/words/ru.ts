import type { Words } from "./en";

const words: Words = {
  finder: { products: "Продукты" },
  product: "Продукт",
  noProduct: "Без определённого продукта",
  about: "О {product}",
  choose: "Выберите, пожалуйста",
  staff: {
    title: "Продукты",
  },
};

export default words;
