/** What of an idea is written together: its brief, its board, and what staff alone draw beside the board. */
export type RoomPart = "brief" | "board" | "staff-layer";

/** The name of a live document. */
export type Room = { name: string; kind: "idea"; id: string; part: RoomPart };

/** What a person may do in a room. `comment` writes elsewhere (in Postgres), so here it is reading. */
export type RoomAccess = "none" | "view" | "comment" | "edit";

const ROOM = /^idea:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):(brief|board|staff-layer)$/;

/** The room of that exact name, or null when no such room can exist. */
export function parseRoom(name: string): Room | null {
  const [, id, part] = ROOM.exec(name) ?? [];
  return id && part ? { name, kind: "idea", id, part: part as RoomPart } : null;
}

/** The room of an idea's brief. In: the idea's id, lower case. */
export const briefRoom = (ideaId: string): string => `idea:${ideaId}:brief`;

/** The room of an idea's board, or of the layer beside it that staff alone see. In: the idea's id, lower case. */
export const boardRoom = (ideaId: string, layer: "board" | "staff-layer" = "board"): string =>
  `idea:${ideaId}:${layer}`;

/** The room a socket asks for: null when the path is not ours, `no-room` when it is and names none. */
export function roomOfPath(path: string): Room | "no-room" | null {
  if (!path.startsWith("/collab/")) return null;
  try {
    return parseRoom(decodeURIComponent(path.slice("/collab/".length))) ?? "no-room";
  } catch {
    return "no-room";
  }
}
