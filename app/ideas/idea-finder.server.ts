import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import type { Hits } from "~/kernel/hit";
import { tokeniseQuery } from "~/kernel/search-tokens";
import * as queries from "./idea-finder.queries.server";

/**
 * Ideas that hold the typed words: to a client those of their account, and apart from them those that all customers see,
 * without a word about whose they are; to staff everybody's.
 */
export async function findIdeas(
  actor: ClientActor | StaffActor,
  typed: string,
  take: number,
): Promise<Hits<"ideas.finder.own" | "ideas.finder.shared">[]> {
  const words = tokeniseQuery(typed);
  if (words === null) return [];
  if (actor.side === "staff") {
    const rows = await asActor(actor, (tx) => queries.findStaffIdeas(tx, words, take));
    const hits = rows.map(({ id, title, account }) => ({ id, title, detail: account, to: `/staff/ideas/${id}` }));
    return [{ label: "ideas.finder.own", hits }];
  }
  const rows = await asActor(actor, (tx) => queries.findClientIdeas(tx, words, take));
  const those = (wanted: boolean) =>
    rows
      .filter(({ shared }) => shared === wanted)
      .map(({ id, title }) => ({ id, title, detail: null, to: `/ideas/${id}` }));
  return [
    { label: "ideas.finder.own", hits: those(false) },
    { label: "ideas.finder.shared", hits: those(true) },
  ];
}
