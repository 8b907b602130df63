import { cleanText } from "~/collab/rich-text";
import type { Room, RoomAccess } from "~/collab/room";
import type { Actor, ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { pageOf } from "~/kernel/cursor";
import { recordEvent } from "~/kernel/events.server";
import { briefRights, judgeMove, type MoveRefusal, mayComment, mayNote, movesFor } from "./idea";
import * as queries from "./idea.queries.server";
import type { IdeaStatus } from "./idea-status";
import { statusesOf } from "./idea-statuses.server";

/** The door to ideas. Each use case is one transaction of its actor; what the actor may not see is undefined or "not-found". */

const COMMENTS_ON_A_PAGE = 20;
const STEPS_ON_A_PAGE = 12;

async function ideaFor(tx: ActorTx, actor: Actor, id: string, before: string | null) {
  const found = await queries.findIdea(tx, id);
  if (!found) return undefined;
  const comments = await queries.listComments(tx, id, { before, take: COMMENTS_ON_A_PAGE + 1 });
  return {
    ...found,
    comments: pageOf(comments, COMMENTS_ON_A_PAGE),
    history: await queries.listHistory(tx, found.idea, STEPS_ON_A_PAGE),
    mayComment: mayComment(actor),
    mayEditBrief: briefRights(actor) === "edit",
  };
}

/** An idea as its account's people see it; undefined when it does not exist for them. */
export function viewIdea(client: ClientActor, id: string, before: string | null = null) {
  return asActor(client, (tx) => ideaFor(tx, client, id, before));
}

/** An idea as staff see it, with internal notes and the statuses they may give it. */
export function viewStaffIdea(
  staff: StaffActor,
  id: string,
  before: { comments: string | null; notes: string | null },
) {
  return asActor(staff, async (tx) => {
    const page = await ideaFor(tx, staff, id, before.comments);
    if (!page) return undefined;
    const notes = await queries.listNotes(tx, id, { before: before.notes, take: COMMENTS_ON_A_PAGE + 1 });
    return {
      ...page,
      notes: pageOf(notes, COMMENTS_ON_A_PAGE),
      mayNote: mayNote(staff),
      moves: movesFor(staff, page.idea.status, await statusesOf(tx)),
    };
  });
}

/** Says something that both sides read. */
export async function addComment(
  actor: ClientActor | StaffActor,
  id: string,
  body: string,
): Promise<{ ok: true; id: string } | { ok: false; why: "not-found" | "may-not-comment" }> {
  return asActor(actor, async (tx) => {
    const idea = await queries.findIdeaHead(tx, id);
    if (!idea) return { ok: false, why: "not-found" };
    if (!mayComment(actor)) return { ok: false, why: "may-not-comment" };
    const { accountId } = idea;
    const made = await queries.insertComment(tx, { ideaId: id, accountId, authorId: actor.personId, body });
    await recordEvent(tx, actor, "idea.commented", { kind: "idea", id, accountId }, { comment: made });
    return { ok: true, id: made };
  });
}

/** Writes an internal note; neither it nor its event exists for a client. */
export async function addNote(
  staff: StaffActor,
  id: string,
  body: string,
): Promise<{ ok: true; id: string } | { ok: false; why: "not-found" | "may-not-note" }> {
  return asActor(staff, async (tx) => {
    const idea = await queries.findIdeaHead(tx, id);
    if (!idea) return { ok: false, why: "not-found" };
    if (!mayNote(staff)) return { ok: false, why: "may-not-note" };
    const { accountId } = idea;
    const made = await queries.insertNote(tx, { ideaId: id, accountId, authorId: staff.personId, body });
    await recordEvent(tx, staff, "idea.noted", { kind: "idea", id, accountId }, { note: made }, null, "staff");
    return { ok: true, id: made };
  });
}

export type MoveOutcome =
  | { ok: true }
  | { ok: false; why: "not-found" }
  | { ok: false; why: MoveRefusal; status: IdeaStatus; to: IdeaStatus; mover: string | null };

/** Gives an idea another status, when it is still as its mover saw it; else says where it is now and who put it there. */
export async function moveStatus(
  staff: StaffActor,
  id: string,
  request: { to: IdeaStatus; revision: number },
): Promise<MoveOutcome> {
  return asActor<MoveOutcome>(staff, async (tx) => {
    const idea = await queries.findIdeaHead(tx, id);
    if (!idea) return { ok: false, why: "not-found" };
    const { accountId, status: from } = idea;
    const refuse = async (why: MoveRefusal, status = from): Promise<MoveOutcome> => {
      const mover = why === "moved-meanwhile" ? await queries.lastMover(tx, idea) : undefined;
      return { ok: false, why, status, to: request.to, mover: mover?.name ?? null };
    };
    const verdict = judgeMove(staff, idea, request, await statusesOf(tx));
    if (!verdict.ok) return refuse(verdict.why);
    if (!(await queries.setStatus(tx, id, request.revision, request.to))) {
      const now = await queries.findIdeaHead(tx, id);
      return refuse("moved-meanwhile", now?.status);
    }
    await recordEvent(tx, staff, "idea.status_changed", { kind: "idea", id, accountId }, { from, to: request.to });
    return { ok: true };
  });
}

/** People to mention in an idea's brief: its account's and staff. Undefined when the idea does not exist for the actor. */
export function mentionables(actor: ClientActor | StaffActor, id: string, typed: string) {
  return asActor(actor, async (tx) => {
    const idea = await queries.findIdeaHead(tx, id);
    return idea && queries.listMentionables(tx, idea.accountId, cleanText(typed, 100).trim(), 8);
  });
}

/** What an actor may do in the room of a brief; "none" when the idea does not exist for them. For the collab server. */
export async function briefAccess(actor: ClientActor | StaffActor, room: Room): Promise<RoomAccess> {
  const idea = await asActor(actor, (tx) => queries.findIdeaHead(tx, room.id));
  return idea ? briefRights(actor) : "none";
}
