import { expect, test } from "vitest";
import { CLOSE } from "../limits";
import en from "../words/en";
import ru from "../words/ru";
import uk from "../words/uk";
import zh from "../words/zh";
import { refusalOf } from "./refusals";

/** Those after which the same page is let in again, by itself. */
const FOR_NOW: readonly number[] = [CLOSE.failed, CLOSE.restarting, CLOSE.later];

test("every close that ends a line for good has a sentence of its own in each language, every other one is tried again", () => {
  const reasons = Object.values(CLOSE)
    .filter((code) => !FOR_NOW.includes(code))
    .map(refusalOf);
  for (const { refused } of [en, uk, ru, zh]) {
    const said = reasons.map((reason) => reason && refused[reason]);
    expect(said).not.toContain(null);
    expect(new Set(said).size).toBe(reasons.length);
  }
  expect(FOR_NOW.map(refusalOf)).toEqual([null, null, null]);
  // The provider stops on these by itself.
  expect(refusalOf(4499)).toBe("unusable");
});
