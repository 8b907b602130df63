import { outlineOf } from "~/collab/board-outline";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { findBoard, findStaffLayer } from "./board.queries.server";
import type { BoardPageData } from "./board-page";
import { mayComment, roomRights } from "./idea";
import { THREADS_UNSEEN, type ThreadView } from "./idea-thread";
import { mayBeginVote, mayCloseVote, mayVote } from "./idea-vote";

/** The door to the boards of ideas: what was last copied of them. Drawing itself goes by the rooms of collab. */

async function view(
  actor: ClientActor | StaffActor,
  id: string,
  layer: BoardPageData["layer"],
  threads: ThreadView,
): Promise<BoardPageData | undefined> {
  const isBoard = layer === "board";
  const found = await asActor(actor, async (tx) =>
    isBoard ? await findBoard(tx, actor, id, threads) : await findStaffLayer(tx, id),
  );
  if (!found) return undefined;
  const may = { mayVote: mayVote(actor), mayBegin: mayBeginVote(actor), mayClose: mayCloseVote(actor) };
  return {
    idea: found.idea,
    layer,
    items: outlineOf(found.elements),
    mayEdit: roomRights(actor, layer) === "edit",
    threads: found.threads,
    mayComment: isBoard && mayComment(actor),
    voting: isBoard ? { vote: found.vote, ...may } : null,
  };
}

/** An idea's board; undefined when the idea does not exist for the actor. */
export const viewBoard = (actor: ClientActor | StaffActor, id: string, threads = THREADS_UNSEEN) =>
  view(actor, id, "board", threads);

/** What staff drew beside an idea's board; undefined when there is no such idea. */
export const viewStaffLayer = (staff: StaffActor, id: string) => view(staff, id, "staff-layer", THREADS_UNSEEN);
