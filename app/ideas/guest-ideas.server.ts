import type { Room, RoomAccess } from "~/collab/room";
import type { ClientActor, GuestActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { pageOf } from "~/kernel/cursor";
import { recordEvent } from "~/kernel/events.server";
import { limiter } from "~/kernel/limits.server";
import * as queries from "./guest-idea.queries.server";
import { briefRights, mayComment, roomRights } from "./idea";

/** What a guest does with the one idea of the grant. A grant that is over is an idea that does not exist. */

const COMMENTS_ON_A_PAGE = 20;

/** The idea as the guest sees it; undefined when the grant is over. */
export function viewIdeaAsGuest(guest: GuestActor, before: string | null = null) {
  return asActor(guest, async (tx) => {
    const found = await queries.findGuestIdea(tx, guest.object.id);
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

const comments = limiter("guest.comments", { points: 20, seconds: 60 });

/** Says something on the idea, under the name of the grant; so many times a minute, from wherever its guest writes. */
export async function addGuestComment(
  guest: GuestActor,
  body: string,
): Promise<{ ok: true; id: string } | { ok: false; why: "not-found" | "may-not-comment" | "too-often" }> {
  if ((await comments.take(guest.grantId)) !== null) return { ok: false, why: "too-often" };
  return asActor(guest, async (tx) => {
    const found = await queries.findGuestIdea(tx, guest.object.id);
    if (!found) return { ok: false, why: "not-found" };
    if (!mayComment(guest)) return { ok: false, why: "may-not-comment" };
    const { id: ideaId, accountId } = found.idea;
    const made = await queries.insertGuestComment(tx, { ideaId, accountId, guestGrantId: guest.grantId, body });
    await recordEvent(
      tx,
      guest,
      "idea.commented",
      { kind: "idea", id: ideaId, accountId },
      { comment: made, mentions: [] },
    );
    return { ok: true, id: made };
  });
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
