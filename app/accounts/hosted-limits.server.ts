import { accountKey, networkOf } from "~/kernel/limit-keys";
import { limiter } from "~/kernel/limits.server";

/**
 * Tries at signing in, counted on the way to a hosted project: it hears of all of them from this server's address and
 * cannot tell who guesses. The local gateway counts the same by itself.
 */

const counted = (kind: string, rules: Record<"account" | "address" | "all", { points: number; seconds: number }>) => ({
  account: limiter(`${kind}.account`, rules.account),
  address: limiter(`${kind}.address`, rules.address),
  all: limiter(`${kind}.all`, rules.all),
});

const QUARTER = 900;
const HOUR = 3600;
const GUESSES = { address: { points: 50, seconds: QUARTER }, all: { points: 1000, seconds: QUARTER } };
const KINDS = {
  password: counted("signin.password", { account: { points: 10, seconds: QUARTER }, ...GUESSES }),
  code: counted("signin.code", { account: { points: 10, seconds: QUARTER }, ...GUESSES }),
  factor: counted("signin.factor", { account: { points: 5, seconds: 300 }, ...GUESSES }),
  mail: counted("signin.mail", {
    account: { points: 5, seconds: QUARTER },
    address: { points: 30, seconds: HOUR },
    all: { points: 500, seconds: HOUR },
  }),
};

type Try = { kind: keyof typeof KINDS; account: string | null };

/** What a request to Supabase Auth tries, and of whom; null when it is no guess and sends no letter. */
async function tryIn(request: Request): Promise<Try | null> {
  const { pathname, searchParams } = new URL(request.url);
  const what = /\/auth\/v1\/(.+)$/.exec(pathname)?.[1];
  if (request.method !== "POST" || what === undefined) return null;
  const factor = /^factors\/([^/]+)\/verify$/.exec(what)?.[1];
  if (factor) return { kind: "factor", account: factor };
  const password = what === "token" && searchParams.get("grant_type") === "password";
  const kind = password
    ? "password"
    : what === "verify"
      ? "code"
      : what === "otp" || what === "recover"
        ? "mail"
        : null;
  if (!kind) return null;
  const said: unknown = await request.clone().json();
  const email = typeof said === "object" && said !== null && "email" in said ? said.email : null;
  return { kind, account: typeof email === "string" ? email : null };
}

const tooMany = (kind: Try["kind"], seconds: number) =>
  Response.json(
    {
      code: kind === "mail" ? "over_email_send_rate_limit" : "over_request_rate_limit",
      message: `Too many tries. Please wait ${seconds} seconds.`,
    },
    { status: 429, headers: { "retry-after": String(seconds), "x-supabase-api-version": "2024-01-01" } },
  );

/**
 * Sends a request to a hosted project, unless its caller, the person it names or everybody together tried too often: then
 * answers as the project would, 429 with the seconds to wait. A try is counted before it is made, so that a hundred at once
 * are a hundred; what was right is no guess and is given back.
 */
export async function countedFetch(request: Request, clientAddress: string): Promise<Response> {
  const tried = await tryIn(request);
  if (!tried) return fetch(request);
  const { account, address, all } = KINDS[tried.kind];
  const theirs: [ReturnType<typeof limiter>, string][] = [[address, networkOf(clientAddress)]];
  if (tried.account !== null) theirs.push([account, accountKey(tried.account)]);
  const waits = await Promise.all(theirs.map(([counter, key]) => counter.take(key)));
  // What one address or account is refused uses up nobody else's tries.
  const wait = Math.max(0, ...waits.map((seconds) => seconds ?? 0)) || ((await all.take("all")) ?? 0);
  if (wait > 0) return tooMany(tried.kind, wait);
  const response = await fetch(request);
  if (response.ok && tried.kind !== "mail") {
    await Promise.all([
      all.giveBack("all"),
      ...theirs.map(([counter, key]) => (counter === account ? counter.forget(key) : counter.giveBack(key))),
    ]);
  }
  return response;
}
