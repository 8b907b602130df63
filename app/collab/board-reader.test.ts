import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type BoardElement, cleanElement } from "./board-element";
import { applyChange, elementsOf, readBoard } from "./board-elements";
import { addSticky } from "./board-outline";
import { BoardReader } from "./board-reader";

const box = (id: string, fields: Record<string, unknown> = {}): BoardElement => {
  const element = cleanElement({ id, type: "rectangle", index: "a1", ...fields });
  if (!element) throw new Error("no element");
  return element;
};
const NOTHING = { added: [], changed: new Map(), removed: [] };

test("of a board of 5,000 elements only the one that somebody moved is read again, and it alone is another object", () => {
  const [here, there] = [new Y.Doc(), new Y.Doc()];
  let drawn: BoardElement[] = [];
  let next = 0;
  for (; next < 100; ) drawn = [...drawn, ...addSticky(drawn.slice(-1), "", () => `e${next++}`).added];
  const more = Array.from({ length: 4_900 }, (_, at) => box(`m${at}`, { index: `b${`${at}`.padStart(4, "0")}1` }));
  applyChange(there, { ...NOTHING, added: [...drawn, ...more] }, "test");
  Y.applyUpdate(here, Y.encodeStateAsUpdate(there));
  const reader = new BoardReader(here);
  const before = reader.read();
  expect(before).toHaveLength(5_000);
  expect(reader.reads).toBe(5_000);
  for (let step = 1; step <= 10; step += 1) {
    applyChange(there, { ...NOTHING, changed: new Map([["m7", { x: step }]]) }, "test");
    Y.applyUpdate(here, Y.encodeStateAsUpdate(there, Y.encodeStateVector(here)));
    reader.read();
  }
  expect(reader.reads).toBe(5_010);
  const after = reader.read();
  expect(after).toBe(reader.read());
  expect(after.filter((element, at) => element !== before[at]).map(({ id, x }) => [id, x])).toEqual([["m7", 10]]);
});

const step = fc.record({
  what: fc.constantFrom("add", "change", "remove", "forge", "undo"),
  id: fc.integer({ min: 0, max: 8 }),
  index: fc.constantFrom("a0", "a1", "a2", "nonsense"),
  other: fc.integer({ min: 0, max: 8 }),
});

test("it reads what anybody who looks anew reads, whatever is done to the board", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const doc = new Y.Doc();
      const undo = new Y.UndoManager(elementsOf(doc), { trackedOrigins: new Set(["test"]), captureTimeout: 0 });
      const reader = new BoardReader(doc);
      for (const { what, id, index, other } of steps) {
        const bound = { index, boundElements: [{ id: `e${other}`, type: "text" }], frameId: `e${other}` };
        if (what === "add") applyChange(doc, { ...NOTHING, added: [box(`e${id}`, bound)] }, "test");
        if (what === "change") applyChange(doc, { ...NOTHING, changed: new Map([[`e${id}`, bound]]) }, "test");
        if (what === "remove") applyChange(doc, { ...NOTHING, removed: [`e${id}`] }, "test");
        if (what === "forge") (doc.getMap("elements") as Y.Map<unknown>).set(`e${id}`, "nothing of the kind");
        if (what === "undo") undo.undo();
        expect(reader.read()).toEqual(readBoard(doc));
      }
    }),
  );
});
