import { type Caller, callerOf } from "../caller";
import type { Gateway } from "../gateway-context";
import { json } from "../http";
import { asCaller, ownerOf, requireBucket } from "./access";
import { removeFiles } from "./disk";
import { type Incoming, receive } from "./incoming";
import { placeOf } from "./names";
import { readPlace, signPlace } from "./tokens";

/** How long an address to upload to is good for. */
const UPLOAD_LINK_SECONDS = 2 * 3600;

type Place = { bucket: string; key: string };

/** POST and PUT /object/bucket/key: `{ Key, Id }`. PUT and `x-upsert: true` replace what is there. */
export async function handleUpload(gateway: Gateway, request: Request, _url: URL, rest: string): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const upsert = request.method === "PUT" || request.headers.get("x-upsert") === "true";
  return store(gateway, request, { place: placeOf(rest), caller, owner: ownerOf(caller), upsert });
}

/** POST /object/upload/sign/bucket/key: an address that takes one upload from whoever holds it, without a key. */
export async function handleSignUpload(gateway: Gateway, request: Request, _url: URL, rest: string): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const place = placeOf(rest);
  const upsert = request.headers.get("x-upsert") === "true";
  await requireBucket(gateway, place.bucket);
  await requireMayUpload(gateway, caller, place, upsert);
  const token = await signPlace(
    gateway,
    "storage-upload",
    { url: `${place.bucket}/${place.key}`, owner: ownerOf(caller), upsert },
    UPLOAD_LINK_SECONDS,
  );
  return json({ url: `/object/upload/sign/${encodeURI(`${place.bucket}/${place.key}`)}?token=${token}`, token });
}

/** PUT /object/upload/sign/bucket/key?token=…: the upload itself; its permission was given with the address. */
export async function handleSignedUpload(
  gateway: Gateway,
  request: Request,
  url: URL,
  rest: string,
): Promise<Response> {
  const place = placeOf(rest);
  const signed = await readPlace(gateway, "storage-upload", url.searchParams.get("token"), place);
  return store(gateway, request, {
    place,
    caller: { role: "service_role" },
    owner: signed.owner ?? null,
    upsert: signed.upsert ?? false,
  });
}

/**
 * Checks the permission before a byte is read, takes the bytes to disk, and only then writes the row: an upload is
 * there as a whole or not at all. What it replaces stays readable until then.
 */
async function store(
  gateway: Gateway,
  request: Request,
  upload: { place: Place; caller: Caller; owner: string | null; upsert: boolean },
): Promise<Response> {
  const { place, caller, owner, upsert } = upload;
  const bucket = await requireBucket(gateway, place.bucket);
  await requireMayUpload(gateway, caller, place, upsert);
  const incoming = await receive(gateway, request, bucket);
  try {
    const { id, replaced } = await asCaller(gateway, caller, async (db) => {
      // Uploads to one name come one after the other, so that each knows which file it replaces.
      await db.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`${place.bucket}/${place.key}`]);
      const { rows: before } = await db.query<{ version: string | null }>(
        "select version from storage.objects where bucket_id = $1 and name = $2",
        [place.bucket, place.key],
      );
      const { rows } = await db.query<{ id: string }>(INSERT + (upsert ? REPLACE : "") + RETURNING, [
        place.bucket,
        place.key,
        owner,
        fileMetadata(gateway, incoming),
        incoming.version,
        incoming.userMetadata,
        gateway.now(),
      ]);
      return { id: rows[0]?.id, replaced: before[0]?.version ?? null };
    });
    await removeFiles(gateway, [replaced]);
    return json({ Key: `${place.bucket}/${place.key}`, Id: id });
  } catch (error) {
    await removeFiles(gateway, [incoming.version]);
    throw error;
  }
}

const INSERT = `insert into storage.objects (bucket_id, name, owner, owner_id, metadata, version, user_metadata,
    created_at, updated_at, last_accessed_at)
  values ($1, $2, $3::text::uuid, $3::text, $4, $5, $6, $7, $7, $7)`;
const REPLACE = ` on conflict (bucket_id, name) do update set metadata = excluded.metadata,
    version = excluded.version, user_metadata = excluded.user_metadata, updated_at = excluded.updated_at,
    owner = excluded.owner, owner_id = excluded.owner_id`;
const RETURNING = " returning id";

/** Whether the policies would let this caller write this row: written and taken back. Throws StorageRefusal 403, 409. */
async function requireMayUpload(gateway: Gateway, caller: Caller, place: Place, upsert: boolean): Promise<void> {
  const undo = new Error("The trial is taken back");
  try {
    await asCaller(gateway, caller, async (db) => {
      await db.query(INSERT + (upsert ? REPLACE : "") + RETURNING, [
        place.bucket,
        place.key,
        ownerOf(caller),
        {},
        "trial",
        null,
        gateway.now(),
      ]);
      throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
}

/** The file's own facts in the layout of Supabase Storage. */
export function fileMetadata(gateway: Gateway, file: Incoming): Record<string, unknown> {
  return {
    eTag: file.etag,
    size: file.size,
    mimetype: file.contentType,
    cacheControl: file.cacheControl,
    lastModified: gateway.now().toISOString(),
    contentLength: file.size,
    httpStatusCode: 200,
  };
}
