import { browserOf, type GuestContext, guestOfBrowser } from "~/accounts/guest-door.server";
import { parseRoom, type Room } from "~/collab/room";
import { type Holder, type Ticket, ticketFor } from "~/collab/ticket.server";
import { guestRoomAccess } from "./guest-ideas.server";
import { roomAccess } from "./ideas.server";

/**
 * A ticket to a room of an idea, for whoever asks: the person who is signed in, unless the idea is open to this browser's guest
 * alone. Null when there is no such room for them.
 */
export async function roomTicket(context: GuestContext, name: string): Promise<Ticket | null> {
  const room = parseRoom(name);
  const holder = room && ((await personIn(context, room)) ?? (await guestIn(context, room)));
  return holder && ticketFor(name, holder);
}

// Whoever looks as a customer reads the text that the page brings, and sits in no room.
async function personIn({ visitor }: GuestContext, room: Room): Promise<Holder | null> {
  if (!visitor.actor || visitor.viewing || (await roomAccess(visitor.actor, room)) === "none") return null;
  const { actor, sessionId, mailboxProvedAt } = visitor;
  return { userId: actor.userId, sessionId, mailboxProvedAt: mailboxProvedAt?.getTime() ?? null };
}

async function guestIn({ guestKey }: GuestContext, room: Room): Promise<Holder | null> {
  const browser = guestKey && browserOf(guestKey);
  const guest = browser && (await guestOfBrowser(browser, room.id));
  if (!guest || guestRoomAccess(guest.actor, room) === "none") return null;
  return { grantId: guest.actor.grantId, browser: browser.toString("base64url") };
}
