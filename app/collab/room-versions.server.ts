import * as Y from "yjs";
import { changeInto } from "./board-difference";
import type { BoardElement } from "./board-element";
import { applyChange, elementsOf, readBoard } from "./board-elements";
import type { Stored } from "./collab.queries.server";
import { Full, LiveDocument } from "./document.server";
import type { Author } from "./owners";
import type { RichDoc } from "./rich-text";
import { richTextOf, textIn } from "./rich-text-yjs.server";
import type { Room } from "./room";
import { seedClient } from "./seed-client";
import { docOf, storeOfJobs } from "./stored-doc.server";
import { restoreText } from "./text-restore.server";
import { type Clocks, clocksOf, type Drawn, drawnBy, type Written, writtenBy, wroteBetween } from "./writers";

/** What a version keeps of a live document, read from what is stored of it, and the way back to one. */

/** Who wrote it is "" where it was not a person but what the document began with. */
export type RoomContent =
  | { part: "brief"; doc: RichDoc; written: Written }
  | { part: "board" | "staff-layer"; elements: BoardElement[]; drawn: Drawn };

/** A live document at a moment. `clocks`: how far everybody had written. */
export type RoomState = { seq: number; content: RoomContent; clocks: Clocks; wroteSince(earlier: Clocks): string[] };

const personOf = (room: Room, authors: readonly Author[]) => {
  const people = new Map(authors.map(({ client, person }) => [client, person]));
  people.set(seedClient(room.name), "");
  return (client: number) => people.get(client) ?? null;
};

function stateOf(room: Room, ydoc: Y.Doc, seq: number, authors: readonly Author[]): RoomState {
  const whose = personOf(room, authors);
  const clocks = clocksOf(ydoc);
  const wroteSince = (earlier: Clocks) => wroteBetween(earlier, clocks, whose).filter((person) => person !== "");
  if (room.part === "brief") {
    const doc = richTextOf(textIn(ydoc));
    const written = writtenBy(textIn(ydoc), doc, whose);
    return { seq, content: { part: room.part, doc, written }, clocks, wroteSince };
  }
  const elements = readBoard(ydoc);
  const drawn = drawnBy(elementsOf(ydoc), elements, whose);
  return { seq, content: { part: room.part, elements, drawn }, clocks, wroteSince };
}

/** What a room holds now; null when it was never opened. */
export async function readRoomState(room: Room): Promise<RoomState | "damaged" | null> {
  const stored = await storeOfJobs().load(room.name);
  if (!stored) return null;
  if (stored.broken) return "damaged";
  const ydoc = docOf(stored);
  const state = stateOf(room, ydoc, stored.seq, stored.authors);
  ydoc.destroy();
  return state;
}

function apply(ydoc: Y.Doc, content: RoomContent): void {
  if (content.part === "brief") restoreText(ydoc, content.doc);
  else applyChange(ydoc, changeInto(readBoard(ydoc), content.elements), "restored");
}

/** Judges an edit as the live server judges one that comes over a line, and makes a row of it. Null when it is too much. */
function rowOf(room: Room, stored: Stored, update: Uint8Array, personId: string) {
  const document = new LiveDocument(stored.updates, stored.updates.length > stored.loose, stored.authors);
  try {
    document.take(update, personId);
  } catch (error) {
    if (error instanceof Full) return null;
    throw error;
  }
  const payload = document.launch();
  return payload && { id: stored.id, payload, authors: document.authors, project: room.name };
}

/**
 * Makes a room hold this, as an edit of a person that everybody in it sees: under a client id of theirs, through the log, and
 * whatever others write meanwhile joins it. Who may is decided by the caller. `before` is called with what the room holds
 * until then, and what it does is done before anything changes. Out: what it holds then; what went wrong otherwise.
 */
export async function restoreRoom(
  room: Room,
  personId: string,
  content: RoomContent,
  before: (state: RoomState) => Promise<void>,
): Promise<{ ok: true; state: RoomState } | { ok: false; why: "full" | "same" | "never-opened" | "damaged" }> {
  const store = storeOfJobs();
  const stored = await store.load(room.name);
  if (!stored) return { ok: false, why: "never-opened" };
  if (stored.broken) return { ok: false, why: "damaged" };
  const ydoc = docOf(stored);
  try {
    const state = stateOf(room, ydoc, stored.seq, stored.authors);
    const vector = Y.encodeStateVector(ydoc);
    let changes = false;
    ydoc.on("update", () => {
      changes = true;
    });
    apply(ydoc, content);
    if (!changes) return { ok: false, why: "same" };
    const row = rowOf(room, stored, Y.encodeStateAsUpdate(ydoc, vector), personId);
    if (!row) return { ok: false, why: "full" };
    await before(state);
    const seq = (await store.append([row])).get(stored.id);
    if (seq === undefined) throw new Error("a live document vanished while a version of it was restored");
    await store.tell(room.name);
    const authors = [...stored.authors, { client: ydoc.clientID, person: personId }];
    return { ok: true, state: stateOf(room, ydoc, seq, authors) };
  } finally {
    ydoc.destroy();
  }
}
