import { StorageRefusal } from "../http";

const HEADER_LIMIT_BYTES = 16 * 1024;

export type Part = {
  name: string;
  /** Null for an ordinary field. */
  filename: string | null;
  contentType: string;
  data: AsyncIterable<Buffer>;
};

/** The boundary of a multipart/form-data content type, or null when it is something else. */
export function boundaryOf(contentType: string): string | null {
  const match = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  return match?.[1] ?? match?.[2] ?? null;
}

/**
 * Reads multipart/form-data piece by piece: a part is handed out as soon as its headers are there, and nothing but the
 * piece at hand is in memory. storage-js names the file's part "", which parsers among our packages refuse.
 * Throws StorageRefusal 400 when the body is not well-formed or ends too early.
 */
export async function* partsOf(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const source = body[Symbol.asyncIterator]();
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first boundary stands at the very beginning, without a line before it.
  let held = Buffer.from("\r\n");

  const more = async () => {
    const { done, value } = await source.next();
    if (done) throw new StorageRefusal(400, "InvalidRequest", "The multipart body ended too early");
    held = Buffer.concat([held, value]);
  };
  /** The content up to the next boundary, which is skipped. */
  const content = async function* () {
    for (;;) {
      const at = held.indexOf(delimiter);
      // A boundary may begin in this piece and end in the next.
      const safe = at === -1 ? held.length - delimiter.length + 1 : at;
      if (safe > 0) {
        const piece = held.subarray(0, safe);
        held = held.subarray(safe);
        yield piece;
      }
      if (at !== -1) {
        held = held.subarray(delimiter.length);
        return;
      }
      await more();
    }
  };
  const upTo = async (mark: string, limit: number) => {
    for (;;) {
      const at = held.indexOf(mark);
      if (at !== -1 && at <= limit) {
        const text = held.subarray(0, at).toString("utf8");
        held = held.subarray(at + mark.length);
        return text;
      }
      if (held.length > limit) throw new StorageRefusal(400, "InvalidRequest", "A multipart header is too long");
      await more();
    }
  };

  try {
    await drain(content());
    for (;;) {
      while (held.length < 2) await more();
      if (held.subarray(0, 2).toString() === "--") return;
      // A part without any header begins with an empty line.
      const headers = await upTo("\r\n\r\n", HEADER_LIMIT_BYTES);
      const data = content();
      yield { ...describe(headers), data };
      await drain(data);
    }
  } finally {
    await source.return?.();
  }
}

async function drain(data: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of data);
}

function describe(headers: string): Omit<Part, "data"> {
  const lines = headers.split("\r\n");
  const header = (name: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? "";
  const disposition = header("content-disposition");
  const parameter = (name: string) => {
    const match = new RegExp(`;\\s*${name}="((?:\\\\"|[^"])*)"`, "i").exec(disposition);
    return match?.[1] ?? null;
  };
  if (!/^form-data\b/i.test(disposition)) {
    throw new StorageRefusal(400, "InvalidRequest", "A multipart part has no name");
  }
  return { name: parameter("name") ?? "", filename: parameter("filename"), contentType: header("content-type") };
}
