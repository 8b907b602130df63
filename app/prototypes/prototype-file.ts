import type { FileState } from "./prototype";

/** Files of a version: what is taken, what became of one, and where it is found. */

export const FILE_KINDS = ["picture", "pdf", "video", "model", "web", "sample"] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** Why a file was not taken; each has a sentence. */
export const FILE_REFUSALS = [
  "empty",
  "too-large",
  "too-many-pixels",
  "too-many-pages",
  "too-many-triangles",
  "outside-files",
  "not-taken",
  "locked",
  "damaged",
  "missing",
] as const;
export type FileRefusal = (typeof FILE_REFUSALS)[number];

/** What we made of a file for screens. */
export type Rendition = { kind: "scaled" | "page" | "poster"; page: number; width: number; height: number };

/** A file as pages show it. */
export type ReviewFile = {
  id: string;
  name: string;
  /** Told by the contents; null until they were looked at. */
  kind: FileKind | null;
  address: string | null;
  mediaType: string | null;
  byteSize: number;
  width: number | null;
  height: number | null;
  pages: number | null;
  durationMs: number | null;
  frameRate: number | null;
  triangles: number | null;
  state: FileState;
  refusal: FileRefusal | null;
  renditions: Rendition[];
};

/** A file that is looked at is in memory whole. */
export const MOST_BYTES = 100 * 1024 * 1024;
/** What is drawn from instructions is small; what is not was made to keep us busy. */
export const MOST_DRAWING_BYTES = 5 * 1024 * 1024;
export const MOST_FILES = 50;
/** A picture that unpacks to more pixels than this is refused: it would fill the memory. */
export const MOST_PIXELS = 64_000_000;
export const MOST_PAGES = 300;

/** What a file chooser offers. */
export const FILE_CHOICES = [
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/avif",
  ".svg",
  ".pdf",
  ".mp4",
  ".webm",
  ".glb",
].join(",");

export type UploadRefusal = "may-not" | "empty" | "too-large" | "too-many" | "not-a-draft";

/** Whether one more upload may begin, by its announced size and by what the version holds. */
export function judgeAnnounced(size: number, held: number): UploadRefusal | null {
  if (size <= 0) return "empty";
  if (size > MOST_BYTES) return "too-large";
  return held >= MOST_FILES ? "too-many" : null;
}

/** The name that a file is saved under: its ending says what it is, whatever its sender called it. */
export function savedAs(name: string, mediaType: string): string {
  const ending = ENDINGS[mediaType] ?? "bin";
  return name.toLowerCase().endsWith(`.${ending}`) ? name : `${name.replace(/\.[a-z0-9]{1,5}$/i, "")}.${ending}`;
}

const ENDINGS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/avif": "avif",
  "image/svg+xml": "svg",
  "application/pdf": "pdf",
  "video/mp4": "mp4",
  "video/webm": "webm",
  "model/gltf-binary": "glb",
};

/** A viewer needs these whole. Of everything else readers get what we made of it, without what a camera or a program left in it. */
export const isShownWhole = (kind: FileKind | null): boolean => kind === "video" || kind === "model";

export const fileUrl = (id: string): string => `/api/prototype-files/${id}`;
export const renditionUrl = (id: string, { kind, page, width }: Pick<Rendition, "kind" | "page" | "width">): string =>
  `${fileUrl(id)}?${new URLSearchParams({ kind, page: String(page), width: String(width) })}`;

/** The smallest of them that is at least so wide, or the widest: what a list shows of a file; null when there is none. */
export function thumbOf(renditions: readonly Rendition[], wide = 320): Rendition | null {
  const first = renditions.filter(({ page }) => page === 1).sort((one, two) => one.width - two.width);
  return first.find(({ width }) => width >= wide) ?? first.at(-1) ?? null;
}
