import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import { Refusal } from "./bootstrap.mjs";

const FOLDER = fileURLToPath(new URL("../supabase/", import.meta.url));
const FILE = /^(\d{14})_([a-z0-9_]+)\.sql$/;
const LOGINS = ["portal_app", "portal_staff_app", "portal_jobs", "supabase_gateway"];
/** Any number: two migrators of one database take turns. */
const LOCK = 7_263_419;

export type MigrateOptions = {
  /** Hosted: the role postgres. Plain PostgreSQL: the superuser supabase_admin, of a database that is ours alone. */
  readonly adminUrl: string;
  /** Connection strings of the login roles; each role gets the password that its string carries. */
  readonly logins?: readonly string[];
  readonly log?: (message: string) => void;
};

type Migration = { readonly version: string; readonly name: string; readonly text: string };

function migrations(): Migration[] {
  const folder = `${FOLDER}migrations/`;
  const found = readdirSync(folder)
    .sort()
    .map((file) => {
      const [, version, name] = FILE.exec(file) ?? [];
      if (!version || !name) throw new Error(`${file} is not named like a migration: YYYYMMDDHHmmss_<module>.sql`);
      return { version, name, text: readFileSync(folder + file, "utf8") };
    });
  const twice = found.find(({ version }, index) => found[index + 1]?.version === version);
  if (twice) throw new Error(`Two migrations have the version ${twice.version}: rename the later one.`);
  return found;
}

/** Runs `work` in a transaction; rolled back when it throws. */
async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query("begin");
  try {
    await work();
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

async function bootstrap(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ plain: boolean }>(
    `select to_regnamespace('auth') is null and (select rolsuper from pg_roles where rolname = current_user) as plain`,
  );
  if (!rows[0]?.plain) return false;
  await inTransaction(client, async () => {
    await client.query(readFileSync(`${FOLDER}bootstrap.sql`, "utf8"));
  });
  return true;
}

/** The table of the Supabase CLI, so that both can be used on one database. */
async function applied(client: pg.Client): Promise<Map<string, readonly string[] | null>> {
  await client.query(`create schema if not exists supabase_migrations;
    create table if not exists supabase_migrations.schema_migrations (
      version text not null primary key, statements text[], name text
    )`);
  const { rows } = await client.query<{ version: string; statements: string[] | null }>(
    "select version, statements from supabase_migrations.schema_migrations",
  );
  return new Map(rows.map((row) => [row.version, row.statements]));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await inTransaction(client, async () => {
    await client.query("set local lock_timeout = '10s'");
    await client.query(migration.text);
    await client.query(
      "insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)",
      [migration.version, migration.name, [migration.text]],
    );
  });
}

/** The job queue migrates itself, as its owner; only for this moment may that role create a schema. */
async function migrateQueue(client: pg.Client, adminUrl: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>("select quote_ident(current_database()) as name");
  const database = rows[0]?.name ?? "";
  const pgPool = new pg.Pool({ connectionString: adminUrl, max: 1, options: "-c role=portal_jobs" });
  pgPool.on("error", () => undefined);
  pgPool.on("connect", (connection) => connection.on("error", () => undefined));
  await client.query(`grant create on database ${database} to portal_jobs`);
  try {
    await runMigrations({ pgPool, logger: new Logger(() => () => undefined) });
  } finally {
    await client.query(`revoke create on database ${database} from portal_jobs`);
    await pgPool.end();
  }
}

async function setPasswords(client: pg.Client, urls: readonly string[]): Promise<void> {
  for (const address of urls) {
    const url = new URL(address);
    // A pooler's user carries the project after a dot.
    const role = decodeURIComponent(url.username).split(".")[0] ?? "";
    if (!LOGINS.includes(role) || url.password === "") continue;
    const password = client.escapeLiteral(decodeURIComponent(url.password));
    await client.query(`alter role ${client.escapeIdentifier(role)} login password ${password}`);
  }
}

/** Why nothing could be asked, as a sentence: without the address' password. */
function unreachable(address: string, error: unknown): Refusal {
  const { host } = new URL(address);
  const { message = "", code = "" } = error instanceof Error ? (error as Error & { code?: string }) : {};
  return new Refusal(`The database at ${host} lets no migrations in: ${message || code || "it does not answer"}.`);
}

/**
 * Brings a database to this version: what a hosted project already has (on a plain PostgreSQL, once), every migration
 * not yet recorded, the job queue's own, the logins' passwords. Each file is one transaction.
 * Throws when a file changed after it ran here, naming it, and a Refusal when the database does not answer or does not let in.
 *
 * @returns versions applied by this call
 */
export async function migrate({ adminUrl, logins = [], log = () => undefined }: MigrateOptions): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "tandem migrate" });
  await client.connect().catch((error: unknown) => {
    throw unreachable(adminUrl, error);
  });
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    if (await bootstrap(client)) log("database: made what a Supabase project has");
    // The gateway is the superuser's role on a plain database; all other logins are postgres' own.
    await setPasswords(
      client,
      logins.filter((url) => new URL(url).username === "supabase_gateway"),
    );
    await client.query("set role postgres");
    const done = await applied(client);
    const fresh: string[] = [];
    for (const migration of migrations()) {
      const recorded = done.get(migration.version);
      if (recorded === undefined) {
        await apply(client, migration);
        fresh.push(migration.version);
        log(`database: applied ${migration.version}_${migration.name}`);
      } else if (recorded?.length === 1 && recorded[0] !== migration.text) {
        throw new Error(
          `Migration ${migration.version}_${migration.name} changed after it was applied to this database. ` +
            "Write a new migration instead, or run `npm run db:reset` if its data may go.",
        );
      }
    }
    await migrateQueue(client, adminUrl);
    await setPasswords(
      client,
      logins.filter((url) => new URL(url).username !== "supabase_gateway"),
    );
    return fresh;
  } finally {
    await client.end();
  }
}
