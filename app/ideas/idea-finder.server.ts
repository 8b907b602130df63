import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import type { Hits } from "~/kernel/hit";
import { tokeniseQuery } from "~/kernel/search-tokens";
import { foundIn } from "./idea-finder";
import * as queries from "./idea-finder.queries.server";
import { listQuery } from "./idea-list";
import { typedFrom } from "./idea-page";
import type { Place } from "./idea-said.queries.server";

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

/**
 * What is said of ideas, by its words: to a client the comments on their account's ideas, to staff everybody's and the internal
 * notes. Each leads to where it stands.
 */
export async function findSaid(
  actor: ClientActor | StaffActor,
  typed: string,
  take: number,
): Promise<Hits<"ideas.page.comments" | "ideas.staff.notes">[]> {
  const words = tokeniseQuery(typed);
  if (words === null) return [];
  const ideas = actor.side === "staff" ? "/staff/ideas" : "/ideas";
  const places: readonly Place[] = actor.side === "staff" ? ["comment", "note"] : ["comment"];
  return asActor(actor, async (tx) => {
    const found = [];
    for (const place of places) {
      const rows = await queries.findSaid(tx, place, words, take);
      const hits = rows.map(({ id, ideaId, body, names, idea }) => ({
        id,
        title: foundIn(typedFrom(body, names), typed),
        detail: idea,
        to: `${ideas}/${ideaId}#${id}`,
      }));
      found.push({
        label: place === "comment" ? ("ideas.page.comments" as const) : ("ideas.staff.notes" as const),
        hits,
      });
    }
    return found;
  });
}

/** Staff's saved views and tags by a part of their name; each leads to the list it means. */
export async function findLists(
  actor: ClientActor | StaffActor,
  typed: string,
  take: number,
): Promise<Hits<"ideas.views.title" | "ideas.care.tags">[]> {
  if (actor.side !== "staff") return [];
  const { views, tags } = await asActor(actor, (tx) => queries.findViewsAndTags(tx, typed, take));
  const leads = (id: string, title: string, query: string) => ({
    id,
    title,
    detail: null,
    to: `/staff/ideas?${query}`,
  });
  return [
    { label: "ideas.views.title", hits: views.map(({ id, name, query }) => leads(id, name, query)) },
    { label: "ideas.care.tags", hits: tags.map(({ id, name }) => leads(id, name, listQuery({ tag: id }))) },
  ];
}
