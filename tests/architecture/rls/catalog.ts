import { pricing, products } from "../../personas";
import { by, type Cases } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.products          | readers stranger staff system | shapers | shapers | -
  public.product_fields    | readers stranger staff system | shapers | shapers | -
  public.option_groups     | readers stranger staff system | shapers | shapers | -
  public.product_options   | readers stranger staff system | shapers | shapers | -
  public.option_rules      | readers stranger staff system | shapers | shapers | -
  public.price_lists       | readers stranger staff system | pricing | pricing | -
  public.price_tiers       | readers stranger staff system | pricing | -       | pricing
  public.option_adders     | readers stranger staff system | pricing | -       | pricing
  public.option_outlays    | pricing auditor system        | pricing | pricing | -
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  portal_staff INSERT option_adders: adder_currency adder_minor option_id product_id
  portal_staff INSERT option_groups: key names position product_id required several
  portal_staff INSERT option_outlays: changed_by option_id outlay_currency outlay_minor
  portal_staff INSERT option_rules: kind option_id other_id product_id sentences
  portal_staff INSERT price_lists: changed_by currency product_id
  portal_staff INSERT price_tiers: from_quantity product_id unit_currency unit_minor
  portal_staff INSERT product_options: group_id key lead_days names position product_id
  portal_staff UPDATE option_groups: names position required several
  portal_staff UPDATE option_outlays: changed_at changed_by outlay_minor
  portal_staff UPDATE option_rules: retired_at sentences
  portal_staff UPDATE price_lists: changed_at changed_by
  portal_staff UPDATE product_options: lead_days names position withdrawn_at
  portal_staff INSERT product_fields: choices help key kind names position product_id required
  portal_staff INSERT products: name position state
  portal_staff UPDATE product_fields: choices help names position required retired_at
  portal_staff UPDATE products: name position state
`;

/** Definer functions look past row level security: who may call which. */
export const definers = "";

const NAMES = `'{"en": "X", "uk": "X", "ru": "X", "zh": "X"}'`;

const id = (last: string) => `0f000000-0000-4000-8000-00000000c${last}`;
const GROUP = id("001");
const OPTION = id("002");
const OTHER = id("003");
const RULE = id("004");
const ARIA = `'${products.aria}'`;

export const cases: Cases = {
  "public.option_groups": {
    key: "id",
    where: `id = '${GROUP}'`,
    insert: () => `insert into public.option_groups (product_id, key, names) values (${ARIA}, 'x', ${NAMES})`,
  },
  "public.product_options": {
    key: "id",
    where: `id = '${OPTION}'`,
    insert: () =>
      `insert into public.product_options (product_id, group_id, key, names) values (${ARIA}, '${GROUP}', 'x', ${NAMES})`,
  },
  "public.option_rules": {
    key: "id",
    where: `id = '${RULE}'`,
    insert: () =>
      `insert into public.option_rules (product_id, kind, option_id, other_id, sentences)
       values (${ARIA}, 'requires', '${OPTION}', '${OTHER}', ${NAMES})`,
  },
  "public.price_lists": {
    key: "product_id",
    where: `product_id = ${ARIA} and currency = 'EUR'`,
    // A list is its last author's: the matrix writes every column with its own value, and pricing posted this one.
    insert: (person) =>
      `insert into public.price_lists (product_id, currency, changed_by) values (${ARIA}, 'UAH', '${by(person)}')`,
  },
  "public.price_tiers": {
    key: "product_id",
    where: `product_id = ${ARIA} and unit_currency = 'EUR'`,
    insert: () =>
      `insert into public.price_tiers (product_id, unit_currency, from_quantity, unit_minor) values (${ARIA}, 'EUR', 50, 1)`,
  },
  "public.option_adders": {
    key: "option_id",
    where: `option_id = '${OPTION}'`,
    insert: () =>
      `insert into public.option_adders (option_id, product_id, adder_currency, adder_minor) values ('${OTHER}', ${ARIA}, 'EUR', 1)`,
  },
  "public.option_outlays": {
    key: "option_id",
    where: `option_id = '${OPTION}'`,
    insert: (person) =>
      `insert into public.option_outlays (option_id, outlay_currency, outlay_minor, changed_by) values ('${OTHER}', 'EUR', 1, '${by(person)}')`,
  },
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
export const rows: readonly string[] = [
  `public.option_groups (id, product_id, key, names) values ('${GROUP}', ${ARIA}, 'tightness', ${NAMES})`,
  `public.product_options (id, product_id, group_id, key, names) values
     ('${OPTION}', ${ARIA}, '${GROUP}', 'ip20', ${NAMES}), ('${OTHER}', ${ARIA}, '${GROUP}', 'ip65', ${NAMES})`,
  `public.option_rules (id, product_id, kind, option_id, other_id, sentences)
     values ('${RULE}', ${ARIA}, 'excludes', '${OPTION}', '${OTHER}', ${NAMES})`,
  `public.price_lists (product_id, currency, changed_by) values (${ARIA}, 'EUR', '${pricing.personId}')`,
  `public.price_tiers (product_id, unit_currency, from_quantity, unit_minor) values (${ARIA}, 'EUR', 1, 1)`,
  `public.option_adders (option_id, product_id, adder_currency, adder_minor) values ('${OPTION}', ${ARIA}, 'EUR', 1)`,
  `public.option_outlays (option_id, outlay_currency, outlay_minor, changed_by) values ('${OPTION}', 'EUR', 1, '${pricing.personId}')`,
];
