// Where a start finds a disk that is as good as full: a small one of our own, mounted for one process and those it starts, or
// one that this machine has.
import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync, statfsSync } from "node:fs";

const MEGABYTE = 2 ** 20;
/** A new database asks for 300 MB. */
const SMALL = 250 * MEGABYTE;

/**
 * How a command is run with a disk of 8 MB at a folder, or a folder on a small disk that is there already; null where this
 * machine has no way. A user namespace makes an ordinary user root of their own mounts; root needs none, but may lack the right.
 */
export function fullDisk() {
  for (const flags of [["-m"], ["-rm"]]) {
    const mount = ["unshare", ...flags, "sh", "-c", 'mount -t tmpfs -o size=8m,mode=0755 tandem "$0" && exec "$@"'];
    const [program = "", ...args] = mount;
    if (spawnSync(program, [...args, "/mnt", "true"], { timeout: 10_000 }).status === 0) return { mount };
  }
  const folder = smallFolder();
  return folder ? { folder } : null;
}

function smallFolder() {
  try {
    const mounted = readFileSync("/proc/mounts", "utf8")
      .split("\n")
      .map((line) => line.split(" "))
      .filter(([, , type]) => type === "tmpfs" || type === "ext4")
      .map(([, folder = ""]) => folder);
    return mounted.find(isSmallAndOurs) ?? null;
  } catch {
    return null;
  }
}

function isSmallAndOurs(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > MEGABYTE && bavail * bsize < SMALL;
  } catch {
    return false;
  }
}
