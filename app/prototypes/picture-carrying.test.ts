import sharp from "sharp";
import { expect, test, vi } from "vitest";
import type { Carried } from "./carrying";
import { carryOnPicture, picturesOf } from "./picture-carrying";
import { type Place, SIDE } from "./pin";
import { type Raster, reductionOf } from "./raster";

// Whole pictures are looked through, for every pin.
vi.setConfig({ testTimeout: 60_000 });

const WIDTH = 1200;
const HEIGHT = 900;
type Parts = Readonly<Record<string, string>>;

/** A lamp as one would draw it, part by part, so that a later version can be another one of it. */
const LAMP: Parts = {
  base: '<path d="M420 800h360l-50-60H470z" fill="#345"/><path d="M450 790h300" stroke="#fff" stroke-width="6"/>',
  stem: '<path d="M600 740V420" stroke="#567" stroke-width="26"/>',
  arm: '<path d="M600 430 860 250" stroke="#765" stroke-width="22"/><path d="M690 345l30 46" stroke="#222" stroke-width="9"/>',
  joint:
    '<circle cx="600" cy="425" r="34" fill="#a33"/><path d="M578 425h44M600 403v44" stroke="#fff" stroke-width="9"/>',
  shade:
    '<path d="M800 170l140 40-30 130-150-60z" fill="#2a6"/><path d="M815 205l100 30" stroke="#fe8" stroke-width="10"/>',
  knob: '<path d="M180 300h110v90h-60l-50 40z" fill="#84c"/><circle cx="215" cy="345" r="14" fill="#fff"/>',
  left: '<g transform="translate(200 640)"><circle r="40" fill="#444"/><path d="M-24-24l48 48" stroke="#eee" stroke-width="12"/></g>',
  right:
    '<g transform="translate(1020 640)"><circle r="40" fill="#444"/><path d="M-24-24l48 48" stroke="#eee" stroke-width="12"/></g>',
  title: '<path d="M80 80h300M80 110h220M80 140h260" stroke="#333" stroke-width="12" stroke-dasharray="38 9 12 7"/>',
};

const drawn = (parts: Parts, width = WIDTH, height = HEIGHT, at = "0 0") =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#f4f1ea"/>
     <g transform="translate(${at})">${Object.values(parts).join("")}</g></svg>`,
  );
const png = (parts: Parts, width?: number, height?: number, at?: string) =>
  sharp(drawn(parts, width, height, at))
    .png()
    .toBuffer();

async function raster(file: Buffer, reduction: number): Promise<Raster> {
  const { width = 1, height = 1 } = await sharp(file).metadata();
  const { data, info } = await sharp(file)
    .removeAlpha()
    .resize(Math.round(width * reduction), Math.round(height * reduction), { fit: "fill" })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, light: new Uint8Array(data) };
}

async function carried(from: Buffer, to: Buffer, place: Place): Promise<Carried<Place>> {
  const sizes = await Promise.all(
    [from, to].map(async (file) => (await sharp(file).metadata()) as { width: number; height: number }),
  );
  const by = reductionOf(...sizes);
  return carryOnPicture(picturesOf(await raster(from, by), await raster(to, by)), place);
}

const at = (x: number, y: number, width = WIDTH, height = HEIGHT): Place => ({
  x: Math.round((x / width) * SIDE),
  y: Math.round((y / height) * SIDE),
  width: 0,
  height: 0,
});
/** Within a hundredth of the sides. */
const near = (was: Carried<Place>, kind: string, { x, y }: Place) => {
  expect(was.kind).toBe(kind);
  if (was.kind === "orphaned") return;
  expect(Math.abs(was.place.x - x)).toBeLessThan(SIDE / 100);
  expect(Math.abs(was.place.y - y)).toBeLessThan(SIDE / 100);
};

const without = (...names: string[]): Parts =>
  Object.fromEntries(Object.entries(LAMP).filter(([name]) => !names.includes(name)));
const moved = (name: string, by: string): Parts => ({
  ...LAMP,
  [name]: `<g transform="translate(${by})">${LAMP[name]}</g>`,
});

const JOINT = at(600, 425);
const KNOB = at(230, 345);
const SHADE = at(860, 240);

test("on a file that was saved anew, smaller and with losses, every pin stands where it stood", async () => {
  const before = await png(LAMP);
  const after = await sharp(before).resize(900).jpeg({ quality: 70 }).toBuffer();
  for (const place of [JOINT, KNOB, SHADE, at(450, 560)]) near(await carried(before, after, place), "carried", place);
});

test("another part that changes moves no pin", async () => {
  const before = await png(LAMP);
  const after = await png(without("shade"));
  for (const place of [JOINT, KNOB]) near(await carried(before, after, place), "carried", place);
});

test("a pin on a part that is gone is orphaned", async () => {
  const before = await png(LAMP);
  expect(await carried(before, await png(without("knob")), KNOB)).toEqual({ kind: "orphaned" });
  expect(await carried(before, await png(without("shade")), SHADE)).toEqual({ kind: "orphaned" });
});

test("a pin on a part that is gone does not go to the part that looks the same", async () => {
  const after = await png(without("left"));
  expect(await carried(await png(LAMP), after, at(200, 640))).toEqual({ kind: "orphaned" });
  near(await carried(await png(LAMP), after, at(1020, 640)), "carried", at(1020, 640));
});

test("a pin goes with a part that lies elsewhere, once somebody has looked", async () => {
  const after = await png(moved("knob", "60 180"));
  near(await carried(await png(LAMP), after, KNOB), "moved", at(290, 525));
});

test("when all of it has been moved on a larger sheet, pins go with it", async () => {
  const after = await png(LAMP, 1500, 1000, "220 70");
  for (const [x, y] of [
    [600, 425],
    [230, 345],
    [860, 240],
  ] as const) {
    near(await carried(await png(LAMP), after, at(x, y)), "carried", at(x + 220, y + 70, 1500, 1000));
  }
});

test("a region keeps the size of what it is drawn around", async () => {
  const region = { x: 45_000, y: 42_000, width: 10_000, height: 10_000 };
  const after = await carried(await png(LAMP), await png(LAMP, 1500, 1000, "220 70"), region);
  if (after.kind !== "carried") throw new Error(after.kind);
  expect(after.place.width).toBeCloseTo((10_000 * WIDTH) / 1500, -2);
  expect(after.place.height).toBeCloseTo((10_000 * HEIGHT) / 1000, -2);
});

test("on another picture altogether nothing is carried", async () => {
  const other = await sharp({
    create: {
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      background: "#777",
      noise: { type: "gaussian", mean: 120, sigma: 60 },
    },
  })
    .png()
    .toBuffer();
  for (const place of [JOINT, KNOB, SHADE])
    expect((await carried(await png(LAMP), other, place)).kind).toBe("orphaned");
});

test("a blank sheet gives nothing to tell a pin by but its place", async () => {
  const blank = await png({});
  near(await carried(blank, blank, JOINT), "carried", JOINT);
});
