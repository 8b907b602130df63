import type { IncomingMessage } from "node:http";
import type { GuestSeat } from "~/accounts/guest";
import { browserOf, guestKeyIn, guestOfBrowser } from "~/accounts/guest-door.server";
import type { Visitor } from "~/accounts/visitor";
import { resolveVisitor, visitorOfSession } from "~/accounts/visitors.server";
import type { CollabPerson } from "~/collab/collab.server";
import { type Room, type RoomAccess, roomOfPath } from "~/collab/room";
import { type Holder, takeTicket } from "~/collab/ticket.server";
import { guestRoomAccess } from "~/ideas/guest-ideas.server";
import { roomAccess } from "~/ideas/ideas.server";

type SignedIn = Extract<Visitor, { person: object }>;

/** Who sits at a socket: a person by their session, or a guest by their browser, which carries a key with this hash. */
export type Sitter = CollabPerson & ({ visitor: SignedIn } | { guest: GuestSeat; browser: Buffer });

// Whoever looks as a customer reads the text that the page brings: nobody in the room should see them among its people.
const personOf = (visitor: Visitor): Sitter | null =>
  visitor.actor && !visitor.viewing
    ? { personId: visitor.person.id, name: visitor.person.name, mayCall: visitor.actor.side === "staff", visitor }
    : null;

const guestOf = (guest: GuestSeat | null, browser: Buffer): Sitter | null =>
  guest && { personId: guest.actor.grantId, name: guest.name, guest, browser };

/**
 * Who asks for a socket: whoever holds the ticket in its address; without one, by cookies, the person who is signed in,
 * unless the room is open to this browser's guest alone.
 */
export async function whoAsks(request: IncomingMessage): Promise<Sitter | null> {
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const asked = roomOfPath(path);
  const room = asked === "no-room" ? null : asked;
  const ticket = new URLSearchParams(query).get("ticket");
  if (ticket !== null) {
    const holder = room && takeTicket(ticket, room.name);
    return holder && whoHolds(holder, room);
  }
  const cookies = request.headers.cookie ?? "";
  const clientAddress = request.socket.remoteAddress ?? "";
  const person = personOf((await resolveVisitor({ cookieHeader: cookies, clientAddress })).visitor);
  if (!room || (person && (await whatMay(person, room)) !== "none")) return person;
  const key = guestKeyIn(cookies);
  return (key && (await guestIn(browserOf(key), room))) || person;
}

/** The holder of a ticket as they are now, and not as they were when it was made out. */
async function whoHolds(holder: Holder, room: Room): Promise<Sitter | null> {
  if ("userId" in holder) {
    const { userId, sessionId, mailboxProvedAt } = holder;
    return personOf(
      await visitorOfSession(userId, sessionId, mailboxProvedAt === null ? null : new Date(mailboxProvedAt)),
    );
  }
  const guest = await guestIn(Buffer.from(holder.browser, "base64url"), room);
  return guest?.personId === holder.grantId ? guest : null;
}

const guestIn = async (browser: Buffer, room: Room): Promise<Sitter | null> =>
  guestOf(await guestOfBrowser(browser, room.id), browser);

/** The same sitter as they are now; null when their session is over. A guest who was shown out may do nothing any more. */
export async function whoIsStill(sitter: Sitter): Promise<Sitter | null> {
  if ("guest" in sitter) return sitter;
  const { actor, sessionId, mailboxProvedAt } = sitter.visitor;
  return personOf(await visitorOfSession(actor.userId, sessionId, mailboxProvedAt));
}

/** What a sitter may do in a room at this moment. */
export async function whatMay(sitter: Sitter, room: Room): Promise<RoomAccess> {
  if ("visitor" in sitter) return roomAccess(sitter.visitor.actor, room);
  const guest = await guestOfBrowser(sitter.browser, room.id);
  return guest?.actor.grantId === sitter.personId ? guestRoomAccess(guest.actor, room) : "none";
}
