import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import { startGateway } from "../../tests/local-supabase";
import { accounts, brixOwner, designer, metisOwner, metisViewer, stifferJoint, support } from "../../tests/personas";
import { addImage, mayReadImage, readImage } from "./idea-images.server";

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const png = (width = 40, height = 30) =>
  sharp({ create: { width, height, channels: 3, background: "#0c5a5b" } })
    .png()
    .toBuffer();
const file = (bytes: Uint8Array | string, name = "lamp.png", type = "image/png") =>
  new File([typeof bytes === "string" ? bytes : new Uint8Array(bytes)], name, { type });
const idOf = (src: string) => src.replace("/api/files/", "");
const stored = () =>
  asSuperuser<{ n: number }>("select count(*)::int as n from storage.objects where bucket_id = 'idea-files'");

test("a picture is kept, described, and read by both sides as what it was", async () => {
  const outcome = await addImage(metisOwner, stifferJoint, file(await png()));
  expect(outcome).toMatchObject({
    ok: true,
    width: 40,
    height: 30,
    src: expect.stringMatching(/^\/api\/files\/[0-9a-f-]{36}$/),
  });
  if (!outcome.ok) return;
  for (const reader of [metisOwner, metisViewer, designer]) {
    const image = await readImage([reader], idOf(outcome.src));
    expect(image?.mediaType).toBe("image/webp");
    const bytes = Buffer.from((await image?.bytes.arrayBuffer()) ?? new ArrayBuffer(0));
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 40, height: 30 });
  }
  const [row] = await asSuperuser("select name, account_id, created_by from idea_files where id = $1", [
    idOf(outcome.src),
  ]);
  expect(row).toEqual({ name: "lamp.png", account_id: accounts.metis, created_by: metisOwner.personId });
});

test("another account's picture does not exist, and nobody adds one to a foreign idea", async () => {
  const outcome = await addImage(designer, stifferJoint, file(await png()));
  if (!outcome.ok) throw new Error(outcome.why);
  expect(await readImage([brixOwner], idOf(outcome.src))).toBeUndefined();
  expect(await mayReadImage([brixOwner], idOf(outcome.src))).toBe(false);
  expect(await mayReadImage([metisViewer], idOf(outcome.src))).toBe(true);
  const before = await stored();
  expect(await addImage(brixOwner, stifferJoint, file(await png()))).toEqual({ ok: false, why: "not-found" });
  expect(await stored()).toEqual(before);
});

test("who may only read the brief adds no picture to it", async () => {
  for (const reader of [metisViewer, support]) {
    expect(await addImage(reader, stifferJoint, file(await png()))).toEqual({ ok: false, why: "may-not-write" });
  }
});

test("where a photo was taken does not come along, and it stands upright", async () => {
  const photo = await sharp(await png(60, 20))
    .jpeg()
    .withExif({ IFD0: { Make: "SecretCamera" }, IFD3: { GPSLatitude: "50/1 27/1 0/1" } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const outcome = await addImage(metisOwner, stifferJoint, file(photo, "photo.jpg", "image/jpeg"));
  expect(outcome).toMatchObject({ ok: true, width: 20, height: 60 });
  if (!outcome.ok) return;
  const bytes = Buffer.from(
    (await (await readImage([metisOwner], idOf(outcome.src)))?.bytes.arrayBuffer()) ?? new ArrayBuffer(0),
  );
  expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  expect(bytes.includes("SecretCamera")).toBe(false);
});

test("a large photo becomes one that a page can show", async () => {
  expect(await addImage(metisOwner, stifferJoint, file(await png(4_800, 1_200)))).toMatchObject({
    ok: true,
    width: 2_400,
    height: 600,
  });
});

test("what is no picture is refused by what it holds, not by what it is called", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const broken = (await png()).subarray(0, 60);
  for (const bytes of [svg, "<html><script>alert(1)</script>", "%PDF-1.4 hello", broken]) {
    expect(await addImage(metisOwner, stifferJoint, file(bytes))).toEqual({ ok: false, why: "not-an-image" });
  }
  expect(await addImage(metisOwner, stifferJoint, file(""))).toEqual({ ok: false, why: "no-file" });
  const tooLarge = new Uint8Array(10 * 1024 * 1024 + 1);
  expect(await addImage(metisOwner, stifferJoint, file(tooLarge))).toEqual({ ok: false, why: "too-large" });
});

test("a picture that unpacks to more than a memory holds is refused", async () => {
  const bomb = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: "#000" } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  expect(bomb.length).toBeLessThan(1_000_000);
  expect(await addImage(metisOwner, stifferJoint, file(bomb))).toEqual({ ok: false, why: "not-an-image" });
});
