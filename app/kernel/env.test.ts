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

test.each([
  "APP_ORIGIN",
  "DATABASE_URL",
  "STAFF_DATABASE_URL",
  "JOBS_DATABASE_URL",
  "SUPABASE_URL",
  "SUPABASE_PUBLISHABLE_KEY",
  "SUPABASE_SECRET_KEY",
  "SMTP_URL",
] as const)("production without %s is refused, naming it", (name) => {
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
