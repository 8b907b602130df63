import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { asSystem } from "~/kernel/system-tx.server";
import { maySecure, maySeeSecurity } from "./second-factor";
import * as queries from "./second-factor.queries.server";
import { asDoor, takeFactors, tell } from "./second-factor.server";
import type { SignInContext } from "./sign-in.server";

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

/**
 * Takes a colleague's lost second factor away, ends all their sessions and tells them. Somebody who waits with a stolen
 * password must not be let in by the factor's being gone: their session ends, too.
 */
export async function resetSecondFactor(
  context: { visitor: SignInContext["visitor"] },
  staff: StaffActor,
  personId: string,
): Promise<{ ok: true } | { ok: false; why: "not-yours" | "not-found" }> {
  if (!maySecure(staff)) return { ok: false, why: "not-yours" };
  const target = await asActor(staff, (tx) => queries.staffLogin(tx, personId));
  if (!target?.userId) return { ok: false, why: "not-found" };
  const by = context.visitor.actor ? context.visitor.person.name : "";
  await asSystem(asDoor, (tx) => queries.endSessionsOf(tx, personId));
  await takeFactors(target.userId);
  await asSystem(asDoor, async (tx) => {
    await queries.endSessionsOf(tx, personId);
    await queries.replaceRecoveryCodes(tx, personId, []);
    await tell(tx, { who: staff }, "second-factor-reset", { target: personId, by });
  });
  return { ok: true };
}
