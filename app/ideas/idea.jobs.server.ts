import { boardText } from "~/collab/board-outline";
import { readBoardRoom, readRichText, renameMentions } from "~/collab/collab.server";

import type { RichDoc } from "~/collab/rich-text";
import { plainText } from "~/collab/rich-text-plain";
import { briefRoom, parseRoom, type Room } from "~/collab/room";
import { asSystem } from "~/kernel/system-tx.server";
import { upsertBoard, upsertStaffLayer } from "./board.queries.server";
import { briefsMentioning, findBriefSeed, upsertBrief } from "./idea.queries.server";
import { attachmentTasks } from "./idea-attachment.jobs.server";
import { keepPlaces } from "./idea-thread.jobs.server";
import { eraseFromVersions, keepVersions, noteWritten } from "./idea-version.jobs.server";

/**
 * The job `project_brief`: copies what a room of an idea, its brief or board, holds into Postgres, for reading without JavaScript
 * and for search. May run twice or late: only what is newer than the kept one is kept. Throws when it is no room's name.
 */
export async function projectBrief(payload: unknown): Promise<void> {
  const name = typeof payload === "object" && payload !== null && "room" in payload ? payload.room : undefined;
  const room = typeof name === "string" ? parseRoom(name) : null;
  if (!room) throw new Error("project_brief was asked for something that is not a room of an idea");
  if (room.part !== "brief") return projectBoard(room);
  const read = await readRichText(room.name);
  if (!read) return;
  const brief = { ideaId: room.id, doc: read.doc, bodyText: plainText(read.doc), seq: BigInt(read.seq) };
  if (await asSystem("project a brief", (tx) => upsertBrief(tx, brief))) await noteWritten(room, read.seq);
  await keepPlaces(room.id, "brief");
}

async function projectBoard(room: Room): Promise<void> {
  const read = await readBoardRoom(room.name);
  if (!read) return;
  const board = { ideaId: room.id, elements: read.elements, bodyText: boardText(read.elements), seq: BigInt(read.seq) };
  const keep = room.part === "board" ? upsertBoard : upsertStaffLayer;
  if (await asSystem("project a board", (tx) => keep(tx, board))) await noteWritten(room, read.seq);
  await keepPlaces(room.id, room.part === "board" ? "board" : "layer");
}

/**
 * The job `erase_mentions`: a person whose data was erased is nobody's name in the briefs that mention them, nor in what the
 * live documents keep of them. May run twice.
 */
export async function eraseMentions(payload: unknown): Promise<void> {
  const person = typeof payload === "object" && payload !== null && "person" in payload ? payload.person : undefined;
  if (typeof person !== "string") throw new Error("erase_mentions was asked for nobody");
  const briefs = await asSystem("erase mentions", (tx) => briefsMentioning(tx, person));
  for (const { ideaId, name } of briefs) await renameMentions(briefRoom(ideaId), person, name);
  await eraseFromVersions(person);
}

/** The first words of a brief's room; null when there is no such idea. For the collab server. */
export async function seedBrief(room: Room): Promise<RichDoc | null> {
  return (await asSystem("seed a brief", (tx) => findBriefSeed(tx, room.id))) ?? null;
}

/** Tasks of this module by name, for the worker. */
export const ideaTasks = {
  project_brief: projectBrief,
  erase_mentions: eraseMentions,
  keep_versions: keepVersions,
  ...attachmentTasks,
};

/** Tasks of this module that run by the clock (cron, UTC), for the worker. */
export const ideaClock = [
  { task: "remove_unclaimed_attachments", match: "17 * * * *" },
  { task: "keep_versions", match: "* * * * *" },
];
