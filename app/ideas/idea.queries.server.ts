import { type Expression, sql } from "kysely";
import type { RichDoc } from "~/collab/rich-text";
import { cleanRichText } from "~/collab/rich-text-clean";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { SystemTx } from "~/kernel/system-tx.server";
import { indexWords } from "./board.queries.server";
import type { IdeaKind } from "./idea-clock";
import type { IdeaStatus } from "./idea-status";

const asStatus = (column: Expression<string>) => sql<IdeaStatus>`${column}`;

// ------------------------------------------------------------------ one idea

/** Its log is that of its account: a line in another one's says nothing about it. */
type IdeaOfAccount = { readonly id: string; readonly accountId: string };

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

/** People who may be mentioned in an account's idea: its own (null: nobody's) and staff, whose name holds the typed words. */
export function listMentionables(tx: ActorTx, accountId: string | null, typed: string, take: number) {
  const like = `%${typed.replace(/[\\%_]/g, "\\$&")}%`;
  return tx
    .selectFrom("people as p")
    .where((eb) =>
      accountId === null
        ? eb("p.side", "=", "staff")
        : eb.or([eb("p.accountId", "=", accountId), eb("p.side", "=", "staff")]),
    )
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
export async function findBriefSeed(tx: ActorTx | SystemTx, ideaId: string): Promise<RichDoc | undefined> {
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
  brief: { ideaId: string; doc: RichDoc; bodyText: string; seq: bigint },
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
  await indexWords(tx, brief.ideaId);
  return true;
}

/** Briefs that mention somebody whose data was erased, and how that person is called now. */
export async function briefsMentioning(tx: SystemTx, personId: string) {
  const { rows } = await sql<{ ideaId: string; name: string }>`
    select b.idea_id, p.display_name as name from idea_briefs b, people p
    where p.id = ${personId}::uuid and p.erased_at is not null and strpos(b.doc::text, p.id::text) > 0`.execute(tx);
  return rows;
}
