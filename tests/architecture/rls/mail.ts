import type { Cases } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.mail_outbox       | system                | system         | system         | system
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  enqueue_mail:
`;

export const cases: Cases = {
  "public.mail_outbox": {
    key: "id",
    where: `recipient = 'matrix@metis.example'`,
    insert: () =>
      `insert into public.mail_outbox (recipient, language, subject, html, body_text)
       values ('x@metis.example', 'en', 'X', 'X', 'X')`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `mail_outbox (recipient, language, subject, html, body_text) values ('matrix@metis.example', 'en', 'X', 'X', 'X')`,
];
