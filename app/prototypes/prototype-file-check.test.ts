import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { pdfOf } from "~/kernel/pdf.server";
import { glbOf, glbWith } from "./glb.fixture";
import { judgePrototypeFile } from "./prototype-file-check.server";

/** What is taken and what is not, by the bytes alone: names say nothing here. */

const why = async (bytes: Uint8Array | string): Promise<string> => {
  const judged = await judgePrototypeFile(Buffer.from(bytes as Uint8Array));
  return judged.ok ? `taken as ${judged.kind}` : judged.why;
};
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#0c5a5b" }, limitInputPixels: false });
const PLACE = { IFD3: { GPSLatitudeRef: "N", GPSLatitude: "48/1 12/1 0/1" } };
const box = { name: "head", from: [0, 0, 0], to: [1, 1, 1] } as const;
const svg = (inside: string, head = "") =>
  `${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="60" height="40">${inside}</svg>`;

test("a picture is drawn anew in the sizes that screens need, upright and without the place it was taken at", async () => {
  const taken = await picture(2_000, 1_000).withExif(PLACE).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const judged = await judgePrototypeFile(taken);
  if (!judged.ok) throw new Error(judged.why);
  expect(judged).toMatchObject({ kind: "picture", mediaType: "image/jpeg", facts: { width: 1_000, height: 2_000 } });
  expect(judged.drawn.map(({ width, height }) => [width, height])).toEqual([
    [240, 480],
    [800, 1_600],
    [1_000, 2_000],
  ]);
  for (const { bytes } of judged.drawn) expect((await sharp(Buffer.from(bytes)).metadata()).exif).toBeUndefined();
});

function crc32(bytes: Buffer): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Black in one bit a pixel, packed: a hundred kilobytes, whatever it unpacks to. */
function blackPng(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length);
    whole.set(body, 4);
    whole.writeUInt32BE(crc32(body), body.length + 4);
    return whole;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  const lines = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", lines), chunk("IEND", Buffer.alloc(0))]);
}

test("every kind of picture is taken, each once when it is small", async () => {
  for (const format of ["png", "jpeg", "webp", "avif"] as const) {
    const judged = await judgePrototypeFile(await picture(40, 30).toFormat(format).toBuffer());
    expect(judged.ok && judged.drawn.map(({ width }) => width), format).toEqual([40]);
  }
});

test("what only calls itself something is refused", async () => {
  const html = "<!doctype html><script>alert(1)</script>";
  expect(await why(html)).toBe("not-taken");
  expect(await why(`<html><body>${svg("")}</body></html>`)).toBe("not-taken");
  expect(await why("")).toBe("empty");
  expect(await why("MZ not a picture")).toBe("not-taken");
  expect(await why(await picture(8, 8).gif().toBuffer())).toBe("not-taken");
  const polyglot = Buffer.concat([await picture(40, 30).png().toBuffer(), Buffer.from(html)]);
  const judged = await judgePrototypeFile(polyglot);
  for (const { bytes } of judged.ok ? judged.drawn : []) expect(Buffer.from(bytes).includes("script")).toBe(false);
  expect(judged.ok && judged.drawn.length).toBe(1);
});

test("a picture of 30,000 by 30,000 is refused by what its head says, and one that is cut off as damaged", async () => {
  const bomb = blackPng(30_000, 30_000);
  expect(bomb.length).toBeLessThan(200_000);
  const before = process.memoryUsage().rss;
  expect(await why(bomb)).toBe("too-many-pixels");
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  const whole = await picture(400, 300).jpeg().toBuffer();
  expect(await why(whole.subarray(0, whole.length - 200))).toBe("damaged");
  const png = await picture(400, 300).png().toBuffer();
  expect(await why(png.subarray(0, 60))).toBe("damaged");
});

test("a drawing becomes a picture: its scripts do nothing, and what names itself again and again is refused", async () => {
  const judged = await judgePrototypeFile(
    Buffer.from(svg(`<script>alert(1)</script><rect width="60" height="40" fill="red" onload="alert(1)"/>`)),
  );
  if (!judged.ok) throw new Error(judged.why);
  expect(judged).toMatchObject({ kind: "picture", mediaType: "image/svg+xml", facts: { width: 2_400, height: 1_600 } });
  const drawn = await sharp(Buffer.from(judged.drawn[0]?.bytes ?? [])).stats();
  expect(drawn.channels[0]?.mean).toBeGreaterThan(240);
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join("");
  expect(await why(svg("<text>&l9;</text>", `<!DOCTYPE svg [<!ENTITY l0 "ha">${laughs}]>`))).toBe("damaged");
  const outside = svg(`<image xlink:href="file:///etc/passwd" width="60" height="40"/><rect width="1" height="1"/>`);
  expect(await why(outside)).toBe("taken as picture");
  const wide = `<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>`;
  expect(await why(wide)).toBe("too-many-pixels");
});

const at = new Date("2026-11-24T03:00:00Z");
const paper = () =>
  pdfOf({
    locale: "en",
    kind: "Sheet",
    title: "Lamp head",
    parts: [{ kind: "text", text: "M6" }],
    footer: "Tandem",
    at,
  });

