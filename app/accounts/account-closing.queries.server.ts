import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { ClosingStep } from "./staff-account";

export type DoneStep = { step: ClosingStep; at: Date; who: string; facts: Record<string, unknown> };

/** The steps of the closing under way, in the order they were done; of a closed account all of them. */
export function listSteps(tx: ActorTx, accountId: string): Promise<DoneStep[]> {
  return tx
    .selectFrom("accountClosings as c")
    .innerJoin("accountClosingSteps as s", "s.closingId", "c.id")
    .innerJoin("people as p", "p.id", "s.doneBy")
    .where("c.accountId", "=", accountId)
    .where("c.reopenedAt", "is", null)
    .select(["s.doneAt as at", "p.displayName as who"])
    .select([sql<ClosingStep>`s.step`.as("step"), sql<Record<string, unknown>>`s.facts - 'ids'`.as("facts")])
    .orderBy("s.doneAt")
    .execute();
}

/** How much we still owe the account. */
export async function countDuties(tx: ActorTx, accountId: string): Promise<number> {
  const { rows } = await sql<{ open: number }>`select private.open_duties(${accountId}::uuid) as open`.execute(tx);
  return rows[0]?.open ?? 0;
}

type StepVerdict =
  | "ok"
  | "not-yours"
  | "not-found"
  | "not-open"
  | "done-already"
  | "step-before"
  | "still-open"
  | "not-exported";

export async function doStep(tx: ActorTx, accountId: string, step: ClosingStep): Promise<StepVerdict> {
  const { rows } = await sql<{ verdict: StepVerdict }>`
    select private.close_step(${accountId}::uuid, ${step}) as verdict`.execute(tx);
  return rows[0]?.verdict ?? "not-found";
}

export async function reopen(tx: ActorTx, accountId: string): Promise<"ok" | "not-yours" | "not-found"> {
  const { rows } = await sql<{ verdict: "ok" | "not-yours" | "not-found" }>`
    select private.reopen_account(${accountId}::uuid) as verdict`.execute(tx);
  return rows[0]?.verdict ?? "not-found";
}

type Tables = Record<string, Record<string, unknown>[]>;

/** What the account's people can read, rows by table. */
export async function dataOfAccount(tx: ActorTx, accountId: string): Promise<Tables> {
  const { rows } = await sql<{ data: Tables }>`select private.data_of_account(${accountId}::uuid) as data`.execute(tx);
  return rows[0]?.data ?? {};
}
