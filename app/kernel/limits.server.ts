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
    /**
     * Counts a try under a key (a person, an address), or several at once, all or none of which may go on. Out: null when
     * they may, else the seconds to wait.
     */
    async take(key: string, points = 1): Promise<number | null> {
      try {
        await counters.consume(key, points);
        return null;
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        // Several that are refused together were not made: fewer may still go on.
        if (points > 1) await counters.reward(key, points);
        return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      }
    },
    /** Takes one try under a key back: it was none. */
    async giveBack(key: string): Promise<void> {
      await counters.reward(key, 1);
    },
    /** Forgets every try under a key. */
    async forget(key: string): Promise<void> {
      await counters.delete(key);
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
