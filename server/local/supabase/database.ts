import type { Pool, PoolClient } from "pg";

/** Either the pool or one transaction of it. */
export type Queryable = Pick<PoolClient, "query">;

/** Runs `work` in one transaction: commits when it resolves, rolls back and rethrows when it throws. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    // A connection that could not roll back must not serve the next request.
    client.release(broken);
  }
}

/** Whether a database error is a broken unique rule. */
export function isDuplicate(error: unknown): boolean {
  return errorCode(error) === "23505";
}

/** Whether a database error says that a policy or a missing grant forbids it. */
export function isForbidden(error: unknown): boolean {
  return errorCode(error) === "42501";
}

function errorCode(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
