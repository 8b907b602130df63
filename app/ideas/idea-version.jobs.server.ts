import { cleanRichText } from "~/collab/rich-text-clean";
import { boardRoom, briefRoom, parseRoom, type Room } from "~/collab/room";
import { readRoomState } from "~/collab/room-versions.server";
import { now } from "~/kernel/clock";
import { log } from "~/kernel/log.server";
import { asSystem } from "~/kernel/system-tx.server";
import { dueBefore, partOf } from "./idea-version";
import * as queries from "./idea-version.queries.server";

/** Versions that nobody asked for: when a brief or a board pauses, and once for every day on which it was written in. */

/** So many at most in one round, so that the next is not held up; the rest comes with it. */
const AT_ONCE = 50;

type Unkept = Awaited<ReturnType<typeof queries.listUnkept>>[number];

/** The log's first row is what a document begins with: nobody wrote it. */
const FIRST_ROW = 1;

/** Notes that a room was written in, up to this row of its log, so that the clock keeps a version of it. */
export async function noteWritten(room: Room, seq: number): Promise<void> {
  if (seq <= FIRST_ROW) return;
  await asSystem("note that a version is due", (tx) => queries.noteUnkept(tx, room.id, room.part, now()));
}

async function keep({ ideaId, accountId, part: written, last }: Unkept, reason: "pause" | "day"): Promise<void> {
  const part = partOf(written) ?? "brief";
  const room = parseRoom(part === "brief" ? briefRoom(ideaId) : boardRoom(ideaId, part));
  const state = room && (await readRoomState(room));
  await asSystem("keep a version", async (tx) => {
    await queries.holdVersions(tx, ideaId);
    const newest = await queries.findNewest(tx, ideaId, part);
    await queries.noteKept(tx, ideaId, part, last);
    // What is damaged is not what anybody would go back to.
    if (!state || state === "damaged" || (newest && queries.says(newest.content, state.content))) return;
    const version = { ideaId, accountId, part, reason, madeBy: null, madeAt: now() };
    await queries.insertVersion(tx, version, state, state.wroteSince(newest?.clocks ?? {}));
  });
}

/** The job `keep_versions`, by the clock. May run twice: what is kept already is not kept again. */
export async function keepVersions(): Promise<void> {
  const due = dueBefore(now());
  const waiting = await asSystem("look which versions are due", (tx) => queries.listUnkept(tx, due, AT_ONCE));
  for (const one of waiting) {
    // One that cannot be read must not keep the others from being kept.
    await keep(one, one.last <= due.last ? "pause" : "day").catch((error: unknown) => {
      log.error({ err: error, idea: one.ideaId }, "could not keep a version");
    });
  }
}

/** Calls a person whose data was erased by no name in the versions that mention them. */
export async function eraseFromVersions(personId: string): Promise<void> {
  await asSystem("erase mentions from versions", async (tx) => {
    for (const { id, content, name } of await queries.versionsMentioning(tx, personId)) {
      const relabelled = JSON.stringify(cleanRichText(content), (_key, value: unknown) =>
        isMention(value, personId) ? { ...value, label: name } : value,
      );
      await queries.replaceContent(tx, id, JSON.parse(relabelled));
    }
  });
}

const isMention = (value: unknown, personId: string): value is { id: string; label: string } =>
  typeof value === "object" && value !== null && "id" in value && value.id === personId && "label" in value;
