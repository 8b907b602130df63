import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { IdeaStatus } from "./idea-status";

/** What a change of many ideas reads and writes. */

/**
 * The ideas among these that exist, held for this transaction in the order of their ids, so that two people who change many
 * wait for each other and never in a ring.
 */
export function holdIdeas(tx: ActorTx, ids: readonly string[]) {
  return tx
    .selectFrom("ideas as i")
    .where("i.id", "in", [...ids])
    .select(["i.id", "i.accountId", "i.title", "i.status", "i.revision", "i.ownerId"])
    .select(sql<boolean>`i.merged_into is not null`.as("merged"))
    .orderBy("i.id")
    .forNoKeyUpdate()
    .execute();
}
export type Held = Awaited<ReturnType<typeof holdIdeas>>[number];

/** Waits for those who merge or count support: they hold ideas only after this, and so must whoever merges many. */
export async function beginMerging(tx: ActorTx): Promise<void> {
  await sql`select private.begin_merging()`.execute(tx);
}

/** The most supported first. */
export function nameIdeas(tx: ActorTx, ids: readonly string[]) {
  return tx
    .selectFrom("ideas")
    .where("id", "in", [...ids])
    .select(["id", "title as name"])
    .orderBy("supportAccounts", "desc")
    .orderBy("id")
    .execute();
}

const CHANGES = [
  "idea.status_changed",
  "idea.owner_changed",
  "idea.visibility_changed",
  "idea.merged",
  "idea.unmerged",
];

/** Who changed each of these ideas last, by the log; an idea that nobody changed is not among them. */
export async function lastChangers(tx: ActorTx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select idea.id, who.display_name as name
    from unnest(${[...ids]}::uuid[]) idea (id)
    cross join lateral (
      select e.actor_id from events e
      where e.subject_id = idea.id and e.subject_kind = 'idea' and e.name = any (${CHANGES})
      order by e.id desc limit 1
    ) last
    join people who on who.id = last.actor_id`.execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function setStatuses(tx: ActorTx, ids: readonly string[], status: IdeaStatus): Promise<void> {
  await tx
    .updateTable("ideas")
    .set({ status })
    .where("id", "in", [...ids])
    .execute();
}

export async function setOwners(tx: ActorTx, ids: readonly string[], ownerId: string | null): Promise<void> {
  await tx
    .updateTable("ideas")
    .set({ ownerId })
    .where("id", "in", [...ids])
    .execute();
}

/** A colleague who works here, to own ideas. */
export function findColleague(tx: ActorTx, id: string) {
  return tx
    .selectFrom("people")
    .where("id", "=", id)
    .where("side", "=", "staff")
    .where("removedAt", "is", null)
    .select("id")
    .executeTakeFirst();
}

export function findTag(tx: ActorTx, id: string) {
  return tx.selectFrom("tags").where("id", "=", id).select(["id", "name"]).executeTakeFirst();
}

/** Out: the ideas that had not got the tag. */
export async function tagIdeas(
  tx: ActorTx,
  ids: readonly string[],
  tagId: string,
  createdBy: string,
): Promise<string[]> {
  const made = await tx
    .insertInto("ideaTags")
    .values(ids.map((ideaId) => ({ ideaId, tagId, createdBy })))
    .onConflict((conflict) => conflict.doNothing())
    .returning("ideaId")
    .execute();
  return made.map(({ ideaId }) => ideaId);
}

/** Out: the ideas that had got the tag. */
export async function untagIdeas(tx: ActorTx, ids: readonly string[], tagId: string): Promise<string[]> {
  const gone = await tx
    .deleteFrom("ideaTags")
    .where("tagId", "=", tagId)
    .where("ideaId", "in", [...ids])
    .returning("ideaId")
    .execute();
  return gone.map(({ ideaId }) => ideaId);
}

/** Merges one idea into another, when both are at these revisions. Out: "merged", or why not. */
export async function mergeInto(tx: ActorTx, source: Held, target: Held): Promise<string> {
  const { rows } = await sql<{ said: string }>`
    select private.merge_idea(${source.id}::uuid, ${target.id}::uuid, ${source.revision}::int, ${target.revision}::int) as said`.execute(
    tx,
  );
  return rows[0]?.said ?? "not-found";
}
