import { expect, test } from "vitest";
import { initials } from "./avatar";

test.each([
  ["Olena Kovalenko", "OK"],
  ["Оксана Іванівна Левчук", "ОЛ"],
  ["李伟明", "伟明"],
  ["王芳", "王芳"],
  ["Cher", "C"],
  ["  jan   de vries ", "JV"],
  ["", ""],
])("%j is known by %j", (name, letters) => {
  expect(initials(name)).toBe(letters);
});
