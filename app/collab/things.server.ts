import { shareWords } from "./alike.server";
import { boardNow } from "./board-now.server";
import { outlineOf } from "./board-outline";
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
