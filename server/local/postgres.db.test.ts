import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { isAlive, Refusal, ROOT } from "../bootstrap.mjs";
import { type LocalPostgres, runningLocalPostgres, startLocalPostgres } from "./postgres";

vi.setConfig({ testTimeout: 60_000 });

let dataDir = "";
const running: LocalPostgres[] = [];

// Made once and copied: making a cluster takes longer than all that is asked of it here.
let pattern = "";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "tandem-postgres-test-"));
  chmodSync(made, 0o755);
  return made;
}

beforeAll(async () => {
  pattern = folder();
  await (await startLocalPostgres({ dataDir: pattern })).stop();
});

afterAll(() => rmSync(pattern, { recursive: true, force: true }));

beforeEach(() => {
  dataDir = folder();
  execFileSync("cp", ["-a", `${pattern}/.`, dataDir]);
});

afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<LocalPostgres> {
  const postgres = await startLocalPostgres({ dataDir });
  running.push(postgres);
  return postgres;
}

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

const cluster = () => join(dataDir, "postgres", "cluster");

/** The process of the server on the data folder, from PostgreSQL's own lock. */
function serverPid(): number {
  return Number(readFileSync(join(cluster(), "postmaster.pid"), "utf8").split("\n")[0]);
}

async function gone(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 8_000 && isAlive(pid); waited += 50) await pause(50);
  return !isAlive(pid);
}

/** Another process that owns a server on the data folder; resolves when it is up. */
async function otherOwner(): Promise<ChildProcess> {
  const script = `import { startLocalPostgres } from ${JSON.stringify(join(ROOT, "server/local/postgres.ts"))};
    await startLocalPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    console.log("up"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`the other owner ended with ${code}`)));
  });
  return child;
}

test("what was written is there after a stop and a start", async () => {
  const first = await start();
  await ask(first.urls.admin, "create table kept as select 'words' as said");
  await first.stop();
  expect(await runningLocalPostgres(dataDir)).toBeNull();
  const second = await start();
  expect(await ask(second.urls.admin, "select said from kept")).toEqual([{ said: "words" }]);
});

test("a second start while one runs in the same folder finds its address", async () => {
  const { urls } = await start();
  expect(await runningLocalPostgres(dataDir)).toEqual(urls);
});

test("nothing but this machine reaches it, and nobody without a password", async () => {
  const { urls } = await start();
  const rows = await ask(
    urls.admin,
    "select name, setting from pg_settings where name in ('listen_addresses', 'fsync')",
  );
  expect(rows).toEqual([
    { name: "fsync", setting: "on" },
    { name: "listen_addresses", setting: "127.0.0.1" },
  ]);
  const withoutPassword = new URL(urls.admin);
  withoutPassword.password = "wrong";
  await expect(ask(withoutPassword.href, "select 1")).rejects.toThrow(/password authentication failed/);
});

test("killing its owner with -9 leaves no server behind", async () => {
  const owner = await otherOwner();
  const server = serverPid();
  owner.kill("SIGKILL");
  expect(await gone(server)).toBe(true);
});

test("a server whose owner and keeper were both killed is ended by the next start, and its data is there", async () => {
  const owner = await otherOwner();
  const orphan = serverPid();
  const other = await runningLocalPostgres(dataDir);
  await ask(other?.admin ?? "", "create table kept as select 'words' as said");
  const keeper = Number(execFileSync("ps", ["-o", "ppid=", "-p", String(orphan)], { encoding: "utf8" }));
  process.kill(keeper, "SIGKILL");
  owner.kill("SIGKILL");
  await pause(300);
  const { urls } = await start();
  expect(isAlive(orphan) && serverPid() === orphan).toBe(false);
  expect(await ask(urls.admin, "select said from kept")).toEqual([{ said: "words" }]);
});

test("a server killed with -9 comes back at its address with all that was committed, and stops when told", async () => {
  const { urls, stop } = await start();
  await ask(urls.admin, "create table kept as select 'words' as said");
  const killed = serverPid();
  process.kill(killed, "SIGKILL");
  await vi.waitFor(async () => expect(await ask(urls.admin, "select said from kept")).toEqual([{ said: "words" }]), {
    timeout: 30_000,
    interval: 50,
  });
  const server = serverPid();
  expect(server).not.toBe(killed);
  await stop();
  expect(await gone(server)).toBe(true);
  expect(await runningLocalPostgres(dataDir)).toBeNull();
});

test("a lock left by a power cut that names a living stranger's process is no obstacle", async () => {
  const first = await start();
  await first.stop();
  writeFileSync(join(cluster(), "postmaster.pid"), `${process.pid}\n${cluster()}\n1\n5432\n\n\n`);
  const { urls } = await start();
  expect(await ask(urls.admin, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a first start that was cut short is begun again", async () => {
  renameSync(cluster(), `${cluster()}.new-1`);
  const { urls } = await start();
  expect(readdirSync(join(dataDir, "postgres")).sort()).toEqual(["cluster", "server.log"]);
  expect(await ask(urls.admin, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("data of another PostgreSQL is refused in one sentence and left alone", async () => {
  const first = await start();
  await first.stop();
  writeFileSync(join(cluster(), "PG_VERSION"), "14\n");
  await expect(startLocalPostgres({ dataDir })).rejects.toThrow(Refusal);
  await expect(startLocalPostgres({ dataDir })).rejects.toThrow(
    /was written by PostgreSQL 14 and this is PostgreSQL 17/,
  );
  expect(existsSync(join(cluster(), "base"))).toBe(true);
});
