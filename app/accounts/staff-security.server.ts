import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { maySecure, maySeeSecurity } from "./second-factor";
import * as queries from "./second-factor.queries.server";

/** How all staff sign in, as an admin sees and changes it. */

/** What an admin sees of how staff sign in; undefined for those for whom the page does not exist. */
export async function viewSecurity(staff: StaffActor) {
  if (!maySeeSecurity(staff)) return undefined;
  return asActor(staff, async (tx) => ({
    settings: await queries.securitySettings(tx),
    people: await queries.listSecured(tx),
    maySecure: maySecure(staff),
  }));
}

/** Asks staff for a second factor from now on, or no longer. Out: ok, or why not. */
export async function askForSecondFactor(
  staff: StaffActor,
  wish: { required: boolean; revision: number },
): Promise<{ ok: true } | { ok: false; why: "not-yours" | "changed-meanwhile" }> {
  if (!maySecure(staff)) return { ok: false, why: "not-yours" };
  return asActor(staff, async (tx) => {
    if (!(await queries.requireSecondFactor(tx, wish.required, wish.revision))) {
      return { ok: false, why: "changed-meanwhile" };
    }
    const name = wish.required ? "person.second_factor_required" : "person.second_factor_optional";
    await recordEvent(tx, staff, name, { kind: "person", id: staff.personId, accountId: null }, {}, null, "staff");
    return { ok: true };
  });
}
