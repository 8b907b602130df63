import fc from "fast-check";
import { expect, test } from "vitest";
import { boundaryOf, partsOf } from "./multipart";

/** The form as fetch would send it, cut into pieces of `size` bytes. */
async function encoded(form: FormData, size: number) {
  const request = new Request("http://localhost/", { method: "POST", body: form });
  const bytes = Buffer.from(await request.arrayBuffer());
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  return { bytes, pieces, boundary: boundaryOf(request.headers.get("content-type") ?? "") ?? "" };
}

async function parse(pieces: AsyncIterable<Uint8Array>, boundary: string) {
  const parts: { name: string; filename: string | null; contentType: string; data: Buffer }[] = [];
  for await (const part of partsOf(pieces, boundary)) {
    const chunks: Buffer[] = [];
    for await (const chunk of part.data) chunks.push(chunk);
    parts.push({ ...part, data: Buffer.concat(chunks) });
  }
  return parts;
}

test("whatever a form holds and however the network cuts it, it is read as it was sent", async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .constantFrom("\r\n", "\r\n--", "--", "\r", "\r\n\r\n", "\r\n------formdata-undici")
      .map((text) => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(
      bytes,
      fc.string({ maxLength: 40 }),
      fc.integer({ min: 1, max: 90 }),
      async (file, field, size) => {
        const form = new FormData();
        form.append("cacheControl", "3600");
        form.append("note", field.replace(/\r\n|\r|\n/g, "\r\n"));
        form.append("", new Blob([new Uint8Array(file)], { type: "image/webp" }), "a;b=c.webp");
        const { pieces, boundary } = await encoded(form, size);
        const parts = await parse(pieces(), boundary);
        expect(parts.map(({ name, filename }) => [name, filename])).toEqual([
          ["cacheControl", null],
          ["note", null],
          ["", "a;b=c.webp"],
        ]);
        expect(parts[1]?.data.toString()).toBe(Buffer.from(field.replace(/\r\n|\r|\n/g, "\r\n")).toString());
        expect(parts[2]?.contentType).toBe("image/webp");
        expect(parts[2]?.data.equals(Buffer.from(file))).toBe(true);
      },
    ),
  );
});

test("a body that ends too early is refused wherever it was cut", async () => {
  const form = new FormData();
  form.append("", new Blob(["hello"]), "a.txt");
  const { bytes, boundary } = await encoded(form, 10);
  // The last line end behind the closing boundary may be missing.
  for (let length = 0; length < bytes.length - 2; length += 1) {
    const cut = async function* () {
      yield bytes.subarray(0, length);
    };
    await expect(parse(cut(), boundary), `cut at ${length}`).rejects.toThrow("ended too early");
  }
});

test("headers without end are refused before they fill the memory", async () => {
  const endless = async function* () {
    yield Buffer.from("--b\r\n");
    for (;;) yield Buffer.alloc(1024, "x");
  };
  await expect(parse(endless(), "b")).rejects.toThrow("too long");
});

test("only multipart/form-data has a boundary", () => {
  expect(boundaryOf('multipart/form-data; boundary="a b"')).toBe("a b");
  expect(boundaryOf("multipart/form-data; charset=utf-8; boundary=abc")).toBe("abc");
  expect(boundaryOf("text/plain; boundary=abc")).toBeNull();
});
