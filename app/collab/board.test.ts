import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { arranged, type BoardElement, cleanElement, cleanElements } from "./board-element";
import { applyChange, elementsOf, readBoard, undoOf } from "./board-elements";
import { CHOICES, type LookChange, restyle } from "./board-looks";
import { BoardScene, type SceneElement } from "./board-scene";

let nonces = 1_000;

/** One person's screen: a document, what stands between, and a drawing that changes its elements in place as the real one does. */
class Screen {
  readonly doc = new Y.Doc();
  readonly scene = new BoardScene();
  readonly undo = undoOf(this.doc, this);
  drawing: SceneElement[] = [];
  private made = 0;

  constructor(readonly name: string) {}

  add(x: number): string {
    this.made += 1;
    const id = `${this.name}-${this.made}`;
    const element = {
      id,
      type: "rectangle",
      index: `a${this.drawing.length % 10}`,
      x,
      version: 1,
      versionNonce: this.made,
    };
    this.drawing = [...this.drawing, element];
    this.flush();
    return id;
  }

  change(at: number, fields: Record<string, unknown>): string | undefined {
    const one = this.drawing[at % Math.max(1, this.drawing.length)];
    if (!one) return undefined;
    this.drawing = this.drawing.map((element) =>
      element === one ? { ...element, ...fields, version: element.version + 1 } : element,
    );
    this.flush();
    return one.id;
  }

  /** With our own tools, beside the drawing. */
  restyle(at: number, look: LookChange): void {
    const board = readBoard(this.doc);
    this.undo.stopCapturing();
    applyChange(this.doc, restyle(board, [board[at % Math.max(1, board.length)]?.id ?? ""], look), this);
    this.show();
  }

  flush(): void {
    this.undo.stopCapturing();
    applyChange(this.doc, this.scene.take(this.drawing), this);
    this.show();
  }

  show(): void {
    this.drawing = this.scene.give(readBoard(this.doc), this.drawing, () => nonces++);
  }

  hear(other: Screen): void {
    // Drawn in the moment before: taken first, so that nothing done here is painted over.
    applyChange(this.doc, this.scene.take(this.drawing), this);
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)), "line");
    this.show();
  }

  /** What stands on the screen. */
  get picture() {
    return this.drawing.filter(({ isDeleted }) => isDeleted !== true).map(cleanElement);
  }
}

type Act = {
  who: number;
  what: "add" | "move" | "recolour" | "restyle" | "lift" | "remove" | "undo" | "redo" | "hear";
  at: number;
  n: number;
};
const act = (...what: Act["what"][]): fc.Arbitrary<Act> =>
  fc.record({ who: fc.nat(2), what: fc.constantFrom(...what), at: fc.nat(20), n: fc.nat(500) });

/** Some look for each number: one aspect of it, or all. */
function lookBy(n: number): LookChange {
  const pick = <T>(among: readonly T[]) => among[n % among.length] as T;
  const all = {
    colour: pick(CHOICES.colour),
    background: pick(CHOICES.background),
    width: pick(CHOICES.width),
    line: pick(CHOICES.line),
  };
  const aspect = pick(["colour", "background", "width", "line", null] as const);
  return aspect === null ? all : { [aspect]: all[aspect] };
}

function play(acts: readonly Act[]) {
  const screens = ["a", "b", "c"].map((name) => new Screen(name));
  const removed = new Set<string>();
  for (const { who, what, at, n } of acts) {
    const screen = screens[who] as Screen;
    if (what === "add") screen.add(n);
    if (what === "move") screen.change(at, { x: n, y: 500 - n });
    if (what === "recolour") screen.change(at, { backgroundColor: `#${String(n).padStart(6, "0")}` });
    if (what === "restyle") screen.restyle(at, lookBy(n));
    if (what === "lift") screen.change(at, { index: `b${"0".repeat(26)}${(n % 9) + 1}` });
    if (what === "remove") removed.add(screen.change(at, { isDeleted: true }) ?? "");
    if (what === "undo" || what === "redo") {
      screen.undo[what]();
      screen.show();
    }
    if (what === "hear") screen.hear(screens[(who + 1 + (at % 2)) % 3] as Screen);
  }
  // Twice round: after that everybody has heard of everything.
  for (const screen of [...screens, ...screens]) for (const other of screens) if (other !== screen) screen.hear(other);
  return { screens, removed };
}

const EDITS = ["add", "add", "move", "recolour", "restyle", "restyle", "lift", "remove", "hear"] as const;

test("whatever three people draw at once, all of them end up with the same board on document and screen", () => {
  fc.assert(
    fc.property(fc.array(act(...EDITS, "undo", "redo"), { maxLength: 60 }), (acts) => {
      const { screens } = play(acts);
      const [first] = screens.map(({ doc }) => readBoard(doc));
      for (const screen of screens) {
        expect(readBoard(screen.doc)).toEqual(first);
        expect(screen.picture).toEqual(first);
      }
    }),
    { numRuns: 200 },
  );
});

