import { expect, test } from "vitest";
import { once, takeBack } from "./process.server";

test("there is one instance in a process, however many copies of this module ask", async () => {
  const mine = once("test.one", () => ({ made: "here" }));
  const copy = await import("./process.server?copy" as "./process.server");
  expect(copy.once).not.toBe(once);
  expect(copy.once("test.one", () => ({ made: "there" }))).toBe(mine);
});

test("what could not be made is tried again at the next call", () => {
  expect(() =>
    once("test.failing", () => {
      throw new Error("not now");
    }),
  ).toThrow("not now");
  expect(once("test.failing", () => "now")).toBe("now");
});

test("what was taken back is made anew, and nothing comes back twice", () => {
  once("test.taken", () => 1);
  expect(takeBack("test.taken")).toBe(1);
  expect(takeBack("test.taken")).toBeUndefined();
  expect(once("test.taken", () => 2)).toBe(2);
});
