import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, link, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Gateway } from "../gateway-context";
import { StorageRefusal } from "../http";

/** A file without a row is somebody's upload in progress for so long, and left over afterwards. */
const ORPHAN_AFTER_MS = 24 * 3_600_000;

/** Bytes on disk that no row names yet. */
export type SavedFile = { version: string; size: number; etag: string };

/**
 * Files are named by a random version, never by what a person typed, and never change: a new upload is a new file.
 */
export function pathOf(gateway: Gateway, version: string): string {
  if (!/^[0-9a-f-]{36}$/.test(version)) throw new Error("A version is a uuid");
  return join(gateway.storageDir, "objects", version.slice(0, 2), version);
}

/**
 * Writes a body to disk piece by piece, at most `limit` bytes, and returns when it is there for good. Whatever goes
 * wrong, nothing is left behind. Throws StorageRefusal 413.
 */
export async function saveFile(gateway: Gateway, body: AsyncIterable<Uint8Array>, limit: number): Promise<SavedFile> {
  const version = randomUUID();
  const temporary = join(gateway.storageDir, "incoming", version);
  await mkdir(dirname(temporary), { recursive: true, mode: 0o700 });
  try {
    const file = await open(temporary, "wx", 0o600);
    const hash = createHash("md5");
    let size = 0;
    try {
      for await (const chunk of body) {
        size += chunk.byteLength;
        if (size > limit) throw tooLarge();
        hash.update(chunk);
        await writeWhole(file, chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    const final = pathOf(gateway, version);
    await mkdir(dirname(final), { recursive: true, mode: 0o700 });
    await rename(temporary, final);
    await syncFolder(dirname(final));
    return { version, size, etag: `"${hash.digest("hex")}"` };
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

export function tooLarge(): StorageRefusal {
  return new StorageRefusal(413, "Payload too large", "The object exceeded the maximum allowed size");
}

/** A second name for the same bytes; removing one leaves the other. */
export async function duplicateFile(gateway: Gateway, version: string): Promise<string> {
  const copy = randomUUID();
  const final = pathOf(gateway, copy);
  await mkdir(dirname(final), { recursive: true, mode: 0o700 });
  await link(pathOf(gateway, version), final);
  await syncFolder(dirname(final));
  return copy;
}

/** Takes files away whose rows are gone. A file that cannot be removed is logged and swept later. */
export async function removeFiles(gateway: Gateway, versions: (string | null)[]): Promise<void> {
  for (const version of versions) {
    if (version === null) continue;
    try {
      await rm(pathOf(gateway, version), { force: true });
    } catch (error) {
      gateway.log.warn({ err: error, version }, "A stored file could not be removed");
    }
  }
}

/**
 * Clears away what a killed process left: unfinished uploads, and files that no row names any more. Young ones stay:
 * their row may be about to be written.
 */
export async function sweep(gateway: Gateway): Promise<number> {
  let swept = 0;
  const isOld = async (path: string) => Date.now() - (await stat(path)).mtimeMs > ORPHAN_AFTER_MS;
  const incoming = join(gateway.storageDir, "incoming");
  for (const name of await namesIn(incoming)) {
    if (!(await isOld(join(incoming, name)))) continue;
    await rm(join(incoming, name), { force: true });
    swept += 1;
  }
  const objects = join(gateway.storageDir, "objects");
  for (const folder of await namesIn(objects)) {
    const names = await namesIn(join(objects, folder));
    const { rows } = await gateway.pool.query<{ version: string }>(
      "select version from storage.objects where version = any ($1)",
      [names],
    );
    const known = new Set(rows.map(({ version }) => version));
    for (const name of names) {
      if (known.has(name) || !(await isOld(join(objects, folder, name)))) continue;
      await rm(join(objects, folder, name), { force: true });
      swept += 1;
    }
  }
  return swept;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

async function writeWhole(file: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.byteLength) {
    const { bytesWritten } = await file.write(chunk, written);
    written += bytesWritten;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
