import { createServer, get, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import compression from "compression";
import express from "express";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { asViewer } from "~/accounts/account-views.server";
import { hashOf } from "~/accounts/invitation-token.server";
import type { Visitor } from "~/accounts/visitor";
import { visitorOfSession } from "~/accounts/visitors.server";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { type LiveHub, openLiveHub } from "~/kernel/live.server";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  brixOwner,
  expiredGuest,
  guestTokens,
  manager,
  metisGuest,
  metisOwner,
  revokedGuest,
  stifferJoint,
  support,
} from "../../tests/personas";
import { liveStreams } from "./live";

let hub: LiveHub;
let server: Server;
let port = 0;

const sessionOf = ({ userId }: ClientActor | StaffActor) => userId.replace("0c", "0e");
/** Staff who look as Metis, and the view that each of them began. */
const VIEWERS = { support, manager };
const viewOf = ({ userId }: StaffActor) => userId.replace("0c", "0f");

async function viewerAs(staff: StaffActor): Promise<Visitor> {
  const visitor = await visitorOfSession(staff.userId, sessionOf(staff), null);
  return (await asViewer(visitor, viewOf(staff))) ?? { actor: null };
}

/** Who asks is written in a header (an account's owner, with a person's id to count by); what a cookie proves is tested elsewhere. */
async function visitorOf(header: string | undefined): Promise<Visitor> {
  const [account, personId = ""] = (header ?? "").split(" ");
  if (account === "view") return viewerAs(personId === "support" ? support : manager);
  const owner = account === "metis" ? metisOwner : account === "brix" ? brixOwner : null;
  if (!owner) return { actor: null };
  const visitor = await visitorOfSession(owner.userId, sessionOf(owner), null);
  return visitor.actor ? { ...visitor, actor: { ...visitor.actor, personId } } : visitor;
}

beforeAll(async () => {
  for (const owner of [metisOwner, brixOwner])
    await asSuperuser("insert into auth.sessions (id, user_id) values ($1, $2)", [sessionOf(owner), owner.userId]);
  for (const staff of Object.values(VIEWERS)) {
    await asSuperuser("insert into auth.sessions (id, user_id) values ($1, $2)", [sessionOf(staff), staff.userId]);
    await asSuperuser(
      `insert into account_views (id, person_id, account_id, session_id, ends_at)
       values ($1, $2, $3, $4, now() + interval '30 minutes')`,
      [viewOf(staff), staff.personId, accounts.metis, sessionOf(staff)],
    );
  }
  hub = openLiveHub();
  const app = express();
  app.use(compression());
  app.use((request, response, next) => {
    visitorOf(request.get("x-visitor")).then((visitor) => {
      response.locals.context = { visitor, guestKey: request.get("x-guest-key") ?? null };
      next();
    }, next);
  });
  const streams = liveStreams(hub, new Set(["http://localhost:3000"]));
  app.get("/api/live", streams.person);
  app.get("/guest/:token/live", streams.guest);
  server = createServer(app);
  await new Promise<void>((then) => server.listen({ port: 0, host: "127.0.0.1", backlog: 4_000 }, then));
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  hub.close();
  server.closeAllConnections();
  await new Promise((then) => server.close(then));
});

type Stream = { answer: IncomingMessage; text: () => string };

function open(headers: Record<string, string>, query = "", path = "/api/live"): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const asked = get({ port, host: "127.0.0.1", path: path + query, agent: false, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      answer.on("error", () => undefined);
      resolve({ answer, text: () => text });
    });
    asked.on("error", reject);
  });
}

