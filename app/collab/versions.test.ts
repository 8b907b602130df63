import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { boardDifference, changedItems, changeInto } from "./board-difference";
import { type BoardElement, cleanElements } from "./board-element";
import { applyChange, readBoard } from "./board-elements";
import type { BlockNode, InlineNode, RichDoc, RichNode } from "./rich-text";
import { cleanRichText } from "./rich-text-clean";
import { plainText } from "./rich-text-plain";
import { richTextOf, seedUpdate, textIn } from "./rich-text-yjs.server";
import { textDifference } from "./text-difference.server";
import { restoreText } from "./text-restore.server";
import { withWriters } from "./text-shown";
import { textsOf, writtenBy } from "./writers";

const word = fc.constantFrom("arm", "joint", "stiff", "红色", "люфт", "👍", "it’s");
const sentence = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(" "));
const marks = fc.constantFrom<NonNullable<Extract<InlineNode, { type: "text" }>["marks"]>>(
  [],
  [{ type: "bold" }],
  [{ type: "link", attrs: { href: "https://tandem.example/" } }],
);
const inline: fc.Arbitrary<InlineNode> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("text" as const), text: sentence, marks }) },
  fc.constant<InlineNode>({ type: "hardBreak" }),
  fc.constant<InlineNode>({ type: "mention", attrs: { id: "0b000000-0000-4000-8000-000000000001", label: "Ann" } }),
);
const inlines = fc.array(inline, { maxLength: 4 });
const paragraph = inlines.map((content): BlockNode => ({ type: "paragraph", content }));
const block: fc.Arbitrary<BlockNode> = fc.oneof(
  { weight: 3, arbitrary: paragraph },
  fc
    .record({ level: fc.constantFrom(1 as const, 2 as const), content: inlines })
    .map(({ level, content }): BlockNode => ({ type: "heading", attrs: { level }, content })),
  fc
    .array(fc.array(paragraph, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 })
    .map(
      (items): BlockNode => ({ type: "bulletList", content: items.map((content) => ({ type: "listItem", content })) }),
    ),
  fc.constant<BlockNode>({ type: "horizontalRule" }),
);
const text = fc
  .array(block, { minLength: 1, maxLength: 6 })
  .map((content): RichDoc => cleanRichText({ type: "doc", content }));

const live = (doc: RichDoc) => {
  const ydoc = new Y.Doc();
  Y.applyUpdate(ydoc, seedUpdate("room", doc));
  return ydoc;
};

test("a text that is restored says what the version said, whatever it says before", () => {
  fc.assert(
    fc.property(text, text, (before, wanted) => {
      const ydoc = live(before);
      restoreText(ydoc, wanted);
      expect(richTextOf(textIn(ydoc))).toEqual(richTextOf(textIn(live(wanted))));
    }),
    { numRuns: 150 },
  );
});

test("restoring a text that says it already changes nothing", () => {
  fc.assert(
    fc.property(text, (doc) => {
      const ydoc = live(doc);
      let changes = 0;
      ydoc.on("update", () => {
        changes += 1;
      });
      restoreText(ydoc, doc);
      expect(changes).toBe(0);
    }),
    { numRuns: 50 },
  );
});

test("what somebody else writes while a text is restored stays, and what was the same stays theirs", () => {
  const ydoc = live(cleanRichText({ type: "doc", content: [said("The arm is stiff"), said("Second")] }));
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(ydoc));
  restoreText(ydoc, cleanRichText({ type: "doc", content: [said("The arm is loose"), said("Second")] }));
  ((textIn(other).get(1) as Y.XmlElement).get(0) as Y.XmlText).insert(6, " of all");
  Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(other));
  Y.applyUpdate(other, Y.encodeStateAsUpdate(ydoc));
  expect(plainText(richTextOf(textIn(ydoc)))).toBe("The arm is loose\nSecond of all");
  expect(plainText(richTextOf(textIn(other)))).toBe("The arm is loose\nSecond of all");
  const doc = richTextOf(textIn(ydoc));
  const written = writtenBy(textIn(ydoc), doc, (client) => (client === ydoc.clientID ? "restorer" : "others"));
  const restored = textsOf(withWriters(doc, written)).filter(
    (node) => "by" in node && written.people[Number(node.by)] === "restorer",
  );
  expect(restored.map((node) => node.text)).toEqual(["loose"]);
});

