import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type Range, Ranges } from "./ranges";
import { joinUpdates } from "./update-join";
import { scanStateVector, scanUpdate } from "./update-scan";

type Edit = { by: number; kind: number; at: number; text: string };

const edits = fc.array(
  fc.record({
    by: fc.nat({ max: 2 }),
    kind: fc.nat({ max: 9 }),
    at: fc.nat({ max: 40 }),
    text: fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
  }),
  { maxLength: 25 },
);

/** Three people who write everything that yjs can hold, and hear of each other now and then. Out: all they sent. */
function written(all: readonly Edit[]): Uint8Array[] {
  const sent: Uint8Array[] = [];
  const docs = [7, 900_000, 4_294_967_295].map((clientID) => Object.assign(new Y.Doc(), { clientID }));
  for (const doc of docs) {
    doc.on("update", (update: Uint8Array, origin: unknown) => origin !== "heard" && sent.push(update));
  }
  for (const { by, kind, at, text } of all) {
    const doc = docs[by];
    if (doc) doc.transact(() => change(doc, kind, at, text));
    if (kind === 9) for (const update of sent) for (const other of docs) Y.applyUpdate(other, update, "heard");
  }
  return [...sent, ...docs.map((doc) => Y.encodeStateAsUpdate(doc))];
}

function change(doc: Y.Doc, kind: number, at: number, words: string): void {
  const [text, list, map] = [doc.getText("text"), doc.getArray("list"), doc.getMap("map")];
  const place = Math.min(at, text.length);
  const value = { words, at, deep: [null, undefined, true, false, at / 3, -at, 2 ** 40, { words }] };
  if (kind === 0) text.insert(place, words);
  if (kind === 1) text.insert(place, words, { bold: true, link: { href: words } });
  if (kind === 2 && text.length > 0) text.delete(Math.min(at, text.length - 1), 1);
  if (kind === 3) text.insertEmbed(place, value);
  if (kind === 4)
    list.insert(Math.min(at, list.length), [value, words, [7n], new Uint8Array([1, 2]), new Y.XmlHook(words)]);
  if (kind === 5 && list.length > 0) list.delete(0, 1);
  if (kind === 6) map.set(words, at % 2 === 0 ? new Y.Map([[words, at]]) : new Y.XmlElement(words));
  if (kind === 7) map.set("same", new Uint8Array([at]));
  if (kind === 8) doc.getXmlFragment("xml").insert(0, [new Y.XmlText(words)]);
  if (kind === 9) map.set("inner", new Y.Doc({ guid: words }));
}

const joined = (ranges: readonly Range[]) =>
  ranges.map(({ client, from, to }) => `${client}:${from}-${to}`).sort((one, two) => one.localeCompare(two));

/** The same, as yjs itself reads it. */
function asYjsReads(update: Uint8Array): { written: string[]; removed: string[] } {
  const { structs, ds } = Y.decodeUpdate(update);
  const stretches: Range[] = [];
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    const last = stretches.at(-1);
    if (last?.client === client && last.to === clock) last.to += struct.length;
    else stretches.push({ client, from: clock, to: clock + struct.length });
  }
  const removed = [...ds.clients].flatMap(([client, items]) =>
    items.map(({ clock, len }) => ({ client, from: clock, to: clock + len })),
  );
  return { written: joined(stretches), removed: joined(removed) };
}

test("what an update writes and removes is read as yjs reads it, merged and cut ones too", () => {
  fc.assert(
    fc.property(edits, fc.nat({ max: 30 }), (all, cut) => {
      const sent = written(all);
      const some = sent.filter((_, at) => at % 3 !== cut % 3);
      const whole = Y.mergeUpdates(sent);
      const vector = Y.encodeStateVectorFromUpdate(sent[cut % sent.length] ?? whole);
      for (const update of [
        ...sent,
        whole,
        Y.mergeUpdates(some.length > 0 ? some : sent),
        Y.diffUpdate(whole, vector),
      ]) {
        const scan = scanUpdate(update);
        expect({ written: joined(scan?.written ?? []), removed: joined(scan?.removed ?? []) }).toEqual(
          asYjsReads(update),
        );
      }
    }),
    { numRuns: 60, seed: 1 },
  );
});

