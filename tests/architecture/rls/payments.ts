import type { Cases } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.stripe_events     | system                | system         | system         | -
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = "";

/** Definer functions look past row level security: who may call which. */
export const definers = "";

export const cases: Cases = {
  "public.stripe_events": {
    key: "id",
    where: `id = 'evt_matrix'`,
    insert: () =>
      `insert into public.stripe_events (id, kind, payload, happened_at) values ('evt_x', 'charge.updated', '{}', now())`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `public.stripe_events (id, kind, payload, happened_at) values ('evt_matrix', 'charge.updated', '{}', now())`,
];
