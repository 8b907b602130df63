import { type Expression, sql } from "kysely";
import { cleanRichText, type RichDoc } from "~/collab/rich-text";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { SystemTx } from "~/kernel/system-tx.server";
import type { IdeaKind } from "./idea-clock";
import type { IdeaStatus } from "./idea-status";

const asStatus = (column: Expression<string>) => sql<IdeaStatus>`${column}`;

// ------------------------------------------------------------------ one idea

/** The idea with its account, author and text; undefined when it does not exist for this actor. */
export async function findIdea(tx: ActorTx, id: string) {
  const row = await tx
    .selectFrom("ideas as i")
    .innerJoin("people as author", "author.id", "i.authorId")
    .innerJoin("accounts as a", "a.id", "i.accountId")
    .leftJoin("ideaBriefs as b", "b.ideaId", "i.id")
    .where("i.id", "=", id)
    .select(["i.id", "i.accountId", "i.title", "i.revision", "i.commentCount", "i.createdAt", "i.lastActivityAt"])
    .select(["author.displayName as author", "a.name as account", "i.body", "b.doc as brief"])
    .select((eb) => asStatus(eb.ref("i.status")).as("status"))
    .executeTakeFirst();
  if (!row) return undefined;
  const { body, brief, ...idea } = row;
  return { idea, text: { body: cleanRichText(body), brief: cleanRichText(brief ?? body) } };
}

/** Its log is that of its account: a line in another one's says nothing about it. */
type IdeaOfAccount = { readonly id: string; readonly accountId: string };

/** How an idea came to stand where it does, newest first, from the log that both sides read. */
export function listHistory(tx: ActorTx, idea: IdeaOfAccount, take: number) {
  return tx
    .selectFrom("events as e")
    .leftJoin("people as who", "who.id", "e.actorId")
    .where("e.subjectId", "=", idea.id)
    .where("e.accountId", "=", idea.accountId)
    .where("e.name", "in", ["idea.submitted", "idea.status_changed"])
    .select(["e.happenedAt", "who.displayName as who"])
    .select([
      sql<string>`e.id::text`.as("id"),
      sql<IdeaStatus | null>`e.facts ->> 'from'`.as("from"),
      sql<IdeaStatus | null>`e.facts ->> 'to'`.as("to"),
    ])
    .orderBy("e.id", "desc")
    .limit(take)
    .execute();
}

/** What a use case must know of an idea before it writes; undefined when it does not exist for this actor. */
export function findIdeaHead(tx: ActorTx, id: string) {
  return tx
    .selectFrom("ideas as i")
    .where("i.id", "=", id)
    .select(["i.id", "i.accountId", "i.revision"])
    .select(sql<boolean>`i.merged_at is not null`.as("merged"))
    .select((eb) => asStatus(eb.ref("i.status")).as("status"))
    .executeTakeFirst();
}

const SAID = ["s.id", "s.body", "s.createdAt"] as const;

type Older = { before: string | null; take: number };

/** Comments of both sides, newest first, those before `before`. */
export function listComments(tx: ActorTx, ideaId: string, { before, take }: Older) {
  const rows = tx
    .selectFrom("ideaComments as s")
    .leftJoin("people as author", "author.id", "s.authorId")
    .leftJoin("guestGrants as guest", "guest.id", "s.guestGrantId")
    .where("s.ideaId", "=", ideaId)
    .select(SAID)
    .select([
      sql<string>`coalesce(author.display_name, guest.display_name)`.as("author"),
      sql<"client" | "staff" | "guest">`coalesce(author.side, 'guest')`.as("side"),
    ])
    .orderBy("s.id", "desc")
    .limit(take);
  return (before === null ? rows : rows.where("s.id", "<", before)).execute();
}

/** Internal notes, newest first; staff alone hold a grant on them. */
export function listNotes(tx: ActorTx, ideaId: string, { before, take }: Older) {
  const rows = tx
    .selectFrom("ideaNotes as s")
    .innerJoin("people as author", "author.id", "s.authorId")
    .where("s.ideaId", "=", ideaId)
    .select(SAID)
    .select("author.displayName as author")
    .select(sql<"client" | "staff">`author.side`.as("side"))
    .orderBy("s.id", "desc")
    .limit(take);
  return (before === null ? rows : rows.where("s.id", "<", before)).execute();
}

