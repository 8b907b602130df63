import { sql } from "kysely";
import type { ClientRole, StaffRole } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";
import { portalDb } from "~/kernel/db.server";
import type { Locale } from "~/kernel/locale";

/** The person behind a session, as private.whoami() answers. */
export type Whoami = {
  personId: string;
  displayName: string;
  language: string | null;
  zone: string;
  /** Whether the person has a second factor, whether this session passed it, and whether one is asked of them. */
  hasSecondFactor: boolean;
  passedSecondFactor: boolean;
  needsSecondFactor: boolean;
  /** When the session last proved who it is, beyond what its token says. */
  provedAt: Date | null;
} & (
  | { side: "client"; accountId: string; accountName: string; role: ClientRole }
  | { side: "staff"; staffRoles: StaffRole[] }
);

/**
 * Out: undefined when the session was revoked or has run out, or the person was removed.
 * Asked before there is an actor, on every request: one statement of a login that may call this one function and read
 * nothing. It answers only to whoever knows both ids, which stand in a signed token together.
 */
export async function whoami(userId: string, sessionId: string): Promise<Whoami | undefined> {
  const { rows } = await sql<Whoami>`select * from private.whoami(${userId}::uuid, ${sessionId}::uuid)`.execute(
    portalDb(),
  );
  return rows[0];
}

/** What is undefined stays as it is. */
export async function updatePreferences(
  tx: ActorTx,
  personId: string,
  preferences: { language: Locale | undefined; zone: string | undefined },
): Promise<void> {
  await tx.updateTable("personContacts").set(preferences).where("personId", "=", personId).execute();
}

/** The view of this session as a customer while it lasts; a statement of the session door, like whoami. */
export async function currentView(view: string, userId: string, sessionId: string) {
  const { rows } = await sql<{ accountId: string; accountName: string; endsAt: Date }>`
    select * from private.current_view(${view}::uuid, ${userId}::uuid, ${sessionId}::uuid)`.execute(portalDb());
  return rows[0];
}

/** Begins a view of an account. Out: its id; null when there is no such account, or no longer. */
export async function startView(tx: ActorTx, accountId: string, sessionId: string): Promise<string | null> {
  const { rows } = await sql<{ view: string | null }>`
    select private.start_view(${accountId}::uuid, ${sessionId}::uuid) as view`.execute(tx);
  return rows[0]?.view ?? null;
}

/** Ends whatever view the asking member of staff has. */
export async function endView(tx: ActorTx): Promise<void> {
  await sql`select private.end_view()`.execute(tx);
}
