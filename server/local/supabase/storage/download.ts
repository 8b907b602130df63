import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { callerOf } from "../caller";
import type { Queryable } from "../database";
import type { Gateway } from "../gateway-context";
import { json, StorageRefusal } from "../http";
import { asCaller, noObject, requireBucket } from "./access";
import { pathOf } from "./disk";
import { placeOf } from "./names";
import { rangeOf } from "./range";
import { readPlace } from "./tokens";

type ObjectRow = {
  id: string;
  name: string;
  bucket_id: string;
  version: string | null;
  created_at: Date;
  updated_at: Date;
  metadata: Record<string, unknown> | null;
  user_metadata: Record<string, unknown> | null;
};

/** Types a browser shows without running anything; all others are saved instead. */
const SHOWN = /^(image\/(png|jpeg|gif|webp|avif)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf|text\/plain)(;|$)/i;

/** GET and HEAD /object/bucket/key, also below /object/authenticated: what the caller's policies let them read. */
export async function handleDownload(gateway: Gateway, request: Request, url: URL, rest: string): Promise<Response> {
  return serve(gateway, request, url, await rowForCaller(gateway, request, rest), "private");
}

/** GET and HEAD /object/public/bucket/key: anybody, from public buckets only. */
export async function handlePublic(gateway: Gateway, request: Request, url: URL, rest: string): Promise<Response> {
  return serve(gateway, request, url, await rowOfPublic(gateway, rest), "public");
}

/** GET and HEAD /object/sign/bucket/key?token=…: whoever holds the address, for as long as it is good. */
export async function handleSigned(gateway: Gateway, request: Request, url: URL, rest: string): Promise<Response> {
  const place = placeOf(rest);
  await readPlace(gateway, "storage-read", url.searchParams.get("token"), place);
  return serve(gateway, request, url, await findObject(gateway.pool, place), "private");
}

/** GET /object/info/bucket/key, also below authenticated and public: facts without bytes. */
export async function handleInfo(gateway: Gateway, request: Request, _url: URL, rest: string): Promise<Response> {
  const open = /^public\/(.+)$/.exec(rest)?.[1];
  const row = open
    ? await rowOfPublic(gateway, open)
    : await rowForCaller(gateway, request, rest.replace(/^authenticated\//, ""));
  return json({
    id: row.id,
    name: row.name,
    version: row.version,
    bucket_id: row.bucket_id,
    size: row.metadata?.size ?? null,
    content_type: row.metadata?.mimetype ?? null,
    cache_control: row.metadata?.cacheControl ?? null,
    etag: row.metadata?.eTag ?? null,
    metadata: row.user_metadata,
    last_modified: row.metadata?.lastModified ?? row.updated_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
  });
}

/** One object's row as the connection's role sees it. Throws StorageRefusal 404. */
export async function findObject(db: Queryable, place: { bucket: string; key: string }): Promise<ObjectRow> {
  const { rows } = await db.query<ObjectRow>(
    `select id, name, bucket_id, version, created_at, updated_at, metadata, user_metadata
     from storage.objects where bucket_id = $1 and name = $2`,
    [place.bucket, place.key],
  );
  const row = rows[0];
  if (!row) throw noObject();
  return row;
}

async function rowForCaller(gateway: Gateway, request: Request, rest: string): Promise<ObjectRow> {
  const caller = await callerOf(gateway, request);
  const place = placeOf(rest);
  return asCaller(gateway, caller, (db) => findObject(db, place));
}

async function rowOfPublic(gateway: Gateway, rest: string): Promise<ObjectRow> {
  const place = placeOf(rest);
  const bucket = await requireBucket(gateway, place.bucket);
  if (!bucket.public) throw new StorageRefusal(404, "Bucket not found", "Bucket not found");
  return findObject(gateway.pool, place);
}

async function serve(
  gateway: Gateway,
  request: Request,
  url: URL,
  row: ObjectRow,
  cache: "public" | "private",
): Promise<Response> {
  const file = await openFile(gateway, row);
  let handedOver = false;
  try {
    const { size } = await file.stat();
    const etag = String(row.metadata?.eTag ?? `"${row.version}"`);
    const type = String(row.metadata?.mimetype ?? "application/octet-stream");
    const headers: Record<string, string> = {
      "content-type": type,
      "content-disposition": disposition(url.searchParams.get("download"), row.name, type),
      "cache-control": `${cache}, ${String(row.metadata?.cacheControl ?? "no-cache")}`,
      etag,
      "last-modified": row.updated_at.toUTCString(),
      "accept-ranges": "bytes",
      "x-content-type-options": "nosniff",
      // Whatever somebody uploaded, it runs nothing and loads nothing on our origin.
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    };
    if (
      request.headers
        .get("if-none-match")
        ?.split(/\s*,\s*/)
        .includes(etag)
    ) {
      return new Response(null, { status: 304, headers });
    }
    const wish = request.headers.get("if-range") ?? etag;
    const range = rangeOf(wish === etag ? request.headers.get("range") : null, size);
    if (range === "unsatisfiable") {
      return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${size}` } });
    }
    const { start, end } = range ?? { start: 0, end: size - 1 };
    headers["content-length"] = String(end - start + 1);
    if (range) {
      headers["content-range"] = `bytes ${start}-${end}/${size}`;
      // A part that a proxy, or our own compression, repacks is no part of this file any more.
      headers["cache-control"] += ", no-transform";
    }
    const status = range ? 206 : 200;
    if (request.method === "HEAD" || size === 0) return new Response(null, { status, headers });
    const stream = file.createReadStream({ start, end });
    handedOver = true;
    return new Response(Readable.toWeb(stream) as ReadableStream, { status, headers });
  } finally {
    if (!handedOver) await file.close();
  }
}

async function openFile(gateway: Gateway, row: ObjectRow): Promise<FileHandle> {
  try {
    return await open(pathOf(gateway, row.version ?? ""), "r");
  } catch (error) {
    gateway.log.error({ err: error, object: row.id }, "A stored file is missing");
    throw noObject();
  }
}

/** `?download` saves under the object's name, `?download=name` under that one. */
function disposition(download: string | null, key: string, type: string): string {
  if (download === null && SHOWN.test(type)) return "inline";
  const name = onceMore(download ?? "") || key.split("/").at(-1) || "file";
  const plain = name.replace(/[^\w. ()-]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** storage-js encodes the name twice when it makes a signed address. */
function onceMore(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
