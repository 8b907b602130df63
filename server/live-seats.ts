import type { IncomingMessage } from "node:http";
import type { GuestSeat } from "~/accounts/guest";
import { guestAt } from "~/accounts/guest-door.server";
import type { Visitor } from "~/accounts/visitor";
import { resolveVisitor, visitorOfSession } from "~/accounts/visitors.server";
import type { CollabPerson } from "~/collab/collab.server";
import { type Room, type RoomAccess, roomOfPath } from "~/collab/room";
import { guestRoomAccess } from "~/ideas/guest-ideas.server";
import { roomAccess } from "~/ideas/ideas.server";

type SignedIn = Extract<Visitor, { person: object }>;

/** Who sits at a socket: a person by their session, or a guest by the key that their browser carries. */
export type Sitter = CollabPerson & ({ visitor: SignedIn } | { guest: GuestSeat; cookies: string });

// Whoever looks as a customer reads the text that the page brings: nobody in the room should see them among its people.
const personOf = (visitor: Visitor): Sitter | null =>
  visitor.actor && !visitor.viewing ? { personId: visitor.person.id, name: visitor.person.name, visitor } : null;

const guestOf = (guest: GuestSeat | null, cookies: string): Sitter | null =>
  guest && { personId: guest.actor.grantId, name: guest.name, guest, cookies };

/** Who asks for a socket: the person who is signed in, unless the brief is open to this browser's guest alone. */
export async function whoAsks(request: IncomingMessage): Promise<Sitter | null> {
  const cookies = request.headers.cookie ?? "";
  const clientAddress = request.socket.remoteAddress ?? "";
  const person = personOf((await resolveVisitor({ cookieHeader: cookies, clientAddress })).visitor);
  const room = roomOfPath((request.url ?? "").split("?")[0] ?? "");
  if (!room || room === "no-room") return person;
  if (person && (await whatMay(person, room)) !== "none") return person;
  return guestOf(await guestAt(cookies, room.id), cookies) ?? person;
}

/** The same sitter as they are now; null when their session is over. A guest who was shown out may do nothing any more. */
export async function whoIsStill(sitter: Sitter): Promise<Sitter | null> {
  if ("guest" in sitter) return sitter;
  const { actor, sessionId, mailboxProvedAt } = sitter.visitor;
  return personOf(await visitorOfSession(actor.userId, sessionId, mailboxProvedAt));
}

/** What a sitter may do in a room at this moment. */
export async function whatMay(sitter: Sitter, room: Room): Promise<RoomAccess> {
  if ("visitor" in sitter) return roomAccess(sitter.visitor.actor, room);
  const guest = await guestAt(sitter.cookies, room.id);
  return guest?.actor.grantId === sitter.personId ? guestRoomAccess(guest.actor, room) : "none";
}
