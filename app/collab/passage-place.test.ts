import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { flatOf, type LiveFlat, type Passage, passageAt, placeOf, spanOf } from "./passage-place";
import { flatOfRich, linesOf } from "./passage-text";
import type { RichDoc } from "./rich-text";
import { richTextOf, seedUpdate } from "./rich-text-yjs.server";

/** The passage of the brief that is given by its words. */
function passageOf(doc: Y.Doc, quote: string): Passage {
  const flat = flatHere(doc);
  const from = flat.text.indexOf(quote);
  const passage = passageAt(flat, { from, to: from + quote.length });
  if (!passage) throw new Error("there is no such passage");
  return passage;
}

const fragmentOf = (doc: Y.Doc) => doc.getXmlFragment("default");
const flatHere = (doc: Y.Doc): LiveFlat => flatOf(fragmentOf(doc));

/** How the place of a passage is, and which words stand there. */
function seen(doc: Y.Doc, passage: Passage): { is: string; words: string | null } {
  const flat = flatHere(doc);
  const place = placeOf(passage, flat, doc);
  return { is: place.is, words: place.is === "gone" ? null : flat.text.slice(place.span.from, place.span.to) };
}

function briefOf(...paragraphs: string[]): Y.Doc {
  const doc = new Y.Doc();
  addAt(doc, 0, ...paragraphs);
  return doc;
}

function addAt(doc: Y.Doc, at: number, ...paragraphs: string[]): void {
  const made = paragraphs.map((words) => {
    const [block, text] = [new Y.XmlElement("paragraph"), new Y.XmlText()];
    text.insert(0, words);
    block.insert(0, [text]);
    return block;
  });
  fragmentOf(doc).insert(at, made);
}

function textOf(doc: Y.Doc, paragraph: number): Y.XmlText {
  const text = (fragmentOf(doc).get(paragraph) as Y.XmlElement).get(0);
  if (!(text instanceof Y.XmlText)) throw new Error("this is no paragraph");
  return text;
}

const LAMP = "The arm of the lamp wobbles when it is stretched.";
const DESK = "It stands on a desk of beech.";

test("a passage is here while its words are as they were, whatever is written around it", () => {
  const doc = briefOf(LAMP, DESK);
  const passage = passageOf(doc, "lamp wobbles");
  textOf(doc, 0).insert(0, "Listen: ");
  textOf(doc, 0).insert(textOf(doc, 0).toString().length, " Badly.");
  addAt(doc, 0, "Dear all");
  expect(seen(doc, passage)).toEqual({ is: "here", words: "lamp wobbles" });
});

test("what is typed at its edges is not part of it", () => {
  const doc = briefOf(LAMP);
  const passage = passageOf(doc, "lamp");
  const at = LAMP.indexOf("lamp");
  textOf(doc, 0).insert(at + 4, "shade");
  textOf(doc, 0).insert(at, "big");
  // Four letters are too few to be known by once both neighbours are others.
  expect(seen(doc, passage)).toEqual({ is: "moved", words: "lamp" });
});

test("a word changed inside it asks for a look", () => {
  const doc = briefOf(LAMP);
  const passage = passageOf(doc, "arm of the lamp wobbles");
  textOf(doc, 0).insert(LAMP.indexOf("wobbles"), "never ");
  expect(seen(doc, passage)).toEqual({ is: "moved", words: "arm of the lamp never wobbles" });
});

test("removed, it is gone, and no other part stands for it", () => {
  const doc = briefOf(LAMP, DESK);
  const passage = passageOf(doc, "lamp wobbles");
  textOf(doc, 0).delete(LAMP.indexOf("lamp"), "lamp wobbles".length);
  expect(seen(doc, passage)).toEqual({ is: "gone", words: null });
});

test("its paragraph removed, it is gone", () => {
  const doc = briefOf(LAMP, DESK);
  const passage = passageOf(doc, "lamp wobbles");
  fragmentOf(doc).delete(0, 1);
  expect(seen(doc, passage)).toEqual({ is: "gone", words: null });
});

