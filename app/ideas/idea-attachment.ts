import type { Actor } from "~/kernel/actor";

/** Photos and files that go with an idea, a comment or words of support: what is taken, and what became of one. */

export type AttachmentState = "uploading" | "checking" | "ready" | "refused";

/** Why a file was not taken; each has a sentence. */
export const ATTACHMENT_REFUSALS = [
  "empty",
  "too-large",
  "photo-too-large",
  "too-many-pixels",
  "not-taken",
  "damaged",
  "missing",
] as const;
export type AttachmentRefusal = (typeof ATTACHMENT_REFUSALS)[number];

/** A file as pages show it. */
export type Attachment = {
  id: string;
  name: string;
  /** Told by the contents; null until they were looked at. */
  mediaType: string | null;
  byteSize: number;
  width: number | null;
  height: number | null;
  state: AttachmentState;
  refusal: AttachmentRefusal | null;
  /** The comment or the internal note that it goes with. */
  saidId: string | null;
  supportId: string | null;
};

/** An upload as the form that holds it knows it. */
export type Upload = Pick<Attachment, "id" | "name" | "byteSize" | "state" | "refusal"> & { isPhoto: boolean };

/** The most bytes of a photo and of any other file. */
export type AttachmentLimits = { photo: number; file: number };

/** As many go with one thing said; as many may wait unsent; as many bytes a person sends in a day. */
export const ATTACHMENTS_MAX = 10;
export const OPEN_UPLOADS_MAX = 20;
export const BYTES_A_DAY_MAX = 500 * 1024 * 1024;
/** An unsent upload is removed after this long. */
export const UNCLAIMED_HOURS = 24;
/** A picture that unpacks to more pixels than this is refused: it would fill the memory. */
export const MOST_PIXELS = 64_000_000;

/** Pictures are drawn anew, so that neither a place nor a script comes along. */
const PHOTOS = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"] as const;

/** Everything else that is taken, with the ending that its name gets. */
const FILES: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
  "application/vnd.oasis.opendocument.text": "odt",
  "application/vnd.oasis.opendocument.spreadsheet": "ods",
  "video/mp4": "mp4",
  "video/quicktime": "mov",
  "video/webm": "webm",
  "model/gltf-binary": "glb",
};

/** Plain text says nothing of itself, so its name does; it is only ever downloaded. */
const TEXT_NAME = /\.(txt|csv|log|md)$/i;

export const isPhotoType = (mediaType: string | null) => PHOTOS.some((photo) => photo === mediaType);
export const isFileType = (mediaType: string) => Object.hasOwn(FILES, mediaType);
export const isTextName = (name: string) => TEXT_NAME.test(name);

/** What a camera may hand over. HEIC is missing here and below on purpose: phones then send JPEG. */
export const CAMERA_TYPES = PHOTOS.join(",");

/** What a file chooser offers. */
export const CHOOSER_TYPES = [...PHOTOS, ...Object.values(FILES).map((ending) => `.${ending}`), ".txt", ".csv"].join(
  ",",
);

/** Whether this actor may add files to what they say. */
export function mayUpload(actor: Actor): boolean {
  if (actor.side === "client") return actor.role !== "viewer";
  return actor.side === "staff" && actor.roles.some((role) => role !== "auditor");
}

export type UploadRefusal =
  | { why: "may-not-upload" | "empty" | "too-many" | "too-much-today" }
  | { why: "too-large"; megabytes: number };

/** Whether one more upload may begin, by its announced size and type and by what the person has sent already. */
export function judgeUpload(
  { size: announced, type }: { size: number; type?: string },
  sent: { open: number; bytesToday: number },
  limits: AttachmentLimits,
): UploadRefusal | null {
  if (announced <= 0) return { why: "empty" };
  const most = isPhotoType(type ?? null) ? limits.photo : limits.file;
  if (announced > most) return { why: "too-large", megabytes: megabytes(most) };
  if (sent.open >= OPEN_UPLOADS_MAX) return { why: "too-many" };
  if (sent.bytesToday + announced > BYTES_A_DAY_MAX) return { why: "too-much-today" };
  return null;
}

export const megabytes = (bytes: number) => Math.floor(bytes / 1024 / 1024);

/** A name as it is shown and saved: one line, without signs that nobody sees or that lead elsewhere. */
export function attachmentName(typed: string): string {
  const name = typed
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[/\\:*?"<>|]/g, "-")
    .replace(/^\.+/, "")
    .trim();
  return [...name].slice(0, 120).join("").trim() || "file";
}

/** The name that a file is saved under: its ending says what it is, whatever its sender called it. */
export function savedName(name: string, mediaType: string): string {
  const ending = mediaType === "image/webp" ? "webp" : FILES[mediaType];
  if (!ending) return isTextName(name) ? name : `${name}.txt`;
  return name.toLowerCase().endsWith(`.${ending}`) ? name : `${name.replace(/\.[a-z0-9]{1,5}$/i, "")}.${ending}`;
}
