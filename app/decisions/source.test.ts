import fc from "fast-check";
import { expect, test } from "vitest";
import { documentOf, quoteOf, SOURCE_KINDS, type Source, standingOf, type Wording } from "./source";

const TEXT = fc.string({ unit: "grapheme", maxLength: 12 });
const SOURCE: fc.Arbitrary<Source> = fc.record({
  kind: fc.constantFrom(...SOURCE_KINDS),
  objectId: fc.uuid(),
  text: TEXT,
  authorId: fc.uuid(),
  writtenAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") }),
});
const WORDING: fc.Arbitrary<Wording> = fc.record({
  decisionId: fc.uuid(),
  revision: fc.integer({ min: 1, max: 9 }),
  title: TEXT,
  reason: TEXT,
  rejected: fc.array(TEXT, { maxLength: 3 }),
  quotes: fc.array(TEXT, { maxLength: 3 }),
});

test.each([
  ["arm wobbles", "arm wobbles", "as-quoted"],
  ["arm wobbles", "arm wobbles at 60 cm", "changed"],
  ["шарнір", "Шарнір", "changed"],
  ["灯臂晃动", "灯臂 晃动", "changed"],
  ["arm\nwobbles", "arm\r\nwobbles", "as-quoted"],
  ["й", "\u0438\u0306", "as-quoted"],
])("%j quoted, %j now: %s", (text, now, expected) => {
  expect(standingOf({ text }, { text: now })).toBe(expected);
});

test("what is gone is not called changed, even when nothing was quoted of it", () => {
  expect(standingOf({ text: "" }, null)).toBe("gone");
  expect(standingOf({ text: "" }, { text: "" })).toBe("as-quoted");
});

test("two quotes that differ in anything are hashed over different words", () => {
  fc.assert(
    fc.property(SOURCE, SOURCE, (one, two) => {
      const same = JSON.stringify(one) === JSON.stringify(two);
      expect(quoteOf(one) === quoteOf(two)).toBe(same);
    }),
  );
});

test("no words move from one field of a document into another unnoticed", () => {
  const words: Wording = { decisionId: "d", revision: 1, title: "a", reason: "b", rejected: ["c"], quotes: ["d"] };
  const moved: Partial<Wording>[] = [
    { title: "ab", reason: "" },
    { title: 'a","b', reason: "" },
    { rejected: ["c", "d"], quotes: [] },
    { rejected: [], quotes: ["c", "d"] },
    { rejected: ["c", ""] },
    { revision: 2 },
  ];
  const all = [words, ...moved.map((part) => ({ ...words, ...part }))].map(documentOf);
  expect(new Set(all).size).toBe(all.length);
  fc.assert(
    fc.property(WORDING, WORDING, (one, two) => {
      const fields: (keyof Wording)[] = ["decisionId", "revision", "title", "reason", "rejected", "quotes"];
      const same = fields.every((field) => JSON.stringify(one[field]) === JSON.stringify(two[field]));
      expect(documentOf(one) === documentOf(two)).toBe(same);
    }),
  );
});