test("cut and pasted, it asks for a look where it was put", () => {
  const doc = briefOf(LAMP, DESK);
  const passage = passageOf(doc, "lamp wobbles");
  textOf(doc, 0).delete(LAMP.indexOf("lamp"), "lamp wobbles".length);
  textOf(doc, 1).insert(0, "Our lamp wobbles. ");
  expect(seen(doc, passage)).toEqual({ is: "moved", words: "lamp wobbles" });
});

test("copied twice and removed, it is gone: nobody can tell which one is meant", () => {
  const doc = briefOf(LAMP, DESK);
  const passage = passageOf(doc, "lamp wobbles");
  fragmentOf(doc).delete(0, 1);
  addAt(doc, 1, "One lamp wobbles a bit.", "Two lamp wobbles much.");
  expect(seen(doc, passage)).toEqual({ is: "gone", words: null });
});

test("copied, the first one stays what it is", () => {
  const doc = briefOf(LAMP, DESK);
  const passage = passageOf(doc, "lamp wobbles");
  addAt(doc, 0, LAMP);
  const place = placeOf(passage, flatHere(doc), doc);
  expect(place).toMatchObject({ is: "here", span: { from: LAMP.length + 1 + LAMP.indexOf("lamp") } });
});

test("its paragraph split inside it, it asks for a look over both lines", () => {
  const doc = briefOf(LAMP, DESK);
  const passage = passageOf(doc, "lamp wobbles");
  const at = LAMP.indexOf("wobbles");
  // As the editor splits: the tail is written anew.
  textOf(doc, 0).delete(at, LAMP.length - at);
  addAt(doc, 1, LAMP.slice(at));
  expect(seen(doc, passage)).toEqual({ is: "moved", words: "lamp \nwobbles" });
});

test("an older version restored, it asks for a look at its words", () => {
  const doc = briefOf(LAMP, DESK);
  const passage = passageOf(doc, "lamp wobbles");
  fragmentOf(doc).delete(0, 2);
  addAt(doc, 0, LAMP, DESK);
  expect(seen(doc, passage)).toEqual({ is: "moved", words: "lamp wobbles" });
});

test("its paragraph written over with another one that shares a short word, it asks for a look", () => {
  const doc = briefOf("See the lamp.");
  const passage = passageOf(doc, "the");
  const text = textOf(doc, 0);
  text.delete(7, 6);
  text.insert(7, " chair over there");
  text.delete(0, 4);
  text.insert(0, "Mind ");
  expect(seen(doc, passage).is).toBe("moved");
});

test("undone, a removed passage is here again for everybody", () => {
  const [doc, other] = [briefOf(LAMP), new Y.Doc()];
  const passage = passageOf(doc, "lamp wobbles");
  const undo = new Y.UndoManager(fragmentOf(doc));
  textOf(doc, 0).delete(LAMP.indexOf("lamp"), "lamp wobbles".length);
  undo.undo();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  expect(seen(other, passage)).toEqual(seen(doc, passage));
  expect(seen(doc, passage).words).toBe("lamp wobbles");
});

test("over two paragraphs, from one to the other", () => {
  const doc = briefOf(LAMP, DESK);
  const passage = passageOf(doc, "stretched.\nIt stands");
  addAt(doc, 0, "Dear all");
  expect(seen(doc, passage)).toEqual({ is: "here", words: "stretched.\nIt stands" });
});

test("ends that are no ends, or of another document, are nowhere", () => {
  const doc = briefOf(LAMP);
  const [real, elsewhere] = [passageOf(doc, "lamp wobbles"), passageOf(briefOf(DESK), "desk of beech")];
  const flat = flatHere(doc);
  for (const start of ["", "%", "AAAA", "A".repeat(5_000), elsewhere.start, "////////"]) {
    expect(spanOf(flat, doc, { start, end: real.end })).toBeNull();
  }
  expect(seen(doc, elsewhere)).toEqual({ is: "gone", words: null });
});

