import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { Refusal } from "../bootstrap.mjs";
import type { Home } from "./postgres-home";
import { dataOf, endOrphan } from "./postgres-lock";

export const SUPERUSER = "supabase_admin";
const START_MS = 30_000;
const STOP_MS = 4_000;
const LOG_LIMIT = 10 * 2 ** 20;

/**
 * Runs the server and stops it when our end of the pipe closes: by stop(), or because we were killed with -9. A second
 * signal follows when the polite one is not enough.
 */
const KEEPER = `
exec 3<&0
"$@" 3<&- </dev/null &
server=$!
( while read -r _ <&3; do :; done
  kill -INT $server 2>/dev/null
  sleep ${STOP_MS / 1000} & nap=$!
  trap 'kill $nap 2>/dev/null; exit' TERM
  wait $nap
  kill -QUIT $server 2>/dev/null ) >/dev/null 2>&1 &
watcher=$!
wait $server
code=$?
kill $watcher 2>/dev/null
exit $code`;

export type Cluster = { readonly port: number; readonly exited: Promise<number>; stop(): Promise<void> };

const logOf = (home: Home) => join(home.folder, "server.log");

/** Makes the cluster when there is none yet: finished or not there at all, whenever we are interrupted. */
export function initialise(home: Home, password: string): void {
  for (const name of readdirSync(home.folder)) {
    if (name.startsWith("cluster.new-")) rmSync(join(home.folder, name), { recursive: true, force: true });
  }
  const data = dataOf(home);
  if (existsSync(data)) {
    requireSameVersion(home, data);
    return;
  }
  const unfinished = `${data}.new-${process.pid}`;
  const passwordFile = join(home.folder, `cluster.new-${process.pid}-password`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  mkdirSync(unfinished, { mode: 0o700 });
  if (home.user) for (const path of [unfinished, passwordFile]) chownSync(path, home.user.uid, home.user.gid);
  const flags = [
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--data-checksums",
  ];
  const { status, stdout, stderr, error } = spawnSync(
    join(home.bin, "initdb"),
    ["-D", unfinished, ...flags, `--locale=${locale()}`, "--no-instructions"],
    { ...home.user, cwd: home.folder, encoding: "utf8", env: { ...process.env, LC_ALL: "" } },
  );
  rmSync(passwordFile, { force: true });
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw failure("PostgreSQL could not make its files", home, `${stdout}\n${stderr}\n${error?.message ?? ""}`);
  }
  renameSync(unfinished, data);
}

function locale(): string {
  const { stdout } = spawnSync("locale", ["-a"], { encoding: "utf8" });
  const known = (stdout ?? "").split(/\s+/);
  return ["C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8"].find((name) => known.includes(name)) ?? "C";
}

function requireSameVersion(home: Home, data: string): void {
  const have = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  const said = spawnSync(join(home.bin, "postgres"), ["--version"], {
    ...home.user,
    cwd: "/",
    encoding: "utf8",
  }).stdout;
  const runs = / (\d+)/.exec(said ?? "")?.[1];
  if (runs === undefined || runs === have) return;
  throw new Refusal(
    `The data in ${home.folder} was written by PostgreSQL ${have} and this is PostgreSQL ${runs}: ` +
      "choose another folder with DATA_DIR, or move the data with pg_dump.",
  );
}

async function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/**
 * Starts the server on a port of 127.0.0.1, a free one unless told, and waits until it answers. It ends with us, however we
 * end. Throws a Refusal when the disk is full or the server does not come up, with what it said.
 */
export async function start(
  home: Home,
  password: string,
  settings: Record<string, string>,
  at: number | null = null,
): Promise<Cluster> {
  await endOrphan(home);
  const until = Date.now() + START_MS;
  for (let attempt = 1; ; attempt++) {
    const port = at ?? (await freePort());
    const from = existsSync(logOf(home)) ? statSync(logOf(home)).size : 0;
    const cluster = launch(home, port, settings);
    const answered = await Promise.race([answers(port, password), cluster.exited.then(() => false)]);
    if (answered) return cluster;
    await cluster.stop();
    const written = readFileSync(logOf(home));
    const said = written
      .subarray(written.length < from ? 0 : from)
      .toString("utf8")
      .split("\n")
      .slice(-30)
      .join("\n");
    // Somebody else took the port between our look and its.
    if (attempt < 5 && /could not bind|Address already in use/i.test(said)) continue;
    // The last processes of a server that was killed are about to notice it.
    if (Date.now() < until && /pre-existing shared memory block/i.test(said)) {
      await pause(200);
      continue;
    }
    throw failure("PostgreSQL did not start", home, said);
  }
}

/**
 * Keeps a server up: one that ends without being told to is started again on its port, where everybody who was connected
 * looks for it; when it cannot be, again and again. Out: a server that ends when stop() says so.
 */
export function keepUp(
  first: Cluster,
  again: (port: number) => Promise<Cluster>,
  log: (message: string) => void,
): Cluster {
  const stopped = new AbortController();
  let current = first;
  const startAgain = async () => {
    for (let wait = 500; !stopped.signal.aborted; wait = Math.min(wait * 2, 30_000)) {
      try {
        current = await again(first.port);
        return;
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
        await pause(wait, undefined, { signal: stopped.signal }).catch(() => undefined);
      }
    }
  };
  const exited = (async () => {
    for (;;) {
      const code = await current.exited;
      if (stopped.signal.aborted) return code;
      log("PostgreSQL ended by itself; starting it again");
      await startAgain();
      if (stopped.signal.aborted) await current.stop();
    }
  })();
  return {
    port: first.port,
    exited,
    stop: async () => {
      stopped.abort();
      await current.stop();
      await exited;
    },
  };
}

function launch(home: Home, port: number, settings: Record<string, string>): Cluster {
  const all = { ...settings, listen_addresses: "127.0.0.1", port: String(port), unix_socket_directories: "" };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  if (existsSync(logOf(home)) && statSync(logOf(home)).size > LOG_LIMIT) truncateSync(logOf(home));
  const log = openSync(logOf(home), "a", 0o600);
  const child: ChildProcess = spawn(
    "/bin/sh",
    ["-c", KEEPER, "tandem-postgres", join(home.bin, "postgres"), "-D", dataOf(home), ...flags],
    // A group of its own: Ctrl-C is for us; the server stops after those who use it.
    { ...home.user, cwd: home.folder, detached: true, stdio: ["pipe", log, log] },
  );
  closeSync(log);
  child.stdin?.on("error", () => undefined);
  const exited = new Promise<number>((resolve) => {
    child.once("error", () => resolve(-1));
    child.once("exit", (code) => resolve(code ?? -1));
  });
  const stop = async () => {
    child.stdin?.end();
    await exited;
  };
  return { port, exited, stop };
}

async function answers(port: number, password: string): Promise<boolean> {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    const client = new pg.Client({ host: "127.0.0.1", port, user: SUPERUSER, password, database: "postgres" });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await client.end().catch(() => undefined);
      await pause(30);
    }
  }
  return false;
}

function failure(what: string, home: Home, said: string): Error {
  if (/No space left on device|ENOSPC|Disk quota exceeded/i.test(said)) {
    return new Refusal(
      `The disk that holds ${home.folder} is full: make room, or choose another folder with DATA_DIR.`,
    );
  }
  return new Error(`${what} (${home.folder}):\n${said.trim()}`);
}
