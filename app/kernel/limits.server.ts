import { CompiledQuery } from "kysely";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { jobsDb } from "./db.server";
import { once } from "./process.server";

/**
 * Counts tries and says when there were too many. Counters stand in the database, so that several processes share them
 * and a restart forgives nothing; while the database does not answer, each process counts for itself.
 * In: a name of its own, how many tries, and within how many seconds.
 */
export function limiter(name: string, limit: { points: number; seconds: number }) {
  const counters = once(`limiter.${name}`, () => {
    const options = { keyPrefix: name, points: limit.points, duration: limit.seconds };
    return new RateLimiterPostgres({
      ...options,
      storeClient: { query },
      storeType: "client",
      schemaName: "limits",
      tableName: "rate_limits",
      tableCreated: true,
      // Every five minutes, by a timer that keeps no process alive: else everybody who ever wrote would leave a row.
      clearExpiredByTimeout: true,
      insuranceLimiter: new RateLimiterMemory(options),
    });
  });

  return {
    /** Counts one try under a key (a person, an address). Out: null when it may go on, else the seconds to wait. */
    async take(key: string): Promise<number | null> {
      try {
        await counters.consume(key);
        return null;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
        throw refused;
      }
    },
  };
}

/** What the limiter wants of a client of `pg`, spoken by the jobs' pool. Its arithmetic is of numbers, ours of bigint. */
async function query({ text, values }: { text: string; values: unknown[] }) {
  const { rows } = await jobsDb().executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values));
  return {
    rows: rows.map((row) => ({ ...row, expire: row.expire === null ? null : Number(row.expire) })),
    rowCount: rows.length,
  };
}
