import { outlineOf } from "~/collab/board-outline";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { findBoard, findStaffLayer } from "./board.queries.server";
import type { BoardPageData } from "./board-page";
import { mayComment, mayNote, roomRights } from "./idea";
import { THREADS_UNSEEN } from "./idea-thread";
import { mayBeginVote, mayCloseVote, mayVote } from "./idea-vote";

/** The door to the boards of ideas: what was last copied of them. Drawing itself goes by the rooms of collab. */

type Found = NonNullable<Awaited<ReturnType<typeof findBoard> | ReturnType<typeof findStaffLayer>>>;

const pageOf = (actor: ClientActor | StaffActor, layer: BoardPageData["layer"], found: Found) => ({
  idea: found.idea,
  layer,
  items: outlineOf(found.elements),
  mayEdit: roomRights(actor, layer) === "edit",
  threads: found.threads,
});

/** An idea's board; undefined when the idea does not exist for the actor. */
export async function viewBoard(
  actor: ClientActor | StaffActor,
  id: string,
  threads = THREADS_UNSEEN,
): Promise<BoardPageData | undefined> {
  const found = await asActor(actor, (tx) => findBoard(tx, actor, id, threads));
  if (!found) return undefined;
  const may = { mayVote: mayVote(actor), mayBegin: mayBeginVote(actor), mayClose: mayCloseVote(actor) };
  const voting = { vote: found.vote, ...may };
  return { ...pageOf(actor, "board", found), mayComment: mayComment(actor), voting };
}

/** What staff drew beside an idea's board; undefined when there is no such idea. */
export async function viewStaffLayer(
  staff: StaffActor,
  id: string,
  threads = THREADS_UNSEEN,
): Promise<BoardPageData | undefined> {
  const found = await asActor(staff, (tx) => findStaffLayer(tx, staff, id, threads));
  return found && { ...pageOf(staff, "staff-layer", found), mayComment: mayNote(staff), voting: null };
}
