import { shareWords } from "./alike.server";
import type { BoardElement } from "./board-element";
import { boardNow } from "./board-now.server";
import { type OutlineKind, outlineOf } from "./board-outline";
import { parseRoom } from "./room";
import { readRoomState } from "./room-versions.server";
import { placeOfThing, quoteOf, type ThingAnchor } from "./thing-place";

/** Things of a board as it is stored: what somebody chose is looked up here, so that nothing is quoted that nobody was shown. */

export type FoundThing = ThingAnchor | "thing-gone" | "board-unread";

/** A thing that somebody chose, with what it says; or why there is none. */
export async function findThing(room: string, element: string): Promise<FoundThing> {
  const board = await boardNow(room);
  if (!board) return "board-unread";
  const item = outlineOf(board).find(({ id }) => id === element);
  return item ? { element, kind: item.kind, quote: quoteOf(item) } : "thing-gone";
}

/** A thing with all that belongs to it: what is written in it, and what lies in a frame. `by`: whoever put it there, as far as known. */
export type DrawnThing = { kind: OutlineKind; says: string; drawn: BoardElement[]; by: string | null };

/** A thing as it is drawn now, for whoever quotes it. */
export async function drawnThing(room: string, element: string): Promise<DrawnThing | "thing-gone" | "board-unread"> {
  const known = parseRoom(room);
  const state = known && (await readRoomState(known));
  if (state === null) return "thing-gone";
  if (state === "damaged" || state.content.part === "brief") return "board-unread";
  const { elements, drawn } = state.content;
  const item = outlineOf(elements).find(({ id }) => id === element);
  if (!item) return "thing-gone";
  const own = elements.filter((one) => [one.id, one.containerId, one.frameId].includes(element));
  // Whoever put it there comes first; what a board began with is nobody's.
  return { kind: item.kind, says: item.says, drawn: own, by: drawn[element]?.[0] || null };
}

/** A place as a list shows it; `thing`: what it would be bound to when somebody confirms it. */
export type StoredThing =
  | { place: "here" | "gone"; present: null; thing: null }
  | { place: "moved"; present: string; thing: ThingAnchor };

/** Where each thing is now, in their order; null when the board cannot be read, which tells nothing about any of them. */
export async function findThings(room: string, kept: readonly ThingAnchor[]): Promise<StoredThing[] | null> {
  const board = await boardNow(room);
  if (!board) return null;
  const items = new Map(outlineOf(board).map((item) => [item.id, item]));
  return kept.map((anchor): StoredThing => {
    const place = placeOfThing(anchor, items, shareWords);
    if (place.is !== "moved") return { place: place.is, present: null, thing: null };
    const { kind, present } = place;
    return { place: "moved", present, thing: { element: anchor.element, kind, quote: present } };
  });
}
