import type { Words } from "./en";

const words: Words = {
  finder: { products: "产品" },
  product: "产品",
  noProduct: "不针对某个产品",
  about: "关于 {product}",
  choose: "请选择",
  staff: {
    title: "产品",
  },
};

export default words;
