// `npm run db:migrate`, `db:reset`, `db:types`, `db:url -- admin|app|jobs`: what operators and scripts do to a database.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Settings } from "~/kernel/env.server";
import { orRefuse, Refusal, ROOT, say } from "./bootstrap.mjs";
import { claimFolder } from "./claim";
import { generateTypes } from "./database-types";
import { loadDemoData } from "./local/demo-data";
import { originOf } from "./local/index";
import { dropLocalDatabase, type PostgresUrls, runningLocalPostgres, startLocalPostgres } from "./local/postgres";
import { migrate } from "./migrate";
import { settingsOrRefusal } from "./settings";

const NOT_IN_PRODUCTION = "db:url is refused in production: connection strings carry passwords.";

const dataFolder = (settings: Settings) => resolve(ROOT, settings.DATA_DIR);

/** Runs `work` on the embedded database of the data folder, which no server may be using, and stops it again. */
async function withStoppedDatabase(settings: Settings, work: (urls: PostgresUrls) => Promise<void>): Promise<void> {
  const dataDir = dataFolder(settings);
  const release = claimFolder(dataDir, originOf(settings));
  try {
    const postgres = await startLocalPostgres({ dataDir, log: say });
    try {
      await work(postgres.urls);
    } finally {
      await postgres.stop();
    }
  } finally {
    release();
  }
}

const migrateLocal = ({ admin, ...logins }: PostgresUrls) =>
  migrate({ adminUrl: admin, logins: Object.values(logins), log: say });

async function migrateCommand(settings: Settings): Promise<void> {
  if (settings.DATABASE_URL) {
    if (!settings.MIGRATION_DATABASE_URL) {
      throw new Refusal("MIGRATION_DATABASE_URL is missing: migrations need the role that owns the tables.");
    }
    const { DATABASE_URL, STAFF_DATABASE_URL, JOBS_DATABASE_URL, GATEWAY_DATABASE_URL } = settings;
    const logins = [DATABASE_URL, STAFF_DATABASE_URL, JOBS_DATABASE_URL, GATEWAY_DATABASE_URL].filter(
      (url) => url !== undefined,
    );
    await migrate({ adminUrl: settings.MIGRATION_DATABASE_URL, logins, log: say });
  } else {
    const running = await runningLocalPostgres(dataFolder(settings));
    if (running) await migrateLocal(running);
    else await withStoppedDatabase(settings, async (urls) => void (await migrateLocal(urls)));
  }
  say("The database is up to date.");
}

/** Only ever the embedded database: a command that empties somebody's server would be one typing mistake away. */
async function resetCommand(settings: Settings): Promise<void> {
  if (settings.NODE_ENV === "production" || settings.DATABASE_URL) {
    throw new Refusal("db:reset empties the embedded database of a developer's machine and no other.");
  }
  await withStoppedDatabase(settings, async (urls) => {
    await dropLocalDatabase(urls.admin);
    await migrateLocal(urls);
    await loadDemoData(urls.admin);
  });
  say("The database is new and holds the demo data.");
}

/** Types come from the migrations alone: a database made for this moment, whatever the installation holds. */
async function typesCommand(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "tandem-types-"));
  chmodSync(dataDir, 0o755);
  const postgres = await startLocalPostgres({ dataDir, log: say });
  try {
    await migrateLocal(postgres.urls);
    const { status } = generateTypes(postgres.urls.admin, ["--log-level=warn"]);
    if (status !== 0) throw new Refusal("The types could not be written; see above.");
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  say("Wrote app/kernel/db-types.gen.ts");
}

/**
 * The connection string of the running installation for a purpose.
 * @throws Refusal in production, for an unknown purpose, and when nothing runs
 */
export async function connectionString(settings: Settings, purpose: string | undefined): Promise<string> {
  if (settings.NODE_ENV === "production") throw new Refusal(NOT_IN_PRODUCTION);
  if (purpose !== "admin" && purpose !== "app" && purpose !== "jobs") {
    throw new Refusal("Say which: npm run -s db:url -- admin|app|jobs");
  }
  if (settings.DATABASE_URL) {
    const { MIGRATION_DATABASE_URL: admin, DATABASE_URL: app, JOBS_DATABASE_URL: jobs } = settings;
    const url = { admin, app, jobs }[purpose];
    if (!url) throw new Refusal(`No address is configured for ${purpose}.`);
    return url;
  }
  const running = await runningLocalPostgres(dataFolder(settings));
  if (!running) {
    throw new Refusal(`Nothing runs on ${dataFolder(settings)}: start it first, or name another folder with DATA_DIR.`);
  }
  return { admin: running.admin, app: running.portal, jobs: running.jobs }[purpose];
}

async function main([command, ...rest]: readonly string[]): Promise<void> {
  // Refused before anything is read: also where the settings of production are not complete.
  if (command === "url" && process.env.NODE_ENV === "production") throw new Refusal(NOT_IN_PRODUCTION);
  const settings = settingsOrRefusal();
  switch (command) {
    case "migrate":
      return migrateCommand(settings);
    case "reset":
      return resetCommand(settings);
    case "types":
      return typesCommand();
    case "url":
      return say(await connectionString(settings, rest[0]));
    default:
      throw new Refusal("Say what to do: migrate, reset, types, or url admin|app|jobs.");
  }
}

if (process.argv[1] && resolve(process.argv[1]) === join(ROOT, "server", "database.ts")) {
  await orRefuse(() => main(process.argv.slice(2)));
}
