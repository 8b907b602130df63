import { readRichText, renameMentions } from "~/collab/collab.server";
import type { RichDoc } from "~/collab/rich-text";
import { plainText } from "~/collab/rich-text-plain";
import { briefRoom, parseRoom, type Room } from "~/collab/room";
import { tokenise } from "~/kernel/search-tokens";
import { asSystem } from "~/kernel/system-tx.server";
import { briefsMentioning, findBriefSeed, upsertBrief } from "./idea.queries.server";
import { attachmentTasks } from "./idea-attachment.jobs.server";

/**
 * The job `project_brief`: copies what a brief's room holds into Postgres, for reading without JavaScript and for search.
 * May run twice or late: only text newer than the kept one is kept. Throws when the room's name is not a brief's.
 */
export async function projectBrief(payload: unknown): Promise<void> {
  const name = typeof payload === "object" && payload !== null && "room" in payload ? payload.room : undefined;
  const room = typeof name === "string" ? parseRoom(name) : null;
  if (!room) throw new Error("project_brief was asked for something that is not the room of a brief");
  const read = await readRichText(room.name);
  if (!read) return;
  const bodyText = plainText(read.doc);
  const brief = { ideaId: room.id, doc: read.doc, bodyText, tokens: tokenise(bodyText), seq: BigInt(read.seq) };
  await asSystem("project a brief", (tx) => upsertBrief(tx, brief));
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
}

/** The first words of a brief's room; null when there is no such idea. For the collab server. */
export async function seedBrief(room: Room): Promise<RichDoc | null> {
  return (await asSystem("seed a brief", (tx) => findBriefSeed(tx, room.id))) ?? null;
}

/** Tasks of this module by name, for the worker. */
export const ideaTasks = { project_brief: projectBrief, erase_mentions: eraseMentions, ...attachmentTasks };

/** Tasks of this module that run by the clock (cron, UTC), for the worker. */
export const ideaClock = [{ task: "remove_unclaimed_attachments", match: "17 * * * *" }];
