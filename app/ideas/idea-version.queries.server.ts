import { sql } from "kysely";
import { cleanElements } from "~/collab/board-element";
import { cleanRichText } from "~/collab/rich-text-clean";
import type { RoomPart } from "~/collab/room";
import type { RoomContent, RoomState } from "~/collab/room-versions.server";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { SystemTx } from "~/kernel/system-tx.server";
import type { VersionReason, Writer } from "./idea-version";

/** What is kept of the versions of briefs and boards. */

type Tx = ActorTx | SystemTx;

const nameOfIdea = (tx: ActorTx, id: string) =>
  tx.selectFrom("ideas").where("id", "=", id).select(["id", "accountId", "authorId", "title"]).executeTakeFirst();

export { nameOfIdea as findVersionedIdea };

const columns = ["v.id", "v.part", "v.name", "v.madeAt", "v.writers", "who.displayName as madeBy"] as const;
const reason = sql<VersionReason>`v.reason`.as("reason");

/** Versions of a part, newest first, those before `before`. */
export function listVersions(
  tx: ActorTx,
  ideaId: string,
  part: RoomPart,
  { before, take }: { before: string | null; take: number },
) {
  const rows = tx
    .selectFrom("ideaVersions as v")
    .leftJoin("people as who", "who.id", "v.madeBy")
    .where("v.ideaId", "=", ideaId)
    .where("v.part", "=", part)
    .select([...columns, reason])
    .orderBy("v.id", "desc")
    .limit(take);
  return (before === null ? rows : rows.where("v.id", "<", before)).execute();
}

/** One version with what it says; undefined when it does not exist for this actor. */
export async function findVersion(tx: ActorTx, ideaId: string, id: string) {
  const row = await tx
    .selectFrom("ideaVersions as v")
    .innerJoin("ideas as i", "i.id", "v.ideaId")
    .leftJoin("people as who", "who.id", "v.madeBy")
    .leftJoin("ideaVersions as source", "source.id", "v.restoredFrom")
    .where("v.ideaId", "=", ideaId)
    .where("v.id", "=", id)
    .select([...columns, reason, "v.content", "v.authors", "source.madeAt as restoredFrom"])
    .select(["i.accountId", "i.authorId", "i.title"])
    .executeTakeFirst();
  if (!row) return undefined;
  const { content, authors, accountId, authorId, title, part: _, ...version } = row;
  const part = row.part as RoomPart;
  return {
    version,
    idea: { id: ideaId, accountId, authorId, title },
    part,
    content: contentOf(part, content, authors),
  };
}

