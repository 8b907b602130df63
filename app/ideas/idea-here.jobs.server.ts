import { parseRoom } from "~/collab/room";
import type { HereNews } from "~/kernel/here-teller.server";
import { asSystem } from "~/kernel/system-tx.server";
import { knownTo } from "./idea-here";
import * as queries from "./idea-here.queries.server";

/** Tells open pages who is at which idea, with whose it is. Nothing is written down. */
export async function sayWhoIsHere({ node, begins, rooms }: HereNews): Promise<void> {
  const told = rooms.flatMap(({ room: name, people, count }) => {
    const room = parseRoom(name);
    return room ? [{ idea: room.id, part: room.part, audience: knownTo(room.part), people, count }] : [];
  });
  await asSystem("who is at an idea", async (tx) => {
    if (begins) await queries.tellOfProcess(tx, node, "begins");
    else if (told.length === 0) await queries.tellOfProcess(tx, node, "lives");
    if (told.length > 0) await queries.tellWhoIsHere(tx, node, told);
  });
}
