import { sql, type Transaction } from "kysely";
import { inRole } from "./actor-tx.server";
import { type Database, jobsDb } from "./db.server";

declare const system: unique symbol;
/** A transaction past row level security. */
export type SystemTx = Transaction<Database> & { readonly [system]: true };

const STATEMENT_TIMEOUT_MS = 30_000;

/**
 * The one way past row level security: jobs, webhooks and the session door, each with a reason that the database
 * carries in the transaction's claims. Committed when `work` returns, rolled back when it throws.
 */
export function asSystem<T>(reason: string, work: (tx: SystemTx) => Promise<T>): Promise<T> {
  const context = {
    role: sql`'service_role'`,
    claims: { role: "service_role", reason },
    timeoutMs: STATEMENT_TIMEOUT_MS,
  };
  return inRole(jobsDb(), context, (tx) => work(tx as SystemTx));
}
