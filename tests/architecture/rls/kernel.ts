import { accounts, stifferJoint } from "../../personas";
import { by, type Cases, NEW_ID } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.events            | readers staff system  | -              | -              | -
  public.event_staff_facts | staff system          | -              | -              | -
  public.event_chains      | staff system          | -              | -              | -
  limits.rate_limits       | jobs                  | jobs           | jobs           | jobs
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  newest_events: authenticated
  record_event: authenticated portal_guest portal_staff service_role
`;

// Fixed numbers: a subquery in a statement would be refused for its own sake and hide what is asked.
const [EVENT, BARE_EVENT] = [900_001, 900_002];
const event = (
  id: number,
) => `(${id}, '${accounts.metis}', '${NEW_ID}', ${id}, 'idea.tested', 'idea', '${stifferJoint}',
    'staff', 'both', '{}', now(), sha256(''), sha256(''))`;

export const cases: Cases = {
  "public.events": {
    key: "id",
    where: `id = ${EVENT}`,
    insert: (person) =>
      `insert into public.events (account_id, chain, chain_seq, name, subject_kind, subject_id, actor_id, actor_side,
         audience, facts, happened_at, prev_hash, hash)
       values ('${accounts.metis}', '${accounts.metis}', 999999, 'idea.forged', 'idea', '${stifferJoint}', '${by(person)}',
         'client', 'both', '{}', now(), sha256(''), sha256(''))`,
  },
  "public.event_staff_facts": {
    key: "event_id",
    where: `event_id = ${EVENT}`,
    insert: () => `insert into public.event_staff_facts (event_id, facts) values (${BARE_EVENT}, '{}')`,
  },
  "public.event_chains": {
    key: "chain",
    where: `chain = '${accounts.metis}'`,
    insert: () => `insert into public.event_chains (chain, seq, head) values ('${NEW_ID}', 1, sha256(''))`,
  },
  "limits.rate_limits": {
    key: "key",
    where: `key = 'matrix'`,
    insert: () => `insert into limits.rate_limits (key) values ('another')`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `events (id, account_id, chain, chain_seq, name, subject_kind, subject_id, actor_side, audience, facts,
    happened_at, prev_hash, hash) overriding system value values ${event(EVENT)}, ${event(BARE_EVENT)}`,
  `event_staff_facts (event_id, facts) values (${EVENT}, '{}')`,
  `limits.rate_limits (key) values ('matrix')`,
];
