import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { env } from "~/kernel/env.server";
import { limiter } from "~/kernel/limits.server";
import { asSuperuser } from "../../tests/database";
import { browser, startGateway } from "../../tests/local-supabase";
import { demoPassword } from "../../tests/personas";
import { mailNewPassword, mailSignIn, signIn, signInByCode } from "./sign-in.server";
import { provideSupabase } from "./supabase.server";

/** A project that is reached over the network, as a hosted one is: it counts nothing by itself that could help here. */

const OWNER = "owner@metis.example";
const MANY = { points: 1_000_000, seconds: 900 };

let gateway: Awaited<ReturnType<typeof startGateway>>;
let server: Server;

beforeAll(async () => {
  const limits = Object.fromEntries(
    ["password", "code", "mail"].flatMap((kind) =>
      ["PerAccount", "PerAddress", "Overall"].map((whose) => [`${kind}${whose}`, MANY]),
    ),
  );
  gateway = await startGateway({ limits });
  server = createServer(express().use("/supabase", gateway.mount()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { SUPABASE_PUBLISHABLE_KEY: publishableKey, SUPABASE_SECRET_KEY: secretKey } = env();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/supabase`;
  provideSupabase({ url, publishableKey, secretKey });
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await gateway.stop();
});

beforeEach(() => asSuperuser("truncate limits.rate_limits"));

const wait = { ok: false, why: "wait", seconds: expect.any(Number) };
const guess = async (email: string, address: string, password = "wrong-password") =>
  signIn(await browser({ address }).ask(), { email, password });
const signInByCodeFrom = async (address: string) =>
  signInByCode(await browser({ address }).ask(), { email: "x@nowhere.example", code: "000000" });
/** As so many tries before would have. */
const spent = (kind: string, key: string, points: number, seconds: number) =>
  limiter(`signin.${kind}`, { points, seconds }).take(key, points - 1);

test("ten wrong passwords for one address of ours, from anywhere, and the right one has to wait as well", async () => {
  const guesses = Array.from({ length: 12 }, (_, number) => guess(OWNER, `192.0.2.${number}`));
  const outcomes = (await Promise.all(guesses)).map((outcome) => (outcome.ok ? "in" : outcome.why));
  expect(outcomes.filter((why) => why === "wrong-login")).toHaveLength(10);
  expect(outcomes.filter((why) => why === "wait")).toHaveLength(2);
  expect(await guess("Owner@Metis.example", "192.0.2.99", demoPassword)).toEqual(wait);
  expect(await guess("nobody@metis.example", "192.0.2.99")).toEqual({ ok: false, why: "wrong-login" });
});

test("fifty from one network, whomever they name", async () => {
  await spent("password.address", "2001:db8:0:1::/64", 50, 900);
  expect(await guess(OWNER, "2001:db8:0:1::7")).toEqual({ ok: false, why: "wrong-login" });
  expect(await guess("designer@tandem.example", "2001:db8:0:1::8")).toEqual(wait);
  expect(await guess("designer@tandem.example", "2001:db8:0:2::8")).toEqual({ ok: false, why: "wrong-login" });
});

test("a thousand from everywhere", async () => {
  await spent("password.all", "all", 1000, 900);
  expect(await guess(OWNER, "192.0.2.1")).toEqual({ ok: false, why: "wrong-login" });
  expect(await guess("designer@tandem.example", "192.0.2.2")).toEqual(wait);
});

test("who is refused uses up nobody else's tries", async () => {
  for (let number = 0; number < 15; number += 1) await guess("nobody@nowhere.example", "192.0.2.1");
  const [all] = await asSuperuser<{ points: number }>(
    "select points::int from limits.rate_limits where key = 'signin.password.all:all'",
  );
  expect(all?.points).toBe(10);
});

test.each([
  ["code", () => signInByCodeFrom("192.0.2.7")],
  ["mail", async () => mailSignIn(await browser({ address: "192.0.2.7" }).ask(), { email: "x@nowhere.example" })],
] as const)("of each kind so many from one network, and so many from everywhere: %s", async (kind, tryOnce) => {
  const [ofNetwork, ofAll, seconds] = kind === "mail" ? [30, 500, 3600] : [50, 1000, 900];
  for (const [whose, key, points] of [
    ["address", "192.0.2.7", ofNetwork],
    ["all", "all", ofAll],
  ] as const) {
    await asSuperuser("truncate limits.rate_limits");
    await spent(`${kind}.${whose}`, key, points, seconds);
    expect(await tryOnce()).not.toEqual(wait);
    expect(await tryOnce()).toEqual(wait);
  }
});

test("a right password is no guess, and forgives the wrong ones before it", async () => {
  for (let round = 0; round < 2; round += 1) {
    for (let number = 0; number < 6; number += 1) await guess(OWNER, "192.0.2.1");
    expect(await guess(OWNER, "192.0.2.1", demoPassword)).toMatchObject({ ok: true });
  }
  const [kept] = await asSuperuser<{ points: number }>(
    "select points::int from limits.rate_limits where key = 'signin.password.address:192.0.2.1'",
  );
  expect(kept?.points).toBe(12);
});

test("letters: five to one address in a quarter of an hour, to known and unknown alike", async () => {
  for (const email of [OWNER, "nobody@metis.example"]) {
    const context = await browser({ address: "192.0.2.5" }).ask();
    for (let number = 0; number < 4; number += 1) expect(await mailSignIn(context, { email })).toEqual({ ok: true });
    expect(await mailNewPassword(context, { email })).toEqual({ ok: true });
    expect(await mailSignIn(context, { email })).toEqual(wait);
  }
});

test("codes: ten tries for one address", async () => {
  const context = await browser().ask();
  for (let number = 0; number < 10; number += 1) {
    expect(await signInByCode(context, { email: OWNER, code: "000000" })).toEqual({ ok: false, why: "wrong-code" });
  }
  expect(await signInByCode(context, { email: OWNER, code: "000000" })).toEqual(wait);
});
