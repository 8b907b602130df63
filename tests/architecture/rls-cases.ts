import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asSuperuser } from "../database";
import { accounts, designer, metisOwner, stifferJoint } from "../personas";

export type Person = ClientActor | StaffActor;

/** A member of Metis, whom the demo data has not: it lacks that role there. */
export const METIS_MEMBER: ClientActor = {
  side: "client",
  userId: "0c000000-0000-4000-8000-0000000000aa",
  personId: "0b000000-0000-4000-8000-0000000000aa",
  accountId: accounts.metis,
  role: "member",
};

type Case = {
  /** A column of the key, which whoever may read the row may read. */
  readonly key: string;
  /** Finds one row that belongs to Metis, or to no account. */
  readonly where: string;
  /** A row for Metis by this person; whoever has no person pretends to be Metis' owner. */
  insert(person: Person | null): string;
};

const by = (person: Person | null) => person?.personId ?? metisOwner.personId;
const NEW_ID = "0f000000-0000-4000-8000-0000000000ff";
/** An idea of Metis without a brief. */
const BARE_IDEA = "0f000000-0000-4000-8000-0000000000fe";
const FILE = "0f000000-0000-4000-8000-0000000000fd";
// Fixed numbers: a subquery in a statement would be refused for its own sake and hide what is asked.
const [EVENT, BARE_EVENT, DOC, BARE_DOC] = [900_001, 900_002, 900_001, 900_002];
const ON_IDEA = `idea_id, account_id`;
const IDEA = `'${stifferJoint}', '${accounts.metis}'`;
const SAID = `(${ON_IDEA}, author_id, body)`;

/** One row of every table, and what to insert into it. */
export const CASES: Record<string, Case> = {
  "public.accounts": {
    key: "id",
    where: `id = '${accounts.metis}'`,
    insert: () => `insert into public.accounts (name) values ('Metis again')`,
  },
  "public.people": {
    key: "id",
    where: `id = '${METIS_MEMBER.personId}'`,
    insert: () =>
      `insert into public.people (side, account_id, display_name, role) values ('client', '${accounts.metis}', 'X', 'owner')`,
  },
  "public.person_contacts": {
    key: "person_id",
    where: `person_id = '${metisOwner.personId}'`,
    insert: () =>
      `insert into public.person_contacts (person_id, account_id, email) values ('${METIS_MEMBER.personId}', '${accounts.metis}', 'x@metis.example')`,
  },
  "public.staff_roles": {
    key: "person_id",
    where: `person_id = '${designer.personId}'`,
    insert: () => `insert into public.staff_roles (person_id, role) values ('${designer.personId}', 'admin')`,
  },
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
  "public.ideas": {
    key: "id",
    where: `id = '${stifferJoint}'`,
    insert: (person) =>
      `insert into public.ideas (account_id, author_id, title, body, body_text)
       values ('${accounts.metis}', '${by(person)}', 'X', '{}', '')`,
  },
  "public.idea_briefs": {
    key: "idea_id",
    where: `idea_id = '${stifferJoint}'`,
    insert: () =>
      `insert into public.idea_briefs (idea_id, account_id, doc, body_text, seq)
       values ('${BARE_IDEA}', '${accounts.metis}', '{}', '', 1)`,
  },
  "public.idea_comments": {
    key: "id",
    where: `idea_id = '${stifferJoint}'`,
    insert: (person) => `insert into public.idea_comments ${SAID} values (${IDEA}, '${by(person)}', 'X')`,
  },
  "public.idea_notes": {
    key: "id",
    where: `idea_id = '${stifferJoint}'`,
    insert: (person) => `insert into public.idea_notes ${SAID} values (${IDEA}, '${by(person)}', 'X')`,
  },
  "public.idea_files": {
    key: "id",
    where: `idea_id = '${stifferJoint}'`,
    insert: (person) =>
      `insert into public.idea_files (id, ${ON_IDEA}, name, media_type, byte_size, width, height, storage_path, created_by)
       values ('${NEW_ID}', ${IDEA}, 'x.webp', 'image/webp', 1, 1, 1, '${stifferJoint}/${NEW_ID}.webp', '${by(person)}')`,
  },
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
  "public.mail_outbox": {
    key: "id",
    where: `recipient = 'matrix@metis.example'`,
    insert: () =>
      `insert into public.mail_outbox (recipient, language, subject, html, body_text)
       values ('x@metis.example', 'en', 'X', 'X', 'X')`,
  },
  "limits.rate_limits": {
    key: "key",
    where: `key = 'matrix'`,
    insert: () => `insert into limits.rate_limits (key) values ('another')`,
  },
};

/** Puts one row into every table that the demo data leaves empty, and the member whom it lacks. */
export async function prepare(): Promise<void> {
  const { userId, personId, accountId } = METIS_MEMBER;
  const event = (id: number) => `(${id}, '${accountId}', '${NEW_ID}', ${id}, 'idea.tested', 'idea', '${stifferJoint}',
    'staff', 'both', '{}', now(), sha256(''), sha256(''))`;
  const rows = [
    `auth.users (id, email) values ('${userId}', 'member@metis.example')`,
    `people (id, user_id, side, account_id, display_name, role)
      values ('${personId}', '${userId}', 'client', '${accountId}', 'M', 'member')`,
    `ideas (id, account_id, author_id, title, body, body_text)
      values ('${BARE_IDEA}', '${accountId}', '${personId}', 'X', '{}', '')`,
    `idea_files (id, ${ON_IDEA}, name, media_type, byte_size, width, height, storage_path, created_by)
      values ('${FILE}', '${stifferJoint}', '${accountId}', 'x', 'image/webp', 1, 1, 1, '${stifferJoint}/${FILE}.webp', '${personId}')`,
    `events (id, account_id, chain, chain_seq, name, subject_kind, subject_id, actor_side, audience, facts,
      happened_at, prev_hash, hash) overriding system value values ${event(EVENT)}, ${event(BARE_EVENT)}`,
    `event_staff_facts (event_id, facts) values (${EVENT}, '{}')`,
    `collab_doc (id, room) overriding system value values (${DOC}, 'test:full'), (${BARE_DOC}, 'test:bare')`,
    `collab_snapshot (doc, seq, data) values (${DOC}, 1, '')`,
    `collab_log (doc, seq, payload) values (${DOC}, 1, '')`,
    `mail_outbox (recipient, language, subject, html, body_text) values ('matrix@metis.example', 'en', 'X', 'X', 'X')`,
    `limits.rate_limits (key) values ('matrix')`,
  ];
  for (const row of rows) await asSuperuser(`insert into ${row}`);
}
