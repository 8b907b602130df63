import * as z from "zod";
import { callerOf } from "../caller";
import type { Gateway } from "../gateway-context";
import { json, readJson, StorageRefusal } from "../http";
import { asCaller, ownerOf } from "./access";
import { removeFiles } from "./disk";
import { decoded, requireBucketName } from "./names";

const FIELDS = "id, name, owner, public, file_size_limit::float8, allowed_mime_types, created_at, updated_at";

const rulesSchema = z.object({
  public: z.boolean().nullish(),
  file_size_limit: z.union([z.int().min(0), z.string()]).nullish(),
  allowed_mime_types: z.array(z.string().regex(/^([\w!#$&^.+-]+|\*)\/([\w!#$&^.+-]+|\*)$/)).nullish(),
});
const createSchema = rulesSchema.extend({ id: z.string().optional(), name: z.string() });
const querySchema = z.object({
  limit: z.coerce.number().int().min(1).max(1000).catch(1000),
  offset: z.coerce.number().int().min(0).catch(0),
  search: z.string().default(""),
  sortColumn: z.enum(["id", "name", "created_at", "updated_at"]).catch("id"),
  sortOrder: z.enum(["asc", "desc"]).catch("asc"),
});

/** GET /bucket: those the caller's policies show. */
export async function handleListBuckets(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const asked = querySchema.parse(Object.fromEntries(url.searchParams));
  const rows = await asCaller(gateway, caller, async (db) => {
    const { rows: found } = await db.query(
      `select ${FIELDS} from storage.buckets where position(lower($1) in lower(id)) > 0 or $1 = ''
       order by ${asked.sortColumn} ${asked.sortOrder} limit $2 offset $3`,
      [asked.search, asked.limit, asked.offset],
    );
    return found;
  });
  return json(rows);
}

/** GET /bucket/name. */
export async function handleGetBucket(gateway: Gateway, request: Request, _url: URL, rest: string): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const rows = await asCaller(gateway, caller, async (db) => {
    const { rows: found } = await db.query(`select ${FIELDS} from storage.buckets where id = $1`, [decoded(rest)]);
    return found;
  });
  if (!rows[0]) throw noBucket();
  return json(rows[0]);
}

/** POST /bucket. Throws StorageRefusal 403, 409. */
export async function handleCreateBucket(gateway: Gateway, request: Request): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const asked = await readJson(request, createSchema);
  const id = requireBucketName(asked.id ?? asked.name);
  await asCaller(gateway, caller, (db) =>
    db.query(
      `insert into storage.buckets (id, name, owner, owner_id, public, file_size_limit, allowed_mime_types, created_at, updated_at)
       values ($1, $1, $2::text::uuid, $2::text, $3, $4, $5, $6, $6)`,
      [
        id,
        ownerOf(caller),
        asked.public ?? false,
        bytes(asked.file_size_limit),
        asked.allowed_mime_types,
        gateway.now(),
      ],
    ),
  );
  return json({ name: id });
}

/** PUT /bucket/name: its rules. What is left out stays as it is. */
export async function handleUpdateBucket(
  gateway: Gateway,
  request: Request,
  _url: URL,
  rest: string,
): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const asked = await readJson(request, rulesSchema);
  const { rowCount } = await asCaller(gateway, caller, (db) =>
    db.query(
      `update storage.buckets set public = coalesce($2, public),
         file_size_limit = case when $3 then $4 else file_size_limit end,
         allowed_mime_types = case when $5 then $6 else allowed_mime_types end, updated_at = $7 where id = $1`,
      [
        decoded(rest),
        asked.public,
        asked.file_size_limit !== undefined,
        bytes(asked.file_size_limit),
        asked.allowed_mime_types !== undefined,
        asked.allowed_mime_types,
        gateway.now(),
      ],
    ),
  );
  if (!rowCount) throw noBucket();
  return json({ message: "Successfully updated" });
}

/** POST /bucket/name/empty: removes every object in it that the caller may remove. */
export async function handleEmptyBucket(
  gateway: Gateway,
  request: Request,
  _url: URL,
  rest: string,
): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const versions = await asCaller(gateway, caller, async (db) => {
    const { rowCount } = await db.query("select from storage.buckets where id = $1", [decoded(rest)]);
    if (!rowCount) throw noBucket();
    const { rows } = await db.query<{ version: string | null }>(
      "delete from storage.objects where bucket_id = $1 returning version",
      [decoded(rest)],
    );
    return rows.map(({ version }) => version);
  });
  await removeFiles(gateway, versions);
  return json({ message: "Successfully emptied" });
}

/** DELETE /bucket/name. Throws StorageRefusal 409 while it holds anything. */
export async function handleDeleteBucket(
  gateway: Gateway,
  request: Request,
  _url: URL,
  rest: string,
): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const id = decoded(rest);
  const full = await gateway.pool.query("select from storage.objects where bucket_id = $1 limit 1", [id]);
  const { rowCount } = await asCaller(gateway, caller, async (db) => {
    const seen = await db.query("select from storage.buckets where id = $1", [id]);
    if (!seen.rowCount) throw noBucket();
    if (full.rowCount) {
      throw new StorageRefusal(409, "InvalidRequest", "The bucket you tried to delete is not empty");
    }
    return db.query("delete from storage.buckets where id = $1", [id]);
  });
  if (!rowCount) throw noBucket();
  return json({ message: "Successfully deleted" });
}

function noBucket(): StorageRefusal {
  return new StorageRefusal(404, "Bucket not found", "Bucket not found");
}

/** `"10MB"` as bytes, counted in 1024s as a hosted project does; null means no limit. Throws StorageRefusal 400. */
function bytes(limit: number | string | null | undefined): number | null {
  if (limit === null || limit === undefined || typeof limit === "number") return limit ?? null;
  const match = /^(\d{1,12}(?:\.\d{1,3})?)\s*(b|kb|mb|gb|tb)?$/i.exec(limit.trim());
  if (!match) throw new StorageRefusal(400, "InvalidRequest", "The size limit is not a number of bytes");
  const power = ["b", "kb", "mb", "gb", "tb"].indexOf((match[2] ?? "b").toLowerCase());
  return Math.floor(Number(match[1]) * 1024 ** power);
}
