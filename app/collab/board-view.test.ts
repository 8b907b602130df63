import { describe, expect, it } from "vitest";
import { boardView, standingAt, viewOn } from "./board-view";
import { cleanPoint } from "./presence.server";

describe("following somebody on a board", () => {
  it("shows the same middle, as near, on a screen of another size", () => {
    const desk = { scrollX: -320.4, scrollY: 75, width: 1_400, height: 800, zoom: { value: 1.5 } };
    const seen = viewOn(desk);
    if (!seen) throw new Error("nothing is seen");
    expect(seen).toEqual({ x: 787, y: 192, zoom: 1.5 });
    const phone = { width: 360, height: 500 };
    expect(viewOn({ ...standingAt(seen, phone), ...phone })).toEqual(seen);
  });

  it.each([
    ["a place without an end", { x: Number.POSITIVE_INFINITY, y: 0, zoom: 1 }],
    ["a place too far away", { x: 0, y: 2_000_000, zoom: 1 }],
    ["no number", { x: "0", y: 0, zoom: 1 }],
    ["no nearness", { x: 0, y: 0 }],
    ["a nearness that divides by nothing", { x: 0, y: 0, zoom: 0 }],
    ["a nearness that is no number", { x: 0, y: 0, zoom: Number.NaN }],
    ["nothing", null],
  ])("takes nobody to %s", (_name, view) => {
    expect(boardView(view)).toBeNull();
    expect(cleanPoint({ x: 1, y: 2, view })).toEqual({ x: 1, y: 2 });
  });

  it("passes on where somebody points and looks, and nothing that came with it", () => {
    const view = { x: 3, y: 4, zoom: 0.5 };
    expect(cleanPoint({ x: 1, y: 2, name: "Staff", view: { ...view, name: "Staff" } })).toEqual({ x: 1, y: 2, view });
    expect(cleanPoint({ view })).toEqual({ view });
    expect(cleanPoint({ x: 1, view: { x: 1 } })).toBeNull();
  });
});
