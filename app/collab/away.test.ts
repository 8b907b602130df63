import { expect, test } from "vitest";
import * as Y from "yjs";
import { changesBetween, standingIn } from "./away";
import { applyChange, readBoard } from "./board-elements";
import { addSticky, moveBy, takeAway } from "./board-outline";

function brief(...paragraphs: string[]) {
  const doc = new Y.Doc();
  const fragment = doc.getXmlFragment("default");
  const add = (words: string, at = fragment.length) => {
    const paragraph = new Y.XmlElement("paragraph");
    paragraph.insert(0, [new Y.XmlText(words)]);
    fragment.insert(at, [paragraph]);
  };
  for (const words of paragraphs) add(words);
  return { doc, fragment, add };
}

const copyOf = (doc: Y.Doc) => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};

test("what others did to a brief meanwhile is counted by paragraphs, and by whose hand", () => {
  const { doc } = brief("first", "second", "third");
  const others = copyOf(doc);
  const theirs = others.getXmlFragment("default");
  ((theirs.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(5, " and more");
  theirs.delete(1, 1);
  const added = new Y.XmlElement("paragraph");
  added.insert(0, [new Y.XmlText("fourth")]);
  theirs.insert(2, [added]);
  const before = standingIn(doc);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(others));
  const by = [others.clientID];
  expect(changesBetween(before, standingIn(doc))).toEqual({ added: 1, changed: 1, removed: 1, by });
});

test("what one wrote oneself before the line came back is nobody else's doing", () => {
  const { doc, add } = brief("first");
  const others = copyOf(doc);
  add("written offline");
  const before = standingIn(doc);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(others));
  expect(changesBetween(before, standingIn(doc))).toBeNull();
});

test("an empty paragraph that somebody left behind is no news", () => {
  const { doc, fragment } = brief("first");
  const before = standingIn(doc);
  fragment.insert(1, [new Y.XmlElement("paragraph")]);
  expect(changesBetween(before, standingIn(doc))).toBeNull();
});

test("a sticky with its words is one thing on a board, added, moved or taken away", () => {
  const doc = new Y.Doc();
  let last = 0;
  const id = () => `id${last++}`;
  const act = (change: (board: ReturnType<typeof readBoard>) => Parameters<typeof applyChange>[1]) => {
    const before = standingIn(doc);
    applyChange(doc, change(readBoard(doc)), "test");
    const { by: _, ...counts } = changesBetween(before, standingIn(doc)) ?? { by: [] };
    return counts;
  };
  expect(act((board) => addSticky(board, "one", id))).toEqual({ added: 1, changed: 0, removed: 0 });
  const sticky = readBoard(doc).find(({ type }) => type === "rectangle")?.id ?? "";
  expect(act((board) => moveBy(board, sticky, 20, 0))).toEqual({ added: 0, changed: 1, removed: 0 });
  expect(act((board) => takeAway(board, sticky))).toEqual({ added: 0, changed: 0, removed: 1 });
});
