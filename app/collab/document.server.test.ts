import { beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { Full, LiveDocument, NotYours } from "./document.server";
import { LIMITS } from "./limits";
import { Malformed } from "./protocol.server";

const textOf = (update: Uint8Array) => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc.getXmlFragment("default").toString();
};

function author(from?: Uint8Array) {
  const doc = new Y.Doc();
  if (from) Y.applyUpdate(doc, from);
  let last = new Uint8Array();
  doc.on("update", (update: Uint8Array) => {
    last = new Uint8Array(update);
  });
  return {
    doc,
    write(words: string): Uint8Array {
      doc.getXmlFragment("default").insert(0, [new Y.XmlText(words)]);
      return last;
    },
    remove(): Uint8Array {
      doc.getXmlFragment("default").delete(0, 1);
      return last;
    },
  };
}

let document: LiveDocument;
let ann: ReturnType<typeof author>;

beforeEach(() => {
  const first = author().write("first");
  document = new LiveDocument([first]);
  ann = author(first);
});

/** As the room does: stores what waits. Out: what was stored. */
function store(): Uint8Array | null {
  const batch = document.launch();
  if (batch) document.landed();
  return batch;
}

test("what is not stored is served to nobody", () => {
  document.take(ann.write("new"), "Ann");
  expect(textOf(document.content())).toBe("first");
  document.launch();
  expect(textOf(document.content())).toBe("first");
  document.landed();
  expect(textOf(document.content())).toBe("newfirst");
});

test("edits that come while others are being stored wait, and go together next", () => {
  document.take(ann.write("1"), "Ann");
  const flying = document.launch();
  document.take(ann.write("2"), "Ann");
  document.take(ann.write("3"), "Ann");
  expect(document.launch()).toBe(flying);
  document.landed();
  expect(textOf(document.content())).toBe("1first");
  store();
  expect(textOf(document.content())).toBe("321first");
  expect(document.launch()).toBeNull();
});

test("what is known is not stored again: neither words nor what was removed", () => {
  const edit = ann.write("x");
  document.take(edit, "Ann");
  document.take(ann.remove(), "Ann");
  expect(store()).not.toBeNull();
  document.take(edit, "Ann");
  document.take(Y.encodeStateAsUpdate(ann.doc), "Ann");
  expect(document.launch()).toBeNull();
});

test("garbage leaves the document and what waits as they were", () => {
  document.take(ann.write("kept"), "Ann");
  for (const bytes of [
    new Uint8Array([]),
    new Uint8Array([1]),
    new Uint8Array(300).fill(9),
    ann.write("cut").slice(0, -3),
  ]) {
    expect(() => document.take(bytes, "Ann")).toThrow(Malformed);
  }
  store();
  expect(textOf(document.content())).toBe("keptfirst");
  expect(() => document.answer(new Uint8Array([5, 1]))).toThrow(Malformed);
});

test("a client id belongs to who showed it first", () => {
  document.take(ann.write("Ann's"), "Ann");
  const forged = author(Y.encodeStateAsUpdate(ann.doc));
  forged.doc.clientID = ann.doc.clientID;
  expect(() => document.take(forged.write("forged"), "Mallory")).toThrow(NotYours);
  document.claim(4711, "Ben");
  const early = author();
  early.doc.clientID = 4711;
  expect(() => document.take(early.write("forged"), "Mallory")).toThrow(NotYours);
  // Passing on what others wrote is no forgery.
  document.take(Y.encodeStateAsUpdate(ann.doc), "Mallory");
  document.take(ann.write("next"), "Ann");
  store();
  expect(textOf(document.content())).toBe("nextAnn'sfirst");
});

test("a document takes no more than its greatest size, and loses nothing by it", () => {
  const half = "x".repeat(LIMITS.document / 2 - 1_000);
  document.take(ann.write(half), "Ann");
  expect(() =>
    document.take(author(Y.encodeStateAsUpdate(ann.doc)).write(`${half}${"y".repeat(4_000)}`), "Ben"),
  ).toThrow(Full);
  document.take(ann.write("small"), "Ann");
  store();
  expect(textOf(document.content()).length).toBe("small".length + half.length + "first".length);
});

test("what another process stored is taken over once, and is not stored again", () => {
  const theirs = author(document.content()).write("theirs");
  document.take(ann.write("mine"), "Ann");
  const news = document.takeOver([document.content(), theirs]);
  expect(news && textOf(Y.mergeUpdates([document.content(), news]))).toContain("theirs");
  expect(document.takeOver([theirs])).toBeNull();
  const stored = store();
  expect(stored && textOf(Y.mergeUpdates([author().write("first"), stored]))).not.toContain("theirs");
  expect(textOf(document.content())).toMatch(/theirs/);
  expect(textOf(document.content())).toMatch(/mine/);
});
