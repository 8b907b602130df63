import { createHmac } from "node:crypto";
import type { Pool } from "pg";
import { inTransaction } from "../supabase/database";

/** Seconds from one try to the next; after the last one nobody is told any more. */
const PAUSES = [2, 10, 60, 300, 1800, 7200, 18_000, 36_000, 36_000, 86_400, 86_400];
const AT_ONCE = 20;
/** Milliseconds that an endpoint may take. */
const PATIENCE = 10_000;

/** Where the order is kept, nothing overtakes what is about to be told for the first time. */
const NONE_BEFORE = `and not exists (select from stripe_sandbox.deliveries e
  where e.state = 'waiting' and e.attempts = 0 and e.id < d.id and e.due_ms > $1)`;

export type HookLog = { warn(details: object, message: string): void };

/** `t=…,v1=…` over the body as it is sent (docs.stripe.com/webhooks#verify-manually). `at`: seconds of the real clock. */
export function signature(secret: string, body: string, at: number): string {
  return `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`;
}

/** What tests may do to deliveries. */
export interface HookControls {
  /** How many of the next events nobody is told of. */
  drop: number;
  /** How often each is told; once, unless a test says so. */
  times: number;
  /** Told in the order in which they happened, or in any. */
  shuffle: boolean;
}

export interface Hooks {
  readonly controls: HookControls;
  /** Something is to be delivered now. */
  nudge(): void;
  /** Resolves once nothing that is due is under way. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Tells an endpoint what happened, again and again until it answers with 2xx. As Stripe does it: each at least once, in no
 * order, signed.
 * @param nowMs the stand-in's clock, by which the pauses go
 */
export function startHooks(options: {
  pool: Pool;
  url: string | null;
  secret: string;
  nowMs: () => number;
  log: HookLog;
}): Hooks {
  const { pool, url, log } = options;
  const controls: HookControls = { drop: 0, times: 1, shuffle: true };
  let under: Promise<void> | null = null;
  let again = false;
  let closed = false;

  const round = async (): Promise<void> => {
    do {
      again = false;
      while (!closed && (await deliverSome())) {
        // Until nothing is due.
      }
    } while (again && !closed);
  };
  const nudge = () => {
    if (!url || closed) return;
    if (under) {
      again = true;
      return;
    }
    under = round()
      .catch((error: Error) => log.warn({ error: error.message }, "The Stripe stand-in could not deliver"))
      .finally(() => {
        under = null;
        if (again) nudge();
      });
  };

  async function deliverSome(): Promise<boolean> {
    const { rows } = await pool.query<{ id: string; attempts: number; event_id: string; body: object }>(
      `select d.id, d.attempts, d.event_id, o.body from stripe_sandbox.deliveries d
       join stripe_sandbox.objects o on o.id = d.event_id
       where d.state = 'waiting' and d.due_ms <= $1 ${controls.shuffle ? "" : NONE_BEFORE}
       order by ${controls.shuffle ? "random()" : "d.id"} limit ${AT_ONCE}`,
      [options.nowMs()],
    );
    if (rows.length === 0) return false;
    const one = async (row: (typeof rows)[number]) => {
      if (controls.drop > 0) {
        controls.drop -= 1;
        await pool.query("update stripe_sandbox.deliveries set state = 'dropped' where id = $1", [row.id]);
        return;
      }
      const answers: boolean[] = [];
      for (let time = 0; time < controls.times; time += 1) answers.push(await post(row.body));
      await settle(row, answers.some(Boolean));
    };
    if (controls.shuffle) await Promise.all(rows.map(one));
    else for (const row of rows) await one(row);
    return true;
  }

  async function post(event: object): Promise<boolean> {
    const body = JSON.stringify(event, null, 2);
    try {
      const answer = await fetch(url ?? "", {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
        headers: {
          "content-type": "application/json; charset=utf-8",
          "stripe-signature": signature(options.secret, body, Math.floor(Date.now() / 1000)),
          "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        },
        body,
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  }

  async function settle(row: { id: string; attempts: number; event_id: string }, delivered: boolean): Promise<void> {
    const pause = PAUSES[row.attempts];
    await inTransaction(pool, async (tx) => {
      const state = delivered ? "delivered" : pause === undefined ? "given-up" : "waiting";
      await tx.query(
        "update stripe_sandbox.deliveries set attempts = attempts + 1, state = $2, due_ms = $3 where id = $1",
        [row.id, state, options.nowMs() + (pause ?? 0) * 1000],
      );
      if (!delivered) return;
      await tx.query(
        "update stripe_sandbox.objects set body = jsonb_set(body, '{pending_webhooks}', '0') where id = $1",
        [row.event_id],
      );
    });
  }

  const timer = setInterval(nudge, 250);
  timer.unref();
  return {
    controls,
    nudge,
    quiet: async () => {
      nudge();
      while (under) await under;
    },
    close: async () => {
      closed = true;
      clearInterval(timer);
      await under;
    },
  };
}
