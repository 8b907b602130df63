import * as z from "zod";
import { callerOf } from "../caller";
import type { Gateway } from "../gateway-context";
import { json, readJson, StorageRefusal } from "../http";
import { asCaller, type Bucket, noObject, ownerOf, requireBucket } from "./access";
import { duplicateFile, removeFiles, tooLarge } from "./disk";
import { findObject } from "./download";
import { requireAllowed } from "./incoming";
import { decoded, placeOf, requireKey } from "./names";

const transferSchema = z.object({
  bucketId: z.string(),
  sourceKey: z.string(),
  destinationKey: z.string(),
  destinationBucket: z.string().nullish(),
});
const removeSchema = z.object({ prefixes: z.array(z.string()).min(1).max(1000) });

/** POST /object/move: another name, perhaps in another bucket; the bytes stay where they are. */
export async function handleMove(gateway: Gateway, request: Request): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const { from, to } = await transferOf(request);
  const target = await requireBucket(gateway, to.bucket);
  await asCaller(gateway, caller, async (db) => {
    requireFits(target, (await findObject(db, from)).metadata);
    const { rowCount } = await db.query(
      "update storage.objects set bucket_id = $3, name = $4, updated_at = $5 where bucket_id = $1 and name = $2",
      [from.bucket, from.key, to.bucket, to.key, gateway.now()],
    );
    // Readable but not theirs to change.
    if (!rowCount) throw noObject();
  });
  return json({ message: "Successfully moved" });
}

/** POST /object/copy: `{ Key, Id }` of a second object with the same bytes. */
export async function handleCopy(gateway: Gateway, request: Request): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const { from, to } = await transferOf(request);
  const target = await requireBucket(gateway, to.bucket);
  let version: string | null = null;
  try {
    const id = await asCaller(gateway, caller, async (db) => {
      const source = await findObject(db, from);
      requireFits(target, source.metadata);
      version = await duplicateFile(gateway, source.version ?? "");
      const { rows } = await db.query<{ id: string }>(
        `insert into storage.objects (bucket_id, name, owner, owner_id, metadata, version, user_metadata, created_at,
           updated_at, last_accessed_at)
         values ($1, $2, $3::text::uuid, $3::text, $4, $5, $6, $7, $7, $7) returning id`,
        [to.bucket, to.key, ownerOf(caller), source.metadata, version, source.user_metadata, gateway.now()],
      );
      return rows[0]?.id;
    });
    return json({ Key: `${to.bucket}/${to.key}`, Id: id });
  } catch (error) {
    await removeFiles(gateway, [version]);
    throw error;
  }
}

/** DELETE /object/bucket with names in the body: the rows that were removed. Names that are not there are passed over. */
export async function handleRemove(gateway: Gateway, request: Request, _url: URL, rest: string): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const { prefixes } = await readJson(request, removeSchema);
  const bucket = decoded(rest);
  await requireBucket(gateway, bucket);
  const rows = await asCaller(gateway, caller, async (db) => {
    const { rows: removed } = await db.query<{ version: string | null }>(
      `delete from storage.objects where bucket_id = $1 and name = any ($2)
       returning id, name, bucket_id, owner, version, created_at, updated_at, last_accessed_at, metadata, user_metadata`,
      [bucket, prefixes],
    );
    return removed;
  });
  await removeFiles(
    gateway,
    rows.map(({ version }) => version),
  );
  return json(rows);
}

/** DELETE /object/bucket/key. */
export async function handleRemoveOne(gateway: Gateway, request: Request, _url: URL, rest: string): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const place = placeOf(rest);
  const version = await asCaller(gateway, caller, async (db) => {
    const { rows } = await db.query<{ version: string | null }>(
      "delete from storage.objects where bucket_id = $1 and name = $2 returning version",
      [place.bucket, place.key],
    );
    if (!rows[0]) throw noObject();
    return rows[0].version;
  });
  await removeFiles(gateway, [version]);
  return json({ message: "Successfully deleted" });
}

async function transferOf(request: Request) {
  const asked = await readJson(request, transferSchema);
  return {
    from: { bucket: asked.bucketId, key: requireKey(asked.sourceKey) },
    to: { bucket: asked.destinationBucket ?? asked.bucketId, key: requireKey(asked.destinationKey) },
  };
}

/** What a bucket does not take by upload it does not take by moving or copying either. */
function requireFits(bucket: Bucket, metadata: Record<string, unknown> | null): void {
  const size = Number(metadata?.size ?? 0);
  if (!Number.isFinite(size)) throw new StorageRefusal(400, "InvalidRequest", "The object's size is unknown");
  if (bucket.file_size_limit !== null && size > Number(bucket.file_size_limit)) throw tooLarge();
  requireAllowed(bucket, String(metadata?.mimetype ?? ""));
}
