import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { pageOf, STAFF_PAGE_SIZE } from "~/kernel/cursor";
import { recordEvent } from "~/kernel/events.server";
import type { Money } from "~/kernel/money";
import { change, type Outcome, pageOfAccount, refused, tellChange } from "./account-changes.server";
import { listFilledFields, saveFieldValues } from "./account-field.queries.server";
import { listAbsences, listTeam } from "./account-team.queries.server";
import { type AccountKind, type AccountState, answersFor, mayManageAccounts, readFieldValue } from "./staff-account";
import * as queries from "./staff-account.queries.server";

/** The door to accounts for staff. Each use case is one transaction; what there is not is undefined or "not-found". */

const EVENTS_ON_A_PAGE = 12;

/** Accounts in the order of their names: one page, and where the next one begins. */
export async function listAccounts(
  staff: StaffActor,
  question: { q: string; kind: AccountKind | null; state: AccountState; after: string | null },
) {
  const rows = await asActor(staff, (tx) => queries.listAccounts(tx, { ...question, take: STAFF_PAGE_SIZE + 1 }));
  return { ...pageOf(rows, STAFF_PAGE_SIZE), mayManage: mayManageAccounts(staff) };
}

/** An account at a glance: who answers for it today, its fields, what happened to it lately. */
export function viewAccount(staff: StaffActor, id: string) {
  return pageOfAccount(staff, id, async (tx) => {
    const team = await listTeam(tx, id);
    const absences = team.length > 0 ? await listAbsences(tx) : [];
    const merges = await queries.listMerges(tx, id);
    return {
      team,
      answering: answersFor(team, absences, now()),
      fields: await listFilledFields(tx, id),
      merges: merges.filter(({ accountId }) => accountId !== id),
      mergedBy: merges.find(({ accountId }) => accountId === id) ?? null,
      mayUndo: mayManageAccounts(staff),
      events: pageOf(await queries.listAccountEvents(tx, id, { before: null, take: 7 }), 6).rows,
    };
  });
}

/** The account and its fields, to be changed. */
export function accountToChange(staff: StaffActor, id: string) {
  return pageOfAccount(staff, id, async (tx) => ({ fields: await listFilledFields(tx, id) }));
}

/** What happened to the account itself, newest first, those before `before`. */
export function viewHistory(staff: StaffActor, id: string, before: string | null) {
  return pageOfAccount(staff, id, async (tx) => ({
    ideas: await queries.countIdeas(tx, id),
    events: pageOf(await queries.listAccountEvents(tx, id, { before, take: EVENTS_ON_A_PAGE + 1 }), EVENTS_ON_A_PAGE),
  }));
}

/** Makes an account. */
export async function createAccount(
  staff: StaffActor,
  wish: queries.NewAccount & { value: Money | null },
): Outcome<{ id: string }> {
  if (!mayManageAccounts(staff)) return refused("not-yours");
  const { value, ...account } = wish;
  return asActor(staff, async (tx) => {
    const id = await queries.insertAccount(tx, account, staff.personId);
    if (value) await queries.saveValue(tx, id, value, staff.personId);
    const { name, kind } = account;
    await recordEvent(
      tx,
      staff,
      "account.created",
      { kind: "account", id, accountId: id },
      { name, kind },
      null,
      "staff",
    );
    return { ok: true, id };
  });
}

/** Changes what stands about an account, when it is still as its changer saw it. In: field values as typed, by field. */
export function changeAccount(
  staff: StaffActor,
  id: string,
  wish: queries.NewAccount & { revision: number; value: Money | null; fields: ReadonlyMap<string, string> },
): Outcome {
  const { revision, value, fields, ...account } = wish;
  return change(staff, id, async (tx, before) => {
    const known = await listFilledFields(tx, id);
    const read = known.flatMap((field) => {
      const typed = fields.get(field.id);
      return typed === undefined ? [] : [{ field, value: readFieldValue(field, typed) }];
    });
    const wrong = read.filter((one) => one.value === undefined).map(({ field }) => field.id);
    if (wrong.length > 0) return { ...refused("not-a-value"), fields: wrong };
    if (!(await queries.updateAccount(tx, id, revision, account))) return refused("changed-meanwhile");
    const changed = read.filter((one) => one.value !== one.field.value);
    await saveFieldValues(
      tx,
      id,
      changed.map((one) => ({ fieldId: one.field.id, value: one.value ?? null })),
      staff.personId,
    );
    const sameValue = before.value?.minor === value?.minor && before.value?.currency === value?.currency;
    if (!sameValue) await queries.saveValue(tx, id, value, staff.personId);
    const names = (["name", "kind", "domain"] as const).filter((part) => before[part] !== account[part]);
    const what = [...names, ...(sameValue ? [] : ["value"]), ...changed.map(({ field }) => field.key)];
    if (what.length > 0) {
      const was = Object.fromEntries(names.map((part) => [part, { from: before[part], to: account[part] }]));
      await tellChange(tx, staff, id, { what }, was);
    }
    return { ok: true };
  });
}
