import { createHash } from "node:crypto";
import { serviceClient } from "~/accounts/supabase.server";
import { asSystem } from "~/kernel/system-tx.server";
import { findUnchecked, isThere, setReady, setRefused } from "./prototype-file.queries.server";
import { type Judged, judgePrototypeFile } from "./prototype-file-check.server";
import { FILES_BUCKET, UPLOADS_BUCKET } from "./prototype-files.server";

/**
 * The job `check_prototype_file`: looks at what was uploaded, draws it for screens and keeps both where files are served from, or
 * refuses it with a reason. May run twice; throws when the storage does not answer, and is then tried again.
 */
export async function checkPrototypeFile(payload: unknown): Promise<void> {
  const id = typeof payload === "object" && payload !== null && "id" in payload ? String(payload.id) : "";
  const upload = await asSystem("check a file of a version", (tx) => findUnchecked(tx, id));
  if (!upload) return;
  const quarantine = serviceClient().storage.from(UPLOADS_BUCKET);
  const { data, error } = await quarantine.download(id);
  if (error && !isGone(error)) throw error;
  const bytes = data && Buffer.from(await data.arrayBuffer());
  const judged: Judged = bytes ? await judgePrototypeFile(bytes) : { ok: false, why: "missing" };
  if (judged.ok && bytes) await keep(upload, bytes, judged);
  else if (!judged.ok) await asSystem("refuse a file of a version", (tx) => setRefused(tx, id, judged.why));
  await quarantine.remove([id]);
}

async function keep(
  upload: { id: string; versionId: string },
  bytes: Buffer,
  { kind, mediaType, facts, drawn }: Extract<Judged, { ok: true }>,
): Promise<void> {
  const bucket = serviceClient().storage.from(FILES_BUCKET);
  const put = async (path: string, data: Uint8Array, contentType: string) => {
    const { error } = await bucket.upload(path, Buffer.from(data), { contentType, upsert: true });
    if (error) throw error;
  };
  const storagePath = `${upload.id}/whole`;
  const made = drawn.map(({ bytes: picture, ...rendition }) => {
    const { kind: how, page, width } = rendition;
    const path = `${upload.id}/${how}-${page}-${width}.webp`;
    return { picture, row: { ...rendition, storagePath: path, byteSize: picture.byteLength } };
  });
  await put(storagePath, bytes, mediaType);
  for (const { picture, row } of made) await put(row.storagePath, picture, "image/webp");
  const { width = null, height = null, pages = null, triangles = null } = facts;
  const sha256 = createHash("sha256").update(bytes).digest();
  const kept = {
    kind,
    mediaType,
    byteSize: BigInt(bytes.length),
    sha256,
    storagePath,
    width,
    height,
    pages,
    triangles,
  };
  const rows = made.map(({ row }) => row);
  const done = await asSystem("keep a file of a version", (tx) => setReady(tx, upload, kept, rows));
  // Taken out of its draft while it was looked at: nothing of it stays.
  if (!done && !(await asSystem("see whether a file is there", (tx) => isThere(tx, upload.id)))) {
    await bucket.remove([storagePath, ...rows.map((row) => row.storagePath)]);
  }
}

/** Storage says 404 of what is not there; older editions say 400 with that inside. */
function isGone(error: { status?: number | undefined; statusCode?: unknown; message: string }): boolean {
  return error.status === 404 || Number(error.statusCode) === 404 || /not.?found/i.test(error.message);
}

/** Tasks of prototypes by name, for the worker. */
export const prototypeTasks = { check_prototype_file: checkPrototypeFile };
