import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Visitor } from "~/accounts/visitor";
import { visitorOfSession } from "~/accounts/visitors.server";
import { roomTicket } from "~/ideas/room-tickets.server";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asSuperuser } from "../tests/database";
import { startCollab } from "./collab";

type Holder = ClientActor | StaffActor;

/** The key that a guest's browser holds. */
export const KEY = "k".repeat(43);
export const NOBODY: Visitor = { actor: null };

/** Live editing as another host serves it: it is shown tickets and never a cookie. */
export async function openLiveServer() {
  const collab = startCollab();
  const server = createServer();
  server.on("upgrade", (request, socket, head) => {
    if (!collab.handleUpgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    await collab.close();
    server.close();
  };
  return { collab, port, close };
}

/** The session of a persona, told by who they are. */
export const sessionOf = ({ userId }: Holder) => userId.replace("0c", "0e");

/** Signs personas in: from now on each has a session. */
export async function signIn(...holders: readonly Holder[]) {
  for (const who of holders)
    await asSuperuser("insert into auth.sessions (id, user_id) values ($1, $2)", [sessionOf(who), who.userId]);
}

/** A persona who is signed in, as a request of theirs shows it. */
export const signedIn = (who: Holder) => visitorOfSession(who.userId, sessionOf(who), null);

/** The ticket that somebody is given for a room; null when they are given none. */
export async function ticketOf(visitor: Visitor, room: string, guestKey: string | null = null) {
  const asked = { path: "/", document: false } as Parameters<typeof roomTicket>[0]["asked"];
  return (await roomTicket({ visitor, asked, guestKey }, room))?.ticket ?? null;
}
