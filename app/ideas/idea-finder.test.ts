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

test("of a long text without spaces, what was found is shown, too", () => {
  expect(foundIn(`${"桌".repeat(300)}台灯在这里`, "台灯")).toBe(`… ${"桌".repeat(24)}台灯在这里`);
});

test("no character is cut apart", () => {
  expect(foundIn("😀".repeat(200), "x").replaceAll("😀", "")).toBe(" …");
  expect(foundIn(`a${"😀".repeat(200)}台灯`, "台灯")).toBe(`… ${"😀".repeat(12)}台灯`);
  expect(foundIn(`ab${"😀".repeat(200)}1台灯`, "台灯")).toMatch(/^… (?:😀)+1台灯$/u);
});

test("where nothing of it is found, the text stands from its beginning", () => {
  expect(foundIn("Nothing of it", "lamp")).toBe("Nothing of it");
});