const said = (words: string) => ({ type: "paragraph", content: [{ type: "text", text: words }] });

/** A difference without what came, or without what went. */
const without = (node: RichNode, change: "added" | "removed"): string => {
  if ("change" in node && node.change === change) return "";
  if (node.type === "text") return node.text;
  if (!("content" in node) || !node.content) return "";
  return (node.content as RichNode[]).map((child) => without(child, change)).join("");
};
const letters = (doc: RichDoc) =>
  textsOf(doc)
    .map((node) => node.text)
    .join("");

test("a difference without what came is the text before, and without what went the text after", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { doc, added, removed } = textDifference(before, after);
      expect(doc.content.map((node) => without(node, "added")).join("")).toBe(letters(before));
      expect(doc.content.map((node) => without(node, "removed")).join("")).toBe(letters(after));
      if (added + removed === 0) expect(plainText(before)).toBe(plainText(after));
    }),
    { numRuns: 150 },
  );
});

test("every letter of a text is somebody's, in its order, and showing whose changes no letter", () => {
  fc.assert(
    fc.property(text, (doc) => {
      const ydoc = live(doc);
      const shown = richTextOf(textIn(ydoc));
      const written = writtenBy(textIn(ydoc), shown, () => "ann");
      expect(written.runs.reduce((sum, [length]) => sum + length, 0)).toBe(letters(shown).length);
      expect(letters(withWriters(shown, written))).toBe(letters(shown));
    }),
    { numRuns: 50 },
  );
});

test("a text of 20,000 words that has nothing in common with another is compared without looking for long", () => {
  const long = (prefix: string) =>
    cleanRichText({
      type: "doc",
      content: [said(Array.from({ length: 20_000 }, (_, at) => `${prefix}${at}`).join(" "))],
    });
  const { added, removed } = textDifference(long("a"), long("b"));
  expect([added, removed]).toEqual([20_000, 20_000]);
});

const shapes = fc
  .uniqueArray(fc.record({ id: fc.constantFrom("a", "b", "c", "d", "e"), x: fc.integer({ min: 0, max: 3 }) }), {
    selector: ({ id }) => id,
  })
  .map((some) => cleanElements(some.map((one) => ({ ...one, type: "rectangle", width: 10, height: 10, index: "a0" }))));

const drawn = (elements: readonly BoardElement[]) => {
  const ydoc = new Y.Doc();
  applyChange(ydoc, { added: elements, changed: new Map(), removed: [] }, "test");
  return ydoc;
};

test("a board that is restored shows what the version showed, and nothing is different then", () => {
  fc.assert(
    fc.property(shapes, shapes, (before, wanted) => {
      const ydoc = drawn(before);
      applyChange(ydoc, changeInto(readBoard(ydoc), wanted), "restored");
      expect(readBoard(ydoc)).toEqual(wanted);
      expect(boardDifference(readBoard(ydoc), wanted)).toEqual({});
    }),
    { numRuns: 100 },
  );
});

test("a sticky whose words changed is told of once, with its new words", () => {
  const sticky = (says: string) =>
    cleanElements([
      { id: "box", type: "rectangle", index: "a0", customData: { kind: "sticky" } },
      { id: "words", type: "text", index: "a1", containerId: "box", text: says },
    ]);
  expect(changedItems(sticky("4 mm"), sticky("5 mm"))).toEqual([
    { item: expect.objectContaining({ id: "box", kind: "sticky", says: "5 mm" }), change: "changed" },
  ]);
  expect(changedItems(sticky("4 mm"), [])).toEqual([
    { item: expect.objectContaining({ id: "box", says: "4 mm" }), change: "removed" },
  ]);
});
