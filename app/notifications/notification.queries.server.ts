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

export function findChoices(tx: ActorTx | SystemTx, personId: string) {
  return tx.selectFrom("notificationChoices").select(["kind", "how"]).where("personId", "=", personId).execute();
}

export function findHours(tx: ActorTx | SystemTx, personId: string) {
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

/** Those of these people who are still with us, with their account and side. */
export function listPresent(tx: SystemTx, personIds: readonly string[]) {
  return tx
    .selectFrom("people")
    .select(["id", "side", "accountId"])
    .where("id", "in", [...personIds])
    .where("removedAt", "is", null)
    .execute();
}

type MailState = "none" | "instant" | "daily" | "mailed" | "dropped";

/** Keeps a notice; false when this person was told of this event before. */
export async function insertNotice(
  tx: SystemTx,
  event: ToldEvent,
  notice: Notice & { accountId: string | null; mailState: MailState; createdAt: Date },
): Promise<boolean> {
  const { personId, accountId, kind, path, facts, mailState, createdAt } = notice;
  const inserted = await tx
    .insertInto("notifications")
    .values({
      personId,
      accountId,
      kind,
      eventId: sql<bigint>`${event.id}::bigint`,
      subjectKind: event.subjectKind,
      subjectId: event.subjectId,
      path,
      facts: JSON.stringify(facts),
      mailState,
      createdAt,
    })
    .onConflict((kept) => kept.constraint("notifications_once_for_each_event").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
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

/** Has the job mail_notices done at that moment; `keep`: or earlier, when it is planned already. */
export async function planMail(
  tx: SystemTx,
  person: string,
  how: "instant" | "daily",
  at: Date,
  keep: boolean,
): Promise<void> {
  await sql`select private.plan_notice_mail(${person}::uuid, ${how}, ${at}::timestamptz, ${keep})`.execute(tx);
}

// ------------------------------------------------------------------ mailing

/** Somebody who may be written to; undefined when they were removed or have no address. */
export function findRecipient(tx: SystemTx, personId: string) {
  return tx
    .selectFrom("people as p")
    .innerJoin("personContacts as c", "c.personId", "p.id")
    .leftJoin("mailSuppressions as s", (join) => join.on(sameAddress))
    .select(["p.id", "p.displayName", "p.side", "c.email", "c.language", "c.zone", "s.said as refused"])
    .where("p.id", "=", personId)
    .where("p.removedAt", "is", null)
    .executeTakeFirst();
}

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