/** The version before one, with what it says. */
export async function findVersionBefore(tx: ActorTx, ideaId: string, part: RoomPart, id: string) {
  const row = await tx
    .selectFrom("ideaVersions as v")
    .where("v.ideaId", "=", ideaId)
    .where("v.part", "=", part)
    .where("v.id", "<", id)
    .select(["v.id", "v.madeAt", "v.content", "v.authors"])
    .orderBy("v.id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { id: row.id, madeAt: row.madeAt, content: contentOf(part, row.content, row.authors) };
}

/** What a part said when the idea was sent, and what it says now, by the copy for reading. */
export async function findEnds(tx: ActorTx, ideaId: string, part: RoomPart) {
  if (part === "brief") {
    const row = await tx
      .selectFrom("ideas as i")
      .leftJoin("ideaBriefs as b", "b.ideaId", "i.id")
      .where("i.id", "=", ideaId)
      .select(["i.body", "b.doc"])
      .executeTakeFirstOrThrow();
    return { first: contentOf(part, row.body, null), present: contentOf(part, row.doc ?? row.body, null) };
  }
  const row = await tx
    .selectFrom(part === "board" ? "ideaBoards" : "ideaStaffLayers")
    .where("ideaId", "=", ideaId)
    .select("elements")
    .executeTakeFirst();
  return { first: contentOf(part, [], null), present: contentOf(part, row?.elements ?? [], null) };
}

type Authors = { people?: string[]; runs?: [number, number][]; drawn?: Record<string, string[]> };

/** Nothing of a version is shown or restored but what is allowed today. */
function contentOf(part: string, content: unknown, authors: unknown): RoomContent {
  const { people = [], runs = [], drawn = {} } = (authors ?? {}) as Authors;
  if (part === "brief") return { part, doc: cleanRichText(content), written: { people, runs } };
  const elements = cleanElements(content);
  return { part: part === "staff-layer" ? part : "board", elements, drawn };
}

/** Names of those who wrote, persons and guests, as far as this reader may know them. */
export async function namesOf(tx: ActorTx, ids: readonly string[]): Promise<Map<string, Writer>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select id::text as id, display_name as name from people where id = any (${ids}::uuid[])
    union all select id::text, display_name from guest_grants where id = any (${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The newest version of a part, and how far everybody had written then. */
export async function findNewest(tx: Tx, ideaId: string, part: RoomPart) {
  const row = await (tx as SystemTx)
    .selectFrom("ideaVersions")
    .where("ideaId", "=", ideaId)
    .where("part", "=", part)
    .select(["seq", "content", "clocks"])
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { ...row, clocks: row.clocks as Record<string, number> };
}

export type NewVersion = {
  ideaId: string;
  accountId: string;
  part: RoomPart;
  reason: VersionReason;
  name?: string;
  madeBy: string | null;
  restoredFrom?: string;
  madeAt: Date;
};

const contentIn = (content: RoomContent): unknown => (content.part === "brief" ? content.doc : content.elements);

/** Whether what is kept of a version says just this. */
export const says = (kept: unknown, content: RoomContent): boolean =>
  JSON.stringify(contentIn(contentOf(content.part, kept, null))) === JSON.stringify(contentIn(content));

export async function insertVersion(tx: Tx, version: NewVersion, state: RoomState, writers: readonly string[]) {
  const { content } = state;
  const authors = content.part === "brief" ? content.written : { drawn: content.drawn };
  const values = {
    ...version,
    seq: BigInt(state.seq),
    content: JSON.stringify(contentIn(content)),
    authors: JSON.stringify(authors),
    clocks: JSON.stringify(state.clocks),
    writers: [...writers],
  };
  return (await (tx as SystemTx).insertInto("ideaVersions").values(values).returning("id").executeTakeFirstOrThrow())
    .id;
}

/** Gives a version a name. Out: whether it is there. */
export async function setVersionName(tx: ActorTx, ideaId: string, id: string, name: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("ideaVersions")
    .set({ name })
    .where("ideaId", "=", ideaId)
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

// ------------------------------------------------------------------ what the clock keeps

/** Notes that a part was written in. */
export async function noteUnkept(tx: SystemTx, ideaId: string, part: RoomPart, moment: Date): Promise<void> {
  await sql`
    insert into idea_unkept (idea_id, account_id, part, since, last)
    select id, account_id, ${part}, ${moment}, ${moment} from ideas where id = ${ideaId}
    on conflict (idea_id, part) do update set last = excluded.last`.execute(tx);
}

/** What is to be kept: written in until `last`, or from before `since` on. The longest waiting first. */
export function listUnkept(tx: SystemTx, due: { last: Date; since: Date }, take: number) {
  return tx
    .selectFrom("ideaUnkept")
    .where((eb) => eb.or([eb("last", "<=", due.last), eb("since", "<", due.since)]))
    .select(["ideaId", "accountId", "part", "last"])
    .orderBy("since")
    .orderBy("ideaId")
    .limit(take)
    .execute();
}

/** It is kept as it was at `last`; what was written since waits for the next version. */
export async function noteKept(tx: SystemTx, ideaId: string, part: string, last: Date): Promise<void> {
  await tx
    .deleteFrom("ideaUnkept")
    .where("ideaId", "=", ideaId)
    .where("part", "=", part)
    .where("last", "<=", last)
    .execute();
  await tx
    .updateTable("ideaUnkept")
    .set((eb) => ({ since: eb.ref("last") }))
    .where("ideaId", "=", ideaId)
    .where("part", "=", part)
    .execute();
}

/** Keeps everybody else from making a version of an idea until this is done. */
export async function holdVersions(tx: SystemTx, ideaId: string): Promise<void> {
  await tx.selectFrom("ideas").select("id").where("id", "=", ideaId).forNoKeyUpdate().execute();
}

// ------------------------------------------------------------------ people who were erased

/** Versions in which a person is mentioned whose data was erased, and what everybody is called then. */
export async function versionsMentioning(tx: SystemTx, personId: string) {
  const { rows } = await sql<{ id: string; content: unknown; name: string }>`
    select v.id, v.content, p.display_name as name from idea_versions v, people p
    where p.id = ${personId}::uuid and p.erased_at is not null and v.part = 'brief'
      and strpos(v.content::text, p.id::text) > 0`.execute(tx);
  return rows;
}

export async function replaceContent(tx: SystemTx, id: string, content: unknown): Promise<void> {
  await tx
    .updateTable("ideaVersions")
    .set({ content: JSON.stringify(content) })
    .where("id", "=", id)
    .execute();
}
