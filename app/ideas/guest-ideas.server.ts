import { outlineOf } from "~/collab/board-outline";
import { type Chosen, findPassage } from "~/collab/passages.server";
import type { RichDoc } from "~/collab/rich-text";
import { boardRoom, briefRoom, type Room, type RoomAccess } from "~/collab/room";
import { findThing } from "~/collab/things.server";
import type { ClientActor, GuestActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { pageOf } from "~/kernel/cursor";
import { recordEvent } from "~/kernel/events.server";
import { limiter } from "~/kernel/limits.server";
import { findBoard } from "./board.queries.server";
import type { BoardPageData } from "./board-page";
import * as queries from "./guest-idea.queries.server";
import { briefRights, mayComment, roomRights } from "./idea";
import { findBriefSeed } from "./idea.queries.server";
import { THREADS_UNSEEN, type ThreadAbout } from "./idea-thread";
import { type Bound, findThread, insertThread } from "./idea-thread.queries.server";
import { boundTo } from "./idea-thread-places.server";
import { mayVote } from "./idea-vote";

/** What a guest does with the one idea of the grant. A grant that is over is an idea that does not exist. */

const COMMENTS_ON_A_PAGE = 20;

const NOT_FOUND = { ok: false, why: "not-found" } as const;
const MAY_NOT = { ok: false, why: "may-not-comment" } as const;
const TOO_OFTEN = { ok: false, why: "too-often" } as const;

/** The idea as the guest sees it; undefined when the grant is over. */
export function viewIdeaAsGuest(guest: GuestActor, before: string | null = null, threads = THREADS_UNSEEN) {
  return asActor(guest, async (tx) => {
    const found = await queries.findGuestIdea(tx, guest, threads);
    if (!found) return undefined;
    const comments = await queries.listGuestComments(tx, found.idea.id, { before, take: COMMENTS_ON_A_PAGE + 1 });
    return {
      ...found,
      comments: pageOf(comments, COMMENTS_ON_A_PAGE),
      files: await queries.listGuestFiles(tx, found.idea.id),
      mayComment: mayComment(guest),
      mayEditBrief: briefRights(guest) === "edit",
    };
  });
}

/** The board of the idea as the guest sees it; undefined when the grant is over. Guests give dots; beginning and closing a vote is not theirs. */
export async function viewBoardAsGuest(
  guest: GuestActor,
  threads = THREADS_UNSEEN,
): Promise<BoardPageData | undefined> {
  const found = await asActor(guest, (tx) => findBoard(tx, guest, guest.object.id, threads));
  if (!found) return undefined;
  return {
    idea: found.idea,
    layer: "board",
    items: outlineOf(found.elements),
    mayEdit: roomRights(guest, "board") === "edit",
    threads: found.threads,
    mayComment: mayComment(guest),
    voting: { vote: found.vote, mayVote: mayVote(guest), mayBegin: false, mayClose: false },
  };
}

const comments = limiter("guest.comments", { points: 20, seconds: 60 });

type Refused = { ok: false; why: "not-found" | "may-not-comment" | "too-often" };

/** Says something on the idea, under the name of the grant; so many times a minute, from wherever its guest writes. */
export async function addGuestComment(guest: GuestActor, body: string): Promise<{ ok: true; id: string } | Refused> {
  if ((await comments.take(guest.grantId)) !== null) return TOO_OFTEN;
  return asActor(guest, async (tx) => {
    const idea = await queries.findGuestHead(tx, guest.object.id);
    if (!idea) return NOT_FOUND;
    if (!mayComment(guest)) return MAY_NOT;
    return { ok: true, id: await say(tx, guest, idea, body) };
  });
}

type BegunByGuest = { ok: true; thread: string } | Refused | { ok: false; why: BoundTo };
type BoundTo = "passage-gone" | "thing-gone" | "board-unread";

/** Says something about a passage of the brief, which begins a thread. "passage-gone": what was chosen is not there any more. */
export const beginGuestThread = (guest: GuestActor, chosen: Chosen, body: string) =>
  begin(guest, "brief", body, async (seed) => {
    const passage = await findPassage(briefRoom(guest.object.id), () => Promise.resolve(seed), chosen);
    return passage ? boundTo.passage(passage) : "passage-gone";
  });

/** Says something about a thing on the board. "thing-gone": it does not stand there; "board-unread": nobody can tell. */
export const beginGuestThingThread = (guest: GuestActor, element: string, body: string) =>
  begin(guest, "board", body, async () => {
    const thing = await findThing(boardRoom(guest.object.id), element);
    return typeof thing === "string" ? thing : boundTo.thing(thing);
  });

/** In: looks up what the thread is to be bound to, given the brief as it was before anybody opened it. */
async function begin(
  guest: GuestActor,
  about: ThreadAbout,
  body: string,
  find: (seed: RichDoc) => Promise<Bound | BoundTo>,
): Promise<BegunByGuest> {
  if ((await comments.take(guest.grantId)) !== null) return TOO_OFTEN;
  const ideaId = guest.object.id;
  const seed = await asActor(guest, (tx) => findBriefSeed(tx, ideaId));
  if (!seed) return NOT_FOUND;
  if (!mayComment(guest)) return MAY_NOT;
  const bound = await find(seed);
  if (typeof bound === "string") return { ok: false, why: bound };
  return asActor<BegunByGuest>(guest, async (tx) => {
    const idea = await queries.findGuestHead(tx, ideaId);
    if (!idea) return NOT_FOUND;
    const begun = { ideaId, accountId: idea.accountId, about, guestGrantId: guest.grantId };
    const thread = await insertThread(tx, begun, bound);
    await say(tx, guest, idea, body, thread);
    return { ok: true, thread };
  });
}

/** Answers in a thread about a passage of the brief or a thing on the board. */
export async function replyAsGuest(guest: GuestActor, threadId: string, body: string): Promise<BegunByGuest> {
  if ((await comments.take(guest.grantId)) !== null) return TOO_OFTEN;
  return asActor<BegunByGuest>(guest, async (tx) => {
    const thread = await findThread(tx, "shared", guest.object.id, threadId);
    if (!thread) return NOT_FOUND;
    if (!mayComment(guest)) return MAY_NOT;
    await say(tx, guest, { id: thread.ideaId, accountId: thread.accountId }, body, threadId);
    return { ok: true, thread: threadId };
  });
}

/** Out: the id of what was said. */
async function say(
  tx: ActorTx,
  guest: GuestActor,
  idea: { id: string; accountId: string },
  body: string,
  thread?: string,
) {
  const { id: ideaId, accountId } = idea;
  const said = { ideaId, accountId, guestGrantId: guest.grantId, body };
  const comment = await queries.insertGuestComment(tx, { ...said, ...(thread && { threadId: thread }) });
  const facts = { comment, ...(thread && { thread }), mentions: [] };
  await recordEvent(tx, guest, "idea.commented", { kind: "idea", id: ideaId, accountId }, facts);
  return comment;
}

/** What a guest, found alive a moment ago, may do in a room. */
export function guestRoomAccess(guest: GuestActor, room: Room): RoomAccess {
  return guest.object.kind === room.kind && guest.object.id === room.id ? roomRights(guest, room.part) : "none";
}

/** An idea to invite guests to; undefined when it does not exist for this actor. */
export async function ideaForGuests(actor: ClientActor | StaffActor, id: string) {
  const idea = await asActor(actor, (tx) => queries.findIdeaForGuests(tx, id));
  return idea && { kind: "idea" as const, ...idea };
}
