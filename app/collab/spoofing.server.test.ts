import { expect, test } from "vitest";
import * as Y from "yjs";
import { LiveDocument, NotYours } from "./document.server";
import { LIMITS } from "./limits";
import { Presence, type PresenceOwner } from "./presence.server";
import { presence as message, readMessage } from "./protocol.server";
import { counts } from "./update-join";

const ANN = 1_111;
const BEN = 9_999;

/** What somebody under this client id sends when they write or remove something. */
function author(clientID: number, known: readonly Uint8Array[] = []) {
  const doc = new Y.Doc();
  for (const update of known) Y.applyUpdate(doc, update);
  // Yjs takes another id when it hears of its own.
  doc.clientID = clientID;
  const send = (change: (fragment: Y.XmlFragment) => void): Uint8Array => {
    const before = Y.encodeStateVector(doc);
    doc.transact(() => change(doc.getXmlFragment("default")));
    return Y.encodeStateAsUpdate(doc, before);
  };
  return {
    doc,
    write: (words: string) => send((fragment) => fragment.insert(0, [new Y.XmlText(words)])),
    all: () => Y.encodeStateAsUpdate(doc),
  };
}

/** An update that only removes: these clocks of that client. */
const removing = (client: number, from: number, length: number) => counts([0, 1, client, 1, from, length]);

type Room = { document: LiveDocument; ann: ReturnType<typeof author>; known: Uint8Array[] };

/** A room in which Ann wrote, Ben is here and has not written, and somebody left long ago. */
function room(): Room {
  const [ann, old] = [author(ANN), author(5)];
  const [words, past] = [ann.write("Ann's words"), old.write("from before")];
  const document = new LiveDocument([past], false, [{ client: 5, person: "Old" }]);
  document.take(words, "Ann");
  document.claim(BEN, "Ben");
  document.launch();
  document.landed();
  document.claim(7, "");
  return { document, ann, known: [past, words] };
}

type Attempt = (room: Room) => Uint8Array;

const SQUATS: Record<string, Attempt> = {
  "her next edit, written before she writes it": ({ known }) => author(ANN, known).write("forged"),
  "her next edit, by somebody who knows nothing of the text": () =>
    author(ANN).write("forged, and long enough to go on"),
  "an edit far ahead of her": ({ known }) => {
    const forger = author(ANN, known);
    forger.write("x".repeat(500));
    return forger.write("forged");
  },
  "her edit beside one of the forger's own": ({ known }) =>
    Y.mergeUpdates([author(ANN, known).write("forged"), author(3, known).write("honest")]),
  "her edit behind one of the forger's own": ({ known }) =>
    Y.mergeUpdates([author(4_294_967_295, known).write("honest"), author(ANN, known).write("forged")]),
  "her edit inside a whole document": ({ known }) => {
    const forger = author(ANN, known);
    forger.write("forged");
    return forger.all();
  },
  "a forgery that overlaps what she wrote": ({ known }) => {
    const forger = author(ANN, known.slice(0, 1));
    forger.write("Ann's words");
    return Y.mergeUpdates([forger.all(), forger.write("more")]);
  },
  "an empty place under her id": () => counts([1, 1, ANN, 40, 0, 9, 0]),
  "removed content under her id": () => counts([1, 1, ANN, 40, 1, 1, 1, 120, 3, 0]),
  "an edit of somebody who is here and never wrote": ({ known }) => author(BEN, known).write("forged"),
  "the first edit of somebody who is here": () => author(BEN).write("forged"),
  "an edit of somebody who left long ago": ({ known }) => author(5, known).write("forged"),
  "an edit under the id of the room's first words": ({ known }) => author(7, known).write("forged"),
  "the removal of her next edit": () => removing(ANN, 12, 1),
  "the removal of everything she will ever write": () => removing(ANN, 0, Number.MAX_SAFE_INTEGER),
  "the removal of what somebody here will write first": () => removing(BEN, 0, 1_000),
  "the removal of what somebody who left might still send": () => removing(5, 11, 200),
  "a removal beyond what is there, beside an honest edit": ({ known }) =>
    Y.mergeUpdates([author(3, known).write("honest"), removing(ANN, 100, 5)]),
  "a removal that begins in what is there and goes beyond": () => removing(ANN, 3, 500),
  "two removals, the second beyond what is there": () => counts([0, 1, ANN, 2, 0, 1, 900, 1]),
};

test("there are twenty ways to write under another's id here", () => expect(Object.keys(SQUATS)).toHaveLength(20));

