import { CamelCasePlugin, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { talkingPool } from "./db-talk.server";
import type { DB } from "./db-types.gen";
import { env } from "./env.server";
import { once, takeBack } from "./process.server";

export type Database = DB;

const INT8 = 20;

/** bigint columns (money, sequences, sizes) arrive as bigint, never as text or a rounded number. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    return oid === INT8 && format !== "binary" ? BigInt : pg.types.getTypeParser(oid, format as "text");
  },
};

function open(connectionString: string, name: string, max: number): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString,
    max,
    types,
    application_name: `tandem ${name}`,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
  });
  // A connection that the server closes (a restart, a transaction left idle) must not end the process: idle, the next
  // query opens another; in use, the query it cuts off says so.
  pool.on("error", () => undefined).on("connect", (client) => client.on("error", () => undefined));
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool: talkingPool(pool, env().NAMED_STATEMENTS) }),
    // Keys inside jsonb documents are content, not column names.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

/** Clients' and guests' pool (login portal_app). Reads nothing until asActor has chosen an actor. */
export function portalDb(): Kysely<Database> {
  return once("db.portal", () => open(env().DATABASE_URL, "portal", 12));
}

/** Staff's pool (login portal_staff_app). Used only after the session is known to be staff. */
export function staffDb(): Kysely<Database> {
  return once("db.staff", () => open(env().STAFF_DATABASE_URL, "staff", 8));
}

/** Pool of jobs, webhooks and the session door (login portal_jobs, which may become service_role). */
export function jobsDb(): Kysely<Database> {
  return once("db.jobs", () => open(env().JOBS_DATABASE_URL, "jobs", 6));
}

/** Whether every login gets an answer now. Throws when one does not. */
export async function databasesAnswer(): Promise<boolean> {
  await Promise.all([portalDb(), staffDb(), jobsDb()].map((db) => sql`select 1`.execute(db)));
  return true;
}

/** Closes every pool that was opened; the next call of a pool opens it anew. */
export async function closeDatabases(): Promise<void> {
  const opened = ["db.portal", "db.staff", "db.jobs"].map((name) => takeBack<Kysely<Database>>(name));
  await Promise.all(opened.map((db) => db?.destroy()));
}
