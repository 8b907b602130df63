import * as Y from "yjs";
import { arranged, type BoardElement, cleanElement, ELEMENTS_MOST } from "./board-element";
import { seedClient } from "./seed-client";

/**
 * A board as a document: one map, and in it one map an element. An element is put there once, under an id that nobody uses
 * again, and from then on changed inside; so whoever changes one that another has just removed changes something that is
 * gone, and nothing removed comes back but by the undo of whoever removed it.
 */

/** What a person does to a board. */
export type BoardChange = {
  /** Whole elements that were not there before. */
  added: readonly BoardElement[];
  /** The fields of others that changed. */
  changed: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  removed: readonly string[];
};

export type BoardMap = Y.Map<Y.Map<unknown>>;

/** What is written into an element by whoever takes it away, in the same step: shown nowhere. */
const GOING = "going";

/** The elements of a board's document. */
export const elementsOf = (doc: Y.Doc): BoardMap => doc.getMap("elements");

/** One element made safe; null when it is none. */
export function readElement(elements: BoardMap, id: string): BoardElement | null {
  const held: unknown = elements.get(id);
  return held instanceof Y.Map ? cleanElement({ ...held.toJSON(), id }) : null;
}

/** What a board shows, from below to above, as anybody may have written it, made safe. */
export function readBoard(doc: Y.Doc): BoardElement[] {
  const elements = elementsOf(doc);
  const found: BoardElement[] = [];
  for (const id of elements.keys()) {
    if (found.length >= ELEMENTS_MOST) break;
    const element = readElement(elements, id);
    if (element) found.push(element);
  }
  return arranged(found);
}

/** Whether a change says nothing. */
export const isNothing = ({ added, changed, removed }: BoardChange): boolean =>
  added.length === 0 && changed.size === 0 && removed.length === 0;

/** Does a change in one step, under an origin by which its author's undo knows it. What is gone stays gone. */
export function applyChange(doc: Y.Doc, { added, changed, removed }: BoardChange, origin: unknown): void {
  const elements = elementsOf(doc);
  doc.transact(() => {
    for (const id of removed) {
      const held: unknown = elements.get(id);
      // Taking away alone writes nothing, and nobody could be told who did it.
      if (held instanceof Y.Map) held.set(GOING, true);
      if (elements.has(id)) elements.delete(id);
    }
    for (const { id, ...fields } of added) {
      if (!elements.has(id)) elements.set(id, new Y.Map(Object.entries(fields)));
    }
    for (const [id, fields] of changed) {
      const held: unknown = elements.get(id);
      if (!(held instanceof Y.Map)) continue;
      for (const [field, value] of Object.entries(fields)) held.set(field, value);
    }
  }, origin);
}

/** The update that a board begins with: which form it has. The same bytes in every process, so beginning twice is once. */
export function boardSeed(room: string): Uint8Array {
  const doc = new Y.Doc({ gc: false });
  doc.clientID = seedClient(room);
  doc.getMap("board").set("form", 1);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** Takes back what was done under this origin, and nothing of anybody else. A step lasts until `stopCapturing`. */
export function undoOf(doc: Y.Doc, origin: unknown): Y.UndoManager {
  return new Y.UndoManager(elementsOf(doc), {
    trackedOrigins: new Set([origin]),
    captureTimeout: Number.POSITIVE_INFINITY,
  });
}
