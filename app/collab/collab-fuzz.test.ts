import { expect, test } from "vitest";
import * as Y from "yjs";
import { Full, LiveDocument, NotYours } from "./document.server";
import { Presence } from "./presence.server";
import * as protocol from "./protocol.server";
import { richTextOf } from "./rich-text-yjs.server";

/** FUZZ=1000000 for a long run. */
const MESSAGES = Number(process.env.FUZZ ?? 100_000);
const A_FLUSH = 50;
const A_NEW_DOCUMENT = 5_000;

/** The same numbers in every run, so that a failure can be looked at. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What an editor sends while somebody writes, formats, draws a table and removes it again. */
function honest(): Uint8Array[] {
  const doc = Object.assign(new Y.Doc(), { clientID: 3_141_592_653 });
  const messages = [protocol.step1(Y.encodeStateVector(doc))];
  doc.on("update", (update: Uint8Array) => messages.push(protocol.update(update)));
  const fragment = doc.getXmlFragment("default");
  for (let at = 0; at < 12; at++) {
    const element = new Y.XmlElement(at % 3 === 0 ? "table" : "paragraph");
    const text = new Y.XmlText(`words ${at} слова 字`);
    element.insert(0, [text]);
    element.setAttribute("level", `${at}`);
    fragment.insert(0, [element]);
    text.format(1, 3, { bold: {}, link: { href: "https://example.com/" } });
    text.insertEmbed(2, { image: at });
    doc.getMap("map").set(`key ${at % 4}`, [at, { deep: [null, true, 1.5] }, new Uint8Array([1, 2])]);
    if (at % 4 === 3) fragment.delete(1, 2);
  }
  messages.push(protocol.step2(Y.encodeStateAsUpdate(doc)), protocol.step1(Y.encodeStateVector(doc)));
  const place = { type: null, tname: "default", item: { client: doc.clientID, clock: 3 }, assoc: 0 };
  messages.push(
    protocol.presence([{ client: doc.clientID, clock: 1, state: { cursor: { anchor: place, head: place } } }]),
  );
  return messages;
}

function mutated(message: Uint8Array, other: Uint8Array, below: (limit: number) => number): Uint8Array {
  const bytes = new Uint8Array(message);
  for (let left = below(4); left >= 0; left--) bytes[below(bytes.length)] = below(3) === 0 ? below(256) : below(12);
  const kind = below(8);
  if (kind === 0) return bytes.subarray(0, below(bytes.length));
  if (kind === 1) return Buffer.concat([bytes.subarray(0, below(bytes.length)), other.subarray(below(other.length))]);
  return bytes;
}

test("mutated messages break nothing: each is refused by name or is an edit that every reader can take", () => {
  const below = numbers(7);
  const sources = honest();
  const tally = { unreadable: 0, refused: 0, taken: 0 };
  let [document, presence] = [new LiveDocument([]), new Presence()];
  let reader = new Y.Doc();
  const mallory = { identity: { personId: "id-of-Mallory", name: "Mallory", color: "#0f6b66" }, mayPoint: true };
  for (let sent = 0; sent < MESSAGES; sent++) {
    const source = sources[below(sources.length)] ?? new Uint8Array();
    const bytes = mutated(source, sources[below(sources.length)] ?? source, below);
    try {
      const message = protocol.readMessage(bytes);
      if ("update" in message) document.take(message.update, "id-of-Mallory");
      if (message.kind === "step1") document.answer(message.stateVector);
      if (message.kind === "presence") {
        for (const { state } of presence.hear(mallory, message.entries))
          expect(state).toMatchObject({ user: mallory.identity });
      }
      tally.taken++;
    } catch (error) {
      if (error instanceof NotYours || error instanceof Full) tally.refused++;
      else if (error instanceof protocol.Malformed) tally.unreadable++;
      else throw error;
    }
    if (sent % A_FLUSH === 0) {
      const payload = document.launch();
      if (payload) Y.applyUpdate(reader, payload);
      document.landed();
    }
    if (sent % A_NEW_DOCUMENT === A_NEW_DOCUMENT - 1) {
      // What was let in can be opened again, read, and made a snapshot of.
      expect(new LiveDocument([document.content()]).readable).toBe(1);
      const again = new Y.Doc();
      Y.applyUpdate(again, document.content());
      richTextOf(again.getXmlFragment("default"));
      Y.encodeStateAsUpdate(again);
      [document, presence, reader] = [new LiveDocument([]), new Presence(), new Y.Doc()];
    }
  }
  expect(tally.unreadable).toBeGreaterThan(MESSAGES / 4);
  expect(tally.taken).toBeGreaterThan(MESSAGES / 20);
}, 600_000);
