import { type RawBuilder, sql } from "kysely";
import type { Actor } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { BoardVote, Dots, VoteResult } from "./idea-vote";

/** Dot votes about an idea's board. Who may give a dot, and how many, is decided in `private.give_dot`. */

type Row = Omit<BoardVote, "closed"> & {
  closedBy: string | null;
  closedAt: string | null;
  result: VoteResult[] | null;
};

const dotsWhere = (whose: RawBuilder<boolean>) => sql`(select coalesce(json_object_agg(c.element_id, c.n), '{}')
  from (select d.element_id, count(*)::int as n from idea_board_dots d
    where d.idea_id = v.idea_id and d.vote_id = v.id and ${whose} group by d.element_id) c)`;

/** The newest vote of an idea for the page of its board, as a part of the page's own statement. In: the column with the idea's id. */
export function voteOf(idea: string, reader: Actor) {
  const mine =
    reader.side === "guest"
      ? sql<boolean>`d.guest_grant_id = ${reader.grantId}::uuid`
      : sql<boolean>`d.person_id = ${reader.personId}::uuid`;
  return sql<Row | null>`(select json_build_object(
      'id', v.id, 'question', v.question, 'dotsEach', v.dots_each, 'revision', v.revision,
      'begunBy', b.display_name, 'begunAt', v.created_at, 'closedBy', c.display_name, 'closedAt', v.closed_at,
      'result', v.result, 'dots', ${dotsWhere(sql<boolean>`true`)}, 'mine', ${dotsWhere(mine)})
    from idea_board_votes v
    left join people b on b.id = v.begun_by left join people c on c.id = v.closed_by
    where v.idea_id = ${sql.ref(idea)} order by v.id desc limit 1)`;
}

/** What the statement brought, as the page shows it. */
export function voteOfRow(row: Row | null): BoardVote | null {
  if (!row) return null;
  const { closedBy, closedAt, result, ...vote } = row;
  return { ...vote, closed: closedAt === null ? null : { by: closedBy ?? "", at: closedAt, result: result ?? [] } };
}

/** Begins a vote. Out: its id; undefined when another one is open. */
export async function insertVote(
  tx: ActorTx,
  vote: { ideaId: string; accountId: string; question: string; dotsEach: number; begunBy: string },
): Promise<string | undefined> {
  const row = await tx
    .insertInto("ideaBoardVotes")
    .values(vote)
    .onConflict((conflict) => conflict.column("ideaId").where("closedAt", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

type Answer = "done" | "not-found" | "may-not" | "vote-closed" | "no-dots-left" | "no-dot-here";

/** Gives a dot of the actor's own, or takes one back. */
export async function moveDot(tx: ActorTx, vote: string, element: string, way: "give" | "take"): Promise<Answer> {
  const move = way === "give" ? sql`private.give_dot` : sql`private.take_dot`;
  const { rows } = await sql<{ answer: Answer }>`select ${move}(${vote}::uuid, ${element}) as answer`.execute(tx);
  return rows[0]?.answer ?? "not-found";
}

/** A vote of the idea, held until the transaction ends: no dot comes in between. */
export function holdVote(tx: ActorTx, ideaId: string, id: string) {
  return tx
    .selectFrom("ideaBoardVotes as v")
    .where("v.ideaId", "=", ideaId)
    .where("v.id", "=", id)
    .select(["v.accountId", "v.revision", "v.closedAt"])
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** A vote of the idea as anybody may see it. */
export function findVote(tx: ActorTx, ideaId: string, id: string) {
  return tx
    .selectFrom("ideaBoardVotes as v")
    .where("v.ideaId", "=", ideaId)
    .where("v.id", "=", id)
    .select(["v.accountId", "v.closedAt"])
    .executeTakeFirst();
}

/** What everybody gave, by thing. */
export async function countDots(tx: ActorTx, ideaId: string, vote: string): Promise<Dots> {
  const rows = await tx
    .selectFrom("ideaBoardDots as d")
    .where("d.ideaId", "=", ideaId)
    .where("d.voteId", "=", vote)
    .groupBy("d.elementId")
    .select(["d.elementId", sql<number>`count(*)::int`.as("n")])
    .execute();
  return Object.fromEntries(rows.map(({ elementId, n }) => [elementId, n]));
}

/** Closes a vote that is held, with what it came to. */
export async function setClosed(tx: ActorTx, id: string, by: string, result: readonly VoteResult[]): Promise<void> {
  await tx
    .updateTable("ideaBoardVotes")
    .set({ closedAt: sql`now()`, closedBy: by, result: JSON.stringify(result) })
    .where("id", "=", id)
    .execute();
}
