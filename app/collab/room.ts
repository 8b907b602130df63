/** The name of a live document. Only ideas' briefs exist so far. */
export type Room = { name: string; kind: "idea"; id: string; part: "brief" };

/** What a person may do in a room. `comment` writes elsewhere (in Postgres), so here it is reading. */
export type RoomAccess = "none" | "view" | "comment" | "edit";

const ROOM = /^idea:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):brief$/;

/** The room of that exact name, or null when no such room can exist. */
export function parseRoom(name: string): Room | null {
  const id = ROOM.exec(name)?.[1];
  return id ? { name, kind: "idea", id, part: "brief" } : null;
}

/** The room of an idea's brief. In: the idea's id, lower case. */
export const briefRoom = (ideaId: string): string => `idea:${ideaId}:brief`;

/** The room a socket asks for: null when the path is not ours, `no-room` when it is and names none. */
export function roomOfPath(path: string): Room | "no-room" | null {
  if (!path.startsWith("/collab/")) return null;
  try {
    return parseRoom(decodeURIComponent(path.slice("/collab/".length))) ?? "no-room";
  } catch {
    return "no-room";
  }
}
