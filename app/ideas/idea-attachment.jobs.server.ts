import { serviceClient } from "~/accounts/supabase.server";
import { env } from "~/kernel/env.server";
import { asSystem } from "~/kernel/system-tx.server";
import { type AttachmentRefusal, UNCLAIMED_HOURS } from "./idea-attachment";
import { deleteRemoved, findUnchecked, removeUnclaimed, setChecked } from "./idea-attachment.queries.server";
import { type Judged, judgeFile } from "./idea-attachment-check.server";
import { attachmentLimits, FILES_BUCKET, UPLOADS_BUCKET } from "./idea-attachments.server";

const CLEARED_AT_ONCE = 200;

/**
 * The job `check_attachment`: looks at what was uploaded, keeps it where files are served from, or refuses it with a reason.
 * May run twice; throws when the storage does not answer, and is then tried again.
 */
export async function checkAttachment(payload: unknown): Promise<void> {
  const id = typeof payload === "object" && payload !== null && "id" in payload ? String(payload.id) : "";
  const upload = await asSystem("check an attachment", (tx) => findUnchecked(tx, id));
  if (!upload) return;
  const limits = attachmentLimits(env());
  const quarantine = serviceClient().storage.from(UPLOADS_BUCKET);
  const { data, error } = await quarantine.download(id);
  if (error && !isGone(error)) throw error;
  const judged: Judged = !data
    ? { ok: false, why: "missing" }
    : await judgeFile(Buffer.from(await data.arrayBuffer()), upload.name, limits);
  if (judged.ok) await keep(id, judged);
  else await refuse(id, judged.why);
  await quarantine.remove([id]);
}

async function keep(id: string, { mediaType, bytes, picture }: Extract<Judged, { ok: true }>): Promise<void> {
  const bucket = serviceClient().storage.from(FILES_BUCKET);
  const thumbPath = picture && `${id}/thumb`;
  const storagePath = `${id}/whole`;
  const put = async (path: string, data: Buffer, contentType: string) => {
    const { error } = await bucket.upload(path, data, { contentType, upsert: true });
    if (error) throw error;
  };
  await put(storagePath, bytes, mediaType);
  if (picture && thumbPath) await put(thumbPath, picture.thumb, "image/webp");
  const { width = null, height = null } = picture ?? {};
  const byteSize = BigInt(bytes.length);
  await asSystem("keep a checked attachment", (tx) =>
    setChecked(tx, id, { state: "ready", mediaType, byteSize, width, height, storagePath, thumbPath }),
  );
}

async function refuse(id: string, refusal: AttachmentRefusal): Promise<void> {
  await asSystem("refuse an attachment", (tx) => setChecked(tx, id, { state: "refused", refusal }));
}

/** Storage says 404 of what is not there; older editions say 400 with that inside. */
function isGone(error: { status?: number | undefined; statusCode?: unknown; message: string }): boolean {
  return error.status === 404 || Number(error.statusCode) === 404 || /not.?found/i.test(error.message);
}

/**
 * The job `remove_unclaimed_attachments`: clears away what belongs to nothing after a day. It is marked first, from when on
 * nobody can send it; then the bytes go, then the rows, so that a failure in between leaves nothing without a row.
 */
export async function removeUnclaimedAttachments(): Promise<void> {
  const { storage } = serviceClient();
  for (;;) {
    const stale = await asSystem("mark stale uploads", (tx) => removeUnclaimed(tx, UNCLAIMED_HOURS, CLEARED_AT_ONCE));
    if (stale.length === 0) return;
    const ids = stale.map(({ id }) => id);
    const kept = stale.flatMap(({ storagePath, thumbPath }) =>
      [storagePath, thumbPath].filter((path) => path !== null),
    );
    const gone = await storage.from(UPLOADS_BUCKET).remove(ids);
    if (gone.error) throw gone.error;
    if (kept.length > 0) {
      const { error } = await storage.from(FILES_BUCKET).remove(kept);
      if (error) throw error;
    }
    await asSystem("forget stale uploads", (tx) => deleteRemoved(tx, ids));
    if (stale.length < CLEARED_AT_ONCE) return;
  }
}

/** Tasks of attachments by name, for the worker. */
export const attachmentTasks = {
  check_attachment: checkAttachment,
  remove_unclaimed_attachments: removeUnclaimedAttachments,
};
