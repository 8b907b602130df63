import type { RoomPart } from "~/collab/room";
import type { HerePerson } from "~/kernel/here";

/** Where somebody is who is at an idea. */
export type AtIdea = RoomPart;

/** Who may know who is in a room of an idea: both sides where both may be, staff alone where no customer comes. */
export const knownTo = (part: RoomPart): "both" | "staff" => (part === "staff-layer" ? "staff" : "both");

/** Somebody at an idea; `where`: what to say of it, null on its page itself. */
export type Face = { id: string; name: string; where: Exclude<AtIdea, "brief"> | null };

const isPart = (part: string): part is AtIdea => part === "brief" || part === "board" || part === "staff-layer";

/**
 * The faces to show of who is at an idea, each person once, wherever they are first: on its page before its board. In: `at`,
 * only who is there; `except`, nobody who is there alone.
 */
export function facesOf(
  people: readonly HerePerson[],
  { at, except }: { at?: AtIdea | undefined; except?: AtIdea | undefined } = {},
): Face[] {
  const faces = new Map<string, Face>();
  const shown = people.filter(({ part }) => isPart(part) && part !== except && (!at || part === at));
  for (const { id, name, part } of shown) {
    const where = isPart(part) && part !== "brief" ? part : null;
    if (!faces.has(id) || where === null) faces.set(id, { id, name, where });
  }
  return [...faces.values()];
}
