const words = {
  finder: { products: "Products" },
  product: "Product",
  noProduct: "No particular product",
  about: "About {product}",
  choose: "Please choose",
  staff: {
    title: "Products",
  },
} as const;

export default words;

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Words = Sentences<typeof words>;
