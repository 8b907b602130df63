import * as z from "zod";
import { callerOf } from "../caller";
import type { Gateway } from "../gateway-context";
import { json, readJson } from "../http";
import { asCaller, requireBucket } from "./access";
import { findObject } from "./download";
import { decoded, placeOf } from "./names";
import { signPlace } from "./tokens";

const YEAR_SECONDS = 365 * 24 * 3600;
const secondsSchema = z.int().min(1).max(YEAR_SECONDS);
const oneSchema = z.object({ expiresIn: secondsSchema });
const manySchema = z.object({ expiresIn: secondsSchema, paths: z.array(z.string()).min(1).max(500) });

/** POST /object/sign/bucket/key: an address at which anybody can read what the caller can read. */
export async function handleSign(gateway: Gateway, request: Request, _url: URL, rest: string): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const place = placeOf(rest);
  const { expiresIn } = await readJson(request, oneSchema);
  await asCaller(gateway, caller, (db) => findObject(db, place));
  return json({ signedURL: await signedAddress(gateway, place, expiresIn) });
}

/** POST /object/sign/bucket with names: one address each, or why not. */
export async function handleSignMany(gateway: Gateway, request: Request, _url: URL, rest: string): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const { expiresIn, paths } = await readJson(request, manySchema);
  const bucket = decoded(rest);
  await requireBucket(gateway, bucket);
  const readable = await asCaller(gateway, caller, async (db) => {
    const { rows } = await db.query<{ name: string }>(
      "select name from storage.objects where bucket_id = $1 and name = any ($2)",
      [bucket, paths],
    );
    return new Set(rows.map(({ name }) => name));
  });
  return json(
    await Promise.all(
      paths.map(async (path) =>
        readable.has(path)
          ? { error: null, path, signedURL: await signedAddress(gateway, { bucket, key: path }, expiresIn) }
          : { error: "Either the object does not exist or you do not have access to it", path, signedURL: null },
      ),
    ),
  );
}

/** Not percent-encoded: storage-js does that. */
async function signedAddress(
  gateway: Gateway,
  place: { bucket: string; key: string },
  seconds: number,
): Promise<string> {
  const url = `${place.bucket}/${place.key}`;
  return `/object/sign/${url}?token=${await signPlace(gateway, "storage-read", { url }, seconds)}`;
}
