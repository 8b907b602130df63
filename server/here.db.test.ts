import { afterAll, beforeAll, expect, test } from "vitest";
import { hashOf } from "~/accounts/invitation-token.server";
import type { Visitor } from "~/accounts/visitor";
import { rawSocket } from "~/collab/collab-people.fixture";
import { presence, step1 } from "~/collab/protocol.server";
import { boardRoom, briefRoom } from "~/collab/room";
import { sayWhoIsHere } from "~/ideas/idea-here.jobs.server";
import type { Actor } from "~/kernel/actor";
import type { Here } from "~/kernel/here";
import { openHereTeller } from "~/kernel/here-teller.server";
import { type LiveHub, openLiveHub } from "~/kernel/live.server";
import { asSuperuser } from "../tests/database";
import {
  brixOwner,
  designer,
  hanlinIdea,
  manager,
  metisGuest,
  metisOwner,
  metisViewer,
  stifferJoint,
} from "../tests/personas";
import { KEY, NOBODY, openLiveServer, signedIn, signIn, ticketOf } from "./live-server.fixture";

const PATIENCE = { timeout: 5_000 };
let live: Awaited<ReturnType<typeof openLiveServer>>;
let hub: LiveHub;

beforeAll(async () => {
  await signIn(metisOwner, manager, designer);
  await asSuperuser("insert into guest_browsers (grant_id, browser_hash) values ($1, $2)", [
    metisGuest.grantId,
    hashOf(KEY),
  ]);
  hub = openLiveHub();
  live = await openLiveServer();
});

afterAll(async () => {
  hub.close();
  await live.close();
});

/** An open page of somebody: what its stream was told of who is where, and all that it was sent. */
function pageOf(actor: Actor) {
  const known = new Map<string, Here>();
  let sent = "";
  const forget = hub.open(
    {
      actor,
      holder: actor.side === "guest" ? actor.grantId : actor.personId,
      again: async () => actor,
      send(text) {
        sent += text;
        const [, data] = /^event: here\ndata: (.*)$/m.exec(text) ?? [];
        for (const [topic, here] of Object.entries(data ? (JSON.parse(data) as Record<string, Here>) : {}))
          known.set(topic, here);
      },
      end: () => undefined,
    },
    { ms: 0 },
  );
  const at = (idea: string) => (known.get(`idea:${idea}`)?.people ?? []).map(({ id, part }) => `${id} ${part}`);
  return { at, sent: () => sent, forget };
}

/** Somebody comes into a room, and says of themselves what no browser of ours does. */
async function come(visitor: Visitor, room: string, client: number, guestKey: string | null = null) {
  const query = new URLSearchParams({ ticket: (await ticketOf(visitor, room, guestKey)) ?? "" });
  const { status, socket } = await rawSocket(live.port, `${room}?${query}`, { origin: "http://localhost:3000" });
  expect(status).toBe(101);
  const lie = { user: { personId: brixOwner.personId, name: "Somebody else" } };
  socket.send(step1(new Uint8Array([0])));
  socket.send(presence([{ client, clock: 1, state: lie }]));
  return () => socket.close();
}

const at = ({ personId }: { personId: string }, part: string) => `${personId} ${part}`;

