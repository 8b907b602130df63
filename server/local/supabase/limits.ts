import type { Pool } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { accountKey, networkOf } from "~/kernel/limit-keys";
import { AuthRefusal } from "./http";

/** How often something may happen: `points` times in `seconds`. */
export type LimitRule = { points: number; seconds: number };

/**
 * What is counted. *PerAccount* counts by e-mail address whether or not somebody has it, so that being refused says
 * nothing about who has a login; *overall* catches guesses spread over many accounts and addresses.
 */
export const RULES = {
  passwordPerAccount: { points: 10, seconds: 900 },
  passwordPerAddress: { points: 50, seconds: 900 },
  passwordOverall: { points: 1000, seconds: 900 },
  mailPerAccount: { points: 5, seconds: 900 },
  mailPerAddress: { points: 30, seconds: 3600 },
  mailOverall: { points: 500, seconds: 3600 },
  codePerAccount: { points: 10, seconds: 900 },
  codePerAddress: { points: 50, seconds: 900 },
  codeOverall: { points: 1000, seconds: 900 },
  factorPerAccount: { points: 5, seconds: 300 },
  factorPerAddress: { points: 50, seconds: 900 },
  factorOverall: { points: 1000, seconds: 900 },
  signUpPerAddress: { points: 30, seconds: 3600 },
  signUpOverall: { points: 500, seconds: 3600 },
  refreshPerAddress: { points: 600, seconds: 300 },
  refreshOverall: { points: 12_000, seconds: 300 },
} satisfies Record<string, LimitRule>;

export type LimitName = keyof typeof RULES;
export type LimitRules = Record<LimitName, LimitRule>;

/** Gives back what was counted: a right password is no guess. `account` empties that counter, the others lose one. */
export type Refund = () => Promise<void>;

export type Limits = {
  /**
   * Counts one try against the limits of its account and its address, and if they let it pass against that of all, before
   * the try is made, so that a hundred parallel guesses are a hundred. Throws AuthRefusal 429 with `retry-after` (seconds) when one of them is used up.
   */
  spend(kind: "password" | "mail" | "code" | "factor", who: { account: string; address: string }): Promise<Refund>;
  /** The same for what has no account yet or needs none. */
  spendAddress(kind: "signUp" | "refresh", address: string): Promise<void>;
};

/** Counters in the table `gateway.rate_limits`: they survive a restart and hold across processes. */
export function createLimits(pool: Pool, changed: Partial<LimitRules> = {}): Limits {
  const rules: LimitRules = { ...RULES, ...changed };
  const limiters = new Map<LimitName, RateLimiterPostgres>();
  const limiter = (name: LimitName): RateLimiterPostgres => {
    const known = limiters.get(name);
    if (known) return known;
    const made = new RateLimiterPostgres({
      storeClient: pool,
      schemaName: "gateway",
      tableName: "rate_limits",
      tableCreated: true,
      // One sweeper is enough: they all share the table.
      clearExpiredByTimeout: limiters.size === 0,
      keyPrefix: name,
      points: rules[name].points,
      duration: rules[name].seconds,
    });
    limiters.set(name, made);
    return made;
  };

  type Count = { name: LimitName; key: string };
  const consume = async (counts: Count[], refusal: (seconds: number) => AuthRefusal) => {
    const outcomes = await Promise.allSettled(counts.map(({ name, key }) => limiter(name).consume(key)));
    let waitMs = 0;
    for (const outcome of outcomes) {
      if (outcome.status === "fulfilled") continue;
      if (!(outcome.reason instanceof RateLimiterRes)) throw outcome.reason;
      waitMs = Math.max(waitMs, outcome.reason.msBeforeNext, 1);
    }
    if (waitMs > 0) throw refusal(Math.ceil(waitMs / 1000));
  };

  return {
    async spend(kind, who) {
      const account = accountKey(who.account);
      const address = networkOf(who.address);
      const refusal = kind === "mail" ? tooManyLetters : tooManyTries;
      const theirs: Count[] = [
        { name: `${kind}PerAccount`, key: account },
        { name: `${kind}PerAddress`, key: address },
      ];
      await consume(theirs, refusal);
      // Only then: what one address or account is refused uses up nobody else's tries.
      await consume([{ name: `${kind}Overall`, key: "all" }], refusal);
      return async () => {
        await Promise.all([
          limiter(`${kind}PerAccount`).delete(account),
          limiter(`${kind}PerAddress`).reward(address, 1),
          limiter(`${kind}Overall`).reward("all", 1),
        ]);
      };
    },
    async spendAddress(kind, address) {
      await consume([{ name: `${kind}PerAddress`, key: networkOf(address) }], tooManyTries);
      await consume([{ name: `${kind}Overall`, key: "all" }], tooManyTries);
    },
  };
}

function tooManyTries(seconds: number): AuthRefusal {
  return new AuthRefusal(429, "over_request_rate_limit", `Too many tries. Please wait ${seconds} seconds.`, {
    headers: { "retry-after": String(seconds) },
  });
}

function tooManyLetters(seconds: number): AuthRefusal {
  return new AuthRefusal(429, "over_email_send_rate_limit", `Too many e-mails. Please wait ${seconds} seconds.`, {
    headers: { "retry-after": String(seconds) },
  });
}
