import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import {
  type AttachmentLimits,
  type AttachmentRefusal,
  isFileType,
  isPhotoType,
  isTextName,
  MOST_PIXELS,
} from "./idea-attachment";

const LONGEST_SIDE = 4_096;
const THUMB_SIDE = 480;
const SECONDS_TO_DRAW = 30;

export type Judged =
  | { ok: true; mediaType: string; bytes: Buffer; picture: { width: number; height: number; thumb: Buffer } | null }
  | { ok: false; why: AttachmentRefusal };

/**
 * What a file is, by its contents; whatever is not known to be harmless is refused. A picture is drawn anew, upright and
 * without metadata, so that nothing of what was sent is kept: no place, no script, nothing appended.
 */
export async function judgeFile(bytes: Buffer, name: string, limits: AttachmentLimits): Promise<Judged> {
  if (bytes.length === 0) return { ok: false, why: "empty" };
  if (bytes.length > limits.file) return { ok: false, why: "too-large" };
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (!type) {
    if (!isTextName(name) || !isText(bytes)) return { ok: false, why: "not-taken" };
    return { ok: true, mediaType: "text/plain", bytes, picture: null };
  }
  if (isPhotoType(type.mime)) {
    return bytes.length > limits.photo ? { ok: false, why: "photo-too-large" } : drawAnew(bytes);
  }
  if (!isFileType(type.mime)) return { ok: false, why: "not-taken" };
  return { ok: true, mediaType: type.mime, bytes, picture: null };
}

async function drawAnew(bytes: Buffer): Promise<Judged> {
  try {
    // What the head of a file says costs nothing to read, and a bomb is told by it.
    const { width = 0, height = 0 } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width * height > MOST_PIXELS) return { ok: false, why: "too-many-pixels" };
    const whole = await sharp(bytes, { limitInputPixels: MOST_PIXELS })
      .timeout({ seconds: SECONDS_TO_DRAW })
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 85 })
      .toBuffer({ resolveWithObject: true });
    const thumb = await sharp(whole.data)
      .resize({ width: THUMB_SIDE, height: THUMB_SIDE, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 75 })
      .toBuffer();
    const picture = { width: whole.info.width, height: whole.info.height, thumb };
    return { ok: true, mediaType: "image/webp", bytes: whole.data, picture };
  } catch {
    // Cut off, damaged, or too long to draw: to the person it is one thing.
    return { ok: false, why: "damaged" };
  }
}

function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