const person = (number: number) => `0b0f0000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const happens = () =>
  asActor(metisOwner, (tx) =>
    recordEvent(tx, metisOwner, "idea.tested", { kind: "idea", id: stifferJoint, accountId: accounts.metis }, {}),
  );

test("nobody is refused, and so is the page of somebody else", async () => {
  expect((await open({})).answer.statusCode).toBe(401);
  const foreign = await open({ "x-visitor": `metis ${person(1)}`, origin: "https://elsewhere.example" });
  expect(foreign.answer.statusCode).toBe(403);
  expect(hub.size()).toBe(0);
});

test("a stream is sent as it is said: not compressed, not kept", async () => {
  const stream = await open({ "x-visitor": `metis ${person(2)}`, "accept-encoding": "gzip, br" }, "?age=0");
  expect(stream.answer.headers).toMatchObject({
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store, no-transform",
  });
  expect(stream.answer.headers["content-encoding"]).toBeUndefined();
  await expect.poll(stream.text).toMatch(/^retry: \d+\n\nid: \d+\ndata: \{"topics":\[\]\}\n\n$/);
  await happens();
  await expect.poll(stream.text).toContain(`data: {"topics":["idea:${stifferJoint}","ideas"]}\n\n`);
  stream.answer.destroy();
  await expect.poll(hub.size).toBe(0);
});

test("a browser that comes back says which event it knows, whatever else its address says", async () => {
  const first = await open({ "x-visitor": `metis ${person(3)}` });
  await expect.poll(first.text).toMatch(/id: \d+/);
  const id = /id: (\d+)/.exec(first.text())?.[1] ?? "";
  first.answer.destroy();
  await happens();
  const back = await open({ "x-visitor": `metis ${person(3)}`, "last-event-id": id }, "?age=0");
  await expect.poll(back.text).toContain(`idea:${stifferJoint}`);
  back.answer.destroy();
  const nonsense = await open({ "x-visitor": `metis ${person(3)}`, "last-event-id": "1; drop" }, "?age=x&after=-1");
  await expect.poll(nonsense.text).toContain('{"topics":[]}');
  nonsense.answer.destroy();
  await expect.poll(hub.size).toBe(0);
});

test("one person holds forty streams at most", async () => {
  const headers = { "x-visitor": `metis ${person(4)}` };
  const streams = await Promise.all(Array.from({ length: 40 }, () => open(headers)));
  expect((await open(headers)).answer.statusCode).toBe(429);
  for (const { answer } of streams) answer.destroy();
  await expect.poll(hub.size).toBe(0);
  const after = await open(headers);
  expect(after.answer.statusCode).toBe(200);
  after.answer.destroy();
  await expect.poll(hub.size).toBe(0);
});

test("who looks as a customer holds streams of their own, told of that customer", async () => {
  const streams = await Promise.all(Array.from({ length: 40 }, () => open({ "x-visitor": "view manager" })));
  expect((await open({ "x-visitor": "view manager" })).answer.statusCode).toBe(429);
  const other = await open({ "x-visitor": "view support" });
  expect(other.answer.statusCode).toBe(200);
  await expect.poll(other.text).toMatch(/id: \d+/);
  await happens();
  await expect.poll(other.text).toContain(stifferJoint);
  for (const { answer } of [...streams, other]) answer.destroy();
  await expect.poll(hub.size).toBe(0);
});

test("the stream of who looks as a customer ends at once with their own access, and no other's", async () => {
  const [gone, stays] = [await open({ "x-visitor": "view support" }), await open({ "x-visitor": "view manager" })];
  await expect.poll(gone.text).toMatch(/id: \d+/);
  await expect.poll(stays.text).toMatch(/id: \d+/);
  await asSuperuser("update people set removed_at = now() where id = $1", [support.personId]);
  await expect.poll(hub.size, { timeout: 5_000 }).toBe(1);
  expect(stays.answer.closed).toBe(false);
  stays.answer.destroy();
  await expect.poll(hub.size).toBe(0);
});

describe("a guest's stream", () => {
  const KEY = "k".repeat(43);
  const ofLink = (token: string, headers: Record<string, string> = { "x-guest-key": KEY }) =>
    open(headers, "?age=0", `/guest/${token}/live`);
  const grant = (change: string) =>
    asSuperuser(`update guest_grants set ${change} where id = $1`, [metisGuest.grantId]);
  /** Changes the grant and waits until its streams were told, so that one that is opened next is not. */
  async function changed(change: string): Promise<void> {
    let told = false;
    const end = () => {
      told = true;
    };
    const reader = { actor: metisGuest, holder: metisGuest.grantId, again: async () => metisGuest, send() {}, end };
    const forget = hub.open(reader, { ms: 0 });
    await grant(change);
    await expect.poll(() => told, { timeout: 5_000 }).toBe(true);
    forget();
  }

  beforeAll(() =>
    asSuperuser("insert into guest_browsers (grant_id, browser_hash) select unnest($1::uuid[]), $2", [
      [metisGuest, expiredGuest, revokedGuest].map(({ grantId }) => grantId),
      hashOf(KEY),
    ]),
  );
  afterEach(() => changed("revoked_at = null, revoked_by = null, expires_at = now() + interval '20 days'"));

  test("is for the browser that showed the link to be its own, and for no other link or page", async () => {
    const person = { "x-visitor": `metis ${metisOwner.personId}` };
    expect((await ofLink(guestTokens.living, {})).answer.statusCode).toBe(404);
    expect((await ofLink(guestTokens.living, person)).answer.statusCode).toBe(404);
    expect((await ofLink(guestTokens.living, { "x-guest-key": "x".repeat(43) })).answer.statusCode).toBe(404);
    for (const token of [guestTokens.expired, guestTokens.revoked, "never-was"])
      expect((await ofLink(token)).answer.statusCode, token).toBe(404);
    const foreign = { "x-guest-key": KEY, origin: "https://elsewhere.example" };
    expect((await ofLink(guestTokens.living, foreign)).answer.statusCode).toBe(403);
    // A guest is nobody to the stream of persons.
    expect((await open({ "x-guest-key": KEY })).answer.statusCode).toBe(401);
    expect(hub.size()).toBe(0);
  });

  test("says what both sides may know of its idea, and is the guest's even where a person is signed in", async () => {
    const both = await ofLink(guestTokens.living, { "x-guest-key": KEY, "x-visitor": `brix ${person(7)}` });
    await expect.poll(both.text, { timeout: 5_000 }).toMatch(/id: \d+/);
    await happens();
    await expect.poll(both.text, { timeout: 5_000 }).toContain(`data: {"topics":["idea:${stifferJoint}"]}\n\n`);
    both.answer.destroy();
    await expect.poll(hub.size, { timeout: 5_000 }).toBe(0);
  });

  test("ends within a second when the grant is revoked, and does not begin again", async () => {
    const stream = await ofLink(guestTokens.living);
    expect(stream.answer.statusCode).toBe(200);
    await grant("revoked_at = now()");
    await expect.poll(() => stream.answer.closed, { timeout: 1_000 }).toBe(true);
    expect((await ofLink(guestTokens.living)).answer.statusCode).toBe(404);
    await expect.poll(hub.size, { timeout: 5_000 }).toBe(0);
  });

  test("ends when the time of the grant is over", async () => {
    await changed("expires_at = now() + interval '3 seconds'");
    const stream = await ofLink(guestTokens.living);
    expect(stream.answer.statusCode).toBe(200);
    await expect.poll(() => stream.answer.closed, { timeout: 8_000 }).toBe(true);
    expect((await ofLink(guestTokens.living)).answer.statusCode).toBe(404);
  });
});

test("2,000 streams are open in one process, each is told within a second, and no stranger's", {
  timeout: 60_000,
}, async () => {
  const streams: Stream[] = [];
  for (let number = 0; number < 2_000; number += 100) {
    const batch = Array.from({ length: 100 }, (_, one) =>
      open({ "x-visitor": `${one % 2 === 0 ? "metis" : "brix"} ${person(10_000 + number + one)}` }),
    );
    streams.push(...(await Promise.all(batch)));
  }
  expect(hub.size()).toBe(2_000);
  const ready = (stream: Stream) => stream.text().includes("id: ");
  await expect.poll(() => streams.filter(ready).length, { timeout: 20_000 }).toBe(2_000);

  const told = () => streams.filter(({ text }) => text().includes(stifferJoint)).length;
  expect(told()).toBe(0);
  const began = performance.now();
  await happens();
  await expect.poll(told, { timeout: 5_000, interval: 20 }).toBe(1_000);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(streams.filter(({ text }, index) => index % 2 === 1 && text().includes(stifferJoint))).toEqual([]);

  // All come back at once after a cut of the database's line: nothing is lost, and they are told in turn.
  await asSuperuser(
    "select pg_terminate_backend(pid, 2000) from pg_stat_activity where application_name = 'tandem listen' and datname = current_database()",
  );
  await happens();
  const twice = () => streams.filter(({ text }) => text().split(stifferJoint).length > 2).length;
  await expect.poll(twice, { timeout: 10_000 }).toBe(1_000);
  for (const { answer } of streams) answer.destroy();
  await expect.poll(hub.size, { timeout: 10_000 }).toBe(0);
});
