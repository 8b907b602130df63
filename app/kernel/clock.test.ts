import { afterEach, expect, test } from "vitest";
import { moveClock, now, resetClock } from "./clock";

afterEach(resetClock);

const HOUR = 3_600_000;
// A millisecond between the two readings rounds to minus zero, which is zero.
const offset = () => Math.round((now().getTime() - Date.now()) / HOUR) + 0;

test("the clock tells the true time until a test moves it", () => {
  expect(offset()).toBe(0);
});

test("moves add up, back too, and end with the test", () => {
  moveClock(5 * HOUR);
  moveClock(-2 * HOUR);
  expect(offset()).toBe(3);
  resetClock();
  expect(offset()).toBe(0);
});

test("every copy of this module in the process tells the same time", async () => {
  const copy = await import("./clock?copy" as "./clock");
  moveClock(HOUR);
  expect(copy.now).not.toBe(now);
  expect(Math.round((copy.now().getTime() - Date.now()) / HOUR)).toBe(1);
});
