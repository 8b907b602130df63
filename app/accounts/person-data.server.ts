import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { pageOf, STAFF_PAGE_SIZE } from "~/kernel/cursor";
import { recordEvent } from "~/kernel/events.server";
import * as queries from "./person-data.queries.server";
import { mayManageAccounts } from "./staff-account";
import { findAccount } from "./staff-account.queries.server";
import { serviceClient } from "./supabase.server";

/** The door to a person's data as such: handed over, and erased. */

/** Somebody of an account for the page of their data; undefined when there is no such person there. */
export function viewSubject(staff: StaffActor, accountId: string, id: string) {
  return asActor(staff, async (tx) => {
    const account = await findAccount(tx, accountId);
    if (!account) return undefined;
    const person = await queries.findSubject(tx, accountId, id);
    return person && { account, person, mayManage: mayManageAccounts(staff) };
  });
}

/** Everything that names the person, as text of JSON; undefined when there is no such person, or the role does not allow it. */
export function exportPerson(staff: StaffActor, accountId: string, id: string): Promise<string | undefined> {
  return asActor(staff, async (tx) => {
    if (!mayManageAccounts(staff) || !(await queries.findSubject(tx, accountId, id))) return undefined;
    const data = await queries.dataOfPerson(tx, id);
    await recordEvent(tx, staff, "person.exported", { kind: "person", id, accountId }, {}, null, "staff");
    return data;
  });
}

type Outcome = { ok: true } | { ok: false; why: queries.EraseVerdict | "login-left" };

/**
 * Erases the person: what names them is replaced in one transaction, then their login is deleted. In: the name as typed to
 * confirm. "login-left": the sign-in service did not answer; asking once more deletes the login too.
 */
export async function erasePerson(
  staff: StaffActor,
  accountId: string,
  id: string,
  typedName: string,
): Promise<Outcome> {
  const { outcome, login } = await asActor(staff, async (tx) => {
    if (!(await queries.findSubject(tx, accountId, id))) return { outcome: "not-found" as const, login: null };
    const verdict = await queries.erasePerson(tx, id, typedName);
    if (verdict.outcome === "ok") {
      await recordEvent(tx, staff, "person.erased", { kind: "person", id, accountId }, {}, null, "staff");
    }
    return verdict;
  });
  if (outcome !== "ok" && !(outcome === "done-already" && login)) return { ok: false, why: outcome };
  if (!login) return { ok: true };
  const { error } = await serviceClient().auth.admin.deleteUser(login);
  if (error && error.status !== 404) return { ok: false, why: "login-left" };
  await asActor(staff, (tx) => queries.forgetLogin(tx, id));
  return { ok: true };
}

/** People of an account with their addresses, for staff: one page from `after` on; undefined when there is no such account. */
export function peopleForStaff(staff: StaffActor, accountId: string, after: string | null) {
  return asActor(staff, async (tx) => {
    const account = await findAccount(tx, accountId);
    if (!account) return undefined;
    return {
      account,
      mayManage: mayManageAccounts(staff),
      people: pageOf(await queries.listPeople(tx, accountId, { after, take: STAFF_PAGE_SIZE + 1 }), STAFF_PAGE_SIZE),
    };
  });
}
