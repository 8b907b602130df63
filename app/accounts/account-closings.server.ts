import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import * as queries from "./account-closing.queries.server";
import { writeTable } from "./account-table.server";
import type { TextToHandOver } from "./archive.server";
import { CLOSING_STEPS, type ClosingStep, mayManageAccounts } from "./staff-account";
import { findAccount } from "./staff-account.queries.server";

/** The door to the end of the work with an account, and back. */

/** The checklist of an account: what is done by whom, what is open. Undefined when there is no such account. */
export function viewClosing(staff: StaffActor, id: string) {
  return asActor(staff, async (tx) => {
    const account = await findAccount(tx, id);
    if (!account) return undefined;
    const done = await queries.listSteps(tx, id);
    const duties = await queries.countDuties(tx, id);
    const mayManage = mayManageAccounts(staff) && account.state !== "merged";
    const next = CLOSING_STEPS.find((step) => !done.some((one) => one.step === step)) ?? null;
    return { account, mayManage, done, duties, next };
  });
}

type Outcome = { ok: true } | { ok: false; why: string };

/** Does the next step of closing an account, and notes it. */
export function closeStep(staff: StaffActor, id: string, step: ClosingStep): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    const verdict = await queries.doStep(tx, id, step);
    if (verdict !== "ok") return { ok: false, why: verdict };
    const name = step === "closed" ? "account.closed" : "account.changed";
    await recordEvent(tx, staff, name, { kind: "account", id, accountId: id }, { step }, null, "staff");
    return { ok: true };
  });
}

/** Opens a closed account, or one that was being closed, again. */
export function reopenAccount(staff: StaffActor, id: string): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    const verdict = await queries.reopen(tx, id);
    if (verdict !== "ok") return { ok: false, why: verdict };
    const about = { kind: "account", id, accountId: id };
    await recordEvent(tx, staff, "account.closed", about, { reopened: true }, null, "staff");
    return { ok: true };
  });
}

/**
 * The account's data, each table as JSON and as CSV: what its people can read, and nothing of ours. That it left the house
 * is noted each time; the step of closing is ticked off by whoever handed it over.
 * Out: the account's name and the texts; undefined when there is no such account.
 */
export async function exportAccount(
  staff: StaffActor,
  id: string,
): Promise<{ name: string; texts: TextToHandOver[] } | undefined> {
  if (!mayManageAccounts(staff)) return undefined;
  const found = await asActor(staff, async (tx) => {
    const account = await findAccount(tx, id);
    if (!account) return undefined;
    const tables = await queries.dataOfAccount(tx, id);
    await recordEvent(tx, staff, "account.exported", { kind: "account", id, accountId: id }, {}, null, "staff");
    return { account, tables };
  });
  if (!found) return undefined;
  const texts = Object.entries(found.tables).flatMap(([table, rows]) => [
    [`${table}.json`, JSON.stringify(rows, null, 2)] as const,
    [`${table}.csv`, tableOf(rows)] as const,
  ]);
  return { name: found.account.name, texts };
}

function tableOf(rows: readonly Record<string, unknown>[]): string {
  const columns = [...new Set(rows.flatMap(Object.keys))];
  const cell = (value: unknown) => {
    if (value === null || value === undefined) return "";
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  return writeTable([columns, ...rows.map((row) => columns.map((column) => cell(row[column])))]);
}
