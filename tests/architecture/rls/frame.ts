import { type Cases, METIS_MEMBER } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.person_visits     | member                | -              | -              | -
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  come_home: authenticated portal_staff
  events_after: authenticated
  find_ideas: authenticated
`;

export const cases: Cases = {
  "public.person_visits": {
    key: "person_id",
    where: `person_id = '${METIS_MEMBER.personId}'`,
    insert: () => `insert into public.person_visits (person_id, seen_at) values ('${METIS_MEMBER.personId}', now())`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `person_visits (person_id, seen_at) values ('${METIS_MEMBER.personId}', now())`,
];
