import { createServer, get, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { changeRole, removePerson } from "~/accounts/people.server";
import { endSessions } from "~/accounts/settings.server";
import { rawSocket, until } from "~/collab/collab-people.fixture";
import { CLOSE } from "~/collab/limits";
import { briefRoom } from "~/collab/room";
import { type LiveHub, openLiveHub } from "~/kernel/live.server";
import { asSuperuser } from "../tests/database";
import { type browser, signedIn, startGateway } from "../tests/local-supabase";
import { metisApprover, metisOwner, metisViewer, stifferJoint } from "../tests/personas";
import { startCollab } from "./collab";
import { liveStreams } from "./http/live";

/** What is promised of every change of access, in milliseconds. */
const A_SECOND = 1_000;
const ORIGIN = "http://localhost:3000";
const ROOM = briefRoom(stifferJoint);

let gateway: Awaited<ReturnType<typeof startGateway>>;
let collab: ReturnType<typeof startCollab>;
let hub: LiveHub;
let server: Server;
let port = 0;

type Home = ReturnType<typeof browser>;
const homes = new Map<string, Home>();

beforeAll(async () => {
  gateway = await startGateway();
  collab = startCollab();
  hub = openLiveHub();
  const app = express();
  app.use((request, response, next) => {
    const home = homes.get(request.get("x-home") ?? "");
    if (!home) return next(new Error("nobody asks"));
    home.ask().then((context) => {
      response.locals.context = context;
      next();
    }, next);
  });
  app.get("/api/live", liveStreams(hub, new Set([ORIGIN])));
  server = createServer(app).on("upgrade", collab.handleUpgrade);
  await new Promise<void>((then) => server.listen(0, "127.0.0.1", then));
  port = (server.address() as AddressInfo).port;
  const lines = () =>
    asSuperuser(
      "select from pg_stat_activity where application_name = 'tandem listen' and datname = current_database()",
    );
  await until("the database is heard", async () => (await lines()).length > 0);
});

afterAll(async () => {
  hub.close();
  await collab.close();
  server.closeAllConnections();
  await new Promise((then) => server.close(then));
  await gateway.stop();
});

beforeEach(() => asSuperuser("truncate gateway.rate_limits"));

async function at(login: string): Promise<Home> {
  const home = await signedIn(login);
  homes.set(login, home);
  return home;
}

const brief = (home: Home) => rawSocket(port, ROOM, { cookie: home.cookieHeader(), origin: ORIGIN });

/** An open page's stream of news; `closed` when it ends. */
async function stream(login: string): Promise<{ closed: Promise<void>; leave: () => void }> {
  const answer = await new Promise<IncomingMessage>((then, failed) =>
    get({ port, host: "127.0.0.1", path: "/api/live", headers: { "x-home": login } }, then).on("error", failed),
  );
  expect(answer.statusCode).toBe(200);
  answer.resume();
  const closed = new Promise<void>((then) => answer.once("close", then));
  return { closed, leave: () => answer.destroy() };
}

async function within<T>(what: Promise<T>): Promise<{ answer: T; ms: number }> {
  const began = performance.now();
  const answer = await what;
  return { answer, ms: performance.now() - began };
}

const revisionOf = async (id: string) =>
  (await asSuperuser<{ revision: number }>("select revision from people where id = $1", [id]))[0]?.revision ?? 0;

test("who is removed loses brief, news and session within a second, and nobody else does", async () => {
  const [gone, stays] = [await at("viewer@metis.example"), await at("approver@metis.example")];
  const [theirs, others] = [await brief(gone), await brief(stays)];
  const [news, otherNews] = [await stream("viewer@metis.example"), await stream("approver@metis.example")];
  const { personId } = metisViewer;

  const removed = removePerson(metisOwner, personId, { revision: await revisionOf(personId) });
  const [line, page] = await Promise.all([within(theirs.closed), within(news.closed), removed]);
  expect(line.answer).toBe(CLOSE.removed);
  expect(Math.max(line.ms, page.ms)).toBeLessThan(A_SECOND);
  expect(await removed).toMatchObject({ ok: true });

  expect((await gone.ask()).visitor.actor).toBeNull();
  const { data } = await (await gone.ask()).supabase.client.auth.refreshSession();
  expect(data.session).toBeNull();
  expect((await brief(gone)).status).toBe(401);
  expect(others.socket.readyState).toBe(others.socket.OPEN);
  others.socket.close();
  otherNews.leave();
});

test("who becomes a viewer goes on reading the brief and writes no more, within a second", async () => {
  const home = await at("approver@metis.example");
  const line = await brief(home);
  await until("the document arrives", () => line.received.length > 0);
  const told = () => line.received.some((bytes) => bytes[0] === 2);
  expect(told()).toBe(false);
  const { personId } = metisApprover;
  await changeRole(metisOwner, personId, { revision: await revisionOf(personId), role: "viewer" });
  const { ms } = await within(until("told to read only", told));
  expect(ms).toBeLessThan(A_SECOND);
  expect(line.socket.readyState).toBe(line.socket.OPEN);
  line.socket.close();
});

test("who signs out everywhere else keeps this browser's brief and closes the other's within a second", async () => {
  const [here, there] = [await at("owner@metis.example"), await signedIn("owner@metis.example")];
  const [kept, ended] = [await brief(here), await brief(there)];
  const { visitor } = await here.ask();
  const sessions = endSessions(metisOwner, visitor.actor ? visitor.sessionId : "", null);
  const { answer, ms } = await within(ended.closed);
  expect(answer).toBe(CLOSE.signedOut);
  expect(ms).toBeLessThan(A_SECOND);
  expect(await sessions).toBe(1);
  expect(kept.socket.readyState).toBe(kept.socket.OPEN);
  expect((await here.ask()).visitor.actor).toMatchObject({ personId: metisOwner.personId });
  expect((await there.ask()).visitor.actor).toBeNull();
  kept.socket.close();
});