test("nothing that anybody removed comes back, whatever the others did with it meanwhile", () => {
  fc.assert(
    fc.property(fc.array(act(...EDITS), { maxLength: 60 }), (acts) => {
      const { screens, removed } = play(acts);
      for (const { picture } of screens)
        expect(picture.filter((element) => removed.has(element?.id ?? ""))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test("whoever takes back all they did takes back nothing of the others", () => {
  fc.assert(
    fc.property(fc.array(act("add", "hear"), { maxLength: 40 }), (acts) => {
      const { screens } = play(acts);
      const [ann, ...others] = screens as [Screen, Screen, Screen];
      const theirs = ann.picture.filter((element) => !element?.id.startsWith("a-"));
      while (ann.undo.undo()) ann.show();
      ann.show();
      expect(ann.picture.map((element) => element?.id)).toEqual(theirs.map((element) => element?.id));
      for (const other of others) {
        other.hear(ann);
        expect(other.picture).toEqual(ann.picture);
      }
    }),
    { numRuns: 60 },
  );
});

test("whoever drags an element that another has just removed does not bring it back", () => {
  const [ann, ben] = [new Screen("a"), new Screen("b")];
  const id = ann.add(1);
  ben.hear(ann);
  ann.change(0, { isDeleted: true });
  const inHand = ben.drawing[0] as SceneElement;
  ben.hear(ann);
  expect(ben.picture).toEqual([]);
  // The drawing still holds it in its hand, and puts it down once more.
  ben.drawing = [{ ...inHand, x: 99, version: inHand.version + 5 }];
  expect(ben.scene.take(ben.drawing)).toMatchObject({ added: [], removed: [], wrong: true });
  ben.show();
  ann.hear(ben);
  expect([ann.picture, ben.picture, [...elementsOf(ann.doc).keys()]]).toEqual([[], [], []]);
  expect(id).toBe("a-1");
});

test("two changes of one element meet where they are of different things", () => {
  const [ann, ben] = [new Screen("a"), new Screen("b")];
  ann.add(1);
  ben.hear(ann);
  ann.change(0, { x: 50 });
  ben.change(0, { backgroundColor: "#ffeeaa" });
  ann.hear(ben);
  ben.hear(ann);
  expect(ann.picture).toEqual(ben.picture);
  expect(ann.picture[0]).toMatchObject({ x: 50, backgroundColor: "#ffeeaa" });
});

test("an element brings no link, no foreign page, no address of a picture and no field of its own", () => {
  const forged = {
    id: "e1",
    x: Number.NaN,
    width: "wide",
    link: "javascript:alert(1)",
    strokeColor: "url(//evil)",
    evil: "<script>",
  };
  const clean = cleanElement({ ...forged, type: "rectangle", customData: { kind: "sticky", html: "<b>" } });
  expect(clean).toMatchObject({ link: null, x: 0, width: 0, strokeColor: "#1e1e1e", customData: { kind: "sticky" } });
  expect(JSON.stringify(clean)).not.toMatch(/evil|script|html/);
  for (const type of ["embeddable", "iframe", "magicframe", "selection", "", null, 5]) {
    expect(cleanElement({ ...forged, type })).toBeNull();
  }
  expect(cleanElement({ id: "e1", type: "image", fileId: "https://evil.example/x.png" })).toBeNull();
  for (const id of ["", "a b", "<i>", "x".repeat(65), null]) expect(cleanElement({ id, type: "rectangle" })).toBeNull();
});

test("whatever is forged into a board's document, reading it does not throw and shows only what is allowed", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.object())), fc.array(fc.anything()), (held, kept) => {
      const doc = new Y.Doc();
      for (const [id, fields] of held) {
        const safe = Object.entries(fields).filter(
          ([, value]) => typeof value !== "bigint" && typeof value !== "symbol",
        );
        elementsOf(doc).set(id, new Y.Map<unknown>([...JSON.parse(JSON.stringify(safe)), ["type", "text"]]));
      }
      const all = [...readBoard(doc), ...cleanElements(kept)];
      for (const element of all) expect(cleanElement(element)).toEqual(element);
    }),
    { numRuns: 100 },
  );
});

test("two elements in one place get places of their own, the same on every screen", () => {
  const make = (id: string, index: string) => cleanElement({ id, type: "ellipse", index }) as BoardElement;
  const some = [make("b", "a1"), make("a", "a1"), make("d", "a2"), make("c", "a1")];
  const order = arranged(some).map(({ id, index }) => [id, index] as const);
  expect(order.map(([id]) => id)).toEqual(["a", "b", "c", "d"]);
  expect(new Set(order.map(([, index]) => index)).size).toBe(4);
  expect(arranged([...some].reverse())).toEqual(arranged(some));
});

test("an element holds on to nothing that is not there", () => {
  const text = cleanElement({ id: "t", type: "text", text: "alone", containerId: "nobody", frameId: "nowhere" });
  const arrow = cleanElement({
    id: "w",
    type: "arrow",
    points: [
      [0, 0],
      [9, 9],
    ],
    startBinding: { elementId: "nobody", focus: 0, gap: 1 },
    boundElements: [
      { id: "t", type: "text" },
      { id: "nobody", type: "text" },
    ],
  });
  const [first, second] = arranged([text as BoardElement, arrow as BoardElement]);
  expect(first).toMatchObject({ containerId: null, frameId: null });
  expect(second).toMatchObject({ startBinding: null, boundElements: [{ id: "t", type: "text" }] });
});
