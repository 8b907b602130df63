import { createHash } from "node:crypto";
import type { Pool } from "pg";
import { inTransaction, type Queryable } from "../supabase/database";
import { checkoutRoutes, extras } from "./checkout";
import { customerRoutes, paymentMethodRoutes } from "./customers";
import { settleDue } from "./due";
import { expanded } from "./expand";
import { check, readForm } from "./form";
import { chargeRoutes, disputeRoutes, recordRoutes, refundRoutes } from "./money-back";
import { paymentIntentRoutes } from "./payment-intents";
import { Problem } from "./problem";
import { type Answer, isAnswer, type Route } from "./route";
import { setupIntentRoutes } from "./setup-intents";
import { newId, Store } from "./store";

const ROUTES: readonly Route[] = [
  ...customerRoutes,
  ...paymentMethodRoutes,
  ...checkoutRoutes,
  ...paymentIntentRoutes,
  ...setupIntentRoutes,
  ...chargeRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...recordRoutes,
];
const PATTERNS = ROUTES.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replaceAll(/:[a-z]+/g, "([A-Za-z0-9_-]+)")}$`),
}));

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  /** Idempotency-Key; null when the request has none. */
  readonly key: string | null;
}

export interface Reply extends Answer {
  readonly requestId: string;
  readonly replayed: boolean;
}

export interface Api {
  /** Answers a request whose key was found to be right. What it changed is committed when the answer is there. */
  answer(request: Request): Promise<Reply>;
  /** Something of its own, at the stand-in's present moment; what is due by then has happened. */
  within<T>(work: (store: Store) => Promise<T>): Promise<T>;
}

/**
 * The API of Stripe over the tables of the stand-in.
 * @param now the stand-in's clock, in seconds
 * @param hasEndpoint whether anybody is told of events
 */
export function createApi(options: { pool: Pool; now: () => number; address: string; hasEndpoint: boolean }): Api {
  const { pool, now, address, hasEndpoint } = options;

  async function run(tx: Queryable, request: Request, requestId: string): Promise<Answer> {
    const found = PATTERNS.find(({ route, pattern }) => route.method === request.method && pattern.test(request.path));
    if (!found) {
      throw new Problem(404, {
        type: "invalid_request_error",
        message: `Unrecognized request URL (${request.method}: ${request.path}).`,
      });
    }
    const form = readForm(new URLSearchParams(request.method === "POST" ? request.body : request.query));
    const params = check(found.route.takes, form) as { expand?: string[] };
    const store = new Store(tx, now(), { id: requestId, key: request.key }, hasEndpoint);
    await settleDue(store);
    const ids = found.pattern.exec(request.path)?.slice(1) ?? [];
    const answer = await found.route.run({ store, ids, path: request.path, address }, params as never);
    // An object of the API has a status too, but never one that is a number.
    if (isAnswer(answer)) return answer;
    return { status: 200, body: await expanded(store, answer, params.expand ?? [], extras) };
  }

  async function once(tx: Queryable, request: Request, requestId: string): Promise<Reply> {
    const { key } = request;
    if (key === null || request.method !== "POST")
      return { ...(await run(tx, request, requestId)), requestId, replayed: false };
    if (key.length > 255)
      throw new Problem(400, {
        type: "invalid_request_error",
        message: "Idempotency-Key is longer than 255 characters.",
      });
    const { rows } = await tx.query<{ free: boolean }>(
      "select pg_try_advisory_xact_lock(hashtextextended($1, 7263)) as free",
      [key],
    );
    if (!rows[0]?.free) {
      throw new Problem(409, {
        type: "idempotency_error",
        code: "idempotency_key_in_use",
        message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}.`,
      });
    }
    const fingerprint = createHash("sha256").update(`${request.method} ${request.path}\n${request.body}`).digest();
    const { rows: kept } = await tx.query<{ fingerprint: Buffer; status: number; body: object; request_id: string }>(
      "select fingerprint, status, body, request_id from stripe_sandbox.answers where key = $1",
      [key],
    );
    const [before] = kept;
    if (before) {
      if (!before.fingerprint.equals(fingerprint)) {
        throw new Problem(400, {
          type: "idempotency_error",
          message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
        });
      }
      return { status: before.status, body: before.body, requestId: before.request_id, replayed: true };
    }
    const answer = await run(tx, request, requestId);
    await tx.query(
      "insert into stripe_sandbox.answers (key, fingerprint, status, body, request_id, at) values ($1, $2, $3, $4, $5, $6)",
      [key, fingerprint, answer.status, JSON.stringify(answer.body), requestId, now()],
    );
    return { ...answer, requestId, replayed: false };
  }

  return {
    answer: async (request) => {
      const requestId = newId("req");
      try {
        return await inTransaction(pool, (tx) => once(tx, request, requestId));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return { status: error.status, body: { error: error.body }, requestId, replayed: false };
      }
    },
    within: (work) =>
      inTransaction(pool, async (tx) => {
        const store = new Store(tx, now(), { id: null, key: null }, hasEndpoint);
        await settleDue(store);
        return work(store);
      }),
  };
}
