import { afterAll, beforeAll, expect, test } from "vitest";
import { asViewer } from "~/accounts/account-views.server";
import { hashOf } from "~/accounts/invitation-token.server";
import type { Visitor } from "~/accounts/visitor";
import { rawSocket } from "~/collab/collab-people.fixture";
import { CLOSE } from "~/collab/limits";
import { step1 } from "~/collab/protocol.server";
import { boardRoom, briefRoom } from "~/collab/room";
import { asSuperuser } from "../tests/database";
import {
  accounts,
  brixOwner,
  manager,
  metisApprover,
  metisGuest,
  metisIdeas,
  metisOwner,
  stifferJoint,
} from "../tests/personas";
import { KEY, NOBODY, openLiveServer, sessionOf, signedIn, signIn, ticketOf as ticketFor } from "./live-server.fixture";

const ORIGIN = "http://localhost:3000";
const ROOM = briefRoom(stifferJoint);
let live: Awaited<ReturnType<typeof openLiveServer>>;

const ticketOf = (visitor: Visitor, room = ROOM, guestKey?: string) => ticketFor(visitor, room, guestKey);

beforeAll(async () => {
  await signIn(metisOwner, metisApprover, brixOwner, manager);
  live = await openLiveServer();
});

afterAll(() => live.close());

/** Opens a socket with a ticket. Out: the status of the upgrade, when its brief is there, and the code it is closed with. */
async function open(ticket: string | null, room = ROOM, origin = ORIGIN) {
  const query = ticket === null ? "" : `?${new URLSearchParams({ ticket })}`;
  const { status, socket, closed } = await rawSocket(live.port, `${room}${query}`, { origin });
  const arrived = new Promise<void>((then) => {
    socket.on("message", (data: Buffer) => {
      // A step 2 of the protocol: the document.
      if (data[0] === 0 && data[1] === 1) then();
    });
  });
  if (status === 101) socket.send(step1(new Uint8Array([0])));
  return { status, arrived, closed, leave: () => socket.close() };
}

test("a ticket is made out for a room that its asker may see, and for no other", async () => {
  expect(await ticketOf(await signedIn(metisOwner))).not.toBeNull();
  for (const room of [ROOM, boardRoom(stifferJoint, "staff-layer")]) {
    expect(await ticketOf(await signedIn(manager), room)).not.toBeNull();
  }
  expect(await ticketOf(await signedIn(brixOwner))).toBeNull();
  expect(await ticketOf(NOBODY)).toBeNull();
  for (const room of [
    "",
    "idea:1:brief",
    `idea:${stifferJoint}:elsewhere`,
    boardRoom(stifferJoint, "staff-layer"),
    briefRoom(crypto.randomUUID()),
  ]) {
    expect(await ticketOf(await signedIn(metisOwner), room)).toBeNull();
  }
  // Staff who look as a customer sit in no room.
  const viewId = crypto.randomUUID();
  await asSuperuser(
    `insert into account_views (id, person_id, account_id, session_id, ends_at)
     values ($1, $2, $3, $4, now() + interval '30 minutes')`,
    [viewId, manager.personId, accounts.metis, sessionOf(manager)],
  );
  const viewer = await asViewer(await signedIn(manager), viewId);
  expect(viewer?.actor).toMatchObject({ side: "client" });
  expect(await ticketOf(viewer ?? NOBODY)).toBeNull();
});

test("a ticket opens its room without a cookie, once, from our pages; no ticket and a foreign one open nothing", async () => {
  const ticket = await ticketOf(await signedIn(metisOwner));
  expect((await open(ticket, briefRoom(metisIdeas.done))).status).toBe(401);
  expect((await open(ticket, ROOM, "https://evil.example")).status).toBe(403);
  const line = await open(ticket);
  expect(line.status).toBe(101);
  await line.arrived;
  expect((await open(ticket)).status).toBe(401);
  expect((await open(null)).status).toBe(401);
  expect((await open("e30.e30")).status).toBe(401);
  line.leave();
});

test("what a ticket's holder may do is asked again, at the socket and afterwards", async () => {
  // The session ends between ticket and socket.
  const late = await ticketOf(await signedIn(metisApprover));
  await asSuperuser("delete from auth.sessions where id = $1", [sessionOf(metisApprover)]);
  expect((await open(late)).status).toBe(401);
  // It ends while the line is open: whoever is told closes it.
  const line = await open(await ticketOf(await signedIn(metisOwner)));
  await line.arrived;
  await asSuperuser("delete from auth.sessions where id = $1", [sessionOf(metisOwner)]);
  live.collab.recheck(metisOwner.personId, false);
  expect(await line.closed).toBe(CLOSE.signedOut);
});

test("a guest's ticket is good as long as the grant is, in the browser that asked for it", async () => {
  await asSuperuser("insert into guest_browsers (grant_id, browser_hash) values ($1, $2)", [
    metisGuest.grantId,
    hashOf(KEY),
  ]);
  expect(await ticketOf(NOBODY, ROOM, "x".repeat(43))).toBeNull();
  expect(await ticketOf(NOBODY, briefRoom(metisIdeas.done), KEY)).toBeNull();
  // Who is signed in without a part in this idea comes as its guest.
  expect(await ticketOf(await signedIn(brixOwner), ROOM, KEY)).not.toBeNull();
  const line = await open(await ticketOf(NOBODY, ROOM, KEY));
  await line.arrived;
  const late = await ticketOf(NOBODY, ROOM, KEY);
  await asSuperuser("update guest_grants set revoked_at = now() where id = $1", [metisGuest.grantId]);
  expect(await line.closed).toBe(CLOSE.gone);
  expect((await open(late)).status).toBe(401);
});
