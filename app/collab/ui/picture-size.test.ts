import { expect, test } from "vitest";
import { pdfOf } from "./picture-pdf";
import { AREAS, finenessOf } from "./picture-size";

const [DESK, PHONE] = AREAS;

test("a board is saved twice as fine as a screen, a large one as fine as a browser can", () => {
  expect(finenessOf(1_200, 800, DESK)).toBe(2);
  for (const area of AREAS) {
    for (const [width, height] of [
      [13_000, 5_500],
      [2_000_000, 48],
      [1_000_000, 1_000_000],
    ] as const) {
      const finer = finenessOf(width, height, area);
      expect(Math.max(width, height) * finer).toBeLessThanOrEqual(16_384);
      expect(width * finer * height * finer).toBeLessThanOrEqual(area * 1.001);
    }
  }
  expect(finenessOf(13_000, 5_500, PHONE)).toBeLessThan(finenessOf(13_000, 5_500, DESK));
  expect(finenessOf(0, 0, DESK)).toBe(2);
});

test("a page is as large as the board stands on a screen, and never larger than a page can be", () => {
  const page = (width: number, height: number, finer: number) =>
    /MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/
      .exec(new TextDecoder("latin1").decode(pdfOf(new Uint8Array(3), { width, height, finer })))
      ?.slice(1)
      .map(Number);
  expect(page(2_400, 1_600, 2)).toEqual([900, 600]);
  expect(page(16_000, 400, 0.016)).toEqual([14_400, 360]);
});
