import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Visibility } from "./idea-page";
import type { IdeaStatus } from "./idea-status";

/** What staff decide about an idea, and who sees it. */

/** What a decision must know of an idea; undefined when it does not exist for this actor. */
export function findForSharing(tx: ActorTx, id: string) {
  return tx
    .selectFrom("ideas")
    .where("id", "=", id)
    .select(["id", "accountId", "authorId", "revision"])
    .select(sql<Visibility>`visibility`.as("visibility"))
    .executeTakeFirst();
}

/** Out: whether the idea was still at this revision. */
export async function setVisibility(tx: ActorTx, id: string, revision: number, visibility: Visibility) {
  const { numUpdatedRows } = await tx
    .updateTable("ideas")
    .set({ visibility })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export function findForStaff(tx: ActorTx, id: string) {
  return tx
    .selectFrom("ideas")
    .where("id", "=", id)
    .select(["id", "accountId", "revision", "ownerId", "productId", "mergedInto"])
    .executeTakeFirst();
}

/** Out: whether the idea was still at this revision. */
export async function setOwner(tx: ActorTx, id: string, revision: number, ownerId: string | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("ideas")
    .set({ ownerId })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Out: whether the idea was still at this revision. */
export async function setProduct(tx: ActorTx, id: string, revision: number, productId: string | null) {
  const { numUpdatedRows } = await tx
    .updateTable("ideas")
    .set({ productId })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Staff who may look after an idea: those of us who work here still. */
export function listColleagues(tx: ActorTx) {
  return tx
    .selectFrom("people as p")
    .where("p.side", "=", "staff")
    .where("p.removedAt", "is", null)
    .select(["p.id", "p.displayName as name"])
    .orderBy("p.displayName")
    .orderBy("p.id")
    .limit(500)
    .execute();
}

export function listTags(tx: ActorTx) {
  return tx.selectFrom("tags").select(["id", "name"]).orderBy(sql`lower(name)`).limit(500).execute();
}

export function listTagsOf(tx: ActorTx, ideaId: string) {
  return tx
    .selectFrom("ideaTags as x")
    .innerJoin("tags as t", "t.id", "x.tagId")
    .where("x.ideaId", "=", ideaId)
    .select(["t.id", "t.name"])
    .execute();
}

/** The tags of these names, made where they are new. A name is the same in capitals. */
export async function ensureTags(tx: ActorTx, names: readonly string[], createdBy: string) {
  if (names.length === 0) return [];
  await tx
    .insertInto("tags")
    .values(names.map((name) => ({ name, createdBy })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const lower = names.map((name) => name.toLowerCase());
  return tx
    .selectFrom("tags")
    .where(sql<boolean>`lower(name) = any (${lower}::text[])`)
    .select(["id", "name"])
    .execute();
}

export async function tagIdea(tx: ActorTx, ideaId: string, tagIds: readonly string[], createdBy: string) {
  if (tagIds.length === 0) return;
  await tx
    .insertInto("ideaTags")
    .values(tagIds.map((tagId) => ({ ideaId, tagId, createdBy })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function untagIdea(tx: ActorTx, ideaId: string, tagIds: readonly string[]): Promise<void> {
  if (tagIds.length === 0) return;
  await tx.deleteFrom("ideaTags").where("ideaId", "=", ideaId).where("tagId", "in", tagIds).execute();
}

// ------------------------------------------------------------------ merging

/** Ideas that another one may be merged into: not merged themselves, newest first. `words`: text for to_tsquery. */
export function listMergeTargets(tx: ActorTx, source: string, words: string, take: number) {
  return tx
    .selectFrom("ideas as i")
    .innerJoin("accounts as a", "a.id", "i.accountId")
    .where(sql<boolean>`i.search @@ to_tsquery('simple', ${words})`)
    .where("i.id", "<>", source)
    .where("i.mergedInto", "is", null)
    .select(["i.id", "i.title", "a.name as account", "i.supportAccounts", "i.createdAt"])
    .select(sql<IdeaStatus>`i.status`.as("status"))
    .orderBy("i.id", "desc")
    .limit(take)
    .execute();
}

/** What two ideas are, and what they become together. */
export type MergePreview = {
  id: string;
  title: string;
  account: string;
  status: IdeaStatus;
  revision: number;
  supportAccounts: number;
  supportPeople: number;
  comments: number;
  watchers: number;
  /** Of the idea that is to be merged. */
  source: { comments: number; watchers: number };
  together: { accounts: number; people: number; comments: number; watchers: number };
};

/** Undefined when there is no such idea, or it was merged itself. */
export async function previewMerge(tx: ActorTx, source: string, target: string): Promise<MergePreview | undefined> {
  const { rows } = await sql<MergePreview>`
    with pair (id) as (select private.idea_tree(${source}::uuid) union select private.idea_tree(${target}::uuid)),
    backed as (select s.account_id, s.person_id from idea_support s
      where s.idea_id in (select id from pair) and s.withdrawn_at is null),
    watching as (select f.idea_id, f.person_id from idea_followers f where f.idea_id in (select id from pair)),
    of_source as (select count(distinct w.person_id)::int as watchers from watching w
      where w.idea_id in (select private.idea_tree(${source}::uuid)))
    select i.id, i.title, a.name as account, i.status, i.revision, i.support_accounts, i.support_people,
      i.comments_together as comments,
      (select count(distinct w.person_id)::int from watching w
        where w.idea_id in (select private.idea_tree(i.id))) as watchers,
      json_build_object(
        'comments', (select s.comments_together from ideas s where s.id = ${source}),
        'watchers', (select watchers from of_source)) as source,
      json_build_object(
        'accounts', (select count(distinct account_id) from backed),
        'people', (select count(distinct person_id) from backed),
        'comments', (select count(*) from idea_comments c where c.idea_id in (select id from pair)),
        'watchers', (select count(distinct person_id) from watching)) as together
    from ideas i join accounts a on a.id = i.account_id
    where i.id = ${target} and i.merged_into is null and i.id <> ${source}`.execute(tx);
  return rows[0];
}

export type MergeAnswer = "merged" | "not-found" | "same" | "merged-already" | "changed-meanwhile";

export async function mergeIdea(
  tx: ActorTx,
  source: { id: string; revision: number },
  target: { id: string; revision: number },
): Promise<MergeAnswer> {
  const { rows } = await sql<{ answer: MergeAnswer }>`
    select private.merge_idea(${source.id}::uuid, ${target.id}::uuid, ${source.revision}, ${target.revision}) as answer`.execute(
    tx,
  );
  return rows[0]?.answer ?? "not-found";
}

export type UnmergeAnswer = "unmerged" | "not-found" | "not-merged" | "changed-meanwhile";

export async function unmergeIdea(tx: ActorTx, source: { id: string; revision: number }): Promise<UnmergeAnswer> {
  const { rows } = await sql<{ answer: UnmergeAnswer }>`
    select private.unmerge_idea(${source.id}::uuid, ${source.revision}) as answer`.execute(tx);
  return rows[0]?.answer ?? "not-found";
}
