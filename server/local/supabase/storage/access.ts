import type { PoolClient } from "pg";
import type { Caller } from "../caller";
import { inTransaction, isDuplicate, isForbidden } from "../database";
import type { Gateway } from "../gateway-context";
import { StorageRefusal } from "../http";

/** How long one statement on behalf of a caller may take. */
const TIMEOUT_MS = "8000";

export type Bucket = {
  id: string;
  public: boolean;
  file_size_limit: string | null;
  allowed_mime_types: string[] | null;
};

/**
 * Runs `work` in one transaction as the caller: their database role and their claims, so that the policies of
 * storage.objects decide. Throws StorageRefusal 403 when a policy forbids it, 409 when the name is taken, 401 for a
 * session that was ended.
 */
export async function asCaller<T>(gateway: Gateway, caller: Caller, work: (db: PoolClient) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(gateway.pool, async (db) => {
      if (caller.role === "authenticated") {
        const { rowCount } = await db.query("select from auth.sessions where id = $1 and user_id = $2", [
          caller.claims.session_id,
          caller.claims.sub,
        ]);
        if (!rowCount) throw new StorageRefusal(401, "Unauthorized", "The session was ended");
      }
      const claims = caller.role === "authenticated" ? caller.claims : { role: caller.role };
      await db.query(
        `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
           set_config('statement_timeout', $3, true)`,
        [caller.role, JSON.stringify(claims), TIMEOUT_MS],
      );
      return work(db);
    });
  } catch (error) {
    if (isForbidden(error)) {
      throw new StorageRefusal(403, "Unauthorized", "new row violates row-level security policy");
    }
    if (isDuplicate(error)) throw new StorageRefusal(409, "Duplicate", "The resource already exists");
    throw error;
  }
}

/** The rules of a bucket, whoever asks. Throws StorageRefusal 404. */
export async function requireBucket(gateway: Gateway, id: string): Promise<Bucket> {
  const { rows } = await gateway.pool.query<Bucket>(
    "select id, public, file_size_limit, allowed_mime_types from storage.buckets where id = $1",
    [id],
  );
  const bucket = rows[0];
  if (!bucket) throw new StorageRefusal(404, "Bucket not found", "Bucket not found");
  return bucket;
}

/** What to answer when a row is not there, or not for this caller: the two look the same. */
export function noObject(): StorageRefusal {
  return new StorageRefusal(404, "not_found", "Object not found");
}

/** Who an object belongs to: the person who put it there; nobody for the server itself. */
export function ownerOf(caller: Caller): string | null {
  return caller.role === "authenticated" ? caller.claims.sub : null;
}
