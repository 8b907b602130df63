import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { Unconfirmed } from "./unconfirmed";

function writer() {
  const doc = new Y.Doc();
  const unconfirmed = new Unconfirmed();
  const sent: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => {
    unconfirmed.wrote(update);
    sent.push(update);
  });
  return { doc, text: doc.getText("t"), unconfirmed, sent };
}

test("an edit is unsaved until it comes back", () => {
  const { text, unconfirmed, sent } = writer();
  expect(unconfirmed.any).toBe(false);
  text.insert(0, "hello");
  expect(unconfirmed.any).toBe(true);
  unconfirmed.stored(sent[0] ?? new Uint8Array());
  expect(unconfirmed.any).toBe(false);
});

test("an earlier edit's receipt is none for a later one", () => {
  const { text, unconfirmed, sent } = writer();
  text.insert(0, "hello");
  text.insert(5, " you");
  unconfirmed.stored(sent[0] ?? new Uint8Array());
  expect(unconfirmed.any).toBe(true);
  unconfirmed.stored(sent[1] ?? new Uint8Array());
  expect(unconfirmed.any).toBe(false);
});

test("taking something out is unsaved too, and what the server has of the letters does not confirm it", () => {
  const { doc, text, unconfirmed, sent } = writer();
  text.insert(0, "hello");
  for (const update of sent) unconfirmed.stored(update);
  text.delete(1, 3);
  expect(unconfirmed.any).toBe(true);
  unconfirmed.storedUpTo(Y.encodeStateVector(doc));
  expect(unconfirmed.any).toBe(true);
  unconfirmed.stored(Y.encodeStateAsUpdate(doc));
  expect(unconfirmed.any).toBe(false);
});

test("after a broken line, what the server says it has confirms what arrived", () => {
  const { doc, text, unconfirmed } = writer();
  text.insert(0, "arrived");
  const server = Y.encodeStateVector(doc);
  text.insert(0, "not yet: ");
  unconfirmed.storedUpTo(server);
  expect(unconfirmed.any).toBe(true);
  unconfirmed.storedUpTo(Y.encodeStateVector(doc));
  expect(unconfirmed.any).toBe(false);
});

test("somebody else's edits confirm nothing of mine", () => {
  const { text, unconfirmed } = writer();
  text.insert(0, "mine");
  const other = new Y.Doc();
  other.getText("t").insert(0, "theirs, and longer");
  unconfirmed.stored(Y.encodeStateAsUpdate(other));
  expect(unconfirmed.any).toBe(true);
});

test("however edits are merged on the way back: nothing is saved before all of it came, everything is after", () => {
  const edit = fc.record({ at: fc.nat(30), take: fc.nat(4), put: fc.string({ maxLength: 4 }) });
  fc.assert(
    fc.property(
      fc.array(edit, { minLength: 1, maxLength: 25 }),
      fc.array(fc.nat(25), { maxLength: 6 }),
      (edits, cuts) => {
        const { doc, text, unconfirmed, sent } = writer();
        for (const { at, take, put } of edits) {
          doc.transact(() => {
            const from = Math.min(at, text.length);
            text.delete(from, Math.min(take, text.length - from));
            text.insert(Math.min(from, text.length), put);
          });
        }
        const ends = [...new Set([...cuts.filter((cut) => cut < sent.length), sent.length])].sort((a, b) => a - b);
        let from = 0;
        for (const end of ends) {
          if (end > from) unconfirmed.stored(Y.mergeUpdates(sent.slice(from, end)));
          from = Math.max(from, end);
          expect(unconfirmed.any).toBe(from < sent.length);
        }
      },
    ),
  );
});

/** A document as it was kept on a device: with edits that a server has, and others made after. */
function keptWith(edit: (text: Y.Text) => void) {
  const server = new Y.Doc();
  server.getText("t").insert(0, "everything that the server has");
  const kept = new Y.Doc();
  Y.applyUpdate(kept, Y.encodeStateAsUpdate(server));
  edit(kept.getText("t"));
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(kept));
  const unconfirmed = new Unconfirmed();
  unconfirmed.kept();
  /** The server says what it has, as on connecting, and is answered. */
  const meet = () => {
    unconfirmed.lackedBy(Y.encodeStateVector(server), doc);
    const had = Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc));
    Y.applyUpdate(doc, had);
    unconfirmed.removalsLackedBy(had, doc);
  };
  return { server, doc, unconfirmed, meet };
}

test("what came from the device counts as stored only when the server has shown that it lacks nothing of it", () => {
  const { unconfirmed, meet } = keptWith(() => undefined);
  expect(unconfirmed.any).toBe(true);
  meet();
  expect(unconfirmed.any).toBe(false);
});

test.each([
  ["written", (text: Y.Text) => text.insert(10, "more")],
  ["taken out", (text: Y.Text) => text.delete(3, 5)],
])("what was %s on the device is unsaved until the server sends it back", (_, edit) => {
  const { server, doc, unconfirmed, meet } = keptWith(edit);
  meet();
  expect(unconfirmed.any).toBe(true);
  const sent = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server));
  unconfirmed.stored(sent);
  expect(unconfirmed.any).toBe(false);
});

test("whatever was written and taken out on a device, all of it is unsaved, and all of it is saved once it comes back", () => {
  const edits = fc.array(fc.record({ at: fc.nat(20), remove: fc.nat(4), add: fc.string({ maxLength: 3 }) }));
  fc.assert(
    fc.property(edits, edits, (mine, theirs) => {
      const change = (text: Y.Text, { at, remove, add }: { at: number; remove: number; add: string }) => {
        const from = Math.min(at, text.length);
        text.delete(from, Math.min(remove, text.length - from));
        text.insert(from, add);
      };
      const { server, doc, unconfirmed, meet } = keptWith((text) => {
        for (const edit of mine) change(text, edit);
      });
      for (const edit of theirs) change(server.getText("t"), edit);
      meet();
      const before = JSON.stringify(Y.encodeStateAsUpdate(server));
      Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
      expect(unconfirmed.any).toBe(JSON.stringify(Y.encodeStateAsUpdate(server)) !== before);
      unconfirmed.stored(Y.encodeStateAsUpdate(server));
      expect(unconfirmed.any).toBe(false);
    }),
    { numRuns: 40 },
  );
});
