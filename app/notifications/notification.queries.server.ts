import { type Kysely, sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import { type Database, portalDb } from "~/kernel/db.server";
import type { Notice, NoticeKind, ToldEvent } from "~/kernel/notice";
import type { SystemTx } from "~/kernel/system-tx.server";
import { type How, MOST_COUNTED, type Unsubscription } from "./notification";

// ------------------------------------------------------------------ the bell and its page

/** What is unread, newest first, up to what the bell counts. */
export function listUnread(tx: ActorTx, personId: string) {
  return tx
    .selectFrom("notifications")
    .select(["subjectId"])
    .where("personId", "=", personId)
    .where("readAt", "is", null)
    .orderBy("id", "desc")
    .limit(MOST_COUNTED)
    .execute();
}

/** A page of what a person was told, newest first. */
export function listNotices(tx: ActorTx, personId: string, page: { before: string | null; take: number }) {
  let rows = tx
    .selectFrom("notifications")
    .select(["id", "kind", "subjectId", "path", "facts", "readAt", "createdAt"])
    .where("personId", "=", personId)
    .orderBy("id", "desc")
    .limit(page.take);
  if (page.before !== null) rows = rows.where("id", "<", page.before);
  return rows.execute();
}

type WhichNotices = { id: string } | { subjectId: string } | "all";

/** Marks a person's unread notices as read: one, those about a thing, or all. */
export async function markRead(tx: ActorTx, personId: string, which: WhichNotices, at: Date): Promise<void> {
  let rows = tx
    .updateTable("notifications")
    .set({ readAt: at })
    .where("personId", "=", personId)
    .where("readAt", "is", null);
  if (which !== "all") {
    rows = "id" in which ? rows.where("id", "=", which.id) : rows.where("subjectId", "=", which.subjectId);
  }
  await rows.execute();
}

// ------------------------------------------------------------------ choices

export function findChoices(tx: ActorTx, personId: string) {
  return tx.selectFrom("notificationChoices").select(["kind", "how"]).where("personId", "=", personId).execute();
}

export function findHours(tx: ActorTx, personId: string) {
  return tx
    .selectFrom("notificationSettings")
    .select(["mailOff", "quietFrom", "quietTo", "digestHour"])
    .where("personId", "=", personId)
    .executeTakeFirst();
}

export async function saveChoices(
  tx: ActorTx,
  personId: string,
  choices: Partial<Record<NoticeKind, How>>,
): Promise<void> {
  const rows = Object.entries(choices).map(([kind, how]) => ({ personId, kind, how }));
  if (rows.length === 0) return;
  await tx
    .insertInto("notificationChoices")
    .values(rows)
    .onConflict((kept) => kept.columns(["personId", "kind"]).doUpdateSet((eb) => ({ how: eb.ref("excluded.how") })))
    .execute();
}

type Hours = { mailOff: boolean; quietFrom: number | null; quietTo: number | null; digestHour: number };

export async function saveHours(tx: ActorTx, personId: string, hours: Hours): Promise<void> {
  await tx
    .insertInto("notificationSettings")
    .values({ personId, ...hours })
    .onConflict((kept) => kept.column("personId").doUpdateSet(hours))
    .execute();
}

// ------------------------------------------------------------------ unsubscribing, without a session

/**
 * Whether an unsubscribe link is one that we wrote. Asked without an actor: two functions that the login may call and that
 * answer only to whoever holds the proof.
 */
export async function knowsUnsubscription(one: Unsubscription): Promise<boolean> {
  const { personId, kind, proof } = one;
  return answer(sql<Answer>`select private.knows_unsubscribe(${personId}::uuid, ${kind}, ${proof}) as yes`, portalDb());
}

/** Ends mail as the link says. Out: false when the link is not ours, and nothing changed. */
export async function unsubscribe(one: Unsubscription): Promise<boolean> {
  const { personId, kind, proof } = one;
  return answer(sql<Answer>`select private.unsubscribe(${personId}::uuid, ${kind}, ${proof}) as yes`, portalDb());
}

type Answer = { yes: boolean };
async function answer(statement: ReturnType<typeof sql<Answer>>, db: Kysely<Database>): Promise<boolean> {
  return (await statement.execute(db)).rows[0]?.yes ?? false;
}

// ------------------------------------------------------------------ addresses that take no mail

/** An address is one, however its letters were written; it is noted in small ones. */
const sameAddress = sql<boolean>`s.email::text = lower(c.email::text)`;

/** Which of these people's addresses refused a letter for good, and what their servers said. */
export function listMailTroubles(tx: ActorTx, personIds: readonly string[]) {
  return tx
    .selectFrom("mailSuppressions as s")
    .innerJoin("personContacts as c", (join) => join.on(sameAddress))
    .select(["c.personId", "s.email", "s.said", "s.createdAt"])
    .where("c.personId", "in", personIds.length > 0 ? [...personIds] : [null])
    .execute();
}

/** Of each person whose last letter that is over was not delivered (or perhaps not): where it went, and how it ended. */
export async function listLettersLost(tx: ActorTx, personIds: readonly string[]) {
  const { rows } = await sql<{
    personId: string;
    email: string;
    state: "failed" | "uncertain";
    said: string;
    writtenAt: Date;
  }>`select * from private.letters_lost(${[...personIds]}::uuid[])`.execute(tx);
  return rows;
}

/** Lets an address be tried again. Out: whether there was anything to lift. */
export async function liftSuppression(tx: ActorTx, personId: string): Promise<boolean> {
  const address = tx
    .selectFrom("personContacts")
    .select(sql<string>`lower(email::text)`.as("email"))
    .where("personId", "=", personId);
  const { numDeletedRows } = await tx.deleteFrom("mailSuppressions").where("email", "in", address).executeTakeFirst();
  return numDeletedRows > 0n;
}

// ------------------------------------------------------------------ telling

/** An event as notices are made of it; undefined when there is none. */
export async function findEvent(tx: SystemTx, id: string): Promise<ToldEvent | undefined> {
  const row = await tx
    .selectFrom("events as e")
    .select(["e.name", "e.subjectKind", "e.subjectId", "e.accountId", "e.actorId", "e.facts"])
    .select([
      sql<string>`e.id::text`.as("id"),
      sql<ToldEvent["actorSide"]>`e.actor_side`.as("actorSide"),
      sql<ToldEvent["audience"]>`e.audience`.as("audience"),
    ])
    .where("e.id", "=", sql<bigint>`${id}::bigint`)
    .executeTakeFirst();
  return row && { ...row, facts: (row.facts ?? {}) as ToldEvent["facts"] };
}

/** How a person wants to hear, as they chose; what is null was not chosen, or they cannot be written to. */
export type Recipient = {
  id: string;
  side: "client" | "staff";
  accountId: string | null;
  displayName: string;
  email: string | null;
  language: string | null;
  zone: string | null;
  /** What the server of the address said when it refused a letter for good. */
  refused: string | null;
  mailOff: boolean | null;
  quietFrom: number | null;
  quietTo: number | null;
  digestHour: number | null;
  choices: Record<string, string>;
};

/** Those of these people who are still with us, each with all that decides how they hear of something. */
export async function listRecipients(tx: SystemTx, personIds: readonly string[]): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`
    select p.id, p.side, p.account_id, p.display_name, c.email, c.language, c.zone, s.said as refused,
      h.mail_off, h.quiet_from, h.quiet_to, h.digest_hour,
      coalesce((select json_object_agg(x.kind, x.how) from notification_choices x where x.person_id = p.id), '{}') as choices
    from people p
    left join person_contacts c on c.person_id = p.id
    left join mail_suppressions s on ${sameAddress}
    left join notification_settings h on h.person_id = p.id
    where p.id = any (${[...personIds]}::uuid[]) and p.removed_at is null`.execute(tx);
  return rows;
}

