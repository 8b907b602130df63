import { expect, test } from "vitest";
import { carryOnPages, type Page, type PagePlace } from "./page-carrying";

/** Six words a line, from the top of the page, as they would be set. */
function set(text: string, from = 10_000): Page {
  return text
    .split(" ")
    .map((word, at) => ({ text: word, x: 10_000 + (at % 6) * 13_000, y: from + Math.floor(at / 6) * 4_000 }));
}

const BASE =
  "The base is cast from recycled aluminium and weighs two kilograms so that a fully stretched arm never tips the lamp over";
const ARM =
  "The arm reaches sixty centimetres and stays where it is left because the joint holds it with a spring and a brake";
const CARE =
  "Wipe the shade with a dry cloth only and let the bulb cool down for ten minutes before anybody changes it";
const DOCUMENT = [set(BASE), set(ARM), set(CARE)];

/** On the word that is the so-and-so-many-eth of its page. */
function on(page: number, word: number): PagePlace {
  const { x = 0, y = 0 } = DOCUMENT[page]?.[word] ?? {};
  return { page, x, y, width: 0, height: 0 };
}
const PIN = on(1, 8);

test("a pin stays while its page is the same, whatever becomes of the others", () => {
  expect(carryOnPages(DOCUMENT, DOCUMENT, PIN)).toEqual({ kind: "carried", place: PIN });
  expect(carryOnPages(DOCUMENT, [set("Another cover"), set(ARM)], PIN)).toEqual({ kind: "carried", place: PIN });
});

test("a page that is put in before takes the pin along with its page", () => {
  const after = [set(BASE), set("Contents of this manual on one page"), set(ARM), set(CARE)];
  expect(carryOnPages(DOCUMENT, after, PIN)).toEqual({ kind: "carried", place: { ...PIN, page: 2 } });
});

test("somebody looks when the passage was reworded", () => {
  const after = carryOnPages(
    DOCUMENT,
    [set(BASE), set(ARM.replace("sixty", "seventy").replace("left", "put")), set(CARE)],
    PIN,
  );
  expect(after).toEqual({ kind: "moved", place: PIN });
});

test("somebody looks when the passage stands further down", () => {
  const after = carryOnPages(DOCUMENT, [set(BASE), set(ARM, 50_000), set(CARE)], PIN);
  expect(after).toEqual({ kind: "moved", place: { ...PIN, y: PIN.y + 40_000 } });
});

test("a pin on a passage that is gone is orphaned", () => {
  expect(carryOnPages(DOCUMENT, [set(BASE), set(CARE)], PIN)).toEqual({ kind: "orphaned" });
  expect(carryOnPages(DOCUMENT, [set(BASE), set("This page is left blank on purpose"), set(CARE)], PIN)).toEqual({
    kind: "orphaned",
  });
});

test("a pin never goes to the same words on another page", () => {
  const twice = [set(ARM), set(BASE), set(ARM)];
  expect(carryOnPages(twice, [set(ARM), set(BASE), set(CARE)], { ...PIN, page: 2 })).toEqual({ kind: "orphaned" });
  expect(carryOnPages(twice, twice, { ...PIN, page: 2 })).toEqual({ kind: "carried", place: { ...PIN, page: 2 } });
  const longer = [set(CARE), set(ARM), set(BASE), set(ARM)];
  expect(carryOnPages(twice, longer, { ...PIN, page: 2 })).toEqual({ kind: "orphaned" });
});

test("a page without words is left to how it looks", () => {
  expect(carryOnPages([[]], [[]], { ...PIN, page: 0 })).toBeNull();
  expect(carryOnPages([], DOCUMENT, PIN)).toBeNull();
});
