import { sql } from "kysely";
import type { Names } from "~/kernel/notice";
import type { SystemTx } from "~/kernel/system-tx.server";

/** What notices of ideas are made of, read past row level security: every answer says whom it is for. */

/** Somebody who supports, follows or wrote an idea, or one merged into it, with the idea by which they know it. */
export type Watcher = { personId: string; accountId: string | null; ideaId: string; title: string };

export async function listWatchers(tx: SystemTx, ideaId: string): Promise<Watcher[]> {
  const { rows } = await sql<Watcher>`
    select w.person_id, w.account_id, w.idea_id, i.title
    from private.idea_watchers(${ideaId}::uuid) w join ideas i on i.id = w.idea_id`.execute(tx);
  return rows;
}

/** An idea, whatever its account; undefined when there is none. */
export function findSubject(tx: SystemTx, ideaId: string) {
  return tx
    .selectFrom("ideas")
    .select(["id", "title", "accountId", "authorId", "ownerId", "visibility", "mergedInto", "productId"])
    .where("id", "=", ideaId)
    .executeTakeFirst();
}

export async function nameOf(tx: SystemTx, personId: string | null): Promise<string | null> {
  if (personId === null) return null;
  const row = await tx.selectFrom("people").select("displayName").where("id", "=", personId).executeTakeFirst();
  return row?.displayName ?? null;
}

/** The beginning of a comment, and whom it mentions; undefined when it was taken back. */
export function findComment(tx: SystemTx, commentId: string) {
  return tx
    .selectFrom("ideaComments")
    .select(["mentions", sql<string>`left(body, 600)`.as("body")])
    .where("id", "=", commentId)
    .executeTakeFirst();
}

/** The same of an internal note. */
export function findNote(tx: SystemTx, noteId: string) {
  return tx
    .selectFrom("ideaNotes")
    .select(["mentions", sql<string>`left(body, 600)`.as("body")])
    .where("id", "=", noteId)
    .executeTakeFirst();
}

/** What was said in support, and on whose behalf. */
export function findSupport(tx: SystemTx, supportId: string) {
  return tx
    .selectFrom("ideaSupport")
    .select(["accountId", "personId", "onBehalfBy", sql<string | null>`left(comment, 600)`.as("comment")])
    .where("id", "=", supportId)
    .executeTakeFirst();
}

export async function statusNames(tx: SystemTx, ids: readonly string[]): Promise<Map<string, Names>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom("ideaStatuses")
    .select(["id", sql<Names>`names`.as("names")])
    .where("id", "in", [...ids])
    .execute();
  return new Map(rows.map(({ id, names }) => [id, names]));
}

/** What people are called, by their ids. */
export async function namesOf(tx: SystemTx, ids: readonly string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const rows = await tx
    .selectFrom("people")
    .select(["id", "displayName"])
    .where("id", "in", [...ids])
    .execute();
  return Object.fromEntries(rows.map(({ id, displayName }) => [id, displayName]));
}

/** Sides and accounts of people who are with us. */
export function listPeople(tx: SystemTx, ids: readonly string[]) {
  return tx
    .selectFrom("people")
    .select(["id", "side", "accountId"])
    .where("id", "in", ids.length > 0 ? [...ids] : [null])
    .where("removedAt", "is", null)
    .execute();
}
