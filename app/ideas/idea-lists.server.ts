import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { PAGE_SIZE, STAFF_PAGE_SIZE } from "~/kernel/cursor";
import { recordEvent } from "~/kernel/events.server";
import { tokeniseQuery } from "~/kernel/search-tokens";
import {
  ALL_OURS,
  EVERYTHING,
  EXPORT_ROWS,
  listQuery,
  type PortalFilter,
  placedPage,
  readPlace,
  type StaffFilter,
  type StaffRow,
} from "./idea-list";
import * as portal from "./idea-portal-list.queries.server";
import * as staffLists from "./idea-staff-list.queries.server";

/** The door to lists of ideas: each use case is one transaction of its actor, who is told of nothing they may not see. */

const EXPORT_PAGE = 500;

/** What was typed into the search. Undefined when something was typed that holds no word: nothing matches that. */
function wordsOf(q: string): string | null | undefined {
  return q === "" ? null : (tokeniseQuery(q) ?? undefined);
}

const NOTHING = { rows: [], next: null };

/** A question about a list: what is left out narrows nothing. `after`: the place in the address where the page begins. */
type Question<Filter> = Partial<Filter> & { after?: string | null };

/**
 * A client's ideas: one page, the products to narrow them by, and how many there are (null when a search was asked for;
 * COUNTED_TO and one when there are more).
 */
export function listIdeas(client: ClientActor, { after = null, ...asked }: Question<PortalFilter>) {
  const filter = { ...ALL_OURS, ...asked };
  const { scope } = filter;
  const words = wordsOf(filter.q);
  const narrowed = { ...filter, words: words ?? null, place: readPlace(after, filter.sort), take: PAGE_SIZE + 1 };
  const counted = scope !== "followed" && words === null && { asking: client, narrowed, shared: scope === "all" };
  const list = { ours: portal.listOwnIdeas, all: portal.listSharedIdeas, followed: portal.listFollowedIdeas }[scope];
  return asActor(client, async (tx) => {
    const facets = await portal.portalFacets(tx, counted || null);
    if (words === undefined) return { ...facets, ...NOTHING };
    return { ...facets, ...placedPage(await list(tx, client, narrowed), PAGE_SIZE) };
  });
}

const askedBy = (staff: StaffActor, filter: StaffFilter, words: string | null): staffLists.Asked => ({
  ...filter,
  words,
  reader: staff.personId,
  moment: now(),
});

/** Ideas of all accounts for staff: one page, what to narrow it by, the reader's views, and how many there are. */
export function listStaffIdeas(staff: StaffActor, { after = null, ...question }: Question<StaffFilter>) {
  const filter = { ...EVERYTHING, ...question };
  const words = wordsOf(filter.q);
  const asked = askedBy(staff, filter, words ?? null);
  const place = readPlace(after, filter.sort);
  const page = { place, take: STAFF_PAGE_SIZE + 1, tags: filter.columns.includes("tags") };
  return asActor(staff, async (tx) => {
    const facets = await staffLists.staffFacets(tx, asked);
    if (words === undefined) return { ...facets, ...NOTHING };
    return { ...facets, ...placedPage(await staffLists.listIdeasForStaff(tx, asked, page), STAFF_PAGE_SIZE) };
  });
}

/** Writes down that somebody takes a list along, and which. */
export function noteExport(staff: StaffActor, filter: StaffFilter): Promise<void> {
  const self = { kind: "person", id: staff.personId, accountId: null };
  return asActor(staff, (tx) =>
    recordEvent(tx, staff, "ideas.exported", self, { query: listQuery(filter) }, null, "staff"),
  );
}

type Found = StaffRow & { key: string | null };

/**
 * The rows of a list for a file, in pages, no more than EXPORT_ROWS. Each page is a transaction of its own, so that a slow
 * download holds nothing. Out at the end: whether there were more.
 */
export async function* exportIdeas(
  staff: StaffActor,
  filter: StaffFilter,
): AsyncGenerator<readonly StaffRow[], boolean> {
  const words = wordsOf(filter.q);
  if (words === undefined) return false;
  const asked = askedBy(staff, filter, words);
  let after: string | null = null;
  for (let sent = 0; sent < EXPORT_ROWS; sent += EXPORT_PAGE) {
    const page = { place: readPlace(after, filter.sort), take: EXPORT_PAGE + 1, tags: true };
    const found: Found[] = await asActor(staff, (tx) => staffLists.listIdeasForStaff(tx, asked, page));
    const { rows, next }: { rows: StaffRow[]; next: string | null } = placedPage(found, EXPORT_PAGE);
    yield rows;
    if (next === null) return false;
    after = next;
  }
  return true;
}