/** Who gave the idea its present status, by the log. */
export function lastMover(tx: ActorTx, idea: IdeaOfAccount) {
  return tx
    .selectFrom("events as e")
    .innerJoin("people as who", "who.id", "e.actorId")
    .where("e.subjectId", "=", idea.id)
    .where("e.accountId", "=", idea.accountId)
    .where("e.name", "=", "idea.status_changed")
    .select("who.displayName as name")
    .orderBy("e.id", "desc")
    .limit(1)
    .executeTakeFirst();
}

// ------------------------------------------------------------------ writing

export type NewIdea = {
  accountId: string;
  authorId: string;
  title: string;
  body: RichDoc;
  bodyText: string;
  searchTokens: string;
  productId?: string | null;
  /** Answers to the product's questions, by key. */
  fields?: Readonly<Record<string, string | number>>;
  kind?: IdeaKind;
  answerDueAt?: Date;
  splitFrom?: string;
  visibility?: "account" | "all_customers";
};

export async function insertIdea(tx: ActorTx, { body, fields = {}, ...idea }: NewIdea): Promise<string> {
  const values = { ...idea, body: JSON.stringify(body), fields: JSON.stringify(fields) };
  return (await tx.insertInto("ideas").values(values).returning("id").executeTakeFirstOrThrow()).id;
}

type Said = { ideaId: string; accountId: string; authorId: string; body: string };

export async function insertComment(tx: ActorTx, comment: Said): Promise<string> {
  return (await tx.insertInto("ideaComments").values(comment).returning("id").executeTakeFirstOrThrow()).id;
}

export async function insertNote(tx: ActorTx, note: Said): Promise<string> {
  return (await tx.insertInto("ideaNotes").values(note).returning("id").executeTakeFirstOrThrow()).id;
}

/** Sets the status when the idea is still at this revision. Out: whether it was. */
export async function setStatus(tx: ActorTx, id: string, revision: number, status: IdeaStatus): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("ideas")
    .set({ status })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

// ------------------------------------------------------------------ pictures and people

/** People who may be mentioned in an account's idea: its own and staff, whose name holds the typed words. */
export function listMentionables(tx: ActorTx, accountId: string, typed: string, take: number) {
  const like = `%${typed.replace(/[\\%_]/g, "\\$&")}%`;
  return tx
    .selectFrom("people as p")
    .where((eb) => eb.or([eb("p.accountId", "=", accountId), eb("p.side", "=", "staff")]))
    .where("p.removedAt", "is", null)
    .where("p.displayName", "ilike", like)
    .select(["p.id", "p.displayName as name"])
    .orderBy("p.side")
    .orderBy("p.displayName")
    .limit(take)
    .execute();
}

export type NewFile = {
  id: string;
  ideaId: string;
  accountId: string;
  name: string;
  mediaType: string;
  byteSize: bigint;
  width: number;
  height: number;
  storagePath: string;
  createdBy: string;
};

export async function insertFile(tx: ActorTx, file: NewFile): Promise<void> {
  await tx.insertInto("ideaFiles").values(file).execute();
}

export function findFile(tx: ActorTx, id: string) {
  return tx.selectFrom("ideaFiles").select(["storagePath", "mediaType"]).where("id", "=", id).executeTakeFirst();
}

// ------------------------------------------------------------------ the brief, as the system keeps it

/** The text a brief begins with: what was last known of it, or the idea as submitted. Undefined without such an idea. */
export async function findBriefSeed(tx: SystemTx, ideaId: string): Promise<RichDoc | undefined> {
  const row = await tx
    .selectFrom("ideas as i")
    .leftJoin("ideaBriefs as b", "b.ideaId", "i.id")
    .where("i.id", "=", ideaId)
    .select(["i.body", "b.doc"])
    .executeTakeFirst();
  return row && cleanRichText(row.doc ?? row.body);
}

/** Keeps what a brief says now, unless something newer is kept already. Out: whether it was kept. */
export async function upsertBrief(
  tx: SystemTx,
  brief: { ideaId: string; doc: RichDoc; bodyText: string; tokens: string; seq: bigint },
): Promise<boolean> {
  const { rows } = await sql`
    insert into idea_briefs (idea_id, account_id, doc, body_text, seq)
    select id, account_id, ${JSON.stringify(brief.doc)}::jsonb, ${brief.bodyText}, ${brief.seq}
    from ideas where id = ${brief.ideaId}
    on conflict (idea_id) do update
      set doc = excluded.doc, body_text = excluded.body_text, seq = excluded.seq, updated_at = now()
      where idea_briefs.seq < excluded.seq
    returning idea_id`.execute(tx);
  if (rows.length === 0) return false;
  await tx.updateTable("ideas").set({ briefTokens: brief.tokens }).where("id", "=", brief.ideaId).execute();
  return true;
}
