import { sql } from "kysely";
import type { SystemTx } from "~/kernel/system-tx.server";

/** Who is in one room of an idea. */
export type IdeaHere = {
  idea: string;
  part: string;
  audience: "both" | "staff";
  people: readonly { id: string; name: string }[];
  count: number;
};

/** Tells the processes that serve pages something about the one that calls itself `node`. */
export async function tellOfProcess(tx: SystemTx, node: string, is: "lives" | "begins"): Promise<void> {
  await sql`select pg_notify('tandem_here', ${JSON.stringify({ node, is })})`.execute(tx);
}

/** Tells them who is in these rooms by way of it. In a room of an idea that is gone there is nobody. */
export async function tellWhoIsHere(tx: SystemTx, node: string, rooms: readonly IdeaHere[]): Promise<void> {
  await sql`
    select pg_notify('tandem_here', jsonb_build_object('node', ${node}::text, 'room', jsonb_build_object(
      'topic', 'idea:' || here.idea, 'part', here.part, 'account', ideas.account_id, 'audience', here.audience,
      'people', case when ideas.id is null then '[]' else here.people end,
      'count', case when ideas.id is null then 0 else here.count end
    ))::text)
    from jsonb_to_recordset(${JSON.stringify(rooms)}::jsonb)
      as here (idea uuid, part text, audience text, people jsonb, count integer)
    left join ideas on ideas.id = here.idea`.execute(tx);
}
