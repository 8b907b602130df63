import { expect, test } from "vitest";
import * as Y from "yjs";
import { doingsBetween } from "./board-doings";
import { type BoardElement, cleanElement } from "./board-element";
import { applyChange, type BoardChange, readBoard } from "./board-elements";
import { addSticky, moveBy, reword, takeAway } from "./board-outline";

let made = 0;
const newId = () => `id-${++made}`;
const element = (fields: Record<string, unknown>) => cleanElement({ index: "a0", ...fields }) as BoardElement;

/** What is told of a change to a board with these things on it. */
function told(things: readonly BoardElement[], change: (board: readonly BoardElement[]) => BoardChange) {
  const doc = new Y.Doc();
  applyChange(doc, { added: things, changed: new Map(), removed: [] }, null);
  const before = readBoard(doc);
  applyChange(doc, change(before), null);
  return doingsBetween(before, readBoard(doc)).map(({ did, item }) => `${did} ${item.says || item.id}`);
}

const set = (id: string, fields: Record<string, unknown>) => (): BoardChange => ({
  added: [],
  changed: new Map([[id, fields]]),
  removed: [],
});

const SHAPE = element({ id: "shape", type: "ellipse", x: 5, width: 100, height: 100 });
const sticky = addSticky([], "Spring", newId).added;
const stickyId = sticky[0]?.id ?? "";

test("adding, moving, rewording, recolouring and taking away a thing are each told as what they are, and once", () => {
  expect(told([], (board) => addSticky(board, "Spring", newId))).toEqual(["added Spring"]);
  expect(told(sticky, (board) => moveBy(board, stickyId, 20, 0))).toEqual(["moved Spring"]);
  expect(told(sticky, (board) => reword(board, stickyId, "Joint", newId))).toEqual(["changed Joint"]);
  expect(told(sticky, set(stickyId, { backgroundColor: "#b2f2bb" }))).toEqual(["restyled Spring"]);
  expect(told(sticky, (board) => takeAway(board, stickyId))).toEqual(["removed Spring"]);
  expect(told([SHAPE], set("shape", { width: 300, x: -50 }))).toEqual(["changed shape"]);
  const both = (board: readonly BoardElement[]) => {
    const { changed, ...rest } = reword(board, stickyId, "Joint", newId);
    return { ...rest, changed: new Map([...changed, [stickyId, { x: 90 }]]) };
  };
  expect(told(sticky, both)).toEqual(["changed Joint", "moved Joint"]);
});

test("a thing that goes with its frame, or is held by what moved, is not told beside it", () => {
  const frame = element({ id: "frame", type: "frame", name: "Scene", width: 500, height: 500 });
  const within = { ...SHAPE, index: "a1", frameId: "frame" };
  const points = [
    [0, 0],
    [50, 0],
  ];
  const startBinding = { elementId: "shape", focus: 0, gap: 1 };
  const arrow = element({ id: "arrow", type: "arrow", index: "a2", points, startBinding });
  expect(told([frame, within], (board) => moveBy(board, "frame", 20, 0))).toEqual(["moved Scene"]);
  expect(
    told([frame, within, arrow], () => ({
      added: [],
      removed: [],
      changed: new Map<string, Record<string, unknown>>([
        ["shape", { x: 40 }],
        ["arrow", { x: 35, points: [...points, [60, 9]] }],
      ]),
    })),
  ).toEqual(["moved shape"]);
});

test("what shows nothing is not told: another place in the pile, a lock, the same again", () => {
  expect(told([SHAPE], set("shape", { index: "a5", locked: true, seed: 9 }))).toEqual([]);
  expect(told([SHAPE], set("shape", { x: 5, backgroundColor: "transparent" }))).toEqual([]);
});

test("whoever takes something away is known by what they wrote", () => {
  const [ann, ben] = [new Y.Doc(), new Y.Doc()];
  applyChange(ann, { added: [SHAPE], changed: new Map(), removed: [] }, null);
  Y.applyUpdate(ben, Y.encodeStateAsUpdate(ann));
  const writers: number[] = [];
  ann.on("afterTransaction", ({ beforeState, afterState }: Y.Transaction) => {
    for (const [client, clock] of afterState) if (beforeState.get(client) !== clock) writers.push(client);
  });
  applyChange(ben, { added: [], changed: new Map(), removed: ["shape"] }, null);
  Y.applyUpdate(ann, Y.encodeStateAsUpdate(ben, Y.encodeStateVector(ann)));
  expect([writers, readBoard(ann)]).toEqual([[ben.clientID], []]);
});
