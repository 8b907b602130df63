import type { Pool } from "pg";

/** The stand-in's own clock: the machine's, and what tests have added to it, which it keeps. */
export interface SandboxClock {
  nowMs(): number;
  /** In seconds. */
  now(): number;
  /** @param seconds forward; a clock that goes back would undo what has happened */
  advance(seconds: number): Promise<void>;
}

export async function openClock(pool: Pool): Promise<SandboxClock> {
  const { rows } = await pool.query<{ value: string }>(
    "select value from stripe_sandbox.settings where name = 'ahead_ms'",
  );
  let ahead = Number(rows[0]?.value ?? 0);
  const nowMs = () => Date.now() + ahead;
  return {
    nowMs,
    now: () => Math.floor(nowMs() / 1000),
    advance: async (seconds) => {
      ahead += Math.max(0, Math.round(seconds * 1000));
      await pool.query(
        "insert into stripe_sandbox.settings (name, value) values ('ahead_ms', $1) on conflict (name) do update set value = $1",
        [ahead],
      );
    },
  };
}
