import { products } from "../../personas";
import type { Cases } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.products          | readers stranger staff system | shapers | shapers | -
  public.product_fields    | readers stranger staff system | shapers | shapers | -
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  portal_staff INSERT product_fields: choices help key kind names position product_id required
  portal_staff INSERT products: name position state
  portal_staff UPDATE product_fields: choices help names position required retired_at
  portal_staff UPDATE products: name position state
`;

/** Definer functions look past row level security: who may call which. */
export const definers = "";

const NAMES = `'{"en": "X", "uk": "X", "ru": "X", "zh": "X"}'`;

export const cases: Cases = {
  "public.products": {
    key: "id",
    where: `id = '${products.aria}'`,
    insert: () => `insert into public.products (name) values ('X')`,
  },
  "public.product_fields": {
    key: "id",
    where: `product_id = '${products.aria}'`,
    insert: () =>
      `insert into public.product_fields (product_id, key, kind, names) values ('${products.aria}', 'x', 'text', ${NAMES})`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [];
