import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import type { Hits } from "~/kernel/hit";
import { tokeniseQuery } from "~/kernel/search-tokens";
import * as queries from "./decision-page.queries.server";

/** Decisions whose newest words hold what was typed: to a client those of their account, to staff everybody's. */
export async function findDecisions(
  actor: ClientActor | StaffActor,
  typed: string,
  take: number,
): Promise<Hits<"decisions.list.title">[]> {
  const words = tokeniseQuery(typed);
  if (words === null) return [];
  const rows = await asActor(actor, (tx) => queries.findByWords(tx, words, take));
  const decisions = actor.side === "staff" ? "/staff/decisions" : "/decisions";
  const hits = rows.map(({ id, title, idea }) => ({ id, title, detail: idea, to: `${decisions}/${id}` }));
  return [{ label: "decisions.list.title", hits }];
}
