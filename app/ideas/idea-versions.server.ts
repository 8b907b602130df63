import { boardDifference, changedItems } from "~/collab/board-difference";
import { outlineOf } from "~/collab/board-outline";
import { boardRoom, briefRoom, parseRoom, type Room, type RoomPart } from "~/collab/room";
import { type RoomContent, type RoomState, readRoomState, restoreRoom } from "~/collab/room-versions.server";
import { textDifference } from "~/collab/text-difference.server";
import { withWriters } from "~/collab/text-shown";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { pageOf } from "~/kernel/cursor";
import { recordEvent } from "~/kernel/events.server";
import { limiter } from "~/kernel/limits.server";
import { roomRights } from "./idea";
import type {
  VersionPageData,
  VersionRefusal,
  VersionShown,
  VersionsPageData,
  VersionView,
  Writer,
} from "./idea-version";
import * as queries from "./idea-version.queries.server";

/**
 * The door to the versions of briefs and boards: to look at them, to name them, to go back to one. Whoever may see the idea sees
 * them; whoever may edit the part names and restores.
 */

type Person = ClientActor | StaffActor;

const VERSIONS_ON_A_PAGE = 20;
const PARTS: readonly RoomPart[] = ["brief", "board", "staff-layer"];

const mayEdit = (actor: Person, part: RoomPart) => roomRights(actor, part) === "edit";
const roomOf = (ideaId: string, part: RoomPart): Room => {
  const room = parseRoom(part === "brief" ? briefRoom(ideaId) : boardRoom(ideaId, part));
  if (!room) throw new Error("an idea has an id that no room can be named by");
  return room;
};

const namer = (names: Map<string, Writer>) => (id: string) => names.get(id) ?? { id, name: null };

/** The versions of a part of an idea; undefined when it does not exist for the actor. */
export function viewVersions(
  actor: Person,
  ideaId: string,
  part: RoomPart,
  before: string | null,
): Promise<VersionsPageData | undefined> {
  return asActor(actor, async (tx) => {
    const idea = await queries.findVersionedIdea(tx, ideaId);
    if (!idea || roomRights(actor, part) === "none") return undefined;
    const page = { before, take: VERSIONS_ON_A_PAGE + 1 };
    const { rows, next } = pageOf(await queries.listVersions(tx, ideaId, part, page), VERSIONS_ON_A_PAGE);
    const nameOf = namer(await queries.namesOf(tx, [...new Set(rows.flatMap(({ writers }) => writers))]));
    return {
      idea: { id: idea.id, title: idea.title },
      part,
      parts: PARTS.filter((one) => roomRights(actor, one) !== "none"),
      versions: { rows: rows.map(({ part: _, ...row }) => ({ ...row, writers: row.writers.map(nameOf) })), next },
      mayEdit: mayEdit(actor, part),
    };
  });
}

const peopleIn = (content: RoomContent): string[] =>
  content.part === "brief" ? content.written.people : Object.values(content.drawn).flat();

/** One version, or what it brought, or what has changed since; undefined when it does not exist for the actor. */
export function viewVersion(
  actor: Person,
  ideaId: string,
  id: string,
  view: VersionView,
): Promise<VersionPageData | undefined> {
  return asActor(actor, async (tx) => {
    const found = await queries.findVersion(tx, ideaId, id);
    if (!found || roomRights(actor, found.part) === "none") return undefined;
    const { content, part, version, idea } = found;
    const before = (await queries.findVersionBefore(tx, ideaId, part, id)) ?? null;
    const ends = view === "text" ? null : await queries.findEnds(tx, ideaId, part);
    // What a part began with was written by whoever sent the idea.
    const ids = [...version.writers, ...peopleIn(content)].map((writer) => writer || idea.authorId);
    const names = namer(await queries.namesOf(tx, [...new Set(ids)]));
    const nameOf = (writer: string) => names(writer || idea.authorId);
    const from = { text: null, before: before?.content ?? ends?.first ?? null, present: content }[view];
    const to = view === "present" && ends ? ends.present : content;
    return {
      idea: { id: idea.id, title: idea.title },
      part,
      version: { ...version, writers: version.writers.map(nameOf) },
      view,
      before: before && { id: before.id, madeAt: before.madeAt },
      shown: shownOf(from, to, nameOf),
      mayEdit: mayEdit(actor, part),
    };
  });
}

/** A version as it was, or with what changed from another one to it. */
function shownOf(from: RoomContent | null, to: RoomContent, nameOf: (id: string) => Writer): VersionShown {
  if (to.part === "brief") {
    if (from?.part === "brief") return { part: "brief", people: [], ...textDifference(from.doc, to.doc) };
    const people = to.written.people.map(nameOf);
    return { part: "brief", doc: withWriters(to.doc, to.written), people, added: 0, removed: 0 };
  }
  const after = to.elements;
  const before = from && from.part !== "brief" ? from.elements : after;
  const by = (id: string) => [...new Set(to.drawn[id] ?? [])].map(nameOf);
  const items = from
    ? changedItems(before, after).map((one) => ({ ...one, by: [] }))
    : outlineOf(after).map((item) => ({ item, change: null, by: by(item.id) }));
  return { part: to.part, before: from ? before : [], after, difference: boardDifference(before, after), items };
}