test.each(Object.entries(SQUATS))("refused, and her next edit arrives: %s", (_name, attempt) => {
  const open = room();
  const forged = attempt(open);
  expect(() => open.document.take(forged, "Mallory")).toThrow(NotYours);
  const next = open.ann.write("next");
  open.document.take(next, "Ann");
  open.document.launch();
  open.document.landed();
  const reader = new Y.Doc();
  Y.applyUpdate(reader, open.document.content());
  const text = reader.getXmlFragment("default").toString();
  for (const words of ["next", "Ann's words", "from before"]) expect(text).toContain(words);
  for (const words of ["forged", "honest"]) expect(text).not.toContain(words);
});

const owner = (name: string, mayPoint = true): PresenceOwner => ({
  identity: { personId: `id-of-${name}`, name, color: "#0f6b66" },
  mayPoint,
});
const place = { type: null, tname: "default", item: null, assoc: 0 };
const cursor = { anchor: place, head: place };

/** Two people with a caret each, and what a third one sends. Out: what everybody else is told. */
function spoof(state: unknown, client = 3, clock = 50, mayPoint = true) {
  const here = new Presence();
  const [ann, ben, mallory] = [owner("Ann"), owner("Ben"), owner("Mallory", mayPoint)];
  here.hear(ann, [{ client: 1, clock: 1, state: { cursor } }]);
  here.hear(ben, [{ client: 2, clock: 1, state: { cursor } }]);
  here.hear(mallory, [{ client: 9, clock: 1, state: {} }]);
  const read = readMessage(message([{ client, clock, state }]));
  const news = "entries" in read ? here.hear(mallory, read.entries) : [];
  return { news, everybody: here.everybody() };
}

const AS_ANN = { user: { personId: "id-of-Ann", name: "Ann", color: "#000000" } };
const mine = { user: owner("Mallory").identity };

test.each<[string, unknown]>([
  ["another's name", AS_ANN],
  ["another's id alone", { user: { personId: "id-of-Ann" } }],
  ["a colour that is none", { user: { color: "url(https://evil.example)" } }],
  ["a name that is a thing", { user: { name: { toString: "Ann" } } }],
  ["fields of their own", { isStaff: true, role: "owner", avatar: "https://evil.example/x.png" }],
  ["a prototype", JSON.parse('{"__proto__": {"user": {"name": "Ann"}}, "constructor": 1}')],
])("stamped as who they are, whoever they say they are: %s", (_name, state) => {
  expect(spoof(state).news).toEqual([{ client: 3, clock: 50, state: { ...mine, cursor: null } }]);
});

test.each<[string, unknown]>([
  ["places that no text has", { cursor: { anchor: { tname: "other" }, head: place } }],
  ["markup for a place", { cursor: { anchor: "<img onerror=alert(1)>", head: "x" } }],
  ["numbers out of range", { cursor: { anchor: { ...place, assoc: 1e300 }, head: place } }],
])("a caret that no editor could place is nobody's: %s", (_name, state) => {
  expect(spoof(state).news).toMatchObject([{ state: { ...mine, cursor: null } }]);
});

test("a reader has no caret, whatever they send", () => {
  expect(spoof({ cursor }, 3, 50, false).news).toMatchObject([{ state: { ...mine, cursor: null } }]);
});

test.each<[string, unknown, number]>([
  ["as their own", AS_ANN, 99],
  ["as gone", null, 99],
  ["as gone, later than anybody could be", null, Number.MAX_SAFE_INTEGER],
])("nobody speaks for another who is here: %s", (_name, state, clock) => {
  const { news, everybody } = spoof(state, 1, clock);
  expect(news).toEqual([]);
  expect(everybody).toContainEqual({ client: 1, clock: 1, state: { user: owner("Ann").identity, cursor } });
});

test("nobody is too many people, and nobody's presence is too large", () => {
  const here = new Presence();
  const mallory = owner("Mallory");
  const many = Array.from({ length: 40 }, (_, client) => ({ client, clock: 1, state: {} }));
  expect(here.hear(mallory, many)).toHaveLength(LIMITS.presencesOfConnection);
  expect(spoof({ cursor, more: "x".repeat(LIMITS.presence) }).news).toEqual([]);
});

test("a presence that nobody renews ends, and is there again when it is renewed", () => {
  const here = new Presence();
  const ann = owner("Ann");
  here.hear(ann, [{ client: 1, clock: 1, state: { cursor } }], 0);
  expect(here.sweep(LIMITS.presenceLife)).toEqual([]);
  expect(here.sweep(LIMITS.presenceLife + 1)).toEqual([{ client: 1, clock: 1, state: null }]);
  expect(here.everybody()).toEqual([]);
  expect(here.hear(ann, [{ client: 1, clock: 2, state: { cursor } }], LIMITS.presenceLife + 2)).toMatchObject([
    { client: 1, clock: 2 },
  ]);
});
