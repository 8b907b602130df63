import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import { judgeModel } from "./model-check";
import { drawPages } from "./pdf-pages.server";
import {
  type FileKind,
  type FileRefusal,
  MOST_BYTES,
  MOST_DRAWING_BYTES,
  MOST_PIXELS,
  type Rendition,
} from "./prototype-file";

const PICTURES: readonly string[] = ["image/jpeg", "image/png", "image/webp", "image/avif"];
/** For a list, for most screens, and to look closely. */
const SIDES = [480, 1_600, 4_096];
const SECONDS_TO_DRAW = 30;
/** What a drawing without a size of its own is drawn as wide as. */
const DRAWING_SIDE = 2_400;

export type Drawn = Rendition & { bytes: Uint8Array };
export type Facts = { width?: number; height?: number; pages?: number; triangles?: number };
export type Judged =
  | { ok: true; kind: FileKind; mediaType: string; facts: Facts; drawn: Drawn[] }
  | { ok: false; why: FileRefusal };

const refused = (why: FileRefusal): Judged => ({ ok: false, why });

/**
 * What a file is, by its contents; whatever is not known to be harmless is refused. Pictures and pages are drawn anew, so that
 * nothing of what was sent reaches a reader with them: no place, no script, nothing appended.
 */
export async function judgePrototypeFile(bytes: Buffer): Promise<Judged> {
  if (bytes.length === 0) return refused("empty");
  if (bytes.length > MOST_BYTES) return refused("too-large");
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (isDrawing(bytes, type?.mime)) return judgeDrawing(bytes);
  if (!type) return refused("not-taken");
  if (PICTURES.includes(type.mime)) return judgePicture(bytes, type.mime);
  if (type.mime === "application/pdf") return judgePdf(bytes);
  if (type.mime === "model/gltf-binary") return judgeGlb(bytes);
  if (type.mime === "video/mp4") {
    return isWholeMp4(bytes)
      ? { ok: true, kind: "video", mediaType: type.mime, facts: {}, drawn: [] }
      : refused("damaged");
  }
  if (type.mime === "video/webm") return { ok: true, kind: "video", mediaType: type.mime, facts: {}, drawn: [] };
  return refused("not-taken");
}

/** An SVG: text that begins with its one element, after what may stand before it. */
function isDrawing(bytes: Buffer, mime: string | undefined): boolean {
  if (mime !== undefined && mime !== "application/xml" && mime !== "image/svg+xml") return false;
  const start = bytes
    .subarray(0, 4_096)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  return (
    /^\s*(<\?xml[^>]{0,200}\?>\s*)?(<!--[\s\S]{0,2000}?-->\s*)*(<!DOCTYPE\s[^>[]{0,400}[>[]|<svg[\s>])/i.test(start) &&
    /<svg[\s>]|<!DOCTYPE\s+svg/i.test(start)
  );
}

/** Drawn once into a picture: whatever it would do in a browser, it does not do here. */
async function judgeDrawing(bytes: Buffer): Promise<Judged> {
  if (bytes.length > MOST_DRAWING_BYTES) return refused("too-large");
  // What is named in a drawing may name itself ten times over, and that ten times.
  if (bytes.includes("<!ENTITY")) return refused("damaged");
  try {
    const { width = 0, height = 0 } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width === 0 || height === 0) return refused("damaged");
    if (width * height > MOST_PIXELS) return refused("too-many-pixels");
    const density = Math.min(2_400, Math.max(72, (72 * DRAWING_SIDE) / Math.max(width, height)));
    const picture = await sharp(bytes, { density, limitInputPixels: MOST_PIXELS })
      .timeout({ seconds: SECONDS_TO_DRAW })
      .resize({ width: DRAWING_SIDE, height: DRAWING_SIDE, fit: "inside" })
      .png()
      .toBuffer();
    return judgePicture(picture, "image/svg+xml");
  } catch {
    return refused("damaged");
  }
}

async function judgePicture(bytes: Buffer, mediaType: string): Promise<Judged> {
  try {
    // What the head of a file says costs nothing to read, and a bomb is told by it.
    const head = await sharp(bytes, { limitInputPixels: false }).metadata();
    if ((head.width ?? 0) * (head.height ?? 0) > MOST_PIXELS) return refused("too-many-pixels");
    const { width = 0, height = 0 } = head.autoOrient;
    const longest = Math.max(width, height);
    const drawn: Drawn[] = [];
    // A picture smaller than the next size is drawn as it is, once.
    for (const side of SIDES.filter((one, at) => at === 0 || longest > (SIDES[at - 1] ?? one))) {
      const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS })
        .timeout({ seconds: SECONDS_TO_DRAW })
        .rotate()
        .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
        .webp({ quality: 85 })
        .toBuffer({ resolveWithObject: true });
      drawn.push({ kind: "scaled", page: 1, width: info.width, height: info.height, bytes: data });
    }
    return { ok: true, kind: "picture", mediaType, facts: { width, height }, drawn };
  } catch {
    // Cut off, damaged, or too long to draw: to the person it is one thing.
    return refused("damaged");
  }
}

async function judgePdf(bytes: Buffer): Promise<Judged> {
  const outcome = await drawPages(bytes);
  if ("why" in outcome) return refused(outcome.why);
  const drawn = outcome.pages.map((page) => ({ kind: "page" as const, ...page }));
  const first = drawn.at(1) ?? drawn.at(0);
  if (!first) return refused("damaged");
  const { width, height } = first;
  return { ok: true, kind: "pdf", mediaType: "application/pdf", facts: { width, height, pages: outcome.count }, drawn };
}

async function judgeGlb(bytes: Buffer): Promise<Judged> {
  const judged = judgeModel(bytes);
  if (!judged.ok) return judged;
  for (const texture of judged.textures) {
    // Those that are packed for graphics cards say their size elsewhere, and unpack to what they are.
    const head = await sharp(texture, { limitInputPixels: false })
      .metadata()
      .catch(() => null);
    if ((head?.width ?? 0) * (head?.height ?? 0) > MOST_PIXELS) return refused("too-many-pixels");
  }
  const { triangles } = judged;
  return { ok: true, kind: "model", mediaType: "model/gltf-binary", facts: { triangles }, drawn: [] };
}

/** Its boxes fill the file, and one says what is in the others: a film that was cut off has neither. */
function isWholeMp4(bytes: Buffer): boolean {
  let hasIndex = false;
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) return false;
    const short = bytes.readUInt32BE(at);
    if (short === 1 && at + 16 > bytes.length) return false;
    const size = short === 0 ? bytes.length - at : short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    if (size < 8 || at + size > bytes.length) return false;
    if (bytes.toString("latin1", at + 4, at + 8) === "moov") hasIndex = true;
    at += size;
  }
  return hasIndex;
}
