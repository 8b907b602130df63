import { expect, test } from "vitest";
import { csvLines } from "./csv.server";

test.each([
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", `"'\t=1"`],
  ["\r=1", `"'\r=1"`],
  ["＝1+1", "'＝1+1"],
])("a text that a spreadsheet would run as a formula is text in the file: %j", (typed, written) => {
  expect(csvLines([[typed]])).toBe(`${written}\r\n`);
});

test("a lamp's name, a comma, a quote and a line break arrive as they were", () => {
  expect(csvLines([["Arm, long", 'the "good" one', "two\nlines", null, 7]])).toBe(
    '"Arm, long","the ""good"" one","two\nlines",,7\r\n',
  );
});