type MailState = "none" | "instant" | "daily" | "mailed" | "dropped";

export type KeptNotice = Notice & { accountId: string | null; mailState: MailState };

/** Keeps notices of an event. Out: whom they are news to; the others were told of it before. */
export async function insertNotices(
  tx: SystemTx,
  event: ToldEvent,
  notices: readonly KeptNotice[],
  createdAt: Date,
): Promise<Set<string>> {
  if (notices.length === 0) return new Set();
  const rows = notices.map(({ personId, accountId, kind, subjectId, path, facts, mailState }) => ({
    personId,
    accountId,
    kind,
    eventId: sql<bigint>`${event.id}::bigint`,
    subjectKind: event.subjectKind,
    subjectId,
    path,
    facts: JSON.stringify(facts),
    mailState,
    createdAt,
  }));
  const inserted = await tx
    .insertInto("notifications")
    .values(rows)
    .onConflict((kept) => kept.constraint("notifications_once_for_each_event").doNothing())
    .returning("personId")
    .execute();
  return new Set(inserted.map(({ personId }) => personId));
}

/** Forgets what people were told about a thing, except those who may see it. Out: how many notices. */
export async function forgetNotices(tx: SystemTx, subjectId: string, except: readonly string[]): Promise<void> {
  let rows = tx.deleteFrom("notifications").where("subjectId", "=", subjectId);
  if (except.length > 0) rows = rows.where("personId", "not in", [...except]);
  await rows.execute();
}

