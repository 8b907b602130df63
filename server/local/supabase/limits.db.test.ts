import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, expect, test } from "vitest";
import { asSuperuser } from "../../../tests/database";
import { RULES } from "./limits";
import { lettersTo, startTestGateway, type TestGateway } from "./test-gateway";

const PASSWORD = "tandem-demo-2026";
const open: TestGateway[] = [];
const closing: (() => Promise<void>)[] = [];

/** A gateway with limits of its own and no memory of other tests. */
async function gatewayWith(changed: Parameters<typeof startTestGateway>[0] = {}) {
  await asSuperuser("delete from gateway.rate_limits");
  const tested = await startTestGateway(changed);
  open.push(tested);
  return tested;
}

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  for (const tested of open.splice(0)) await tested.stop();
});

const guess = (tested: TestGateway, email: string, address: string, password = "wrong-password") =>
  tested.client({ address }).auth.signInWithPassword({ email, password });

test("guessing one account's password stops after ten tries, from however many addresses", async () => {
  const tested = await gatewayWith();
  const codes = [];
  for (let n = 0; n < 11; n += 1) {
    codes.push((await guess(tested, "owner@metis.example", `203.0.113.${n}`)).error?.code);
  }
  expect(codes).toEqual([...Array(10).fill("invalid_credentials"), "over_request_rate_limit"]);
  const right = await guess(tested, "owner@metis.example", "203.0.113.99", PASSWORD);
  expect(right.error).toMatchObject({ status: 429, code: "over_request_rate_limit" });
  expect((await guess(tested, "owner@brix.example", "203.0.113.99", PASSWORD)).error).toBeNull();
});

test("an address nobody has is limited just like one that somebody has", async () => {
  const tested = await gatewayWith({ limits: { passwordPerAccount: { points: 3, seconds: 900 } } });
  const answers = async (email: string) => {
    const seen = [];
    for (let n = 0; n < 5; n += 1) {
      const { error } = await guess(tested, email, "203.0.113.1");
      seen.push([error?.status, error?.code, error?.message.replace(/\d+/, "N")]);
    }
    return seen;
  };
  expect(await answers("nobody@metis.example")).toEqual(await answers("owner@metis.example"));
});

test("one address guesses fifty times, whatever the accounts; a neighbour is not held back", async () => {
  const tested = await gatewayWith({ limits: { passwordPerAddress: { points: 5, seconds: 900 } } });
  const codes = [];
  for (let n = 0; n < 6; n += 1)
    codes.push((await guess(tested, `person${n}@metis.example`, "2001:db8::1")).error?.code);
  expect(codes).toEqual([...Array(5).fill("invalid_credentials"), "over_request_rate_limit"]);
  const sameHousehold = await guess(tested, "owner@metis.example", "2001:0db8:0:0:ffff::2", PASSWORD);
  expect(sameHousehold.error?.status).toBe(429);
  expect((await guess(tested, "owner@metis.example", "2001:db8:0:1::1", PASSWORD)).error).toBeNull();
});

test("guesses spread over many accounts and addresses are stopped overall", async () => {
  const tested = await gatewayWith({ limits: { passwordOverall: { points: 5, seconds: 900 } } });
  const codes = [];
  for (let n = 0; n < 6; n += 1) codes.push((await guess(tested, `p${n}@metis.example`, `203.0.113.${n}`)).error?.code);
  expect(codes).toEqual([...Array(5).fill("invalid_credentials"), "over_request_rate_limit"]);
});

test("the limits are these", () => {
  const [quarter, hour] = [900, 3600];
  expect(RULES).toEqual({
    passwordPerAccount: { points: 10, seconds: quarter },
    passwordPerAddress: { points: 50, seconds: quarter },
    passwordOverall: { points: 1000, seconds: quarter },
    mailPerAccount: { points: 5, seconds: quarter },
    mailPerAddress: { points: 30, seconds: hour },
    mailOverall: { points: 500, seconds: hour },
    codePerAccount: { points: 10, seconds: quarter },
    codePerAddress: { points: 50, seconds: quarter },
    codeOverall: { points: 1000, seconds: quarter },
    factorPerAccount: { points: 5, seconds: 300 },
    factorPerAddress: { points: 50, seconds: quarter },
    factorOverall: { points: 1000, seconds: quarter },
    signUpPerAddress: { points: 30, seconds: hour },
    signUpOverall: { points: 500, seconds: hour },
    refreshPerAddress: { points: 600, seconds: 300 },
    refreshOverall: { points: 12_000, seconds: 300 },
  });
});