test("the pages of a document become pictures, for a strip and to be read", async () => {
  const judged = await judgePrototypeFile(Buffer.from(await paper()));
  if (!judged.ok) throw new Error(judged.why);
  expect(judged).toMatchObject({ kind: "pdf", facts: { pages: 1 } });
  expect(judged.drawn.map(({ kind, page, width }) => [kind, page, width])).toEqual([
    ["page", 1, 320],
    ["page", 1, 1_600],
  ]);
  const { channels } = await sharp(Buffer.from(judged.drawn[1]?.bytes ?? [])).stats();
  // Somebody wrote on it: white alone has no spread.
  expect(channels[0]?.stdev).toBeGreaterThan(1);
}, 30_000);

/** The smallest document there is, with whatever is to happen when it is opened. */
function document(action: string, pages = 1, box = "0 0 200 100"): string {
  const kids = Array.from({ length: pages }, (_, page) => `${page + 3} 0 R`);
  const parts = [
    `<< /Type /Catalog /Pages 2 0 R ${action} >>`,
    `<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${pages} >>`,
    ...kids.map(() => `<< /Type /Page /Parent 2 0 R /MediaBox [${box}] >>`),
  ];
  const objects = parts.map((part, at) => `${at + 1} 0 obj\n${part}\nendobj\n`).join("");
  return `%PDF-1.7\n${objects}trailer << /Root 1 0 R /Size ${parts.length + 1} >>\n%%EOF`;
}

test("what a document wants to run or open is no part of its pictures, and a damaged one is refused", async () => {
  expect(await why(document("/OpenAction << /S /JavaScript /JS (while\\(true\\){}) >>"))).toBe("taken as pdf");
  expect(await why(document("/OpenAction << /S /Launch /F (calc.exe) >>"))).toBe("taken as pdf");
  expect(await why("%PDF-1.7\nnothing of a document")).toBe("damaged");
  expect(await why(document("", 301))).toBe("too-many-pages");
  expect(await why(document("", 1, "0 0 1 100000"))).toBe("damaged");
}, 60_000);

const described = (change: (gltf: { [key: string]: unknown }) => unknown): Uint8Array => {
  const whole = Buffer.from(glbOf([box]));
  const length = whole.readUInt32LE(12);
  const gltf = JSON.parse(whole.subarray(20, 20 + length).toString("utf8"));
  change(gltf);
  return glbWith(gltf, [whole.subarray(28 + length)]);
};

test("a model is taken when all it points to lies in it", async () => {
  const judged = await judgePrototypeFile(Buffer.from(glbOf([box])));
  expect(judged).toMatchObject({ ok: true, kind: "model", mediaType: "model/gltf-binary", facts: { triangles: 12 } });
  const elsewhere = "https://elsewhere.example/mesh.bin";
  expect(await why(described((gltf) => Object.assign(gltf, { images: [{ uri: elsewhere }] })))).toBe("outside-files");
  expect(await why(described((gltf) => Object.assign(gltf, { buffers: [{ uri: elsewhere, byteLength: 168 }] })))).toBe(
    "outside-files",
  );
});

test("a model whose sizes are wrong is refused, whichever of them it is", async () => {
  const whole = glbOf([box]);
  expect(await why(whole.subarray(0, whole.length - 8))).toBe("damaged");
  expect(await why(Buffer.concat([whole, Buffer.from("more")]))).toBe("damaged");
  const wrong = [
    (gltf: { [key: string]: unknown }) =>
      Object.assign(gltf, { bufferViews: [{ buffer: 0, byteOffset: 0, byteLength: 1e9 }] }),
    (gltf: { [key: string]: unknown }) => Object.assign(gltf, { buffers: [{ byteLength: 1e9 }] }),
    (gltf: { [key: string]: unknown }) =>
      Object.assign(gltf, { accessors: [{ bufferView: 0, componentType: 5126, count: 1e9, type: "VEC3" }] }),
    (gltf: { [key: string]: unknown }) => Object.assign(gltf, { accessors: [] }),
  ];
  for (const change of wrong) expect(await why(described(change))).toBe("damaged");
  const many = { componentType: 5126, count: 30_000_000, type: "VEC3" };
  expect(await why(described((gltf) => Object.assign(gltf, { accessors: [many, many] })))).toBe("too-many-triangles");
});

test("a picture inside a model is no way around the limits of pictures", async () => {
  const bomb = blackPng(12_000, 12_000);
  const inside = described((gltf) => {
    gltf.bufferViews = [{ buffer: 0, byteOffset: 0, byteLength: bomb.length }];
    gltf.buffers = [{ byteLength: bomb.length }];
    Object.assign(gltf, { accessors: [], meshes: [], images: [{ bufferView: 0, mimeType: "image/png" }] });
  });
  const length = Buffer.from(inside).readUInt32LE(12);
  const gltf = JSON.parse(Buffer.from(inside.subarray(20, 20 + length)).toString("utf8"));
  expect(await why(glbWith(gltf, [bomb]))).toBe("too-many-pixels");
});

test("a film is taken when it has not been cut off", async () => {
  const atom = (name: string, size = 16) => {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32BE(size);
    bytes.write(name, 4);
    return bytes;
  };
  const start = Buffer.alloc(24);
  start.writeUInt32BE(24);
  start.write("ftypisom", 4);
  start.write("isommp42", 16);
  expect(await why(Buffer.concat([start, atom("moov"), atom("mdat")]))).toBe("taken as video");
  expect(await why(Buffer.concat([start, atom("mdat", 5_000)]))).toBe("damaged");
  expect(await why(Buffer.concat([start, atom("mdat")]))).toBe("damaged");
});
