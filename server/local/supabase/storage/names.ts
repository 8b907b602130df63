import { StorageRefusal } from "../http";

const KEY_LIMIT_BYTES = 1024;
/** First words of paths below /object: a bucket of that name could not be reached. */
const RESERVED = ["authenticated", "copy", "info", "list", "list-v2", "move", "public", "sign", "upload"];

/** Throws StorageRefusal 400 for an object's name that is empty, too long, or has steps like `..` in it. */
export function requireKey(key: string): string {
  const steps = key.split("/");
  const good =
    Buffer.byteLength(key) <= KEY_LIMIT_BYTES &&
    /^[\w/!\-.*'() &$@=;:+,]+$/.test(key) &&
    steps.every((step) => step !== "" && step !== "." && step !== "..");
  if (!good) throw new StorageRefusal(400, "InvalidKey", `Invalid key: ${key.slice(0, 200)}`);
  return key;
}

/** Throws StorageRefusal 400 for a bucket's name that a hosted project would refuse or that we could not route. */
export function requireBucketName(name: string): string {
  const good = /^[\w!.*'() &$@=;:+,-]{1,100}$/.test(name) && name.trim() === name && !RESERVED.includes(name);
  if (!good || name === "." || name === "..") throw new StorageRefusal(400, "InvalidBucketName", "Bucket name invalid");
  return name;
}

/** Bucket and key of the rest of a path, percent signs decoded. Throws StorageRefusal 400. */
export function placeOf(rest: string): { bucket: string; key: string } {
  const slash = rest.indexOf("/");
  if (slash === -1) throw new StorageRefusal(400, "InvalidKey", "An object's path has a bucket and a name");
  return { bucket: decoded(rest.slice(0, slash)), key: requireKey(decoded(rest.slice(slash + 1))) };
}

/** A part of a path, percent signs decoded. Throws StorageRefusal 400. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new StorageRefusal(400, "InvalidKey", "The path is not well-formed");
  }
}
