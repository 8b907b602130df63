import { readdirSync, readFileSync } from "node:fs";

/** Linux counts processor time in hundredths of a second. */
const MS_PER_TICK = 10;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly cpuMs: number;
}

function readProcess(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold anything, so the fields are counted from its end.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return { pid, parent: Number(fields[1]), command, cpuMs: ticks * MS_PER_TICK };
  } catch {
    // It ended between listing and reading.
    return null;
  }
}

/**
 * The server's process, everything that serves from its data folder, and all their children: the application and its
 * database. Children that ended count with their parents.
 */
export function processesOf(serverPid: number, dataDir: string): readonly Process[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((one) => one !== null);
  const mine = new Set([serverPid]);
  for (const one of all) if (one.pid !== process.pid && one.command.includes(dataDir)) mine.add(one.pid);
  for (let before = -1; before !== mine.size; ) {
    before = mine.size;
    for (const one of all) if (mine.has(one.parent)) mine.add(one.pid);
  }
  return all.filter((one) => mine.has(one.pid));
}

/** Milliseconds of processor time that application and database have used so far, apart. */
export function cpuMs(serverPid: number, dataDir: string): { app: number; database: number } {
  let app = 0;
  let database = 0;
  for (const one of processesOf(serverPid, dataDir)) {
    if (/postgres/.test(one.command)) database += one.cpuMs;
    else app += one.cpuMs;
  }
  return { app, database };
}
