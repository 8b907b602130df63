import { existsSync } from "node:fs";
import { resolve } from "node:path";
import pg from "pg";
import { initialise, keepUp, SUPERUSER, start } from "./postgres-cluster";
import { findHome } from "./postgres-home";
import { runningServer } from "./postgres-lock";
import { loadSecrets } from "./secrets";

const DATABASE = "tandem";

/** For a machine that also runs the application: two cores and a few gigabytes are enough. */
const SETTINGS = {
  max_connections: "100",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "8MB",
  maintenance_work_mem: "128MB",
  max_wal_size: "1GB",
  random_page_cost: "1.1",
  // Pages ask small questions: starting a second process for one costs more than it brings.
  max_parallel_workers_per_gather: "0",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_min_messages: "warning",
};

export type PostgresUrls = {
  /** The superuser: migrations, operators' scripts. No running server holds it. */
  readonly admin: string;
  readonly portal: string;
  readonly staff: string;
  readonly jobs: string;
  readonly gateway: string;
};

export type LocalPostgres = { readonly urls: PostgresUrls; stop(): Promise<void> };

async function urlsAt(dataDir: string, port: number): Promise<PostgresUrls> {
  const { databasePasswords } = await loadSecrets(dataDir);
  const url = (user: string, password: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${DATABASE}`;
  return {
    admin: url(SUPERUSER, databasePasswords.superuser),
    portal: url("portal_app", databasePasswords.portal),
    staff: url("portal_staff_app", databasePasswords.staff),
    jobs: url("portal_jobs", databasePasswords.jobs),
    gateway: url("supabase_gateway", databasePasswords.gateway),
  };
}

/**
 * Starts the PostgreSQL of this data folder, making it the first time, and answers when it does. The caller has claimed
 * the folder, so a server found running belongs to an owner that died, and is ended first. One that dies is started again
 * at its address, until stop(). The logins work once
 * migrate() has made their roles and set the passwords of these strings.
 * @throws Refusal (one sentence) when the disk is full, the data is of another version, or root cannot be left
 */
export async function startLocalPostgres(options: {
  readonly dataDir: string;
  readonly log?: (message: string) => void;
}): Promise<LocalPostgres> {
  const dataDir = resolve(options.dataDir);
  const log = options.log ?? (() => undefined);
  const { databasePasswords } = await loadSecrets(dataDir);
  const home = await findHome(dataDir, log);
  initialise(home, databasePasswords.superuser);
  const { superuser } = databasePasswords;
  const again = (port: number) => start(home, superuser, SETTINGS, port);
  const cluster = keepUp(await start(home, superuser, SETTINGS), again, log);
  const urls = await urlsAt(dataDir, cluster.port);
  await makeDatabase(urls.admin);
  return { urls, stop: cluster.stop };
}

async function onServer(adminUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const url = new URL(adminUrl);
  url.pathname = "/postgres";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function makeDatabase(adminUrl: string): Promise<void> {
  return onServer(adminUrl, async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE} template template0`);
  });
}

/** Throws away all data of the embedded database and leaves an empty one, not yet migrated. */
export async function dropLocalDatabase(adminUrl: string): Promise<void> {
  await onServer(adminUrl, async (client) => {
    await client.query(`drop database if exists ${DATABASE} with (force)`);
  });
  await makeDatabase(adminUrl);
}

/** The connection strings of the installation that runs on this data folder now; null when none does. */
export async function runningLocalPostgres(folder: string): Promise<PostgresUrls | null> {
  const dataDir = resolve(folder);
  if (!existsSync(dataDir)) return null;
  const server = runningServer(await findHome(dataDir, () => undefined));
  return server ? urlsAt(dataDir, server.port) : null;
}