test("pages know who is at an idea, each only whom its reader could meet there, by the names of their sessions", async () => {
  const pages = {
    viewer: pageOf(metisViewer),
    owner: pageOf(metisOwner),
    staff: pageOf(manager),
    stranger: pageOf(brixOwner),
    guest: pageOf(metisGuest),
  };
  const leave = [
    await come(await signedIn(metisOwner), briefRoom(stifferJoint), 11),
    await come(await signedIn(designer), boardRoom(stifferJoint), 12),
    await come(await signedIn(manager), boardRoom(stifferJoint, "staff-layer"), 13),
    await come(await signedIn(designer), boardRoom(hanlinIdea, "staff-layer"), 14),
    await come(NOBODY, briefRoom(stifferJoint), 15, KEY),
  ];
  const both = [at(metisOwner, "brief"), at(designer, "board"), `${metisGuest.grantId} brief`];
  await expect.poll(() => pages.viewer.at(stifferJoint).sort(), PATIENCE).toEqual([...both].sort());
  // Staff know all of it, and nobody hears of themselves.
  await expect.poll(() => pages.staff.at(stifferJoint).sort(), PATIENCE).toEqual([...both].sort());
  await expect.poll(() => pages.staff.at(hanlinIdea), PATIENCE).toEqual([at(designer, "staff-layer")]);
  await expect.poll(() => pages.owner.at(stifferJoint).sort(), PATIENCE).toEqual(both.slice(1).sort());
  // Another designer's page, opened later, knows at once.
  const late = pageOf({ ...designer, personId: crypto.randomUUID() });
  await expect.poll(() => late.at(stifferJoint).sort(), PATIENCE).toEqual([...both, at(manager, "staff-layer")].sort());
  const lateViewer = pageOf(metisViewer);
  expect(lateViewer.at(stifferJoint).sort()).toEqual([...both].sort());

  // What a customer was ever sent: nobody at what staff alone see, nothing of another account, no name that was made up.
  for (const { sent } of [pages.viewer, pages.owner, lateViewer]) {
    expect(sent()).not.toContain("staff-layer");
    expect(sent()).not.toContain(manager.personId);
    expect(sent()).not.toContain(hanlinIdea);
  }
  for (const { sent } of [pages.stranger, pages.guest]) expect(sent()).not.toContain("event: here");
  for (const { sent } of Object.values(pages)) {
    expect(sent()).not.toContain("Somebody else");
    expect(sent()).not.toContain(brixOwner.personId);
  }

  for (const go of leave) go();
  await expect.poll(() => pages.viewer.at(stifferJoint), PATIENCE).toEqual([]);
  await expect.poll(() => late.at(hanlinIdea), PATIENCE).toEqual([]);
  for (const { forget } of [...Object.values(pages), late, lateViewer]) forget();
});

test("a process that joins later is told who is where, and one that ends takes its people along", async () => {
  const teller = openHereTeller(sayWhoIsHere);
  teller.set(briefRoom(stifferJoint), [{ personId: metisOwner.personId, name: "Olena" }]);
  const early = pageOf(designer);
  await expect.poll(() => early.at(stifferJoint), PATIENCE).toEqual([at(metisOwner, "brief")]);
  const another = openLiveHub();
  let told = "";
  const reader = { actor: designer, holder: designer.personId, again: async () => designer, end: () => undefined };
  const send = (text: string) => {
    told += text;
  };
  const forget = another.open({ ...reader, send }, { ms: 0 });
  await expect.poll(() => told, PATIENCE).toContain(metisOwner.personId);
  await teller.close();
  await expect.poll(() => early.at(stifferJoint), PATIENCE).toEqual([]);
  await expect.poll(() => told.trimEnd().endsWith('{"people":[],"more":0}}'), PATIENCE).toBe(true);
  forget();
  another.close();
  early.forget();
});

test("more people than a message has room for are counted, and long names are cut", async () => {
  const teller = openHereTeller(sayWhoIsHere);
  const page = pageOf(designer);
  const crowd = Array.from({ length: 250 }, () => ({ personId: crypto.randomUUID(), name: "倩".repeat(200) }));
  teller.set(briefRoom(stifferJoint), crowd);
  await expect.poll(() => page.at(stifferJoint).length, PATIENCE).toBe(12);
  expect(page.sent()).toContain('"more":238');
  await teller.close();
  page.forget();
});

test("in a room of an idea that is gone there is nobody", async () => {
  const teller = openHereTeller(sayWhoIsHere);
  const page = pageOf(designer);
  const someone = [{ personId: metisOwner.personId, name: "Olena" }];
  const gone = crypto.randomUUID();
  teller.set(briefRoom(gone), someone);
  teller.set(briefRoom(stifferJoint), someone);
  await expect.poll(() => page.at(stifferJoint), PATIENCE).toHaveLength(1);
  expect(page.at(gone)).toEqual([]);
  await teller.close();
  page.forget();
});
