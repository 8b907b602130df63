import { generateKeyPairSync } from "node:crypto";
import express from "express";
import { expect, test } from "vitest";
import { ConfigurationError, readSettings } from "./env.server";

const production = {
  NODE_ENV: "production",
  APP_ORIGIN: "https://portal.example.com",
  DATABASE_URL: "postgres://portal_app:x@db/tandem",
  STAFF_DATABASE_URL: "postgres://portal_staff_app:x@db/tandem",
  JOBS_DATABASE_URL: "postgres://portal_jobs:x@db/tandem",
  SUPABASE_URL: "https://project.supabase.co",
  SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x",
  SUPABASE_SECRET_KEY: "sb_secret_x",
  SMTP_URL: "smtps://user:x@mail.example.com",
};

function problemsOf(source: Record<string, string>): readonly string[] {
  try {
    readSettings(source);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test("nothing needs to be set to start on one machine", () => {
  expect(readSettings({})).toMatchObject({ NODE_ENV: "development", PORT: 3000, HOST: "127.0.0.1", DATA_DIR: ".data" });
});

test("an empty variable counts as one that is not set", () => {
  expect(readSettings({ PORT: "", APP_ORIGIN: " " })).toMatchObject({ PORT: 3000 });
});

test("a complete production configuration is accepted", () => {
  expect(problemsOf(production)).toEqual([]);
});

const NEEDED = [
  "APP_ORIGIN",
  "DATABASE_URL",
  "SUPABASE_URL",
  "SMTP_URL",
  "STAFF_DATABASE_URL",
  "JOBS_DATABASE_URL",
  "SUPABASE_PUBLISHABLE_KEY",
  "SUPABASE_SECRET_KEY",
] as const;

test("production with nothing set is told everything it needs at once", () => {
  expect(problemsOf({ NODE_ENV: "production" }).map((problem) => problem.split(" ")[0])).toEqual(NEEDED);
});

test.each(NEEDED)("production without %s is refused, naming it", (name) => {
  const { [name]: _left, ...rest } = production;
  expect(problemsOf(rest).some((problem) => problem.startsWith(`${name} is missing`))).toBe(true);
});

test("production may run on local services when told so, and still needs its address", () => {
  expect(
    problemsOf({ NODE_ENV: "production", ALLOW_LOCAL_SERVICES: "1", APP_ORIGIN: "http://localhost:3000" }),
  ).toEqual([]);
  expect(problemsOf({ NODE_ENV: "production", ALLOW_LOCAL_SERVICES: "1" })).toHaveLength(1);
});

test.each([
  ["PORT", "abc"],
  ["PORT", "0"],
  ["PORT", "70000"],
  ["NODE_ENV", "staging"],
  ["APP_ORIGIN", "portal.example.com"],
  ["APP_ORIGIN", "ftp://portal.example.com"],
  ["DATABASE_URL", "mysql://db/tandem"],
  ["ALLOW_LOCAL_SERVICES", "yes"],
  ["LOG_LEVEL", "loud"],
  ["STRIPE_SECRET_KEY", "pk_test_x"],
  ["LOCAL_STRIPE_PORT", "0"],
  ["TRUSTED_PROXIES", "nonsense"],
  ["TRUSTED_PROXIES", "10.0.0.0/8, proxy.example.com"],
  ["TRUSTED_PROXIES", "10.0.0.0/33"],
  ["TRUSTED_PROXIES", "10.0.0.0/0"],
  ["TRUSTED_PROXIES", "::1/129"],
  ["TRUSTED_PROXIES", "10.0.0.0/8/8"],
  ["TRUSTED_PROXIES", "fe80::1%eth0"],
  ["LOCAL_JWT_KEY", "{x"],
  ["LOCAL_JWT_KEY", "null"],
  ["LOCAL_JWT_KEY", '{"kty":"RSA"}'],
])("%s=%s is refused, naming the setting", (name, value) => {
  expect(problemsOf({ [name]: value }).some((problem) => problem.startsWith(`${name} is not usable`))).toBe(true);
});

test("the origin is an address without a path", () => {
  expect(readSettings({ APP_ORIGIN: "https://portal.example.com/start/" }).APP_ORIGIN).toBe(
    "https://portal.example.com",
  );
});

test("proxies are a list, and none by default", () => {
  expect(readSettings({ TRUSTED_PROXIES: "10.0.0.0/8, 192.0.2.7" }).TRUSTED_PROXIES).toEqual([
    "10.0.0.0/8",
    "192.0.2.7",
  ]);
  expect(readSettings({}).TRUSTED_PROXIES).toEqual([]);
});

test("every proxy that is let through is one that Express takes", () => {
  const TRUSTED_PROXIES =
    "loopback linklocal uniquelocal 127.0.0.1 ::1 10.0.0.0/8 10.0.0.1/32 fd00::/8 ::ffff:10.0.0.1";
  const proxies = readSettings({ TRUSTED_PROXIES }).TRUSTED_PROXIES;
  expect(proxies).toHaveLength(9);
  expect(() => express().set("trust proxy", proxies)).not.toThrow();
});

test("a key that signs is taken as it was given, and one that is cut short is not", () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = { ...privateKey.export({ format: "jwk" }), kid: "one", alg: "ES256" };
  const LOCAL_JWT_KEY = JSON.stringify(key);
  expect(readSettings({ LOCAL_JWT_KEY }).LOCAL_JWT_KEY).toBe(LOCAL_JWT_KEY);
  for (const broken of [{ d: key.d?.slice(1) }, { x: "A".repeat(43) }, { kid: undefined }])
    expect(problemsOf({ LOCAL_JWT_KEY: JSON.stringify({ ...key, ...broken }) })).toHaveLength(1);
});

test("a key of Stripe's without the secret of its endpoint is refused, naming that", () => {
  expect(problemsOf({ STRIPE_SECRET_KEY: "sk_test_x" })).toEqual([
    "STRIPE_WEBHOOK_SECRET is missing: with STRIPE_SECRET_KEY set, what Stripe tells us is checked with it.",
  ]);
  expect(problemsOf({ STRIPE_SECRET_KEY: "sk_test_x", STRIPE_WEBHOOK_SECRET: "whsec_x" })).toEqual([]);
});
