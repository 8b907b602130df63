import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminUrl } from "../tests/database";
import { TEST_LOGINS, TEST_PASSWORD } from "../tests/database-urls";
import { type Cluster, initialise, SUPERUSER, start } from "./local/postgres-cluster";
import { systemUser } from "./local/postgres-home";
import { migrate } from "./migrate";

/** What docs/operations.md says of backup and restore, with the tools of the PostgreSQL that the tests run on. */

const bin = process.env.TEST_POSTGRES_BIN ?? "";
const tool = (name: string, ...args: string[]) =>
  execFileSync(join(bin, name), args, { encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "pipe"] });

let folder = "";
let other: Cluster;

beforeAll(async () => {
  const user = systemUser();
  folder = mkdtempSync(join(tmpdir(), "tandem-restore-"));
  if (user) chownSync(folder, user.uid, user.gid);
  const home = { bin, folder, user };
  initialise(home, TEST_PASSWORD);
  other = await start(home, TEST_PASSWORD, { fsync: "off", max_connections: "40" });
}, 60_000);

afterAll(async () => {
  await other.stop();
  rmSync(folder, { recursive: true, force: true });
});

const onServer = (url: string, login: string, database: string, port: number) => {
  const address = new URL(url);
  address.username = login;
  address.pathname = `/${database}`;
  address.port = String(port);
  return address.href;
};

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

/** The whole schema with owners and grants, as the tools write it down; they drop needless brackets when they read it again. */
const schemaOf = (url: string) =>
  tool("pg_dump", "--schema-only", url)
    .replaceAll(/[()]/g, "")
    .split("\n")
    .filter((line) => !/^\\(un)?restrict /.test(line))
    .join("\n");

test("a dump of roles and database comes back on another server with owners, grants and rows, and migrates", async () => {
  const here = Number(new URL(adminUrl).port);
  const database = new URL(adminUrl).pathname.slice(1);
  const at = (login: string, name: string) => onServer(adminUrl, login, name, other.port);
  const [roles, dump] = [join(folder, "roles.sql"), join(folder, "tandem.dump")];

  tool("pg_dumpall", "--roles-only", `--dbname=${onServer(adminUrl, SUPERUSER, "postgres", here)}`, `--file=${roles}`);
  tool("pg_dump", "--format=custom", `--file=${dump}`, adminUrl);

  // Says that the superuser is there already, and goes on.
  tool("psql", "--quiet", `--dbname=${at(SUPERUSER, "postgres")}`, `--file=${roles}`);
  tool("pg_restore", "--create", "--exit-on-error", `--dbname=${at(SUPERUSER, "postgres")}`, dump);
  const restored = at(SUPERUSER, database);
  await migrate({ adminUrl: restored, logins: TEST_LOGINS.map((login) => at(login, database)) });

  expect(schemaOf(restored)).toBe(schemaOf(adminUrl));
  const counts = `select (select count(*) from ideas) as ideas, (select count(*) from events) as events,
    (select count(*) from auth.users) as people, (select count(*) from collab_log) as edits`;
  expect(await ask(restored, counts)).toEqual(await ask(adminUrl, counts));
  for (const login of TEST_LOGINS) expect(await ask(at(login, database), "select 1 as one")).toEqual([{ one: 1 }]);
});
