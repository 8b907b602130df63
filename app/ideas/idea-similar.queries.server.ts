import { sql } from "kysely";
import type { ClientActor } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { SimilarIdea } from "./idea-similar";

/** Ideas like some of these words, or all of `every`, of the client's own account and of those that all customers see; the most alike first. */
export async function findSimilar(
  tx: ActorTx,
  client: ClientActor,
  { words, every, typed, take }: { words: readonly string[]; every: readonly string[]; typed: string; take: number },
): Promise<(SimilarIdea & { score: number })[]> {
  const { rows } = await sql<SimilarIdea & { score: number }>`
    select f.idea_id as id, coalesce(i.title, s.title) as title, coalesce(i.status, s.status) as status,
      coalesce(i.support_accounts, s.support_accounts) as accounts, coalesce(i.support_people, s.support_people) as people,
      i.id is not null as own, f.score,
      exists (select from idea_support u where u.idea_id = f.idea_id and u.account_id = ${client.accountId}
        and u.person_id = ${client.personId} and u.withdrawn_at is null) as supported
    from private.similar_ideas(${[...words]}::text[], ${every.join(" & ")}, ${typed}, ${take}) f
    left join ideas i on i.id = f.idea_id
    left join shared_ideas s on s.idea_id = f.idea_id
    where coalesce(i.title, s.title) is not null
    order by f.score desc, f.idea_id desc`.execute(tx);
  return rows;
}
