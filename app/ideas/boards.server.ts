import { outlineOf } from "~/collab/board-outline";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { findBoard, findStaffLayer } from "./board.queries.server";
import type { BoardPageData } from "./board-page";
import { roomRights } from "./idea";
import { mayBeginVote, mayCloseVote, mayVote } from "./idea-vote";

/** The door to the boards of ideas: what was last copied of them. Drawing itself goes by the rooms of collab. */

async function view(
  actor: ClientActor | StaffActor,
  id: string,
  layer: BoardPageData["layer"],
): Promise<BoardPageData | undefined> {
  const isBoard = layer === "board";
  const found = await asActor(actor, (tx) => (isBoard ? findBoard(tx, actor, id) : findStaffLayer(tx, id)));
  if (!found) return undefined;
  const may = { mayVote: mayVote(actor), mayBegin: mayBeginVote(actor), mayClose: mayCloseVote(actor) };
  return {
    idea: found.idea,
    layer,
    items: outlineOf(found.elements),
    mayEdit: roomRights(actor, layer) === "edit",
    voting: isBoard ? { vote: found.vote, ...may } : null,
  };
}

/** An idea's board; undefined when the idea does not exist for the actor. */
export const viewBoard = (actor: ClientActor | StaffActor, id: string) => view(actor, id, "board");

/** What staff drew beside an idea's board; undefined when there is no such idea. */
export const viewStaffLayer = (staff: StaffActor, id: string) => view(staff, id, "staff-layer");
