// What `npm start` and `npm test` do before there are packages: only Node's own modules may be imported here.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const INSTALLED = join(ROOT, "node_modules", ".tandem-installed");
const NODE_FLOOR = [20, 19];

/** A reason to stop that needs no stack trace: it is shown as one sentence and the process exits 1. */
export class Refusal extends Error {}

/** One line for the person watching. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Throws a Refusal on a Node older than the floor, whose errors would otherwise be about syntax. */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1])) return;
  throw new Refusal(`Tandem needs Node ${NODE_FLOOR.join(".")} or newer; this is Node ${version}.`);
}

/** Installs exactly what package-lock.json lists, when that differs from what is installed. */
export async function installPackages() {
  const wanted = digest(
    [join(ROOT, "package.json"), join(ROOT, "package-lock.json")],
    [process.platform, process.arch],
  );
  if (readIfThere(INSTALLED) === wanted) return;
  if (!sameAsInstalled()) {
    say("Installing packages (a minute or two)");
    const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
    // In production npm would leave out the tools that build the pages.
    const { code, output } = await run([...npm, "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
    if (code !== 0) throw new Refusal(explain("Installing packages did not work", output));
  }
  writeFileSync(INSTALLED, wanted);
}

/** Builds pages and server when what they are made of has changed since the last build. */
export async function build() {
  const wanted = digest(
    [
      ...["app", "public", "server"].flatMap((folder) => filesIn(join(ROOT, folder))),
      ...[
        "vite.config.ts",
        "vite.server.config.ts",
        "vite.own-address.ts",
        "remix.config.js",
        "tsconfig.json",
        "package-lock.json",
      ]
        .concat("tests/personas.ts")
        .map((name) => join(ROOT, name)),
    ],
    [ROOT],
  );
  const folder = join(ROOT, "build");
  if (readIfThere(join(folder, ".inputs")) === wanted) return;
  say("Building pages and server (half a minute)");
  for (const name of readdirSync(ROOT)) {
    const owner = /^build\.(?:new|server|old)-(\d+)$/.exec(name)?.[1];
    // Left by a start that was killed while it was building.
    if (owner && !isAlive(Number(owner))) rmSync(join(ROOT, name), { recursive: true, force: true });
  }
  // Beside the old build, then put in its place in one step: a half-finished build is never served, and two starts at
  // once do not write into each other's files.
  const fresh = join(ROOT, `build.new-${process.pid}`);
  const old = join(ROOT, `build.old-${process.pid}`);
  // A folder of its own: the build of the pages empties its folder when it begins, whatever another has put there.
  const server = join(ROOT, `build.server-${process.pid}`);
  const into = (folder) => ({ NODE_ENV: "production", TANDEM_BUILD_FOLDER: basename(folder) });
  const program = (...path) => [process.execPath, join(ROOT, "node_modules", ...path)];
  try {
    const results = await Promise.all([
      run([...program("@remix-run", "dev", "dist", "cli.js"), "vite:build"], into(fresh)),
      run([...program("vite", "bin", "vite.js"), "build", "--config", "vite.server.config.ts"], into(server)),
    ]);
    for (const { code, output } of results) {
      if (code !== 0) throw new Refusal(explain("Building did not work", output));
    }
    renameSync(join(server, "start"), join(fresh, "start"));
    writeFileSync(join(fresh, ".inputs"), wanted);
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(fresh, folder);
  } finally {
    for (const rest of [fresh, server, old]) rmSync(rest, { recursive: true, force: true });
  }
}

/**
 * Runs one command in a process group of its own and ends that group with this process, so that an interrupted start
 * leaves nothing behind. Answers the exit code (128 + signal number is not imitated: a signal is -1) and all output.
 */
export function run([command, ...args], env = {}, { echo = false, timeoutMs = 15 * 60_000 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
        if (echo) process.stdout.write(chunk);
      });
    }
    const end = () => signalGroup(child.pid, "SIGKILL");
    // Asked first, since a test run has servers and browsers of its own to end; made to when it does not listen.
    const ask = () => {
      signalGroup(child.pid, "SIGINT");
      setTimeout(end, 4000).unref();
    };
    const timer = setTimeout(() => {
      output += `\nstopped after ${timeoutMs / 1000} s`;
      ask();
    }, timeoutMs);
    let interrupted = false;
    const interrupt = () => {
      interrupted = true;
      ask();
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, interrupt);
    process.once("exit", end);
    const settle = (code) => {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, interrupt);
      process.off("exit", end);
      end();
      if (interrupted) process.exit(130);
      resolve({ code, output });
    };
    child.on("error", (error) => {
      output += error.message;
      settle(-1);
    });
    child.on("close", (code) => settle(code ?? -1));
  });
}

function signalGroup(pid, signal) {
  if (!pid) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody left in it.
  }
}

/** Runs the given steps; a Refusal is printed as its sentence, and the process exits 1. */
export async function orRefuse(steps) {
  try {
    await steps();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/**
 * Whether there is a process of this number, whoever it belongs to.
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function explain(what, output) {
  if (/ENOSPC|no space left/i.test(output))
    return "The disk is full: Tandem needs about 2 GB for its packages and data.";
  const lines = output.trim().split("\n");
  const first = Math.max(
    0,
    lines.findIndex((line) => /error|could not|failed/i.test(line)),
  );
  return `${what}:\n${lines.slice(first, first + 20).join("\n")}`;
}

function sameAsInstalled() {
  const installed = readIfThere(join(ROOT, "node_modules", ".package-lock.json"));
  if (!installed) return false;
  const have = JSON.parse(installed).packages ?? {};
  const want = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")).packages ?? {};
  return Object.entries(want).every(
    ([path, { version, optional }]) =>
      path === "" || have[path]?.version === version || (optional && have[path] === undefined),
  );
}

function digest(files, facts) {
  const hash = createHash("sha256").update(JSON.stringify(facts));
  for (const file of files) hash.update(file.slice(ROOT.length)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
