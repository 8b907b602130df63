import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";

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
