import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { cleanElement, cleanElements } from "./board-element";
import { applyChange, readBoard } from "./board-elements";
import { addCard, linesOf, linkFrom } from "./board-link";
import { outlineOf } from "./board-outline";
import { BoardScene } from "./board-scene";
import { cleanLink, keyOf, linkOf, linkOfKey, type ThingLink } from "./thing-link";

const ORIGIN = "https://tandem.example";
const LINK: fc.Arbitrary<ThingLink> = fc.uuid().map((id) => ({ kind: "idea", id }));
const ids = () => {
  let at = 0;
  return () => `card${++at}`;
};
const box = (fields: object) => cleanElement({ id: "a", type: "rectangle", width: 10, height: 10, ...fields });

test("a card leads to the same thing after it went through the document, its copy and the drawing, and says no title", () => {
  fc.assert(
    fc.property(LINK, fc.integer({ min: -100_000, max: 100_000 }), (link, x) => {
      const doc = new Y.Doc();
      applyChange(doc, addCard([], link, { x, y: 0 }, ids()), "test");
      const board = readBoard(doc);
      expect(board.map(linkOf)).toEqual([link]);
      expect(cleanElements(JSON.parse(JSON.stringify(board)))).toEqual(board);
      expect(outlineOf(board)).toMatchObject([{ kind: "link", says: "", link }]);
      const scene = new BoardScene();
      const given = scene.give(board, [], () => 7);
      const moved = given.map((one) => ({ ...one, x: x + 1, version: one.version + 1 }));
      expect(scene.take(moved)).toMatchObject({ added: [], removed: [], changed: new Map([["card1", { x: x + 1 }]]) });
      expect(linkOfKey(keyOf(link))).toEqual(link);
    }),
  );
});

test("an address of ours leads to its thing, on either side, and no other address does", () => {
  fc.assert(
    fc.property(LINK, fc.constantFrom("", "/staff"), fc.constantFrom("", "?a=b", "#said"), (link, side, rest) => {
      const path = `${side}/ideas/${link.id}`;
      expect(linkFrom(`${ORIGIN}${path}${rest}`, ORIGIN)).toEqual(link);
      expect(
        linkFrom(` ${path.toUpperCase().replace(/STAFF|IDEAS/g, (part) => part.toLowerCase())}\n`, ORIGIN),
      ).toEqual(link);
      expect(linkFrom(`https://evil.example${path}`, ORIGIN)).toBeNull();
      expect(linkFrom(`//evil.example${path}`, ORIGIN)).toBeNull();
      expect(linkFrom(`${ORIGIN}${path}/board`, ORIGIN)).toBeNull();
      expect(linkFrom(`see ${ORIGIN}${path}`, ORIGIN)).toBeNull();
    }),
  );
  for (const other of ["", "ideas", "/ideas/new", "/constructor/x", "javascript:alert(1)", "http://["]) {
    expect(linkFrom(other, ORIGIN)).toBeNull();
  }
});

test("the address of a review leads to its prototype, and to the pin that is open there; staff's other pages to neither", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), fc.constantFrom("", "/staff"), (id, pin, side) => {
      const path = `${ORIGIN}${side}/prototypes/${id}`;
      const review = side ? `${path}/review` : path;
      expect(linkFrom(path, ORIGIN)).toEqual({ kind: "prototype", id });
      expect(linkFrom(`${review}?version=2&pins=all`, ORIGIN)).toEqual({ kind: "prototype", id });
      expect(linkFrom(`${review}?version=2&pin=${pin}#pin-${pin}`, ORIGIN)).toEqual({ kind: "pin", id: pin });
      expect(linkFrom(`${review}?pin=../../x`, ORIGIN)).toEqual({ kind: "prototype", id });
      expect(linkFrom(`${path}/release?to=${pin}`, ORIGIN)).toBeNull();
      expect(linkFrom(`${ORIGIN}/ideas/${id}?pin=${pin}`, ORIGIN)).toEqual({ kind: "idea", id });
    }),
  );
  expect(linkFrom(`${ORIGIN}/prototypes/${"0f000000-0000-4000-8000-000000000001"}/review`, ORIGIN)).toBeNull();
});

test("whatever is forged leads nowhere or to a thing that is asked for by an id", () => {
  fc.assert(
    fc.property(fc.anything(), (raw) => {
      const link = cleanLink(raw);
      if (link) expect(Object.keys(link)).toEqual(["kind", "id"]);
    }),
  );
  const id = "0f000000-0000-4000-8000-000000000001";
  for (const link of [
    { kind: "constructor", id },
    { kind: "idea", id: `${id}/../x` },
    { kind: "idea" },
    "idea",
    null,
  ]) {
    expect(box({ customData: { link } })).not.toHaveProperty("customData");
  }
  const known = box({ customData: { link: { kind: "idea", id, title: "Secret", to: "https://evil.example" } } });
  expect(known?.customData).toEqual({ link: { kind: "idea", id } });
  expect(cleanElement({ id: "a", type: "ellipse", customData: { link: { kind: "idea", id } } })).not.toHaveProperty(
    "customData",
  );
});

test("a title stands in as few lines as it needs, none wider than the card, and says when there is more", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), fc.integer({ min: 4, max: 30 }), (text, letters) => {
      for (const line of linesOf(text, letters, 2)) expect([...line].length).toBeLessThanOrEqual(letters + 1);
    }),
  );
  expect(linesOf("A stiffer joint for tall lamps", 12, 3)).toEqual(["A stiffer", "joint for", "tall lamps"]);
  expect(linesOf("更硬的关节更硬的关节", 8, 2)).toEqual(["更硬的关", "节更硬的…"]);
  expect(linesOf("one", 12, 2)).toEqual(["one"]);
});
