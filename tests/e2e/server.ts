import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The first start makes a database, migrates it and loads the demo data; on a busy machine that takes a while. */
const READY_WITHIN_MS = 120_000;

/** What the tests may do to a running installation. */
export interface TestServer {
  /** `http://localhost:<port>`, the address people use. */
  readonly origin: string;
  readonly port: number;
  readonly dataDir: string;
  /** The pid of the process that serves. */
  pid(): number;
  /** Ends the server the hard way (SIGKILL), as a power cut would; `"group"` takes all its children with it. */
  kill(what?: "server" | "group"): Promise<void>;
  /** Starts again on the same port and data folder and returns when /readyz says so. */
  start(): Promise<void>;
  /** SIGTERM, or another signal; returns the milliseconds it took and the exit code. Kills after 10 s. */
  stop(signal?: NodeJS.Signals): Promise<{ ms: number; code: number | null }>;
  /** Everything it has printed so far. */
  output(): string;
  /** Stops it and removes its data folder. */
  dispose(): Promise<void>;
}

async function unusedPort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port was given");
  return address.port;
}

/**
 * A port that nobody listens on, and that no other worker of the tests was given: two who ask in the same moment are told the
 * same one, and the second would take the first one's server for its own. A folder made by one of them is the proof.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await unusedPort();
    const taken = join(tmpdir(), `tandem-port-${port}`);
    try {
      mkdirSync(taken);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw error;
    }
    process.once("exit", () => rmSync(taken, { recursive: true, force: true }));
    return port;
  }
}

/** A fresh data folder that the database's own user may enter when the tests run as root. */
export function freshDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), "tandem-e2e-"));
  chmodSync(folder, 0o755);
  return folder;
}

/** The environment of a server under test: nothing of the caller's own installation leaks in. */
export function serverEnvironment(own: Record<string, string>): NodeJS.ProcessEnv {
  const env: Record<string, string> = {};
  for (const name of ["PATH", "HOME", "LANG", "TMPDIR", "USER"]) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return { NODE_ENV: "development", ...env, HOST: "127.0.0.1", ...own };
}

/** Starts one process of the product in a group of its own; the group ends with the test process. */
export function spawnServer(
  env: NodeJS.ProcessEnv,
  command: readonly string[] = ["server/start.mjs"],
  program = process.execPath,
): ChildProcess {
  const child = spawn(program, command, { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const end = () => killGroup(child.pid, "SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.removeListener("exit", end));
  return child;
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already: that is what was wanted.
  }
}

function exited(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

/** How a server under test differs from a plain `npm start`. */
export interface ServerOptions {
  /** More environment variables. */
  readonly env?: Record<string, string>;
  /** A data folder to use and to keep; a fresh one, removed at the end, when left out. */
  readonly dataDir?: string;
}

/**
 * Starts the real server, as `npm start` does, on a free port with a fresh data folder, and waits until it is ready.
 * @throws when it exits or is not ready in time; the message holds what it printed
 */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const port = await freePort();
  const dataDir = options.dataDir ?? freshDataDir();
  const origin = `http://localhost:${port}`;
  const env = serverEnvironment({
    PORT: String(port),
    DATA_DIR: dataDir,
    ...(options.env?.NODE_ENV === "production" && { APP_ORIGIN: origin }),
    ...options.env,
  });
  const discard = () => {
    if (options.dataDir === undefined)
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const logs = join(root, "test-results", "servers");
  mkdirSync(logs, { recursive: true });
  const logFile = join(logs, `${port}.log`);
  let child: ChildProcess | null = null;

  const output = () => readFileSync(logFile, "utf8");
  const running = (): ChildProcess => {
    if (!child) throw new Error("The server is not running");
    return child;
  };

  const start = async () => {
    const log = createWriteStream(logFile, { flags: "a" });
    const started = spawnServer(env);
    child = started;
    started.stdout?.pipe(log, { end: false });
    started.stderr?.pipe(log, { end: false });
    started.once("close", () => log.end());
    const until = Date.now() + READY_WITHIN_MS;
    while (Date.now() < until) {
      if (started.exitCode !== null || started.signalCode !== null) {
        throw new Error(`The server ended with ${started.exitCode ?? started.signalCode}:\n${output().slice(-4000)}`);
      }
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.status === 200) return;
      await sleep(50);
    }
    killGroup(started.pid, "SIGKILL");
    throw new Error(`The server was not ready within ${READY_WITHIN_MS} ms:\n${output().slice(-4000)}`);
  };

  const kill = async (what: "server" | "group" = "server") => {
    const victim = running();
    if (what === "group") killGroup(victim.pid, "SIGKILL");
    else victim.kill("SIGKILL");
    await exited(victim);
    child = null;
  };

  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    const leaving = running();
    const began = performance.now();
    leaving.kill(signal);
    const timer = setTimeout(() => killGroup(leaving.pid, "SIGKILL"), 10_000);
    const code = await exited(leaving);
    clearTimeout(timer);
    child = null;
    return { ms: performance.now() - began, code };
  };

  const dispose = async () => {
    const last = child;
    if (last) {
      await stop();
      killGroup(last.pid, "SIGKILL");
    }
    discard();
  };

  try {
    await start();
  } catch (problem) {
    discard();
    throw problem;
  }
  const pid = () => {
    const { pid: id } = running();
    if (id === undefined) throw new Error("The server has no pid");
    return id;
  };
  return { origin, port, dataDir, pid, kill, start, stop, output, dispose };
}