test("who is refused for guessing too often uses up nobody else's tries", async () => {
  const points = (count: number) => ({ points: count, seconds: 900 });
  const tested = await gatewayWith({ limits: { passwordPerAddress: points(4), passwordOverall: points(8) } });
  // Of one account, then of one address: four tries are made of the twenty.
  for (let n = 0; n < 10; n += 1) await guess(tested, "nobody@nowhere.example", "203.0.113.1");
  for (let n = 0; n < 10; n += 1) await guess(tested, `p${n}@nowhere.example`, "203.0.113.1");
  expect((await guess(tested, "owner@brix.example", "203.0.113.2", PASSWORD)).error).toBeNull();
  const [all] = await asSuperuser<{ points: number }>(
    "select points::int from gateway.rate_limits where key = 'passwordOverall:all'",
  );
  expect(all?.points).toBe(4);
});

test("guesses sent all at once are counted one by one", async () => {
  const tested = await gatewayWith();
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => guess(tested, "owner@metis.example", `203.0.113.${n}`)),
  );
  expect(answers.filter(({ error }) => error?.code === "invalid_credentials")).toHaveLength(10);
  expect(answers.filter(({ error }) => error?.status === 429)).toHaveLength(30);
});

test("right passwords are no guesses: they clear the account and cost the address nothing", async () => {
  const tested = await gatewayWith({
    limits: { passwordPerAddress: { points: 3, seconds: 900 }, passwordPerAccount: { points: 3, seconds: 900 } },
  });
  for (let n = 0; n < 8; n += 1) {
    expect((await guess(tested, "owner@metis.example", "203.0.113.1", PASSWORD)).error).toBeNull();
  }
  await guess(tested, "owner@metis.example", "203.0.113.2");
  await guess(tested, "owner@metis.example", "203.0.113.2");
  expect((await guess(tested, "owner@metis.example", "203.0.113.3", PASSWORD)).error).toBeNull();
  expect((await guess(tested, "owner@metis.example", "203.0.113.4")).error?.code).toBe("invalid_credentials");
});

