import { expect, test } from "vitest";
import { pageOf, readCursor } from "./cursor";

const id = "019a0000-0000-7000-8000-000000000001";

test("whatever is not an id means the first page", () => {
  expect(readCursor(id)).toBe(id);
  for (const text of [null, "", "1", "' or 1=1", id.toUpperCase(), `${id} `]) expect(readCursor(text)).toBeNull();
});

test("a page says where the next one begins only when there is one", () => {
  const rows = ["c", "b", "a"].map((name) => ({ id: name }));
  expect(pageOf(rows, 2)).toEqual({ rows: [{ id: "c" }, { id: "b" }], next: "b" });
  expect(pageOf(rows, 3)).toEqual({ rows, next: null });
  expect(pageOf([], 3)).toEqual({ rows: [], next: null });
});
