import type { Cases } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.collab_doc        | collab system         | collab         | collab         | -
  public.collab_snapshot   | collab system         | collab         | collab         | -
  public.collab_log        | collab system         | collab         | -              | collab
  public.collab_author     | collab system         | collab         | -              | -
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  portal_collab INSERT collab_doc: head room
  portal_collab INSERT collab_snapshot: data doc seq
  portal_collab INSERT collab_log: doc payload seq
  portal_collab INSERT collab_author: client doc person
  portal_collab UPDATE collab_doc: head
  portal_collab UPDATE collab_snapshot: data seq
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  enqueue_brief_projection: portal_collab service_role
`;

// Fixed numbers: a subquery in a statement would be refused for its own sake and hide what is asked.
const [DOC, BARE_DOC] = [900_001, 900_002];

export const cases: Cases = {
  "public.collab_doc": {
    key: "id",
    where: `id = ${DOC}`,
    insert: () => `insert into public.collab_doc (room) values ('test:another')`,
  },
  "public.collab_snapshot": {
    key: "doc",
    where: `doc = ${DOC}`,
    insert: () => `insert into public.collab_snapshot (doc, seq, data) values (${BARE_DOC}, 1, '')`,
  },
  "public.collab_log": {
    key: "doc",
    where: `doc = ${DOC}`,
    insert: () => `insert into public.collab_log (doc, seq, payload) values (${DOC}, 2, '')`,
  },
  "public.collab_author": {
    key: "doc",
    where: `doc = ${DOC}`,
    insert: () => `insert into public.collab_author (doc, client, person) values (${DOC}, 2, 'somebody')`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `collab_doc (id, room) overriding system value values (${DOC}, 'test:full'), (${BARE_DOC}, 'test:bare')`,
  `collab_snapshot (doc, seq, data) values (${DOC}, 1, '')`,
  `collab_log (doc, seq, payload) values (${DOC}, 1, '')`,
  `collab_author (doc, client, person) values (${DOC}, 1, 'somebody')`,
];
