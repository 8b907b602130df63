import { expect, test } from "vitest";
import * as Y from "yjs";
import { type BoardElement, cleanElement } from "./board-element";
import { applyChange, readBoard, undoOf } from "./board-elements";
import { BACKGROUNDS, COLOURS, lookOf, restyle } from "./board-looks";
import { addSticky, outlineOf } from "./board-outline";

let made = 0;
const newId = () => `id-${++made}`;
const element = (fields: Record<string, unknown>) => cleanElement({ index: "a0", ...fields }) as BoardElement;
const LINE = {
  points: [
    [0, 0],
    [9, 9],
  ],
};

type Rgb = readonly number[];
const light = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
/** What the drawing makes of a colour on a dark page: invert(93%) hue-rotate(180deg). */
const dark = (hex: string): Rgb => {
  const turned = light(hex).map((part) => 0.93 - part * 0.86);
  const rows = [
    [-0.574, 1.43, 0.144],
    [0.426, 0.43, 0.144],
    [0.426, 1.43, -0.856],
  ];
  return rows.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, by, at) => sum + by * (turned[at] ?? 0), 0),
      ),
    ),
  );
};
const luminance = (colour: Rgb) =>
  [0.2126, 0.7152, 0.0722].reduce((sum, by, at) => {
    const part = colour[at] ?? 0;
    return sum + by * (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
function contrast(one: Rgb, other: Rgb): number {
  const [most, least] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (most + 0.05) / (least + 0.05);
}

test.each([
  ["light", light],
  ["dark", dark],
] as const)("words in every colour can be read on every background, on a %s page", (_name, seen) => {
  for (const colour of Object.values(COLOURS)) {
    for (const ground of Object.values(BACKGROUNDS)) {
      const under = seen(ground === "transparent" ? "#ffffff" : ground);
      expect(contrast(seen(colour), under), `${colour} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test("a thing takes as much of a look as it can have, and what stands in it takes its colour", () => {
  const [box, text] = addSticky([], "Spring", newId).added as [BoardElement, BoardElement];
  const things = [
    box,
    text,
    element({ id: "arrow", type: "arrow", ...LINE }),
    element({ id: "hand", type: "freedraw", ...LINE }),
    element({ id: "frame", type: "frame" }),
  ];
  const look = { colour: "blue", background: "green", width: "thick", line: "dashed" } as const;
  const { changed, added, removed } = restyle(things, [box.id, "arrow", "hand", "frame"], look);
  const line = { strokeColor: COLOURS.blue, strokeWidth: 4, strokeStyle: "dashed" };
  expect(Object.fromEntries(changed)).toEqual({
    [box.id]: { ...line, backgroundColor: BACKGROUNDS.green },
    [text.id]: { strokeColor: COLOURS.blue },
    arrow: line,
    hand: { strokeColor: COLOURS.blue, strokeWidth: 4 },
  });
  expect([added, removed]).toEqual([[], []]);
});

test("a look that a thing has already changes nothing", () => {
  const things = [element({ id: "shape", type: "ellipse", strokeColor: COLOURS.red })];
  expect(restyle(things, ["shape"], { colour: "red", width: "medium" }).changed.size).toBe(0);
});

test("the list calls a look by its name, and one of an older board another", () => {
  const things = [
    element({ id: "plain", type: "ellipse" }),
    element({ id: "old", type: "ellipse", strokeColor: "#FF00AA", strokeWidth: 7, backgroundColor: "#FFEC99" }),
    element({ id: "dashed", type: "line", ...LINE, strokeStyle: "dashed", backgroundColor: "#ffec99" }),
    element({ id: "frame", type: "frame", strokeColor: COLOURS.red }),
  ];
  expect(things.map(lookOf)).toEqual([[], ["colour.other", "background.yellow", "width.other"], ["line.dashed"], []]);
  expect(outlineOf(addSticky([], "Spring", newId).added)[0]?.look).toEqual(["background.yellow"]);
});

test("giving another colour in one place leaves what somebody else chose meanwhile, and each takes back only their own", () => {
  const [ann, ben] = [new Y.Doc(), new Y.Doc()];
  const meet = () => {
    for (const [one, other] of [
      [ann, ben],
      [ben, ann],
    ] as const)
      Y.applyUpdate(other, Y.encodeStateAsUpdate(one, Y.encodeStateVector(other)));
  };
  applyChange(ann, { added: [element({ id: "shape", type: "ellipse" })], changed: new Map(), removed: [] }, "seed");
  meet();
  const undo = undoOf(ann, ann);
  applyChange(ann, restyle(readBoard(ann), ["shape"], { colour: "red" }), ann);
  applyChange(ben, restyle(readBoard(ben), ["shape"], { background: "green", line: "dotted" }), ben);
  meet();
  expect(readBoard(ann)).toEqual(readBoard(ben));
  expect(readBoard(ann).map(lookOf)).toEqual([["colour.red", "background.green", "line.dotted"]]);
  undo.undo();
  meet();
  expect(readBoard(ben).map(lookOf)).toEqual([["background.green", "line.dotted"]]);
});
