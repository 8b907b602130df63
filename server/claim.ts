import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Refusal } from "./bootstrap.mjs";

const MEGABYTE = 2 ** 20;
/** A new database takes about 150 MB with its write-ahead log; one that exists must at least be able to write. */
const ROOM = { first: 300 * MEGABYTE, later: 64 * MEGABYTE };

const CLAIM = "tandem.pid";

/** Who holds a data folder: a process, when it began, and where people reach it. */
export interface Claim {
  pid: number;
  since: string | null;
  origin: string;
}

/**
 * Takes the data folder for this process, so that two servers never write into one database. A claim left by a process
 * that was killed does not count.
 * @param folder absolute path; made when missing
 * @param origin where people reach this installation, for scripts that ask the folder
 * @returns gives it back
 * @throws Refusal when a living process has it, when it cannot be written to, or when the disk is full
 */
export function claimFolder(folder: string, origin: string): () => void {
  const file = join(folder, CLAIM);
  try {
    mkdirSync(folder, { recursive: true });
    requireRoom(folder);
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        const claim: Claim = { pid: process.pid, since: startOf(process.pid), origin };
        writeFileSync(file, JSON.stringify(claim), { flag: "wx" });
        return () => rmSync(file, { force: true });
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw error;
      }
      const holder = holderOf(folder);
      if (holder && holder.pid !== process.pid) {
        throw new Refusal(
          `The data folder ${folder} is in use by process ${holder.pid}: stop that one, or choose another with DATA_DIR.`,
        );
      }
      rmSync(file, { force: true });
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw plainReason(error, folder) ?? error;
  }
  throw new Refusal(`The data folder ${folder} is being taken by another start at this moment.`);
}

/**
 * Makes sure that the port can be listened on, before a database is started in vain.
 * @throws Refusal saying what is the matter with the port or the host
 */
export async function requirePort(host: string, port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", (error) => reject(portProblem(error, host, port)));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });
}

/** What listening failed on, as a sentence; any other error as it is. @param setting the one that names the port */
export function portProblem(error: unknown, host: string, port: number, setting = "PORT"): unknown {
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return new Refusal(`Port ${port} is in use: stop what listens there, or choose another with ${setting}.`);
    case "EACCES":
      return new Refusal(`Port ${port} needs rights that this user lacks: choose one above 1023 with ${setting}.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new Refusal(`${host} is no address of this machine: choose another with HOST.`);
    default:
      return error;
  }
}

/** A full disk or a folder without rights, as a sentence; null when the error is about something else. */
export function plainReason(error: unknown, folder: string): Refusal | null {
  const text = error instanceof Error ? `${codeOf(error) ?? ""} ${error.message}` : String(error);
  if (/ENOSPC|no space left|EDQUOT/i.test(text)) {
    return new Refusal(`The disk that holds ${folder} is full: make room, or choose another folder with DATA_DIR.`);
  }
  if (/EACCES|EPERM|EROFS/.test(text)) {
    return new Refusal(`${folder} cannot be written to by this user: choose another folder with DATA_DIR.`);
  }
  return null;
}

function requireRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const needed = existsSync(join(folder, "secrets.json")) ? ROOM.later : ROOM.first;
  if (bavail * bsize >= needed) return;
  throw new Refusal(
    `The disk that holds ${folder} is full (${Math.floor((bavail * bsize) / MEGABYTE)} MB left, ${needed / MEGABYTE} MB needed): ` +
      "make room, or choose another folder with DATA_DIR.",
  );
}

/** The living process that holds a data folder, and where it is reached; null when nobody does. */
export function holderOf(folder: string): Claim | null {
  try {
    const claim: Claim = JSON.parse(readFileSync(join(folder, CLAIM), "utf8"));
    // The same number may have been given to another process since: only the start time tells them apart.
    const now = startOf(claim.pid);
    return now !== null && now === claim.since ? claim : null;
  } catch {
    // Not there, or cut short by a power failure: nobody holds it.
    return null;
  }
}

/** When a process began, in whatever form the system tells it; null when there is no such process. */
function startOf(pid: number): string | null {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" ? null : (fields[19] ?? null);
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
