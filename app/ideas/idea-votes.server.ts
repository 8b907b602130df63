import { boardNow } from "~/collab/board-now.server";
import { outlineOf } from "~/collab/board-outline";
import { boardRoom } from "~/collab/room";
import type { Actor, ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { limiter } from "~/kernel/limits.server";
import { findIdeaHead } from "./idea.queries.server";
import { mayBeginVote, mayCloseVote, mayVote, resultOf, type VoteRefusal } from "./idea-vote";
import * as queries from "./idea-vote.queries.server";

/** The door to dot votes about an idea's board. What stands on the board is looked up as it is stored. */

export type Voted = { ok: true } | { ok: false; why: "not-found" | VoteRefusal };

const NOT_FOUND = { ok: false, why: "not-found" } as const;
const MAY_NOT = { ok: false, why: "may-not" } as const;

/** Begins a vote about the things on the board. "vote-open": somebody was quicker, and that vote goes on. */
export function beginVote(
  actor: ClientActor | StaffActor,
  ideaId: string,
  { question, dots: dotsEach }: { question: string; dots: number },
): Promise<Voted> {
  return asActor<Voted>(actor, async (tx) => {
    const idea = await findIdeaHead(tx, ideaId);
    if (!idea) return NOT_FOUND;
    if (!mayBeginVote(actor)) return MAY_NOT;
    const { accountId } = idea;
    const vote = await queries.insertVote(tx, { ideaId, accountId, question, dotsEach, begunBy: actor.personId });
    if (!vote) return { ok: false, why: "vote-open" };
    const subject = { kind: "idea", id: ideaId, accountId };
    await recordEvent(tx, actor, "idea.vote_begun", subject, { vote, question, dots: dotsEach });
    return { ok: true };
  });
}

const dots = limiter("idea.dots", { points: 60, seconds: 60 });

/** Gives a dot of one's own to a thing on the board, or takes one back; taking back also from what has left the board. */
export async function moveDot(
  actor: Actor,
  ideaId: string,
  { vote, element, way }: { vote: string; element: string; way: "give" | "take" },
): Promise<Voted> {
  const known = await asActor(actor, (tx) => queries.findVote(tx, ideaId, vote));
  if (!known) return NOT_FOUND;
  if (!mayVote(actor)) return MAY_NOT;
  if ((await dots.take(actor.side === "guest" ? actor.grantId : actor.personId)) !== null) {
    return { ok: false, why: "too-often" };
  }
  if (way === "give" && !known.closedAt) {
    const board = await outlineNow(ideaId);
    if (!board) return { ok: false, why: "board-unread" };
    if (!board.some(({ id }) => id === element)) return { ok: false, why: "thing-gone" };
  }
  return asActor<Voted>(actor, async (tx) => {
    const answer = await queries.moveDot(tx, vote, element, way);
    if (answer !== "done") return { ok: false, why: answer };
    const name = way === "give" ? "idea.dot_given" : "idea.dot_taken_back";
    await recordEvent(tx, actor, name, { kind: "idea", id: ideaId, accountId: known.accountId }, { vote, element });
    return { ok: true };
  });
}

/**
 * Closes a vote and keeps what it came to, with what each thing said then. "board-unread": it stays open rather than call
 * everything gone for good.
 */
export async function closeVote(actor: ClientActor | StaffActor, ideaId: string, vote: string): Promise<Voted> {
  const known = await asActor(actor, (tx) => queries.findVote(tx, ideaId, vote));
  if (!known) return NOT_FOUND;
  if (!mayCloseVote(actor)) return MAY_NOT;
  return asActor<Voted>(actor, async (tx) => {
    const held = await queries.holdVote(tx, ideaId, vote);
    if (!held) return NOT_FOUND;
    if (held.closedAt) return { ok: false, why: "vote-closed" };
    // While the vote is held, so that what is kept says the things as they were when it closed.
    const items = await outlineNow(ideaId);
    if (!items) return { ok: false, why: "board-unread" };
    const result = resultOf(await queries.countDots(tx, ideaId, vote), items);
    await queries.setClosed(tx, vote, actor.personId, result);
    const subject = { kind: "idea", id: ideaId, accountId: held.accountId };
    await recordEvent(tx, actor, "idea.vote_closed", subject, { vote, things: result.length });
    return { ok: true };
  });
}

async function outlineNow(ideaId: string) {
  const board = await boardNow(boardRoom(ideaId));
  return board && outlineOf(board);
}
