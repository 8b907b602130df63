import { expect, test } from "vitest";
import * as Y from "yjs";
import type { BoardElement } from "./board-element";
import { applyChange, readBoard, undoOf } from "./board-elements";
import { addStickyAt, outlineOf } from "./board-outline";
import { addTemplate, TEMPLATES, type TemplateWords } from "./board-templates";

const say: TemplateWords = {
  question: "How might we … so that …?",
  questionFrame: "How might we",
  scene: (count) => `Scene ${count}`,
  happens: "What happens here",
  before: "Before",
  after: "After",
  today: "Today",
  changed: "With the change",
  choose: "Which of these should it be?",
  voteFrame: "Dot vote",
};
let made = 0;
const newId = () => `id-${++made}`;

/** A board on which everything was done under one person's hand. */
function board() {
  const doc = new Y.Doc();
  const hand = {};
  const undo = undoOf(doc, hand);
  const put = (template: (typeof TEMPLATES)[number]) => {
    applyChange(doc, addTemplate(readBoard(doc), template, say, newId), hand);
    undo.stopCapturing();
  };
  return { doc, hand, undo, put, read: () => readBoard(doc) };
}

const within = (inner: BoardElement, outer: BoardElement) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

test.each(TEMPLATES)(
  "everything of the template %s lies in one of its frames, and the list names the frame",
  (template) => {
    const { put, read } = board();
    put(template);
    const frames = new Map(read().flatMap((one) => (one.type === "frame" ? [[one.id, one] as const] : [])));
    const others = read().filter(({ type }) => type !== "frame");
    expect(frames.size).toBeGreaterThan(0);
    expect(others.length).toBeGreaterThan(0);
    for (const element of others) {
      const frame = frames.get(element.frameId ?? "");
      expect(frame && within(element, frame), `${element.type} in its frame`).toBe(true);
    }
    for (const item of outlineOf(read())) if (item.kind !== "frame") expect(item.frame).not.toBe("");
  },
);

test.each(TEMPLATES)("one step back takes all of the template %s away, and nothing else", (template) => {
  const { doc, put, read, undo } = board();
  applyChange(doc, addStickyAt([], "Somebody else's", { x: 0, y: 0 }, newId), "another");
  const before = read();
  put(template);
  expect(read().length).toBeGreaterThan(before.length);
  undo.undo();
  expect(read()).toEqual(before);
});

test("a template is put beside what is there, the next one beside that", () => {
  const { put, read } = board();
  for (const template of TEMPLATES) put(template);
  const frames = read().filter(({ type }) => type === "frame");
  expect(frames).toHaveLength(1 + 6 + 2 + 1);
  const apart = (one: BoardElement, other: BoardElement) =>
    one.x + one.width <= other.x ||
    other.x + other.width <= one.x ||
    one.y + one.height <= other.y ||
    other.y + other.height <= one.y;
  for (const [at, one] of frames.entries())
    for (const other of frames.slice(at + 1)) expect(apart(one, other), `${one.name} and ${other.name}`).toBe(true);
});
