import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import { tokenise } from "~/kernel/search-tokens";
import { namesIn } from "./idea-names.queries.server";
import { type Reaction, typedFrom } from "./idea-page";

/** Comments and internal notes: writing, correcting, taking back, reacting. */

export type Place = "comment" | "note";

type New = { ideaId: string; accountId: string; authorId: string; body: string; mentions: string[] };

/** So many characters a row keeps; one that a person typed may stand for eighteen. */
const TOKENS_MAX = 20_000;

/** What a search finds it by: its words, without who is mentioned, whose name may become another one. */
export const tokensOf = (body: string): string => tokenise(typedFrom(body, {})).slice(0, TOKENS_MAX);

/** In: the thread it belongs to, when it is about a passage of the brief. */
export async function insertComment(tx: ActorTx, said: New & { threadId?: string }): Promise<string> {
  return (
    await tx
      .insertInto("ideaComments")
      .values({ ...said, searchTokens: tokensOf(said.body) })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;
}

export async function insertNote(tx: ActorTx, said: New & { threadId?: string }): Promise<string> {
  return (
    await tx
      .insertInto("ideaNotes")
      .values({ ...said, searchTokens: tokensOf(said.body) })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;
}

/**
 * People whose name stands behind an @ in this text and who may read it: of the account (null: nobody's, for notes) and of
 * staff. Whoever was removed is nobody to call.
 */
export function findMentioned(tx: ActorTx, accountId: string | null, typed: string, take: number) {
  return tx
    .selectFrom("people as p")
    .where((eb) =>
      accountId === null
        ? eb("p.side", "=", "staff")
        : eb.or([eb("p.accountId", "=", accountId), eb("p.side", "=", "staff")]),
    )
    .where("p.removedAt", "is", null)
    .where(sql<boolean>`position('@' || p.display_name in ${typed}) > 0`)
    .select(["p.id", "p.displayName as name"])
    .orderBy("p.side")
    .orderBy("p.id")
    .limit(take)
    .execute();
}

/**
 * What was said on an idea's page, by whom, when and on which idea: a comment may be of one that was merged into it. Undefined
 * when it does not exist there for this actor.
 */
export function findSaid(tx: ActorTx, place: Place, ideaId: string, id: string) {
  const there =
    place === "comment"
      ? sql<boolean>`(idea_id = ${ideaId}::uuid or idea_id in (select private.gathered_here(${ideaId}::uuid)))`
      : sql<boolean>`idea_id = ${ideaId}::uuid`;
  return tx
    .selectFrom(place === "comment" ? "ideaComments" : "ideaNotes")
    .where("id", "=", id)
    .where(there)
    .select(["id", "ideaId", "accountId", "authorId", "createdAt", "mentions"])
    .executeTakeFirst();
}

/** Comments of one idea with their authors, for whoever quotes them. */
const quotables = (tx: ActorTx, ideaId: string) =>
  tx
    .selectFrom("ideaComments as c")
    .leftJoin("people as p", "p.id", "c.authorId")
    .leftJoin("guestGrants as g", "g.id", "c.guestGrantId")
    .where("c.ideaId", "=", ideaId)
    .select(["c.id", "c.body", "c.accountId", "c.authorId", "c.guestGrantId", "c.createdAt", "c.editedAt"])
    .select([namesIn("c").as("names"), sql<string>`coalesce(p.display_name, g.display_name)`.as("author")]);

type QuotableRow = Awaited<ReturnType<ReturnType<typeof quotables>["execute"]>>[number];

function quotable({ body, names, createdAt, editedAt, ...rest }: QuotableRow) {
  return { ...rest, text: typedFrom(body, names ?? {}), writtenAt: editedAt ?? createdAt };
}

/** A comment as it stands now, for whoever quotes it. Undefined when it does not exist on this idea for this actor. */
export async function findQuotable(tx: ActorTx, ideaId: string, id: string) {
  const found = await quotables(tx, ideaId).where("c.id", "=", id).executeTakeFirst();
  return found && quotable(found);
}

/** The newest comments of an idea, for whoever chooses one to quote. */
export async function listQuotable(tx: ActorTx, ideaId: string, take: number) {
  const rows = await quotables(tx, ideaId).orderBy("c.id", "desc").limit(take).execute();
  return rows.map(quotable);
}

/** What an idea is called; undefined when it does not exist for this actor. */
export function findTitle(tx: ActorTx, ideaId: string) {
  return tx.selectFrom("ideas").where("id", "=", ideaId).select(["id", "title"]).executeTakeFirst();
}

type Words = { body: string; mentions: string[] };

/** Out: whether it was still theirs to change. */
export async function changeSaid(tx: ActorTx, place: Place, id: string, words: Words): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable(place === "comment" ? "ideaComments" : "ideaNotes")
    .set({ ...words, searchTokens: tokensOf(words.body), editedAt: sql`now()` })
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Out: whether it was still theirs to take back. */
export async function deleteSaid(tx: ActorTx, place: Place, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom(place === "comment" ? "ideaComments" : "ideaNotes")
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Gives a reaction, or takes it back when it was given. */
export async function toggleReaction(
  tx: ActorTx,
  place: Place,
  said: { id: string; accountId: string },
  personId: string,
  reaction: Reaction,
): Promise<void> {
  if (place === "comment") {
    const { numDeletedRows } = await tx
      .deleteFrom("ideaReactions")
      .where("commentId", "=", said.id)
      .where("personId", "=", personId)
      .where("reaction", "=", reaction)
      .executeTakeFirst();
    if (numDeletedRows > 0n) return;
    await tx
      .insertInto("ideaReactions")
      .values({ commentId: said.id, personId, reaction, accountId: said.accountId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return;
  }
  const { numDeletedRows } = await tx
    .deleteFrom("ideaNoteReactions")
    .where("noteId", "=", said.id)
    .where("personId", "=", personId)
    .where("reaction", "=", reaction)
    .executeTakeFirst();
  if (numDeletedRows > 0n) return;
  await tx
    .insertInto("ideaNoteReactions")
    .values({ noteId: said.id, personId, reaction })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Tells open pages of what is no event. */
export async function tellPages(tx: ActorTx, ideaId: string, accountId: string, audience: "both" | "staff") {
  await sql`select private.say_live('idea', ${ideaId}::uuid, ${accountId}::uuid, ${audience})`.execute(tx);
}
