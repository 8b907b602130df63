import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startServer, type TestServer } from "../tests/e2e/server";
import { demoPassword } from "../tests/personas";

const root = fileURLToPath(new URL("..", import.meta.url));

/** How much the database holds while pages are measured. */
export interface Size {
  readonly ideas: number;
  readonly accounts: number;
  readonly events: number;
}

/** Where the filled database is kept between runs, so that only the first one waits for it. */
export function dataFolder(size: Size): string {
  return join(tmpdir(), `tandem-bench-${size.ideas}-${size.accounts}-${size.events}`);
}

/** Runs a command of the repository to its end and returns what it printed. Throws when it fails. */
export function run(command: readonly string[], env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.on("data", (part) => {
      printed += part;
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve(printed) : reject(new Error(`${command.join(" ")} ended with ${code}`)),
    );
  });
}

/** Fills a data folder with the demo data and the large one, once; says so while it does. */
export async function fillDatabase(size: Size, say: (line: string) => void): Promise<string> {
  const dataDir = dataFolder(size);
  const done = join(dataDir, "bench.json");
  if (existsSync(done)) {
    say(`The database filled at ${JSON.parse(readFileSync(done, "utf8")).filledAt} is used again (${dataDir}).`);
    return dataDir;
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  say(
    `Filling a database with ${size.ideas} ideas, ${size.accounts} accounts, ${size.events} events in ${dataDir} ...`,
  );
  const server = await startServer({ dataDir });
  const began = performance.now();
  try {
    const sizes = Object.entries(size).flatMap(([name, count]) => [`--${name}`, String(count)]);
    await run(["--import", "tsx", "bench/seed-large.ts", ...sizes], {
      DATA_DIR: dataDir,
      PORT: String(server.port),
    });
  } finally {
    await server.stop();
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  say(`Filled in ${seconds} s.`);
  writeFileSync(done, JSON.stringify({ ...size, seconds, filledAt: new Date().toISOString() }));
  return dataDir;
}

/** Signs a demo login in over HTTP, as a browser's form does, and returns the Cookie header. Throws when refused. */
export async function signIn(server: TestServer, email: string): Promise<string> {
  const answer = await fetch(`${server.origin}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: server.origin },
    body: new URLSearchParams({ email, password: demoPassword }),
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0]);
  if (answer.status >= 400 || cookies.length === 0) {
    throw new Error(
      `Signing in as ${email} was answered with ${answer.status}: ${(await answer.text()).slice(0, 300)}`,
    );
  }
  await answer.body?.cancel();
  return cookies.join("; ");
}
