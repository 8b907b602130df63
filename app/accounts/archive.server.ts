import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from "fflate";

/** Archives of what is handed over: texts, then files as they lie in the storage, one after the other and never two at once. */

/** A text of an archive, by the name it has there. */
export type TextToHandOver = readonly [name: string, text: string];

/** A file of an archive. `open`: its bytes; null when the storage has none. */
export type FileToHandOver = {
  path: string;
  name: string;
  ideaId: string;
  byteSize: number;
  open: () => Promise<AsyncIterable<Uint8Array> | null>;
};

/** A line of the list of files that goes along. */
type Listed = {
  path: string;
  name: string;
  ideaId: string;
  bytes: number;
  sha256: string | null;
  leftOut: "archive-full" | "not-in-storage" | null;
};

/** An archive counts its bytes in 32 bits; beyond this its end would be lost. */
const ARCHIVE_MAX_BYTES = 3_500_000_000;

/**
 * The archive, piece by piece, as fast as it is taken: at no moment is more than a piece of one file held. Its last text is
 * files.json: each file with its size and SHA-256 as they were when it was written, and what was left out and why.
 */
export async function* zipped(
  texts: readonly TextToHandOver[],
  files: readonly FileToHandOver[],
  most = ARCHIVE_MAX_BYTES,
): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let written = 0;
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    written += piece.length;
    pieces.push(piece);
  });
  const text = (name: string, words: string) => {
    const entry = new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    entry.push(strToU8(words), true);
  };
  for (const [name, words] of texts) {
    text(name, words);
    yield* pieces.splice(0);
  }
  const listed: Listed[] = [];
  for (const { open, byteSize, ...file } of files) {
    const line = { ...file, bytes: byteSize, sha256: null, leftOut: null };
    if (written + byteSize > most) {
      listed.push({ ...line, leftOut: "archive-full" });
      continue;
    }
    const body = await open();
    if (!body) {
      listed.push({ ...line, leftOut: "not-in-storage" });
      continue;
    }
    // Photos and papers are packed already.
    const entry = new ZipPassThrough(file.path);
    zip.add(entry);
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of body) {
      hash.update(piece);
      bytes += piece.length;
      entry.push(piece);
      yield* pieces.splice(0);
    }
    entry.push(new Uint8Array(0), true);
    listed.push({ ...line, bytes, sha256: hash.digest("hex") });
    yield* pieces.splice(0);
  }
  text("files.json", JSON.stringify(listed, null, 2));
  zip.end();
  yield* pieces.splice(0);
}

/** The answer by which a browser saves an archive. In: the name it gets there, without its ending. */
export function archiveAnswer(name: string, archive: AsyncIterable<Uint8Array>): Response {
  return new Response(createReadableStreamFromReadable(Readable.from(archive, { objectMode: false })), {
    headers: {
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename="data.zip"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", "%27")}.zip`,
      "Cache-Control": "no-store",
    },
  });
}
