import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import type { Actor } from "./actor";
import { type Database, portalDb, staffDb } from "./db.server";
import { AHEAD } from "./db-talk.server";

declare const scoped: unique symbol;
/** A transaction already running as one actor. Queries accept nothing else, so an unscoped one does not compile. */
export type ActorTx = Transaction<Database> & { readonly [scoped]: true };

const STATEMENT_TIMEOUT_MS = 8_000;

// Sent with the transaction's first statement; without one, nothing runs in the role.
const ahead = sql.raw(AHEAD);

/**
 * Opens a transaction in a database role. The only place that switches roles; all three settings end with the
 * transaction, so that the next one on the same connection starts as nobody.
 */
export function inRole<T>(
  db: Kysely<Database>,
  context: { role: RawBuilder<unknown>; claims: Record<string, unknown>; timeoutMs: number; readOnly?: boolean },
  work: (tx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`${ahead}select set_config('role', ${context.role}, true),
      set_config('request.jwt.claims', ${JSON.stringify(context.claims)}, true),
      set_config('statement_timeout', ${String(context.timeoutMs)}, true)`.execute(tx);
    if (context.readOnly) await sql`${ahead}set transaction read only`.execute(tx);
    return work(tx);
  });
}

/**
 * Runs `work` as the actor: row level security decides what exists. One transaction, committed when `work` returns
 * and rolled back when it throws. A staff actor whom the tables do not know as staff is an error (SQLSTATE 42501);
 * a removed client sees nothing.
 */
export function asActor<T>(actor: Actor, work: (tx: ActorTx) => Promise<T>): Promise<T> {
  const run = (tx: Transaction<Database>) => work(tx as ActorTx);
  const timeoutMs = STATEMENT_TIMEOUT_MS;
  switch (actor.side) {
    case "client": {
      if (actor.view) {
        // No user is named: what is somebody's own is nobody's here, and PostgreSQL itself refuses to write.
        const claims = { view: actor.view, viewer: actor.userId, role: "authenticated" };
        return inRole(portalDb(), { role: sql`'authenticated'`, claims, timeoutMs, readOnly: true }, run);
      }
      const claims = { sub: actor.userId, role: "authenticated" };
      return inRole(portalDb(), { role: sql`'authenticated'`, claims, timeoutMs }, run);
    }
    case "guest": {
      const claims = { grant: actor.grantId, role: "portal_guest" };
      return inRole(portalDb(), { role: sql`'portal_guest'`, claims, timeoutMs }, run);
    }
    case "staff": {
      const claims = { sub: actor.userId, role: "portal_staff" };
      return inRole(staffDb(), { role: sql`private.prove_staff(${actor.userId})`, claims, timeoutMs }, run);
    }
  }
}

/**
 * Runs `work` as a visitor whom nobody knows: a guest of no object, who holds no grant on any table and calls only functions
 * that answer what everybody may read.
 */
export function asVisitor<T>(work: (tx: ActorTx) => Promise<T>): Promise<T> {
  const context = { role: sql`'portal_guest'`, claims: { role: "portal_guest" }, timeoutMs: STATEMENT_TIMEOUT_MS };
  return inRole(portalDb(), context, (tx) => work(tx as ActorTx));
}
