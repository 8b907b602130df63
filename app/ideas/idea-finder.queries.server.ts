import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Place } from "./idea-said.queries.server";

/** Ideas of the asking client's account and those that all customers see. `words`: text for to_tsquery. */
export async function findClientIdeas(tx: ActorTx, words: string, take: number) {
  const { rows } = await sql<{ id: string; title: string; shared: boolean }>`
    select id, title, shared from private.find_ideas(${words}, ${take})`.execute(tx);
  return rows;
}

/** Ideas of every account, newest first; for staff. */
export function findStaffIdeas(tx: ActorTx, words: string, take: number) {
  return tx
    .selectFrom("ideas as i")
    .innerJoin("accounts as a", "a.id", "i.accountId")
    .where(sql<boolean>`i.search @@ to_tsquery('simple', ${words})`)
    .select(["i.id", "i.title", "a.name as account"])
    .orderBy("i.id", "desc")
    .limit(take)
    .execute();
}

/** Comments, or internal notes, that hold the words and that the asking person may read, newest first; names of who is mentioned. */
export async function findSaid(tx: ActorTx, place: Place, words: string, take: number) {
  const said = sql.table(place === "comment" ? "idea_comments" : "idea_notes");
  const { rows } = await sql<{ id: string; ideaId: string; body: string; names: Record<string, string>; idea: string }>`
    select s.id, s.idea_id as "ideaId", s.body, i.title as idea,
      coalesce((select jsonb_object_agg(p.id, p.display_name) from people p where p.id = any (s.mentions)), '{}') as names
    from ${said} s join ideas i on i.id = s.idea_id
    where s.search @@ to_tsquery('simple', ${words})
    order by s.id desc limit ${take}`.execute(tx);
  return rows;
}

/** Views that the asking member of staff may open, and tags, by a part of their name. */
export async function findViewsAndTags(tx: ActorTx, typed: string, take: number) {
  const part = `%${typed.replace(/[\\%_]/g, "\\$&")}%`;
  const views = await tx
    .selectFrom("ideaViews")
    .where("name", "ilike", part)
    .select(["id", "name", "query"])
    .orderBy("name")
    .orderBy("id")
    .limit(take)
    .execute();
  const tags = await tx
    .selectFrom("tags")
    .where("name", "ilike", part)
    .select(["id", "name"])
    .orderBy("name")
    .limit(take)
    .execute();
  return { views, tags };
}
