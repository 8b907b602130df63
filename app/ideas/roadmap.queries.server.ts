import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Locale } from "~/kernel/locale";
import type { InLanguages, RoadmapEntry, WrittenEntry } from "./roadmap";

/** The roadmap as a visitor of this language reads it. */
export async function publicRoadmap(tx: ActorTx, locale: Locale): Promise<RoadmapEntry[]> {
  const { rows } = await sql<RoadmapEntry>`
    select kind, language, title, words from private.public_roadmap(${locale})`.execute(tx);
  return rows;
}

const WRITTEN = sql`i.id as "ideaId", i.title as "ideaTitle", i.status, coalesce(e.titles, '{}') as titles,
  coalesce(e.texts, '{}') as texts, e.published_at as "publishedAt", coalesce(e.revision, 0) as revision`;

/** Everything that is written for the roadmap, what is published first. */
export async function listWritten(tx: ActorTx): Promise<WrittenEntry[]> {
  const { rows } = await sql<WrittenEntry>`
    select ${WRITTEN} from roadmap_entries e join ideas i on i.id = e.idea_id
    order by e.published_at desc nulls last, e.idea_id desc limit 300`.execute(tx);
  return rows;
}

/** What is written for one idea (nothing yet: revision 0); undefined when there is no such idea. */
export async function findWritten(
  tx: ActorTx,
  ideaId: string,
): Promise<(WrittenEntry & { accountId: string }) | undefined> {
  const { rows } = await sql<WrittenEntry & { accountId: string }>`
    select ${WRITTEN}, i.account_id as "accountId" from ideas i left join roadmap_entries e on e.idea_id = i.id
    where i.id = ${ideaId}::uuid`.execute(tx);
  return rows[0];
}

type Words = { ideaId: string; titles: InLanguages; texts: InLanguages; publishedAt: Date | null };

/** Out: whether these are the first words for the idea. */
export async function insertEntry(
  tx: ActorTx,
  { titles, texts, ...entry }: Words,
  createdBy: string,
): Promise<boolean> {
  const made = await tx
    .insertInto("roadmapEntries")
    .values({ ...entry, titles: JSON.stringify(titles), texts: JSON.stringify(texts), createdBy })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
}

/** Out: whether there were words of this revision that nobody reads yet. */
export async function deleteDraft(tx: ActorTx, ideaId: string, revision: number): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("roadmapEntries")
    .where("ideaId", "=", ideaId)
    .where("revision", "=", revision)
    .where("publishedAt", "is", null)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Out: whether the words were still those of this revision. */
export async function updateEntry(tx: ActorTx, { titles, texts, publishedAt, ideaId }: Words, revision: number) {
  const { numUpdatedRows } = await tx
    .updateTable("roadmapEntries")
    .set({ titles: JSON.stringify(titles), texts: JSON.stringify(texts), publishedAt })
    .where("ideaId", "=", ideaId)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
