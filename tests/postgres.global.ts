import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { isAlive } from "../server/bootstrap.mjs";
import { loadDemoData } from "../server/local/demo-data";
import { type Cluster, initialise, SUPERUSER, start } from "../server/local/postgres-cluster";
import { embeddedBinaries, systemUser } from "../server/local/postgres-home";
import { migrate } from "../server/migrate";
import { TEMPLATE, TEST_LOGINS, TEST_PASSWORD, testUrl } from "./database-urls";

const PREFIX = "tandem-test-";
/** Nothing here outlives the run, so nothing is forced to disk. */
const SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "200",
  shared_buffers: "128MB",
  jit: "off",
  max_parallel_workers_per_gather: "0",
  random_page_cost: "1.1",
  timezone: "UTC",
};

/**
 * One PostgreSQL for the run, in memory where the system has a place for that, with one migrated and filled database
 * that every test file clones. TEST_POSTGRES_BIN names the folder of another PostgreSQL's programs.
 */
export default async function startPostgresForTests(): Promise<() => Promise<void>> {
  const memory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  removeLeftovers(memory);
  const user = systemUser();
  const folder = mkdtempSync(join(memory, `${PREFIX}${process.pid}-`));
  mkdirSync(folder, { recursive: true });
  if (user) chownSync(folder, user.uid, user.gid);
  const bin = process.env.TEST_POSTGRES_BIN || (await embeddedBinaries());
  const home = { bin, folder, user };
  const clear = () => rmSync(folder, { recursive: true, force: true });
  let cluster: Cluster | null = null;
  const end = async () => {
    await cluster?.stop();
    clear();
  };
  try {
    initialise(home, TEST_PASSWORD);
    cluster = await start(home, TEST_PASSWORD, SETTINGS);
    process.env.TANDEM_TEST_PORT = String(cluster.port);
    await makeTemplate();
    return end;
  } catch (error) {
    await end();
    throw error;
  }
}

async function makeTemplate(): Promise<void> {
  const adminUrl = testUrl(SUPERUSER, TEMPLATE);
  const server = new pg.Client({ connectionString: testUrl(SUPERUSER, "postgres") });
  await server.connect();
  await server.query(`create database ${TEMPLATE}`);
  await migrate({ adminUrl, logins: TEST_LOGINS.map((login) => testUrl(login, TEMPLATE)) });
  await loadDemoData(adminUrl);
  // Queued jobs belong to nobody's test; whoever tests one queues it.
  await server.query(`alter database ${TEMPLATE} with allow_connections false`);
  await server.end();
}

/** Folders of runs that were killed. */
function removeLeftovers(memory: string): void {
  for (const name of readdirSync(memory)) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(memory, name), { recursive: true, force: true });
  }
}
