import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { type Outcome, orRefused, refused } from "./account-changes.server";
import * as queries from "./account-field.queries.server";
import { mayDefineFields } from "./staff-account";

/** The door to the fields of our own that accounts have. */

/** The fields that accounts have. */
export async function listFields(staff: StaffActor) {
  return { fields: await asActor(staff, queries.listFields), mayDefine: mayDefineFields(staff) };
}

/** Adds a field that every account has from now on. */
export function defineField(staff: StaffActor, field: Omit<queries.NewField, "place">): Outcome {
  return orRefused(async (): Outcome => {
    if (!mayDefineFields(staff)) return refused("not-yours");
    await asActor(staff, async (tx) => {
      const place = (await queries.listFields(tx)).length + 1;
      await queries.insertField(tx, { ...field, place }, staff.personId);
    });
    return { ok: true };
  });
}

/** Takes a field out of use, or back into it; what it holds stays. */
export async function retireField(staff: StaffActor, wish: { id: string; revision: number; retire: boolean }): Outcome {
  if (!mayDefineFields(staff)) return refused("not-yours");
  const done = await asActor(staff, (tx) =>
    queries.retireField(tx, wish.id, wish.revision, wish.retire ? now() : null),
  );
  return done ? { ok: true } : refused("changed-meanwhile");
}
