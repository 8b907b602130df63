import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { cookieOf, ORIGIN } from "../../app/collab/collab-server.fixture";
import { run } from "../../server/bootstrap.mjs";
import { SUPERUSER } from "../../server/local/postgres-cluster";
import { processesOf } from "../processes";
import { openDatabase } from "./database";
import type { Dialect } from "./line";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const RIVALS = join(ROOT, "bench", "rivals");
/** Asked by SIGUSR2, a server throws away what it no longer needs, so that memory can be compared. */
const COLLECT = "data:text/javascript,process.on('SIGUSR2',()=>{gc();gc()})";

export type Running = {
  port: number;
  /** Milliseconds of processor time so far, of the server and of the database. */
  cpu(): { app: number; database: number };
  /** Kilobytes in memory, after collecting. */
  memory(): Promise<number>;
  kill(): Promise<void>;
};

export type Server = {
  name: string;
  dialect: Dialect;
  /** What it was told survives it. */
  keeps: boolean;
  room(): string;
  start(): Promise<Running>;
};

export type Bench = {
  servers: readonly Server[];
  /** Where live editing of ours keeps its documents. */
  url: string;
  /** Bytes that the database has written to its log so far. */
  wal(): Promise<number>;
  end(): Promise<void>;
};

/** A PostgreSQL that really writes to disk, and the three servers on it. */
export async function prepare(): Promise<Bench> {
  if (!existsSync(join(RIVALS, "node_modules"))) {
    const { code, output } = await run([
      "npm",
      "ci",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      // Hocuspocus asks for a newer Node than we do, and runs on ours.
      "--engine-strict=false",
      "--prefix",
      RIVALS,
    ]);
    if (code !== 0) throw new Error(output);
  }
  const database = await openDatabase();
  const { folder, url } = database;
  await database.asSuperuser("postgres", (client) => client.query("create database hocuspocus"));
  await database.asSuperuser("hocuspocus", (client) =>
    client.query("create table documents (name text primary key, data bytea)"),
  );
  const admin = new pg.Client({ connectionString: url(SUPERUSER, "postgres") });
  await admin.connect();
  const children = new Set<ChildProcess>();

  const starter = (script: string[], cwd: string) => async (): Promise<Running> => {
    const child = spawn(process.execPath, ["--expose-gc", "--import", COLLECT, ...script], {
      cwd,
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    children.add(child);
    const pid = child.pid ?? 0;
    const [said] = (await Promise.race([once(child.stdout, "data"), once(child, "exit")])) as [Buffer | number];
    if (!Buffer.isBuffer(said)) throw new Error(`${script.join(" ")} ended with ${said}`);
    return {
      port: Number(said.toString()),
      cpu: () => cpuOf(pid, folder),
      memory: () => collected(pid),
      async kill() {
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
        children.delete(child);
      },
    };
  };

  const plain: Omit<Dialect, "path"> = { headers: () => ({}), named: false };
  const servers: Server[] = [
    {
      name: "Tandem",
      dialect: {
        path: (room) => `/collab/${room}`,
        headers: (name) => ({ Cookie: cookieOf({ personId: name, name, may: "edit" }), Origin: ORIGIN }),
        named: false,
      },
      keeps: true,
      room: () => `idea:${randomUUID()}:brief`,
      start: starter(
        ["--import", "tsx", "app/collab/collab-server.fixture.ts", url("portal_jobs", "tandem"), "0"],
        ROOT,
      ),
    },
    {
      name: "y-websocket-server",
      dialect: { ...plain, path: (room) => `/${room}` },
      keeps: false,
      room: randomUUID,
      start: starter(["y-websocket.mjs"], RIVALS),
    },
    {
      name: "Hocuspocus",
      dialect: { headers: () => ({}), path: () => "/", named: true },
      keeps: true,
      room: randomUUID,
      start: starter(["hocuspocus.mjs", url(SUPERUSER, "hocuspocus")], RIVALS),
    },
  ];
  return {
    servers,
    url: url("portal_jobs", "tandem"),
    async wal() {
      const { rows } = await admin.query("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as bytes");
      return Number(rows[0]?.bytes);
    },
    async end() {
      for (const child of children) child.kill("SIGKILL");
      await admin.end();
      await database.end();
    },
  };
}

function cpuOf(pid: number, folder: string): { app: number; database: number } {
  let [app, database] = [0, 0];
  for (const one of processesOf(pid, folder)) {
    if (one.pid === pid) app += one.cpuMs;
    else database += one.cpuMs;
  }
  return { app, database };
}

async function collected(pid: number): Promise<number> {
  process.kill(pid, "SIGUSR2");
  await new Promise((then) => setTimeout(then, 700));
  return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4;
}