test("too much, or nothing but spaces, is no passage", () => {
  const doc = briefOf("x".repeat(3_000), "a   b");
  const flat = flatHere(doc);
  expect(passageAt(flat, { from: 0, to: 2_500 })).toBeNull();
  expect(passageAt(flat, { from: 3_002, to: 3_004 })).toBeNull();
  expect(passageAt(flat, { from: 5, to: 2 })).toBeNull();
});

test("a stored text and the live document have the same lines", () => {
  const doc = new Y.Doc();
  Y.applyUpdate(
    doc,
    seedUpdate("idea:0:brief", {
      type: "doc",
      content: [
        { type: "heading", attrs: { level: 1 }, content: [{ type: "text", text: "Lamp" }] },
        {
          type: "paragraph",
          content: [{ type: "text", text: "one" }, { type: "hardBreak" }, { type: "text", text: "two" }],
        },
        {
          type: "bulletList",
          content: [{ type: "listItem", content: [{ type: "paragraph", content: [{ type: "text", text: "three" }] }] }],
        },
        { type: "paragraph" },
      ],
    }),
  );
  const lines = linesOf(flatOfRich(richTextOf(fragmentOf(doc)))).map(({ text }) => text);
  expect(lines).toEqual(linesOf(flatHere(doc)).map(({ text }) => text));
  expect(lines).toEqual(["Lamp", "one", "two", "three"]);
});

// ------------------------------------------------------------------ whatever happens

type Move = { who: number; what: number; at: number; many: number };
const moves = fc.array(
  fc.record({ who: fc.nat({ max: 1 }), what: fc.nat({ max: 8 }), at: fc.nat({ max: 60 }), many: fc.nat({ max: 6 }) }),
  { maxLength: 40 },
);

/** Two letters, so that everything looks like everything else. */
const lettersOf = ({ at, many }: Move) => "abba ab".slice(at % 3, (at % 3) + 1 + (many % 4));

function make(doc: Y.Doc, undo: Y.UndoManager, move: Move): void {
  const fragment = fragmentOf(doc);
  if (move.what === 0) return void undo.undo();
  if (move.what === 1) return void addAt(doc, move.at % (fragment.length + 1), lettersOf(move));
  if (fragment.length === 0) return;
  const text = textOf(doc, move.at % fragment.length);
  const words = text.toString();
  const at = words.length === 0 ? 0 : (move.at * 7) % words.length;
  if (move.what === 2) fragment.delete(move.at % fragment.length, 1);
  else if (move.what <= 5) text.insert(at, lettersOf(move));
  else if (move.what === 6) {
    // A split: the tail is written anew below.
    text.delete(at, words.length - at);
    addAt(doc, (move.at % fragment.length) + 1, words.slice(at));
  } else text.delete(at, Math.min(move.many + 1, words.length - at));
}

/** The letters between the ends of a passage in the order of the document, removed ones too: what may count as its place. */
function lifeline(doc: Y.Doc, { start, end }: Passage): Set<string> | null {
  const idOf = (encoded: string) =>
    Y.decodeRelativePosition(Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0))).item;
  const [first, last] = [idOf(start), idOf(end)];
  const letters: string[] = [];
  let [begun, ended] = [false, false];
  const walk = (parent: Y.AbstractType<Y.YXmlEvent>) => {
    for (let item = parent._start; item !== null; item = item.right) {
      if (item.content instanceof Y.ContentType) walk(item.content.type);
      else
        for (let offset = 0; offset < item.length; offset++) {
          const { client, clock } = item.id;
          if (client === first?.client && clock + offset === first.clock) begun = true;
          if (begun && !ended) letters.push(`${client}:${clock + offset}`);
          if (client === last?.client && clock + offset === last.clock) ended = true;
        }
    }
  };
  walk(fragmentOf(doc));
  return begun && ended ? new Set(letters) : null;
}

/** The ids of the letters of a span, as the document stores them. */
function lettersIn(flat: LiveFlat, { from, to }: { from: number; to: number }): string[] {
  return flat.parts.flatMap((part) => {
    const ids: string[] = [];
    for (let item = part.text._start; item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue;
      for (let offset = 0; offset < item.length; offset++) ids.push(`${item.id.client}:${item.id.clock + offset}`);
    }
    return ids.filter((_, index) => part.from + index >= from && part.from + index < to);
  });
}