/** Each holds the whole of a text or a board: nobody needs many of them at once. */
const made = limiter("idea.versions", { points: 20, seconds: 60 });

/** What an actor would do to a part: whether they may, once it is known to exist for them. */
const judge = (actor: Person, part: RoomPart) => (mayEdit(actor, part) ? null : ("may-not-edit" as const));

/** The same of a version. */
async function findToEdit(tx: ActorTx, actor: Person, ideaId: string, id: string) {
  const found = await queries.findVersion(tx, ideaId, id);
  if (!found || roomRights(actor, found.part) === "none") return "not-found" as const;
  return judge(actor, found.part) ?? found;
}

type Refused = { ok: false; why: VersionRefusal | "not-found" };

async function keep(tx: ActorTx, version: queries.NewVersion, state: RoomState): Promise<string> {
  const newest = await queries.findNewest(tx, version.ideaId, version.part);
  return queries.insertVersion(tx, version, state, state.wroteSince(newest?.clocks ?? {}));
}

const audienceOf = (part: RoomPart) => (part === "staff-layer" ? ("staff" as const) : ("both" as const));

/** Keeps a part as it is now, under a name. */
export async function keepVersion(
  actor: Person,
  ideaId: string,
  part: RoomPart,
  name: string,
): Promise<{ ok: true; id: string } | Refused> {
  const idea = await asActor(actor, (tx) => queries.findVersionedIdea(tx, ideaId));
  if (!idea || roomRights(actor, part) === "none") return { ok: false, why: "not-found" };
  const refused = judge(actor, part);
  if (refused) return { ok: false, why: refused };
  if ((await made.take(actor.personId)) !== null) return { ok: false, why: "too-often" };
  const state = await readRoomState(roomOf(ideaId, part));
  if (state === "damaged") return { ok: false, why: "damaged" };
  if (!state) return { ok: false, why: "never-opened" };
  const { accountId } = idea;
  const version = { ideaId, accountId, part, reason: "named" as const, name, madeBy: actor.personId, madeAt: now() };
  return asActor(actor, async (tx) => {
    const id = await keep(tx, version, state);
    const subject = { kind: "idea", id: ideaId, accountId };
    await recordEvent(tx, actor, "idea.version_named", subject, { version: id, part, name }, null, audienceOf(part));
    return { ok: true, id };
  });
}

/** Gives a version that is there a name. */
export function nameVersion(actor: Person, ideaId: string, id: string, name: string): Promise<{ ok: true } | Refused> {
  return asActor(actor, async (tx) => {
    const found = await findToEdit(tx, actor, ideaId, id);
    if (typeof found === "string") return { ok: false, why: found };
    if (!(await queries.setVersionName(tx, ideaId, id, name))) return { ok: false, why: "not-found" };
    const { part } = found;
    const subject = { kind: "idea", id: ideaId, accountId: found.idea.accountId };
    await recordEvent(tx, actor, "idea.version_named", subject, { version: id, part, name }, null, audienceOf(part));
    return { ok: true };
  });
}

/**
 * Makes a part say again what a version says: an edit that everybody in the room sees. What it said until then is kept as a
 * version first, and what it says then is one, too.
 */
export async function restoreVersion(
  actor: Person,
  ideaId: string,
  id: string,
): Promise<{ ok: true; part: RoomPart } | Refused> {
  const found = await asActor(actor, (tx) => findToEdit(tx, actor, ideaId, id));
  if (typeof found === "string") return { ok: false, why: found };
  if ((await made.take(actor.personId)) !== null) return { ok: false, why: "too-often" };
  const { part, content } = found;
  const { accountId } = found.idea;
  const version = { ideaId, accountId, part, madeBy: actor.personId };
  const restored = await restoreRoom(roomOf(ideaId, part), actor.personId, content, (state) =>
    asActor(actor, async (tx) => {
      const newest = await queries.findNewest(tx, ideaId, part);
      if (newest && queries.says(newest.content, state.content)) return;
      const writers = state.wroteSince(newest?.clocks ?? {});
      await queries.insertVersion(tx, { ...version, reason: "before", madeAt: now() }, state, writers);
    }),
  );
  if (!restored.ok) return restored;
  await asActor(actor, async (tx) => {
    const kept = await keep(tx, { ...version, reason: "restored", restoredFrom: id, madeAt: now() }, restored.state);
    const subject = { kind: "idea", id: ideaId, accountId };
    const facts = { version: kept, from: id, part };
    await recordEvent(tx, actor, "idea.version_restored", subject, facts, null, audienceOf(part));
  });
  return { ok: true, part };
}
