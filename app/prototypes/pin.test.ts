import fc from "fast-check";
import { expect, test } from "vitest";
import { isPlace, isRegion, LEAST_REGION, moved, neighbour, placeBetween, pointAt, resized, SIDE } from "./pin";

/** Also outside the picture, and between its parts: a pointer goes where it likes. */
const COORDINATE = fc.oneof(
  fc.double({ min: -2 * SIDE, max: 3 * SIDE, noNaN: true }),
  fc.constantFrom(0, 1, SIDE - 1, SIDE),
);
const POINT = fc.record({ x: COORDINATE, y: COORDINATE });
const PLACE = fc.tuple(POINT, POINT).map(([from, to]) => placeBetween(from, to));

test("wherever one clicks, drags or steps, the place lies on the picture", () => {
  fc.assert(
    fc.property(POINT, PLACE, POINT, (point, place, by) => {
      expect(isPlace(pointAt(point))).toBe(true);
      expect(isPlace(place)).toBe(true);
      expect(isPlace(moved(place, by))).toBe(true);
      expect(isPlace(resized(place, by))).toBe(true);
    }),
  );
});

test("a region is the same from whichever corner it is dragged", () => {
  fc.assert(
    fc.property(POINT, POINT, (from, to) => {
      const place = placeBetween(from, to);
      if (isRegion(place)) expect(placeBetween(to, from)).toEqual(place);
    }),
  );
});

test("a region holds both points it was dragged between", () => {
  fc.assert(
    fc.property(POINT, POINT, (from, to) => {
      const place = placeBetween(from, to);
      fc.pre(isRegion(place));
      for (const { x, y } of [pointAt(from), pointAt(to)]) {
        expect(place.x <= x && x <= place.x + place.width).toBe(true);
        expect(place.y <= y && y <= place.y + place.height).toBe(true);
      }
    }),
  );
});

test("a hand that shakes while it clicks sets a point, and a thin line is widened to be seen", () => {
  expect(placeBetween({ x: 10, y: 10 }, { x: 10 + LEAST_REGION - 1, y: 12 })).toEqual(pointAt({ x: 10, y: 10 }));
  const line = placeBetween({ x: SIDE, y: 0 }, { x: SIDE, y: 40_000 });
  expect(line).toEqual({ x: SIDE - LEAST_REGION, y: 0, width: LEAST_REGION, height: 40_000 });
});

test.each([
  ["beyond the edge", { x: 99_000, y: 0, width: 2_000, height: 2_000 }],
  ["too thin to see", { x: 0, y: 0, width: 2_000, height: 0 }],
  ["between two parts", { x: 0.5, y: 0, width: 0, height: 0 }],
  ["above the picture", { x: 0, y: -1, width: 0, height: 0 }],
  ["nowhere", { x: Number.NaN, y: 0, width: 0, height: 0 }],
])("a place %s is none", (_where, place) => {
  expect(isPlace(place)).toBe(false);
});

test("going on from the last pin leads to the first, and back again", () => {
  const pins = ["a", "b", "c"];
  expect([neighbour(pins, "a", 1), neighbour(pins, "c", 1), neighbour(pins, "a", -1)]).toEqual(["b", "a", "c"]);
  expect([neighbour(pins, null, 1), neighbour(pins, null, -1), neighbour([], null, 1)]).toEqual(["a", "c", null]);
  expect(neighbour(pins, "gone", 1)).toBe("a");
});
