import { sql } from "kysely";
import { cleanRichText } from "~/collab/rich-text-clean";
import type { GuestActor } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { GuestComment } from "./guest-idea";
import type { Attachment } from "./idea-attachment";
import { tokensOf } from "./idea-said.queries.server";
import type { ThreadView } from "./idea-thread";
import { threadsOf, threadsOfRow } from "./idea-thread.queries.server";

/** What a guest's grant opens, read with the few columns that guests may read. */

/** The idea's head alone, for what is added to it; undefined when the grant is over. */
export function findGuestHead(tx: ActorTx, id: string) {
  return tx.selectFrom("ideas").select(["id", "accountId"]).where("id", "=", id).executeTakeFirst();
}

/** The idea with its account, author, status, text and threads; undefined when the grant is over. */
export async function findGuestIdea(tx: ActorTx, guest: GuestActor, view: ThreadView) {
  const row = await tx
    .selectFrom("ideas as i")
    .innerJoin("people as author", "author.id", "i.authorId")
    .innerJoin("accounts as a", "a.id", "i.accountId")
    .leftJoin("ideaBriefs as b", "b.ideaId", "i.id")
    .where("i.id", "=", guest.object.id)
    .select(["i.id", "i.accountId", "i.title", "i.createdAt", "i.commentCount", "i.status"])
    .select(["author.displayName as author", "a.name as account", "i.body", "b.doc as brief"])
    // Threads are a person's own; a grant is nobody's id among people.
    .select(threadsOf("i.id", guest.grantId, view).as("threads"))
    .executeTakeFirst();
  if (!row) return undefined;
  const { body, brief, threads, ...idea } = row;
  const text = { body: cleanRichText(body), brief: cleanRichText(brief ?? body) };
  return { idea, text, threads: threadsOfRow(threads, view) };
}

/** Comments of everybody, newest first, those before `before`. */
export function listGuestComments(
  tx: ActorTx,
  ideaId: string,
  { before, take }: { before: string | null; take: number },
) {
  const rows = tx
    .selectFrom("ideaComments as s")
    .leftJoin("people as author", "author.id", "s.authorId")
    .leftJoin("guestGrants as guest", "guest.id", "s.guestGrantId")
    .where("s.ideaId", "=", ideaId)
    .select(["s.id", "s.body", "s.createdAt"])
    .select([
      sql<Record<string, string> | null>`case when s.mentions <> '{}' then (
        select json_object_agg(p.id, p.display_name) from people p where p.id = any (s.mentions)) end`.as("mentions"),
      sql<string>`coalesce(author.display_name, guest.display_name)`.as("author"),
      sql<GuestComment["side"]>`coalesce(author.side, 'guest')`.as("side"),
      sql<GuestComment["passage"]>`(select json_build_object('thread', t.id, 'about', t.about,
        'quote', left(t.quote, 200)) from idea_threads t where t.id = s.thread_id)`.as("passage"),
    ])
    .orderBy("s.id", "desc")
    .limit(take);
  return (before === null ? rows : rows.where("s.id", "<", before)).execute();
}

/** Files that were sent with the idea itself. */
export async function listGuestFiles(tx: ActorTx, ideaId: string): Promise<Attachment[]> {
  const rows = await tx
    .selectFrom("ideaAttachments as a")
    .where("a.ideaId", "=", ideaId)
    .where("a.commentId", "is", null)
    .where("a.state", "=", "ready")
    .where("a.removedAt", "is", null)
    .select(["a.id", "a.name", "a.mediaType", "a.width", "a.height", sql<number>`a.byte_size::float8`.as("byteSize")])
    .orderBy("a.id")
    .limit(100)
    .execute();
  return rows.map((row) => ({ ...row, state: "ready", refusal: null, saidId: null, supportId: null }));
}

export async function insertGuestComment(
  tx: ActorTx,
  comment: { ideaId: string; accountId: string; guestGrantId: string; body: string; threadId?: string },
): Promise<string> {
  const said = { ...comment, searchTokens: tokensOf(comment.body) };
  return (await tx.insertInto("ideaComments").values(said).returning("id").executeTakeFirstOrThrow()).id;
}

/** An idea that guests may be invited to, as whoever invites sees it. */
export function findIdeaForGuests(tx: ActorTx, id: string) {
  return tx.selectFrom("ideas").select(["id", "accountId", "title as name"]).where("id", "=", id).executeTakeFirst();
}
