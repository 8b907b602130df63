/** How a request is refused, in the words and fields of Stripe's API. */
export interface ProblemBody {
  readonly type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error" | "rate_limit_error";
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly decline_code?: string;
  readonly charge?: string;
  readonly payment_intent?: unknown;
  readonly payment_method?: unknown;
  readonly setup_intent?: unknown;
}

/** Thrown by a route that changed nothing. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: ProblemBody,
  ) {
    super(body.message);
    this.name = "Problem";
  }
}

/** 400: what was asked cannot be done. */
export const invalid = (message: string, more: { code?: string; param?: string; payment_intent?: unknown } = {}) =>
  new Problem(400, { type: "invalid_request_error", message, ...more });

/** 404 of an id, as Stripe says it: the kind in words, and the parameter that named it. */
export const missing = (kind: string, id: string, param: string) =>
  new Problem(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${kind.replaceAll("_", " ").replace("payment intent", "payment_intent").replace("setup intent", "setup_intent")}: '${id}'`,
    param,
  });
