import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TEST_PASSWORD, testUrl } from "../tests/database-urls";
import { ROOT } from "./bootstrap.mjs";

const database = `t_empty_${randomBytes(6).toString("hex")}`;

async function onServer(statement: string): Promise<void> {
  const server = new pg.Client({ connectionString: testUrl("supabase_admin", "postgres") });
  await server.connect();
  await server.query(statement).finally(() => server.end());
}
beforeAll(() => onServer(`create database ${database}`));
afterAll(() => onServer(`drop database ${database} with (force)`));

/** `npm run db:migrate` with this address, as an operator runs it. */
async function migrate(adminUrl: string): Promise<{ code: number | null; said: string; complained: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "server/database.ts", "migrate"], {
    cwd: ROOT,
    env: {
      NODE_ENV: "development",
      PATH: process.env.PATH,
      DATABASE_URL: testUrl("portal_app", database),
      STAFF_DATABASE_URL: testUrl("portal_staff_app", database),
      JOBS_DATABASE_URL: testUrl("portal_jobs", database),
      GATEWAY_DATABASE_URL: testUrl("supabase_gateway", database),
      MIGRATION_DATABASE_URL: adminUrl,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const heard = { said: "", complained: "" };
  child.stdout.on("data", (part) => {
    heard.said += part;
  });
  child.stderr.on("data", (part) => {
    heard.complained += part;
  });
  const code = await new Promise<number | null>((then) => child.once("close", then));
  return { code, ...heard };
}

test("an empty database is brought to this version, and one that is stays as it is", async () => {
  const adminUrl = testUrl("supabase_admin", database);
  const first = await migrate(adminUrl);
  expect([first.code, first.complained]).toEqual([0, ""]);
  expect(first.said).toContain("database: applied 20261122100000_kernel\n");
  expect(first.said.trim().split("\n").at(-1)).toBe("The database is up to date.");
  expect(await migrate(adminUrl)).toEqual({ code: 0, said: "The database is up to date.\n", complained: "" });
}, 60_000);

test("a database that does not answer, or does not let in, is one sentence without a password, and exit 1", async () => {
  const nobody = await migrate(`postgres://supabase_admin:${TEST_PASSWORD}@127.0.0.1:1/tandem`);
  expect(nobody).toMatchObject({ code: 1, said: "" });
  expect(nobody.complained).toMatch(/^The database at 127\.0\.0\.1:1 lets no migrations in: .*ECONNREFUSED.*\.\n$/);
  const stranger = await migrate(testUrl("supabase_admin", database).replace(TEST_PASSWORD, "not-the-password"));
  expect(stranger).toMatchObject({ code: 1, said: "" });
  expect(stranger.complained).toMatch(
    /^The database at \S+ lets no migrations in: password authentication failed[^\n]*\n$/,
  );
  for (const { complained } of [nobody, stranger]) expect(complained).not.toMatch(/for-tests-only|not-the-password/);
}, 60_000);
