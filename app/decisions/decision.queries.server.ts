import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import { tokenise } from "~/kernel/search-tokens";
import type { Asked, Revision } from "./decision";
import type { Part, SourceKind } from "./source";

/** Decisions: reading one whole, making, asking, answering, reopening. */

type Belongs = { decisionId: string; accountId: string };
export type Words = { title: string; reason: string; rejected: string[] };

export async function insertDecision(tx: ActorTx, made: { accountId: string; ideaId: string; madeBy: string }) {
  return (await tx.insertInto("decisions").values(made).returning("id").executeTakeFirstOrThrow()).id;
}

/** By which words a revision is found. */
const tokensOf = ({ title, reason, rejected }: Words) => tokenise([title, reason, ...rejected].join("\n"));

/** Out: its id; undefined when somebody else made this revision first. */
export async function insertRevision(
  tx: ActorTx,
  { decisionId, accountId }: Belongs,
  revision: Words & { number: number; writtenBy: string },
): Promise<string | undefined> {
  const made = await tx
    .insertInto("decisionRevisions")
    .values({ decisionId, accountId, ...revision, searchTokens: tokensOf(revision) })
    .returning("id")
    .executeTakeFirst();
  return made?.id;
}

export type Quoted = {
  kind: SourceKind;
  objectId: string;
  quote: string;
  authorId: string | null;
  guestGrantId: string | null;
  writtenAt: Date;
  sha256: Buffer;
  /** Of a thing of the board: which one, and all of it as it was drawn. */
  thing?: { element: string; drawn: readonly Part[] };
  /** Of a passage of the brief: what binds it to the text. */
  anchor?: Part;
};

export async function insertSource(
  tx: ActorTx,
  { decisionId, accountId }: Belongs,
  { thing, anchor, ...quoted }: Quoted,
): Promise<void> {
  const drawing = thing && { element: thing.element, drawn: JSON.stringify(thing.drawn) };
  await tx
    .insertInto("decisionSources")
    .values({ decisionId, accountId, ...quoted, ...drawing, ...(anchor && { anchor: JSON.stringify(anchor) }) })
    .execute();
}

/** Whose id this is: a person's or a guest's whom the actor knows; neither when it is nobody's. */
export async function authorOf(
  tx: ActorTx,
  id: string,
): Promise<{ authorId: string | null; guestGrantId: string | null }> {
  const person = await tx.selectFrom("people").where("id", "=", id).select("id").executeTakeFirst();
  if (person) return { authorId: id, guestGrantId: null };
  const guest = await tx.selectFrom("guestGrants").where("id", "=", id).select("id").executeTakeFirst();
  return { authorId: null, guestGrantId: guest ? id : null };
}

/** A decision at its newest revision; undefined when it does not exist for this actor. */
export async function findDecision(tx: ActorTx, id: string) {
  const found = await tx
    .selectFrom("decisions as d")
    .innerJoin("decisionRevisions as r", (join) =>
      join.onRef("r.decisionId", "=", "d.id").onRef("r.number", "=", "d.number"),
    )
    .where("d.id", "=", id)
    .select(["d.id", "d.accountId", "d.ideaId", "d.number", "d.madeBy", "d.createdAt"])
    .select(["r.id as revisionId", "r.title", "r.reason", "r.rejected", "r.askedAt", "r.documentHash"])
    .executeTakeFirst();
  return found && { ...found, asked: await listAsked(tx, found.revisionId) };
}

export type Found = NonNullable<Awaited<ReturnType<typeof findDecision>>>;

/** As the rules see it. */
export const revisionOf = ({ number, asked }: Found): Revision => ({ number, asked });

async function listAsked(tx: ActorTx, revisionId: string) {
  const rows = await tx
    .selectFrom("decisionSignatures as s")
    .innerJoin("people as p", "p.id", "s.personId")
    .where("s.revisionId", "=", revisionId)
    .select(["s.personId", "p.displayName as name", "s.answer", "s.reason", "s.answeredAt", "s.documentHash"])
    .select(sql<"client" | "staff">`p.side`.as("side"))
    .orderBy("p.side")
    .orderBy("p.displayName")
    .orderBy("p.id")
    .execute();
  return rows.map(({ personId, name, side, documentHash, ...row }) => ({
    personId,
    name,
    side,
    documentHash,
    answer: answerOf(row),
  }));
}

function answerOf(row: { answer: string | null; reason: string | null; answeredAt: Date | null }): Asked["answer"] {
  if (row.answeredAt === null) return null;
  return row.answer === "agree"
    ? { says: "agree", at: row.answeredAt }
    : { says: "not-yet", reason: row.reason ?? "", at: row.answeredAt };
}

/** What a decision quotes, as it was, in the order in which it was quoted. */
export function listSources(tx: ActorTx, decisionId: string) {
  return tx
    .selectFrom("decisionSources as s")
    .leftJoin("people as p", "p.id", "s.authorId")
    .leftJoin("guestGrants as g", "g.id", "s.guestGrantId")
    .where("s.decisionId", "=", decisionId)
    .select(["s.id", "s.objectId", "s.quote", "s.writtenAt", "s.sha256"])
    .select([sql<SourceKind>`s.kind`.as("kind"), sql<string>`coalesce(p.display_name, g.display_name)`.as("author")])
    .orderBy("s.id")
    .execute();
}

/** Out: whether it was still a draft. */
export async function setWords(tx: ActorTx, revisionId: string, words: Words): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("decisionRevisions")
    .set({ ...words, searchTokens: tokensOf(words) })
    .where("id", "=", revisionId)
    .where("askedAt", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Which side each of these people is on, of those whom this actor knows. */
export async function sidesOf(tx: ActorTx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return tx
    .selectFrom("people as p")
    .where("p.id", "in", ids)
    .select(["p.id as personId", sql<"client" | "staff">`p.side`.as("side")])
    .orderBy("p.id")
    .execute();
}

/** Lets the words stand, and asks these people. Out: how many are asked; undefined when it was no draft any more. */
export async function askPeople(
  tx: ActorTx,
  { id, accountId, revisionId, title, reason, rejected }: Found,
  asked: { by: string; hash: Buffer; people: readonly string[] },
): Promise<number | undefined> {
  const { numUpdatedRows } = await tx
    .updateTable("decisionRevisions")
    .set({ askedAt: sql`now()`, askedBy: asked.by, documentHash: asked.hash })
    .where("id", "=", revisionId)
    .where("askedAt", "is", null)
    // The hash is of these words, and somebody may be wording it anew.
    .where("title", "=", title)
    .where("reason", "=", reason)
    .where(sql<boolean>`rejected = ${rejected}::text[]`)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return undefined;
  const rows = asked.people.map((personId) => ({ revisionId, personId, decisionId: id, accountId }));
  const made = await tx.insertInto("decisionSignatures").values(rows).returning("personId").execute();
  return made.length;
}

/** Out: whether it counts: of the newest revision, and by somebody who has not signed it yet. */
export async function setAnswer(
  tx: ActorTx,
  { revisionId, documentHash }: Found,
  personId: string,
  answer: NonNullable<Asked["answer"]>,
): Promise<boolean> {
  const agreed = answer.says === "agree";
  const { numUpdatedRows } = await tx
    .updateTable("decisionSignatures")
    .set({
      answer: answer.says,
      answeredAt: answer.at,
      reason: agreed ? null : answer.reason,
      documentHash: agreed ? documentHash : null,
    })
    .where("revisionId", "=", revisionId)
    .where("personId", "=", personId)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