test("a restart forgives no guess, and waiting does", async () => {
  const limits = { passwordPerAccount: { points: 2, seconds: 2 } };
  const before = await gatewayWith({ limits });
  await guess(before, "owner@metis.example", "203.0.113.1");
  await guess(before, "owner@metis.example", "203.0.113.1");
  const after = await startTestGateway({ limits });
  open.push(after);
  const held = await after.gateway.fetch("http://localhost:3000/supabase/auth/v1/token?grant_type=password", {
    method: "POST",
    headers: { apikey: after.options.publishableKey },
    body: JSON.stringify({ email: "owner@metis.example", password: PASSWORD }),
  });
  expect(held.status).toBe(429);
  const wait = Number(held.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(2);
  await new Promise((resolve) => setTimeout(resolve, wait * 1000));
  expect((await guess(after, "owner@metis.example", "203.0.113.1", PASSWORD)).error).toBeNull();
});

test("letters are limited per mailbox, per address and overall, whether or not the mailbox has a login", async () => {
  const tested = await gatewayWith({
    limits: { mailPerAddress: { points: 8, seconds: 900 }, mailOverall: { points: 10, seconds: 900 } },
  });
  const ask = async (email: string, address: string) =>
    (await tested.client({ address }).auth.resetPasswordForEmail(email)).error?.code ?? "sent";
  const start = await lettersTo("owner@brix.example");
  for (const email of ["owner@brix.example", "nobody@brix.example"]) {
    const codes = [];
    for (let n = 0; n < 6; n += 1) codes.push(await ask(email, `203.0.113.${n + (email.startsWith("n") ? 100 : 0)}`));
    expect(codes.slice(0, 5), email).toEqual(Array(5).fill("sent"));
    expect(codes[5], email).toBe("over_email_send_rate_limit");
  }
  expect((await lettersTo("owner@brix.example")) - start).toBe(5);
  expect(await ask("third@brix.example", "203.0.113.200")).toBe("over_email_send_rate_limit");

  await asSuperuser("delete from gateway.rate_limits");
  const codes = [];
  for (let n = 0; n < 9; n += 1) codes.push(await ask(`m${n}@brix.example`, "203.0.113.1"));
  expect(codes).toEqual([...Array(8).fill("sent"), "over_email_send_rate_limit"]);
});

test("typed codes are limited per account, per address and overall", async () => {
  const tested = await gatewayWith({
    limits: { codePerAddress: { points: 11, seconds: 900 }, codeOverall: { points: 15, seconds: 900 } },
  });
  const type = async (email: string, address: string) =>
    (await tested.client({ address }).auth.verifyOtp({ email, token: "000000", type: "email" })).error?.code;
  for (let n = 0; n < 10; n += 1) expect(await type("owner@metis.example", "203.0.113.1")).toBe("otp_expired");
  expect(await type("owner@metis.example", "203.0.113.2")).toBe("over_request_rate_limit");
  expect(await type("a@metis.example", "203.0.113.1")).toBe("otp_expired");
  expect(await type("b@metis.example", "203.0.113.1")).toBe("over_request_rate_limit");
  const codes = [];
  for (let n = 3; n < 8; n += 1) codes.push(await type(`c${n}@metis.example`, `203.0.113.${n}`));
  expect(codes.at(-1)).toBe("over_request_rate_limit");
});

test("codes of a second factor are limited per address and overall, whichever factor they are tried on", async () => {
  const tested = await gatewayWith({
    limits: { factorPerAddress: { points: 3, seconds: 900 }, factorOverall: { points: 4, seconds: 900 } },
  });
  const trier = async (address: string) => {
    const client = tested.client({ address });
    const { error } = await client.auth.signInWithPassword({ email: "owner@metis.example", password: PASSWORD });
    expect(error).toBeNull();
    return async () => {
      const tried = { factorId: randomUUID(), challengeId: randomUUID(), code: "000000" };
      return (await client.auth.mfa.verify(tried)).error?.code;
    };
  };
  const here = await trier("203.0.113.1");
  const elsewhere = await trier("203.0.113.2");
  expect([await here(), await here(), await here()]).toEqual(Array(3).fill("mfa_factor_not_found"));
  expect(await here()).toBe("over_request_rate_limit");
  expect([await elsewhere(), await elsewhere()]).toEqual(["mfa_factor_not_found", "over_request_rate_limit"]);
});

test("new logins and refreshed sessions are limited per address and overall", async () => {
  const tested = await gatewayWith({
    limits: {
      signUpPerAddress: { points: 2, seconds: 900 },
      signUpOverall: { points: 2, seconds: 900 },
      refreshPerAddress: { points: 2, seconds: 900 },
      refreshOverall: { points: 2, seconds: 900 },
    },
  });
  const signUp = async (address: string) =>
    (
      await tested
        .client({ address })
        .auth.signUp({ email: `${randomUUID()}@north.example`, password: "good-enough-1" })
    ).error?.code ?? "made";
  const seen = [await signUp("203.0.113.1"), await signUp("203.0.113.1"), await signUp("203.0.113.1")];
  expect(seen).toEqual(["made", "made", "over_request_rate_limit"]);
  expect(await signUp("203.0.113.2")).toBe("over_request_rate_limit");

  const refresh = async (address: string) =>
    (await tested.client({ address }).auth.refreshSession({ refresh_token: "unknown" })).error?.code;
  expect([await refresh("203.0.113.1"), await refresh("203.0.113.1"), await refresh("203.0.113.1")]).toEqual([
    "refresh_token_not_found",
    "refresh_token_not_found",
    "over_request_rate_limit",
  ]);
  expect(await refresh("203.0.113.2")).toBe("over_request_rate_limit");
});

test("known and unknown addresses get the same words after the same time", { timeout: 60_000 }, async () => {
  const plenty = { points: 1000, seconds: 900 };
  const tested = await gatewayWith({
    limits: {
      passwordPerAccount: plenty,
      passwordPerAddress: plenty,
      mailPerAccount: plenty,
      mailPerAddress: plenty,
      signUpPerAddress: plenty,
    },
  });
  const client = () => tested.client({ address: "203.0.113.1" });
  const strip = (value: unknown) =>
    JSON.stringify(value)
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
      .replace(/(owner|nobody)@metis\.example/g, "EMAIL");
  const calls: Record<string, (email: string) => Promise<unknown>> = {
    password: (email) => client().auth.signInWithPassword({ email, password: "wrong-password" }),
    link: (email) => client().auth.signInWithOtp({ email, options: { shouldCreateUser: false } }),
    recovery: (email) => client().auth.resetPasswordForEmail(email),
    resend: (email) => client().auth.resend({ email, type: "signup" }),
    code: (email) => client().auth.verifyOtp({ email, token: "000000", type: "recovery" }),
    signup: (email) => client().auth.signUp({ email, password: "good-enough-1" }),
  };
  for (const [name, call] of Object.entries(calls)) {
    const words = new Map<string, string>();
    const fastest = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
    // By turns, and the fastest of each: a busy machine slows some of them down, and none up.
    for (let n = 0; n < 6; n += 1) {
      for (const [who, email] of [
        ["known", "owner@metis.example"],
        ["unknown", "nobody@metis.example"],
      ] as const) {
        const start = performance.now();
        const answer = await call(email);
        fastest[who] = Math.min(fastest[who], performance.now() - start);
        if (n === 0) words.set(who, strip(answer));
        if (name === "signup") await asSuperuser("delete from auth.users where email = 'nobody@metis.example'");
      }
    }
    expect(words.get("unknown"), name).toBe(words.get("known"));
    const { known, unknown } = fastest;
    // Without the floor and the decoy the two are apart by the work of a hash or of a letter, five times this much.
    expect(Math.abs(known - unknown), `${name}: ${known} ms and ${unknown} ms`).toBeLessThan(20 + 0.1 * known);
  }
});

test("from outside, neither our own header nor X-Forwarded-For says where somebody is, unless a proxy is believed", async () => {
  const tested = await gatewayWith({ limits: { passwordPerAddress: { points: 2, seconds: 900 } } });
  const serve = async (trust: false | string[]) => {
    const app = express().set("trust proxy", trust).use("/supabase", tested.gateway.mount());
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(() => new Promise((resolve) => void server.close(() => resolve())));
    const { port } = server.address() as AddressInfo;
    return async (claimed: string) => {
      const response = await fetch(`http://127.0.0.1:${port}/supabase/auth/v1/token?grant_type=password`, {
        method: "POST",
        headers: {
          apikey: tested.options.publishableKey,
          "x-tandem-client-address": claimed,
          "x-forwarded-for": claimed,
        },
        body: JSON.stringify({ email: `${randomUUID()}@metis.example`, password: "wrong-password" }),
      });
      return response.status;
    };
  };
  const direct = await serve(false);
  expect([await direct("203.0.113.1"), await direct("203.0.113.2"), await direct("203.0.113.3")]).toEqual([
    400, 400, 429,
  ]);
  const behindProxy = await serve(["127.0.0.1"]);
  expect([
    await behindProxy("203.0.113.1"),
    await behindProxy("203.0.113.2"),
    await behindProxy("203.0.113.3"),
  ]).toEqual([400, 400, 400]);
});

test("counters name nobody", async () => {
  const tested = await gatewayWith();
  await guess(tested, "owner@metis.example", "203.0.113.1");
  const rows = await asSuperuser<{ key: string }>("select key from gateway.rate_limits");
  expect(rows.length).toBeGreaterThanOrEqual(3);
  expect(JSON.stringify(rows)).not.toContain("metis");
});
