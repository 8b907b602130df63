import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { mayNote } from "./idea";
import { listQuery, type ViewRefusal } from "./idea-list";
import { staffFilter } from "./idea-list.schema";
import * as queries from "./idea-views.queries.server";

/** The door to views that staff keep of their list of ideas. */

/**
 * Keeps what a list shows now under a name. In: the query of its address, of which only what narrows, orders or lays out the
 * list is kept.
 */
export async function keepView(
  staff: StaffActor,
  typed: { name: string; query: string; shared: boolean },
): Promise<{ ok: true; id: string; query: string } | { ok: false; why: ViewRefusal }> {
  // An auditor changes nothing that others see, and keeps none of their own.
  if (!mayNote(staff)) return { ok: false, why: "may-not-keep" };
  const query = listQuery(staffFilter(`http://list/?${typed.query}`).filter);
  const view = { personId: staff.personId, name: typed.name, query, shared: typed.shared };
  const id = await asActor(staff, (tx) => queries.insertView(tx, view));
  return id ? { ok: true, id, query } : { ok: false, why: "name-taken" };
}

/** Calls a view of one's own otherwise, and says whether all of staff see it. */
export async function renameView(
  staff: StaffActor,
  view: { id: string; name: string; shared: boolean },
): Promise<{ ok: true } | { ok: false; why: ViewRefusal | "not-found" }> {
  if (!mayNote(staff)) return { ok: false, why: "may-not-keep" };
  try {
    const done = await asActor(staff, (tx) => queries.updateView(tx, { ...view, personId: staff.personId }));
    return done ? { ok: true } : { ok: false, why: "not-found" };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "23505") return { ok: false, why: "name-taken" };
    throw error;
  }
}

/** Removes a view of one's own. Out: whether there was one. */
export function removeView(staff: StaffActor, id: string): Promise<boolean> {
  return asActor(staff, (tx) => queries.deleteView(tx, staff.personId, id));
}

/** Chooses the view that the list opens with; null for none. Out: false when there is no such view for them. */
export function openWith(staff: StaffActor, viewId: string | null): Promise<boolean> {
  return asActor(staff, async (tx) => {
    if (viewId !== null && !(await queries.seesView(tx, viewId))) return false;
    await queries.setUsualView(tx, staff.personId, viewId);
    return true;
  });
}

/** The view that a member of staff's list opens with; undefined when it opens with everything. */
export function openingView(staff: StaffActor) {
  return asActor(staff, (tx) => queries.usualView(tx, staff.personId));
}
