import { randomUUID } from "node:crypto";
import { createServer, get, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { LoaderFunctionArgs } from "@remix-run/node";
import express from "express";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { beginView, leaveView } from "~/accounts/account-views.server";
import { changeRole, removePerson } from "~/accounts/people.server";
import { erasePerson } from "~/accounts/person-data.server";
import { endSessions } from "~/accounts/settings.server";
import { serviceClient } from "~/accounts/supabase.server";
import { rawSocket, until } from "~/collab/collab-people.fixture";
import { CLOSE } from "~/collab/limits";
import { seedUpdate } from "~/collab/rich-text-yjs.server";
import { briefRoom } from "~/collab/room";
import { eraseMentions, projectBrief } from "~/ideas/idea.jobs.server";
import { FILES_BUCKET, startUpload, UPLOADS_BUCKET } from "~/ideas/idea-attachments.server";
import { addImage } from "~/ideas/idea-images.server";
import { type LiveHub, openLiveHub } from "~/kernel/live.server";
import * as attachment from "~/routes/api.attachments.$attachmentId";
import * as picture from "~/routes/api.files.$fileId";
import { asSuperuser } from "../tests/database";
import { type browser, signedIn, startGateway } from "../tests/local-supabase";
import {
  accounts,
  brixIdea,
  manager,
  metisApprover,
  metisIdeas,
  metisOwner,
  metisViewer,
  stifferJoint,
} from "../tests/personas";
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
  app.get("/api/live", liveStreams(hub, new Set([ORIGIN])).person);
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

/** Links to a picture of the brief and to a file that was sent along with its idea, as pages hold them. */
async function linksOfTheIdea(): Promise<string[]> {
  const bytes = await sharp({ create: { width: 4, height: 4, channels: 3, background: "#0c5a5b" } })
    .png()
    .toBuffer();
  const added = await addImage(metisOwner, stifferJoint, new File([new Uint8Array(bytes)], "x.png"));
  if (!added.ok) throw new Error(added.why);
  const place = `${stifferJoint}/${randomUUID()}.pdf`;
  const { error } = await serviceClient().storage.from(FILES_BUCKET).upload(place, "%PDF-1.4");
  if (error) throw error;
  const [file] = await asSuperuser<{ id: string }>(
    `insert into idea_attachments (account_id, idea_id, uploaded_by, name, byte_size, state, media_type, storage_path)
     values ($1, $2, $3, 'a.pdf', 8, 'ready', 'application/pdf', $4) returning id`,
    [accounts.metis, stifferJoint, metisOwner.personId, place],
  );
  return [added.src, `/api/attachments/${file?.id}`];
}

/** What a link to a file is answered with, whole and to a browser that kept it and asks whether it may still show it. */
async function answersAt(home: Home, path: string): Promise<number[]> {
  const id = path.split("/").at(-1) ?? "";
  const { loader } = path.startsWith("/api/files/") ? picture : attachment;
  const answers = [{}, { "If-None-Match": `"${id}", "${id}-whole"` }].map(async (headers) => {
    const context = { ...(await home.ask(path)), guestKey: null };
    const request = new Request(`${ORIGIN}${path}`, { headers });
    const args = { request, context, params: { fileId: id, attachmentId: id } };
    try {
      const answer = await loader(args as unknown as LoaderFunctionArgs);
      await answer.body?.cancel();
      return answer.status;
    } catch (thrown) {
      if (thrown instanceof Response) return thrown.status;
      throw thrown;
    }
  });
  return Promise.all(answers);
}

/** Whoever is signed out is led to the sign-in (or told so), and nothing of a file comes along. */
const isOver = (statuses: number[]) => statuses.every((status) => status === 302 || status === 401);

const revisionOf = async (id: string) =>
  (await asSuperuser<{ revision: number }>("select revision from people where id = $1", [id]))[0]?.revision ?? 0;

test("who is removed loses brief, news, session and links to files within a second, and nobody else does", async () => {
  const [gone, stays] = [await at("viewer@metis.example"), await at("approver@metis.example")];
  const [theirs, others] = [await brief(gone), await brief(stays)];
  const [news, otherNews] = [await stream("viewer@metis.example"), await stream("approver@metis.example")];
  const { personId } = metisViewer;

  const links = await linksOfTheIdea();
  for (const path of links) expect(await answersAt(gone, path), path).toEqual([200, 304]);

  const removed = removePerson(metisOwner, personId, { revision: await revisionOf(personId) });
  const [line, ...rest] = await Promise.all([
    within(theirs.closed),
    within(news.closed),
    within(until("the session is over", async () => (await gone.ask()).visitor.actor === null)),
    ...links.map((path) => within(until(`${path} is closed`, async () => isOver(await answersAt(gone, path))))),
  ]);
  expect(line.answer).toBe(CLOSE.removed);
  expect(Math.max(line.ms, ...rest.map(({ ms }) => ms))).toBeLessThan(A_SECOND);
  expect(await removed).toMatchObject({ ok: true });
  for (const path of links) expect(await answersAt(stays, path), path).toEqual([200, 304]);

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

/** A manager's browser in which a view of Metis has begun. */
async function lookingAsMetis(): Promise<Home> {
  const home = await at("manager@tandem.example");
  const { visitor } = await home.ask();
  const view = await beginView(manager, accounts.metis, visitor.actor ? visitor.sessionId : "");
  if (!view.ok) throw new Error(view.why);
  home.jar.set("tandem-view", view.id);
  return home;
}

test("whoever looks as a customer gets no line into a brief, so writes nothing there and is seen by nobody", async () => {
  const [owner, home] = [await at("owner@metis.example"), await lookingAsMetis()];
  const line = await brief(owner);
  expect((await home.ask()).visitor.actor).toMatchObject({ side: "client", accountId: accounts.metis });
  for (const name of [ROOM, briefRoom(brixIdea), briefRoom(manager.personId)]) {
    const asked = await rawSocket(port, name, { cookie: home.cookieHeader(), origin: ORIGIN });
    expect(asked.status, name).toBe(401);
  }
  await leaveView(manager);
  const back = await brief(home);
  expect([line.status, back.status]).toEqual([101, 101]);
  for (const open of [line, back]) open.socket.close();
});

test("whoever looks as a customer begins no upload, whatever role the door believes them to have, and signs none past it", async () => {
  const home = await lookingAsMetis();
  const { visitor, supabase } = await home.ask();
  if (visitor.actor?.side !== "client") throw new Error("nobody looks");
  const uploads = () => asSuperuser("select from idea_attachments where account_id = $1", [accounts.metis]);
  const before = (await uploads()).length;
  expect(await startUpload(visitor.actor, { name: "x.jpg", size: 10 })).toEqual({ ok: false, why: "may-not-upload" });
  const forged = { ...visitor.actor, role: "owner" } as const;
  await expect(startUpload(forged, { name: "x.jpg", size: 10 })).rejects.toMatchObject({ code: "25006" });
  const picture = new File([new Uint8Array(10)], "x.png");
  expect(await addImage(visitor.actor, stifferJoint, picture)).toEqual({ ok: false, why: "may-not-write" });
  const bucket = supabase.client.storage.from(UPLOADS_BUCKET);
  const [signed, sent] = [
    await bucket.createSignedUploadUrl(randomUUID()),
    await bucket.upload(randomUUID(), "0123456789"),
  ];
  expect([signed.data, sent.data]).toEqual([null, null]);
  expect(await uploads()).toHaveLength(before);
});

test("a person who is erased is named in a brief no longer, not even in one that is open, whoever looks and whoever comes", async () => {
  const [person] = await asSuperuser<{ id: string }>(
    "insert into people (side, account_id, display_name, role) values ('client', $1, 'Zoriana Testenko', 'member') returning id",
    [accounts.metis],
  );
  const id = person?.id ?? "";
  const mention = { type: "mention", attrs: { id, label: "Zoriana Testenko" } } as const;
  const idea = metisIdeas.under_review;
  const room = briefRoom(idea);
  await asSuperuser("delete from collab_doc where room = $1", [room]);
  await asSuperuser(
    `with doc as (insert into collab_doc (room, head) values ($1, 1) returning id)
     insert into collab_log (doc, seq, payload) select id, 1, $2 from doc`,
    [room, Buffer.from(seedUpdate(room, { type: "doc", content: [{ type: "paragraph", content: [mention] }] }))],
  );
  await projectBrief({ room });

  const home = await at("owner@metis.example");
  const look = async () => {
    const line = await rawSocket(port, room, { cookie: home.cookieHeader(), origin: ORIGIN });
    // What a stock client asks first: everything, since it has nothing.
    line.socket.send(new Uint8Array([0, 0, 1, 0]));
    return { line, said: () => Buffer.concat(line.received).toString() };
  };
  const before = await look();
  await until("the brief arrives", () => before.said().includes("Zoriana"));

  expect(await erasePerson(manager, accounts.metis, id, "Zoriana Testenko")).toEqual({ ok: true });
  const [job] = await asSuperuser<{ due: boolean }>(
    "select run_at <= now() as due from graphile_worker.jobs where key = $1",
    [`erase_mentions_now:${id}`],
  );
  expect(job, "its job does not wait").toEqual({ due: true });
  await eraseMentions({ person: id });
  await until("who has it open is told", () => before.said().includes("Erased person"));
  expect(before.line.socket.readyState).toBe(before.line.socket.OPEN);
  // The room drops what it holds of the name a moment after it has told of the new one.
  await until("who comes now hears nothing of the name", async () => {
    const after = await look();
    await until("the brief arrives", () => after.said().includes("Erased person"));
    after.line.socket.close();
    return !after.said().includes("Zoriana");
  });
  before.line.socket.close();
});
