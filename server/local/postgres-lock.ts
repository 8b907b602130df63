import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive, Refusal } from "../bootstrap.mjs";
import type { Home } from "./postgres-home";

/** Who runs on a cluster now, as the lock file says that PostgreSQL keeps in it. */

/** The folder of the cluster. */
export const dataOf = (home: Home) => join(home.folder, "cluster");

/** The server that runs on this cluster, from the lock file that PostgreSQL keeps; null when there is none. */
export function runningServer(home: Home): { pid: number; port: number } | null {
  const [pid, port] = lockOf(home);
  return Number.isInteger(pid) && isServerOf(pid, dataOf(home)) ? { pid, port } : null;
}

/** A process number may have been given to somebody else since: its command names the folder. */
function isServerOf(pid: number, data: string): boolean {
  const { stdout, status } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  if (status === 0) return stdout.includes(data);
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(data);
  } catch {
    return false;
  }
}

/** Ends a server whose owner is dead: its keeper is about to, we insist, and at last we ask it to drop everything. */
export async function endOrphan(home: Home): Promise<void> {
  const started = Date.now();
  for (let orphan = runningServer(home); orphan !== null; orphan = runningServer(home)) {
    const waited = Date.now() - started;
    if (waited > 20_000) {
      throw new Refusal(`PostgreSQL (process ${orphan.pid}) still runs on ${home.folder} and does not stop: end it.`);
    }
    try {
      if (waited > 8_000) process.kill(orphan.pid, "SIGQUIT");
      else if (waited > 1_500) process.kill(orphan.pid, "SIGINT");
    } catch {
      // It has just ended.
    }
    await pause(100);
  }
  // What is left of a lock may name a process that somebody else has been given since: PostgreSQL would take it for itself.
  // Any other it clears by itself, and it must: the lock tells it whether processes of the dead server still write.
  const [pid] = lockOf(home);
  if (pid > 0 && isAlive(pid)) rmSync(join(dataOf(home), "postmaster.pid"), { force: true });
}

/** Process and port in the lock file that PostgreSQL keeps; not numbers when there is none. */
function lockOf(home: Home): [pid: number, port: number] {
  try {
    const lines = readFileSync(join(dataOf(home), "postmaster.pid"), "utf8").split("\n");
    return [Number(lines[0]), Number(lines[3])];
  } catch {
    return [Number.NaN, Number.NaN];
  }
}
