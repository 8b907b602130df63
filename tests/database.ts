import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll } from "vitest";
import { closeDatabases } from "~/kernel/db.server";
import { TEMPLATE, testUrl } from "./database-urls";

/**
 * Runs before every *.db.test.ts (vitest.config.ts, setupFiles): a database of the file's own, cloned in milliseconds
 * from the migrated and filled one, and its addresses in the environment before anything reads the configuration.
 */
const database = `t_${randomBytes(6).toString("hex")}`;

/** The superuser's address of this file's database: for looking from outside, never for what is under test. */
export const adminUrl = testUrl("supabase_admin", database);

async function onServer(statement: string): Promise<void> {
  const server = new pg.Client({ connectionString: testUrl("supabase_admin", "postgres") });
  await server.connect();
  try {
    await server.query(statement);
  } finally {
    await server.end();
  }
}

await onServer(`create database ${database} template ${TEMPLATE} strategy file_copy`);
// A clone does not inherit who may connect.
await onServer(`alter database ${database} owner to postgres`);

Object.assign(process.env, {
  NODE_ENV: "test",
  LOG_LEVEL: process.env.LOG_LEVEL ?? "silent",
  APP_ORIGIN: "http://localhost:3000",
  DATABASE_URL: testUrl("portal_app", database),
  STAFF_DATABASE_URL: testUrl("portal_staff_app", database),
  JOBS_DATABASE_URL: testUrl("portal_jobs", database),
  GATEWAY_DATABASE_URL: testUrl("supabase_gateway", database),
  SUPABASE_PUBLISHABLE_KEY: "sb_publishable_for-tests-only-000000000",
  SUPABASE_SECRET_KEY: "sb_secret_for-tests-only-0000000000000000",
});

const outside = new pg.Pool({ connectionString: adminUrl, max: 4 });
outside.on("error", () => undefined);

/** Runs a statement as the superuser: to prepare what a test needs, or to look at what it left. */
export async function asSuperuser<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const { rows } = await outside.query<Row>(text, values);
  return rows;
}

/** Every row, of every table that anybody reads or that keeps logins, files and jobs, in which one of these words stands. */
export async function tracesOf(words: readonly string[]): Promise<{ table: string; row: string }[]> {
  const tables = await asSuperuser<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and (n.nspname in ('public', 'auth', 'storage', 'gateway') or n.nspname = 'graphile_worker')
     order by 1`,
  );
  const traces: { table: string; row: string }[] = [];
  for (const { name } of tables) {
    const rows = await asSuperuser<{ row: string }>(
      `select t::text as row from ${name} t where exists (select from unnest($1::text[]) w where t::text ilike '%' || w || '%')`,
      [words],
    );
    traces.push(...rows.map(({ row }) => ({ table: name, row })));
  }
  return traces;
}

afterAll(async () => {
  await closeDatabases();
  await outside.end();
  await onServer(`drop database ${database} with (force)`);
});
