import { type Kysely, sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import { type Database, portalDb } from "~/kernel/db.server";
import type { NoticeKind } from "~/kernel/notice";
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
export const sameAddress = sql<boolean>`s.email::text = lower(c.email::text)`;

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
