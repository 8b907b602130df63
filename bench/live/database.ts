import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { initialise, SUPERUSER, start } from "../../server/local/postgres-cluster";
import { embeddedBinaries, systemUser } from "../../server/local/postgres-home";
import { runningServer } from "../../server/local/postgres-lock";
import { migrate } from "../../server/migrate";

const PASSWORD = "for-the-benchmark-only";
const LOGINS = ["portal_app", "portal_staff_app", "portal_jobs", "supabase_gateway"];
const SETTINGS = { max_connections: "100", shared_buffers: "256MB", jit: "off" };

export type Database = {
  folder: string;
  /** Where a login reaches a database of it. */
  url(login: string, database: string): string;
  /** Does something as its superuser, on a connection of its own. */
  asSuperuser<Result>(database: string, work: (client: pg.Client) => Promise<Result>): Promise<Result>;
  /** SIGKILL, and started again on the same port. */
  killAndStart(): Promise<void>;
  end(): Promise<void>;
};

/** A PostgreSQL that really writes to disk, with a migrated database `tandem`. */
export async function openDatabase(): Promise<Database> {
  const user = systemUser();
  const folder = mkdtempSync(join(tmpdir(), "tandem-bench-live-"));
  if (user) chownSync(folder, user.uid, user.gid);
  const home = { bin: await embeddedBinaries(), folder, user };
  initialise(home, PASSWORD);
  let cluster = await start(home, PASSWORD, SETTINGS);
  const url = (login: string, database: string) =>
    `postgres://${login}:${PASSWORD}@127.0.0.1:${cluster.port}/${database}`;
  const asSuperuser: Database["asSuperuser"] = async (database, work) => {
    const client = new pg.Client({ connectionString: url(SUPERUSER, database) });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  await asSuperuser("postgres", (client) => client.query("create database tandem"));
  await migrate({ adminUrl: url(SUPERUSER, "tandem"), logins: LOGINS.map((login) => url(login, "tandem")) });
  return {
    folder,
    url,
    asSuperuser,
    async killAndStart() {
      const { port, exited } = cluster;
      const running = runningServer(home);
      if (!running) throw new Error("there is no PostgreSQL to kill");
      process.kill(running.pid, "SIGKILL");
      await exited;
      cluster = await start(home, PASSWORD, SETTINGS, port);
    },
    async end() {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