test("whatever two people do at once, a passage is never here with other words or in another place, and both see the same", () => {
  fc.assert(
    fc.property(moves, moves, fc.nat({ max: 20 }), fc.integer({ min: 1, max: 12 }), (first, later, from, long) => {
      const one = briefOf("abab ba abba", "ba ab", "abba abab ab");
      one.clientID = 1;
      const two = Object.assign(new Y.Doc(), { clientID: 2 });
      Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
      const undos = [one, two].map((doc) => new Y.UndoManager(fragmentOf(doc)));
      const passage = passageAt(flatHere(one), { from, to: from + long });
      fc.pre(passage !== null);
      if (!passage) return;
      const run = (all: readonly Move[]) => {
        for (const move of all) {
          const [doc, undo] = [[one, two][move.who], undos[move.who]];
          if (doc && undo) make(doc, undo, move);
        }
        const [ofOne, ofTwo] = [Y.encodeStateAsUpdate(one), Y.encodeStateAsUpdate(two)];
        Y.applyUpdate(one, ofTwo);
        Y.applyUpdate(two, ofOne);
      };
      for (const part of [first, later]) {
        run(part);
        const stored = new Y.Doc();
        Y.applyUpdate(stored, Y.encodeStateAsUpdate(one));
        const places = [one, two, stored].map((doc) => placeOf(passage, flatHere(doc), doc));
        expect(places[1]).toEqual(places[0]);
        expect(places[2]).toEqual(places[0]);
        const [place] = places;
        if (place?.is !== "here") continue;
        const flat = flatHere(one);
        expect(flat.text.slice(place.span.from, place.span.to)).toBe(passage.quote);
        const own = lifeline(one, passage);
        expect(lettersIn(flat, place.span).filter((id) => !own?.has(id))).toEqual([]);
      }
    }),
    { numRuns: 100 },
  );
}, 60_000);

test("while nobody touches its letters, a passage is here", () => {
  fc.assert(
    fc.property(moves, (all) => {
      const doc = briefOf("abab", "The arm wobbles", "ba ab");
      const passage = passageOf(doc, "arm wobbles");
      const middle = textOf(doc, 1);
      for (const move of all) {
        const fragment = fragmentOf(doc);
        const at = move.at % (fragment.length + 1);
        const mine = fragment.toArray().findIndex((block) => block instanceof Y.XmlElement && block.get(0) === middle);
        if (move.what < 4) addAt(doc, at, lettersOf(move));
        else if (move.what < 6) middle.insert(0, lettersOf(move));
        else if (at < fragment.length && at !== mine) fragment.delete(at, 1);
      }
      expect(seen(doc, passage)).toEqual({ is: "here", words: "arm wobbles" });
    }),
    { numRuns: 100 },
  );
});

/** The least of some tries, of the processor: whatever else runs on the machine makes a clock's time longer. */
function shortest(work: () => unknown): number {
  const tries = Array.from({ length: 7 }, () => {
    const began = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(began);
    return user + system;
  });
  return Math.min(...tries);
}

test("a text of eight times as many lines costs about eight times as much to read, not sixty-four times", () => {
  const textOf = (lines: number): RichDoc => ({
    type: "doc",
    content: Array.from({ length: lines }, () => ({
      type: "paragraph",
      content: [{ type: "text", text: "a short line" }],
    })),
  });
  const live = (lines: number) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, seedUpdate("idea:00000000-0000-4000-8000-000000000001:brief", textOf(lines)));
    return doc.getXmlFragment("default");
  };
  const [small, large] = [textOf(2_500), textOf(20_000)];
  expect(shortest(() => flatOfRich(large)) / shortest(() => flatOfRich(small))).toBeLessThan(40);
  const [short, long] = [live(2_500), live(20_000)];
  expect(shortest(() => flatOf(long)) / shortest(() => flatOf(short))).toBeLessThan(40);
}, 60_000);
