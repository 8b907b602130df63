import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { tokeniseQuery } from "~/kernel/search-tokens";
import { BOARD_PAGE, type BoardColumn, placedPage, readPlace, type StaffFilter } from "./idea-list";
import * as queries from "./idea-staff-list.queries.server";
import { statusesOf } from "./idea-statuses.server";

/**
 * Staff's board: a column for each status that is in use, with its first cards and how many there are. `only`: one column,
 * from the place in the address on.
 */
export function viewBoard(
  staff: StaffActor,
  filter: StaffFilter,
  only: { status: string; after: string | null } | null,
) {
  const words = filter.q === "" ? null : tokeniseQuery(filter.q);
  const asked = { ...filter, status: null, words, reader: staff.personId, moment: now() };
  return asActor(staff, async (tx) => {
    const inUse = (await statusesOf(tx)).filter(({ id, retired }) => !retired && (!only || only.status === id));
    const statuses = inUse.map(({ id }) => id);
    const nothing = filter.q !== "" && words === null;
    const place = only ? readPlace(only.after, filter.sort) : null;
    const page = { statuses, place, take: BOARD_PAGE + 1 };
    const cards = nothing ? [] : await queries.listCards(tx, asked, page);
    const counts = words === null && !nothing ? await queries.countByStatus(tx, asked, statuses) : null;
    const facets = await queries.narrowings(tx);
    const columns = statuses.map((status): BoardColumn => {
      const own = cards.filter((card) => card.status === status);
      return { status, ...placedPage(own, BOARD_PAGE), count: counts?.get(status) ?? null };
    });
    return { columns, facets };
  });
}