test("updates joined by moving their bytes say what yjs makes of them", () => {
  fc.assert(
    fc.property(edits, fc.nat({ max: 30 }), (all, left) => {
      // In another order than they were written in, and some of them missing.
      const sent = written(all).slice(0, -3).reverse();
      const some = sent.filter((_, at) => at % 7 !== left % 7);
      const scanned = some.flatMap((update) => {
        const scan = scanUpdate(update);
        return scan ? [{ update, scan }] : [];
      });
      const joined = joinUpdates(scanned);
      if (!joined) throw new Error("nothing is written twice here");
      const [ours, theirs] = [new Y.Doc(), new Y.Doc()];
      Y.applyUpdate(ours, joined);
      if (some.length > 0) Y.applyUpdate(theirs, Y.mergeUpdates(some));
      expect(ours.toJSON()).toEqual(theirs.toJSON());
      expect(Y.encodeStateVector(ours)).toEqual(Y.encodeStateVector(theirs));
      expect(joinUpdates([...scanned, ...scanned]) === null).toBe(scanned.some(({ scan }) => scan.written.length > 0));
      // What is missing completes both.
      for (const update of written(all)) for (const doc of [ours, theirs]) Y.applyUpdate(doc, update);
      expect(ours.toJSON()).toEqual(theirs.toJSON());
    }),
    { numRuns: 60, seed: 1 },
  );
});

test("a state vector is read as yjs reads it", () => {
  fc.assert(
    fc.property(edits, (all) => {
      for (const update of written(all)) {
        const vector = Y.encodeStateVectorFromUpdate(update);
        expect(scanStateVector(vector)).toEqual(Y.decodeStateVector(vector));
      }
    }),
    { numRuns: 20, seed: 1 },
  );
  expect(scanStateVector(new Uint8Array([1, 5]))).toBeNull();
  expect(scanStateVector(new Uint8Array([0, 0]))).toBeNull();
});

test("whatever is let through, yjs can read; whatever is cut off is refused", () => {
  fc.assert(
    fc.property(edits, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 3 }), (all, changes) => {
      for (const update of written(all)) {
        const mutant = new Uint8Array(update);
        for (const [at, byte] of changes) mutant[at % mutant.length] = byte;
        if (scanUpdate(mutant)) Y.decodeUpdate(mutant);
        if (update.length > 2) expect(scanUpdate(update.subarray(0, -1))).toBeNull();
        expect(scanUpdate(new Uint8Array([...update, 0]))).toBeNull();
      }
    }),
    { numRuns: 60, seed: 1 },
  );
});

test("a value nested so deeply that it would end an editor's stack is refused", () => {
  const nested = (depth: number) => {
    let value: unknown = 1;
    for (let left = depth; left > 0; left--) value = [value];
    return value;
  };
  const update = (write: (doc: Y.Doc) => void) => {
    const doc = new Y.Doc();
    write(doc);
    return scanUpdate(Y.encodeStateAsUpdate(doc));
  };
  for (const [depth, read] of [
    [150, true],
    [400, false],
  ] as const) {
    expect(update((doc) => doc.getArray("x").insert(0, [nested(depth)])) !== null).toBe(read);
    expect(update((doc) => doc.getText("x").insertEmbed(0, nested(depth) as object)) !== null).toBe(read);
  }
});

test("stretches are kept as a plain set of moments would be", () => {
  const range = fc
    .tuple(fc.nat({ max: 30 }), fc.nat({ max: 6 }))
    .map(([from, length]) => ({ client: 1, from, to: from + length }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 25 }), range, (added, asked) => {
      const ranges = new Ranges();
      const moments = new Set<number>();
      for (const one of added) {
        ranges.add(one);
        for (let at = one.from; at < one.to; at++) moments.add(at);
      }
      const missing = ranges
        .missing(asked)
        .flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at));
      const expected = Array.from({ length: asked.to - asked.from }, (_, at) => asked.from + at);
      expect(missing).toEqual(expected.filter((at) => !moments.has(at)));
      let end = 0;
      while (moments.has(end)) end++;
      expect(ranges.upTo(1)).toBe(end);
    }),
    { numRuns: 2_000, seed: 1 },
  );
});
