import { sql } from "kysely";
import type { ClientRole, StaffRole } from "~/kernel/actor";
import type { SystemTx } from "~/kernel/system-tx.server";

/** The person behind a session, as private.whoami() answers. */
export type Whoami = { personId: string; displayName: string; language: string | null; zone: string } & (
  | { side: "client"; accountId: string; accountName: string; role: ClientRole }
  | { side: "staff"; staffRoles: StaffRole[] }
);

/** Out: undefined when the session was revoked or has run out, or the person was removed. */
export async function whoami(tx: SystemTx, userId: string, sessionId: string): Promise<Whoami | undefined> {
  const { rows } = await sql<Whoami>`select * from private.whoami(${userId}::uuid, ${sessionId}::uuid)`.execute(tx);
  return rows[0];
}
