import { accounts, designer, metisOwner, stifferJoint } from "../../personas";
import { by, type Cases, METIS_MEMBER } from "./case";

/** Who may do what with a decision of Metis, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.decisions             | readers staff system         | doers shapers | -             | -
  public.decision_revisions    | readers staff system         | doers shapers | doers shapers | -
  public.decision_source_kinds | readers stranger removed staff | -             | -             | -
  public.decision_sources      | readers staff                | doers shapers | -             | -
  public.decision_signatures   | readers staff system         | member        | member        | -
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  authenticated INSERT decision_revisions: account_id decision_id number reason rejected search_tokens title written_by
  authenticated INSERT decision_signatures: account_id decision_id person_id revision_id
  authenticated INSERT decision_sources: account_id anchor author_id decision_id drawn element guest_grant_id kind object_id quote sha256 written_at
  authenticated INSERT decisions: account_id idea_id made_by
  authenticated UPDATE decision_revisions: asked_at asked_by document_hash reason rejected search_tokens title
  authenticated UPDATE decision_signatures: answer answered_at document_hash reason
  portal_staff INSERT decision_revisions: account_id decision_id number reason rejected search_tokens title written_by
  portal_staff INSERT decision_signatures: account_id decision_id person_id revision_id
  portal_staff INSERT decision_sources: account_id anchor author_id decision_id drawn element guest_grant_id kind object_id quote sha256 written_at
  portal_staff INSERT decisions: account_id idea_id made_by
  portal_staff UPDATE decision_revisions: asked_at asked_by document_hash reason rejected search_tokens title
  portal_staff UPDATE decision_signatures: answer answered_at document_hash reason
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  follow_revision:
  guard_signature:
  only_who_may_answer:
  proves_decision:
  staff_who_answer: authenticated portal_staff
`;

const id = (last: string) => `0f000000-0000-4000-8000-00000000d${last}`;
const DECISION = id("001");
const ASKED = id("002");
const OTHER = id("003");
const DRAFT = id("004");
const SOURCE = id("005");
const METIS = `'${accounts.metis}'`;
const HASH = "sha256('x')";

export const cases: Cases = {
  "public.decisions": {
    key: "id",
    where: `id = '${DECISION}'`,
    insert: (person) =>
      `insert into public.decisions (account_id, idea_id, made_by) values (${METIS}, '${stifferJoint}', '${by(person)}')`,
  },
  "public.decision_revisions": {
    key: "id",
    // A draft: what was asked about stays as it is, which is in app/decisions/decisions.db.test.ts.
    where: `id = '${DRAFT}'`,
    insert: (person) =>
      `insert into public.decision_revisions (decision_id, account_id, number, title, reason, written_by)
       values ('${DECISION}', ${METIS}, 2, 'X', 'X', '${by(person)}')`,
  },
  "public.decision_source_kinds": {
    key: "kind",
    where: "kind = 'comment'",
    insert: () => "insert into public.decision_source_kinds (kind) values ('x')",
  },
  "public.decision_sources": {
    key: "id",
    where: `id = '${SOURCE}'`,
    insert: () =>
      `insert into public.decision_sources (decision_id, account_id, kind, object_id, quote, author_id, written_at, sha256)
       values ('${DECISION}', ${METIS}, 'comment', '${stifferJoint}', 'X', '${designer.personId}', now(), ${HASH})`,
  },
  "public.decision_signatures": {
    key: "person_id",
    where: `revision_id = '${ASKED}' and person_id = '${METIS_MEMBER.personId}'`,
    // By whoever asked about the revision, and by nobody else.
    insert: () =>
      `insert into public.decision_signatures (revision_id, person_id, decision_id, account_id)
       values ('${ASKED}', '${designer.personId}', '${DECISION}', ${METIS})`,
  },
};

const MEMBER = `'${METIS_MEMBER.personId}'`;

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `decisions (id, account_id, idea_id, made_by) values
    ('${DECISION}', ${METIS}, '${stifferJoint}', ${MEMBER}), ('${OTHER}', ${METIS}, '${stifferJoint}', ${MEMBER})`,
  `decision_revisions (id, decision_id, account_id, number, title, reason, written_by, asked_at, asked_by, document_hash)
    values ('${ASKED}', '${DECISION}', ${METIS}, 1, 'X', 'X', ${MEMBER}, now(), ${MEMBER}, ${HASH})`,
  `decision_revisions (id, decision_id, account_id, number, title, reason, written_by)
    values ('${DRAFT}', '${OTHER}', ${METIS}, 1, 'X', 'X', ${MEMBER})`,
  `decision_sources (id, decision_id, account_id, kind, object_id, quote, author_id, written_at, sha256)
    values ('${SOURCE}', '${DECISION}', ${METIS}, 'comment', '${stifferJoint}', 'X', '${metisOwner.personId}', now(), ${HASH})`,
  `decision_signatures (revision_id, person_id, decision_id, account_id) values ('${ASKED}', ${MEMBER}, '${DECISION}', ${METIS})`,
];
