import type { Passage } from "~/collab/passage-place";
import { findPlaces } from "~/collab/passages.server";
import { boardRoom, briefRoom } from "~/collab/room";
import type { ThingAnchor } from "~/collab/thing-place";
import { findThings } from "~/collab/things.server";
import type { Thread, ThreadAbout } from "./idea-thread";
import type { Bound } from "./idea-thread.queries.server";

/** Where threads belong, in the live brief or on the live board as they are stored. */

/** What a thread is kept with. */
export const boundTo = {
  passage: ({ start, end, ...words }: Passage): Bound => ({ anchor: { start, end }, ...words }),
  thing: ({ element, kind, quote }: ThingAnchor): Bound => ({
    anchor: { element, kind },
    quote,
    before: "",
    after: "",
  }),
};

/** A place as lists show it; `bound`: what the thread would be bound to when somebody confirms it. */
type PlaceNow = Pick<Thread, "place" | "present"> & { bound: Bound | null };

/** Where each of these is now, in their order; null when nobody can tell. */
export async function placesNow(
  ideaId: string,
  about: ThreadAbout,
  kept: readonly (Passage & ThingAnchor)[],
): Promise<PlaceNow[] | null> {
  if (about !== "brief") {
    const things = await findThings(boardRoom(ideaId, about === "layer" ? "staff-layer" : "board"), kept);
    return things?.map(({ thing, ...now }) => ({ ...now, bound: thing && boundTo.thing(thing) })) ?? null;
  }
  const places = await findPlaces(briefRoom(ideaId), kept);
  return places?.map(({ passage, ...now }) => ({ ...now, bound: passage && boundTo.passage(passage) })) ?? null;
}
