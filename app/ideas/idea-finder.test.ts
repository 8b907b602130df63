import { expect, test } from "vitest";
import { foundIn } from "./idea-finder";

const LONG = `${"one two three ".repeat(20)}the wobbling arm ${"four five six ".repeat(20)}`;

test("a short text is shown whole, on one line", () => {
  expect(foundIn("The arm\n\nwobbles.", "wobbling")).toBe("The arm wobbles.");
});

test("of a long one, what was found stands near the beginning, and what was left out is marked", () => {
  const part = foundIn(LONG, "wobble");
  expect(part).toMatch(/^… .{10,40}wobbling arm/);
  expect(part).toMatch(/ …$/);
  expect(part.length).toBeLessThan(110);
});

test("Chinese is cut between characters, and an emoji is not cut apart", () => {
  expect(foundIn(`${"桌".repeat(60)}台灯在这里`, "台灯")).toContain("桌");
  expect(foundIn("😀".repeat(200), "x").replaceAll("😀", "")).toBe(" …");
});

test("where nothing of it is found, the text stands from its beginning", () => {
  expect(foundIn("Nothing of it", "lamp")).toBe("Nothing of it");
});
