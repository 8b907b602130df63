import * as z from "zod";
import type { Gateway } from "../gateway-context";
import { bodyOf, StorageRefusal } from "../http";
import type { Bucket } from "./access";
import { removeFiles, type SavedFile, saveFile } from "./disk";
import { boundaryOf, partsOf } from "./multipart";

/** For buckets without a limit of their own. */
const DEFAULT_LIMIT_BYTES = 512 * 1024 * 1024;
const FIELD_LIMIT_BYTES = 64 * 1024;

/** An upload whose bytes are on disk, with what its sender said about it. */
export type Incoming = SavedFile & {
  contentType: string;
  cacheControl: string;
  userMetadata: Record<string, unknown> | null;
};

/**
 * Takes an upload as storage-js sends it: a form with the file and its fields in any order, or the bare bytes with
 * headers. Throws StorageRefusal 400, 413 or 415; then nothing is left on disk.
 */
export async function receive(gateway: Gateway, request: Request, bucket: Bucket): Promise<Incoming> {
  const limit = bucket.file_size_limit === null ? DEFAULT_LIMIT_BYTES : Number(bucket.file_size_limit);
  const contentType = request.headers.get("content-type") ?? "";
  const boundary = boundaryOf(contentType);
  if (boundary !== null) return receiveForm(gateway, request, bucket, { boundary, limit });

  requireAllowed(bucket, contentType);
  const saved = await saveFile(gateway, bodyOf(request), limit);
  const announced = request.headers.get("content-length");
  if (announced !== null && Number(announced) !== saved.size) {
    await removeFiles(gateway, [saved.version]);
    throw new StorageRefusal(400, "InvalidRequest", "The body is not as long as announced");
  }
  const encoded = request.headers.get("x-metadata");
  return {
    ...saved,
    contentType: contentType || "application/octet-stream",
    cacheControl: cacheControl(request.headers.get("cache-control")),
    userMetadata: encoded === null ? null : metadata(Buffer.from(encoded, "base64").toString("utf8")),
  };
}

async function receiveForm(
  gateway: Gateway,
  request: Request,
  bucket: Bucket,
  { boundary, limit }: { boundary: string; limit: number },
): Promise<Incoming> {
  const fields = new Map<string, string>();
  let file: (SavedFile & { contentType: string }) | null = null;
  try {
    for await (const part of partsOf(bodyOf(request), boundary)) {
      if (part.filename === null) {
        fields.set(part.name, await fieldText(part.data));
        continue;
      }
      if (file) throw new StorageRefusal(400, "InvalidRequest", "One upload holds one file");
      const contentType = part.contentType || "application/octet-stream";
      requireAllowed(bucket, contentType);
      file = { ...(await saveFile(gateway, part.data, limit)), contentType };
    }
    if (!file) throw new StorageRefusal(400, "InvalidRequest", "The form holds no file");
    const said = fields.get("metadata");
    return {
      ...file,
      cacheControl: cacheControl(fields.get("cacheControl") ?? null),
      userMetadata: said === undefined ? null : metadata(said),
    };
  } catch (error) {
    if (file) await removeFiles(gateway, [file.version]);
    throw error;
  }
}

async function fieldText(data: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of data) {
    size += chunk.length;
    if (size > FIELD_LIMIT_BYTES) throw new StorageRefusal(413, "Payload too large", "A form field is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Throws StorageRefusal 415 for a type the bucket does not take. */
export function requireAllowed(bucket: Bucket, contentType: string): void {
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type)) {
    throw new StorageRefusal(415, "invalid_mime_type", "The file has no media type");
  }
  const allowed = bucket.allowed_mime_types;
  if (!allowed || allowed.length === 0) return;
  const fits = allowed.some(
    (one) => one === type || one === "*/*" || (one.endsWith("/*") && type.startsWith(one.slice(0, -1))),
  );
  if (!fits) throw new StorageRefusal(415, "invalid_mime_type", `mime type ${type} is not supported`);
}

/** `3600` of the form and `max-age=3600` of the header; anything else is not for us to repeat. */
function cacheControl(said: string | null): string {
  const seconds = /^(?:max-age=)?(\d{1,9})$/.exec(said?.trim() ?? "")?.[1];
  return seconds === undefined ? "no-cache" : `max-age=${seconds}`;
}

function metadata(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new StorageRefusal(400, "InvalidRequest", "The metadata is not a JSON object");
  }
}