/** Everybody who was told about a thing. */
export async function listTold(tx: SystemTx, subjectId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("notifications")
    .select("personId")
    .distinct()
    .where("subjectId", "=", subjectId)
    .execute();
  return rows.map(({ personId }) => personId);
}

export type PlannedMail = { person: string; how: "instant" | "daily"; at: Date };

/** Has the job mail_notices done at those moments; `keep`: or earlier, when it is planned already. */
export async function planMail(tx: SystemTx, planned: readonly PlannedMail[], keep: boolean): Promise<void> {
  if (planned.length === 0) return;
  await sql`select private.plan_notice_mail(person, how, at, ${keep}) from unnest(
    ${planned.map(({ person }) => person)}::uuid[], ${planned.map(({ how }) => how)}::text[],
    ${planned.map(({ at }) => at.toISOString())}::timestamptz[]) planned (person, how, at)`.execute(tx);
}

// ------------------------------------------------------------------ mailing

/** A person's notices that wait for a letter, oldest first. Two jobs for one person take turns. */
export function takeWaiting(tx: SystemTx, personId: string) {
  return tx
    .selectFrom("notifications")
    .select(["id", "kind", "subjectKind", "subjectId", "path", "facts", "readAt", "mailState", "createdAt"])
    .where("personId", "=", personId)
    .where("mailState", "in", ["instant", "daily"])
    .orderBy("id")
    .forUpdate()
    .execute();
}

export async function setMailState(tx: SystemTx, ids: readonly string[], mailState: MailState): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable("notifications")
    .set({ mailState })
    .where("id", "in", [...ids])
    .execute();
}

/** The proof in an unsubscribe link of this person. */
export async function unsubscribeProof(tx: SystemTx, personId: string, kind: string): Promise<string> {
  const { rows } = await sql<{ proof: string }>`
    select private.unsubscribe_proof(${personId}::uuid, ${kind}) as proof`.execute(tx);
  if (!rows[0]) throw new Error("The database gave no proof");
  return rows[0].proof;
}

type Letter = {
  personId: string;
  recipient: string;
  language: string;
  subject: string;
  html: string;
  bodyText: string;
  unsubscribeUrl: string;
};

/** Puts a letter into the outbox; a trigger has it sent. */
export async function insertLetter(tx: SystemTx, letter: Letter): Promise<void> {
  await tx.insertInto("mailOutbox").values(letter).execute();
}
