import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { asSuperuser } from "../../tests/database";
import { readRichText } from "./collab.server";
import { guest, rawSocket, textOf, until, visit } from "./collab-people.fixture";
import { cookieOf, FIRST_WORDS, ORIGIN, SECRET, serve } from "./collab-server.fixture";
import { CLOSE } from "./limits";
import * as protocol from "./protocol.server";
import { startRedis } from "./redis.fixture";
import { plainText } from "./rich-text-plain";
import { briefRoom } from "./room";

/** Two engines on one database with a Redis between them; a process of its own where its death is the point. */

const url = () => process.env.JOBS_DATABASE_URL ?? "";
const newRoom = () => briefRoom(randomUUID());
const fates = [new Map<string, number>(), new Map<string, number>()] as const;
let redis: Awaited<ReturnType<typeof startRedis>>;
let one: Awaited<ReturnType<typeof serve>>;
let two: Awaited<ReturnType<typeof serve>>;

const areUp = () => one.collab.wireIsUp() === true && two.collab.wireIsUp() === true;
const areDown = () => one.collab.wireIsUp() === false && two.collab.wireIsUp() === false;
const count = (at: 0 | 1, fate: string) => fates[at].get(fate) ?? 0;

beforeAll(async () => {
  redis = await startRedis();
  const wire = (at: 0 | 1) => ({ url: redis.url, secret: SECRET, fates: fates[at] });
  [one, two] = await Promise.all([serve(url(), 0, undefined, 500, wire(0)), serve(url(), 0, undefined, 500, wire(1))]);
});
beforeEach(() => until("both hear each other", areUp));

afterAll(async () => {
  for (const { collab, server } of [one, two]) {
    await collab.close();
    server.close();
  }
  await redis.remove();
});

/** Ann at one engine and Ben at the other, both with the brief in front of them. */
async function pair(room = newRoom()) {
  const [ann, ben] = [visit(one.port, room, guest("Ann")), visit(two.port, room, guest("Ben"))];
  await until("both are in", () => ann.provider.synced && ben.provider.synced);
  const leave = () => {
    ann.leave();
    ben.leave();
  };
  const shows = (...words: string[]) =>
    until(`both read ${words.join(", ")}`, () =>
      [ann, ben].every(({ text }) => words.every((word) => text().split("|").includes(word))),
    );
  return { room, ann, ben, leave, shows };
}

const storedText = async (room: string) => plainText((await readRichText(room))?.doc ?? { type: "doc", content: [] });
const once1 = (text: string, word: string) => text.split("|").filter((one) => one === word).length;

test("two processes serve one brief: words meet both ways by what they tell each other, and names are the session's", async () => {
  const { room, ann, ben, shows, leave } = await pair();
  const [heard, other] = [count(0, "heard"), count(1, "heard")];
  ann.write("from Ann");
  await shows("from Ann");
  ben.write("from Ben");
  await shows(FIRST_WORDS, "from Ann", "from Ben");
  expect(ann.text()).toBe(ben.text());
  expect(Y.encodeStateAsUpdate(ann.doc)).toEqual(Y.encodeStateAsUpdate(ben.doc));
  await until("heard", () => count(0, "heard") > heard && count(1, "heard") > other);
  // Somebody who says to be Ann is seen at the other process as who they are.
  const eve = await rawSocket(two.port, room, { cookie: cookieOf(guest("Eve")), origin: ORIGIN });
  const state = { user: { name: "Ann", personId: "id-of-Ann", color: "#000000" }, cursor: null };
  eve.socket.send(protocol.presence([{ client: 4711, clock: 1, state }]));
  await until("seen elsewhere", () => ann.provider.awareness.getStates().has(4711));
  expect(ann.provider.awareness.getStates().get(4711)).toMatchObject({ user: { name: "Eve", personId: "id-of-Eve" } });
  eve.socket.close();
  await until("gone elsewhere", () => !ann.provider.awareness.getStates().has(4711));
  leave();
});

test("a client id belongs to one person in all processes", async () => {
  const { room, ann, shows, leave } = await pair();
  ann.write("from Ann");
  await shows("from Ann");
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(ann.doc));
  doc.clientID = ann.doc.clientID;
  const before = Y.encodeStateVector(doc);
  doc.getXmlFragment("default").insert(0, [new Y.XmlElement("paragraph")]);
  const eve = await rawSocket(two.port, room, { cookie: cookieOf(guest("Eve")), origin: ORIGIN });
  eve.socket.send(protocol.update(Y.encodeStateAsUpdate(doc, before)));
  expect(await eve.closed).toBe(CLOSE.notYours);
  ann.write("still Ann");
  await shows("still Ann");
  leave();
});

test("a lost hint: what nobody told is found by comparing heads, at both processes", async () => {
  const { room, shows, leave } = await pair();
  const words = new Y.Doc();
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText("told by nobody")]);
  words.getXmlFragment("default").insert(0, [paragraph]);
  await asSuperuser(
    `with moved as (update collab_doc set head = head + 1 where room = $1 returning id, head)
     insert into collab_log (doc, seq, payload) select id, head, $2 from moved`,
    [room, Buffer.from(Y.encodeStateAsUpdate(words))],
  );
  await shows("told by nobody", FIRST_WORDS);
  expect(areUp()).toBe(true);
  leave();
});

test("a late hint, one told twice and one that is forged change nothing", async () => {
  const { ann, ben, shows, leave } = await pair();
  const spy = new Redis(redis.url);
  const told: { channel: Buffer; bytes: Buffer }[] = [];
  spy.on("pmessageBuffer", (_pattern: string, channel: Buffer, bytes: Buffer) => told.push({ channel, bytes }));
  await spy.psubscribe("tandem:*");
  for (const word of ["one", "two", "three"]) {
    ann.write(word);
    await shows(word);
  }
  const [before, heard, foreign] = [ann.text(), count(1, "heard"), count(1, "foreign")];
  const rooms = told.filter(({ bytes }) => bytes.length > 0);
  const again = new Redis(redis.url);
  for (const { channel, bytes } of [...rooms].reverse()) {
    await again.publish(channel, bytes);
    const forged = Buffer.from(bytes);
    forged[forged.length - 1] = (forged[forged.length - 1] ?? 0) ^ 1;
    await again.publish(channel, forged);
  }
  await until("all of it came", () => count(1, "heard") > heard && count(1, "foreign") >= foreign + rooms.length);
  expect([ann.text(), ben.text()]).toEqual([before, before]);
  ann.write("four");
  await shows("four");
  expect(once1(ben.text(), "two")).toBe(1);
  for (const line of [spy, again]) line.disconnect();
  leave();
});

test("a busy Redis suppresses stores (588): while it answers nothing, edits are stored, called saved and seen everywhere", async () => {
  const { room, ann, ben, shows, leave } = await pair();
  redis.freeze();
  ann.write("while it hung");
  await shows("while it hung");
  await until("told", areDown);
  ben.write("still hanging");
  await shows("still hanging");
  expect(await storedText(room)).toContain("still hanging");
  // Somebody who opens another brief meanwhile is not held up either.
  const next = await pair();
  next.ann.write("opened meanwhile");
  await next.shows("opened meanwhile");
  redis.thaw();
  await until("both hear each other", areUp);
  ann.write("after it");
  await shows("after it");
  expect(once1(ben.text(), "while it hung")).toBe(1);
  expect(ann.text()).toBe(ben.text());
  leave();
  next.leave();
});

test("Redis killed and started again: nothing is lost while it is away, and everybody is seen again after it", async () => {
  const { room, ann, ben, shows, leave } = await pair();
  await redis.kill();
  await until("told", areDown);
  ann.write("without Redis");
  ben.write("without Redis, too");
  await shows("without Redis", "without Redis, too");
  // Eve comes while nobody can tell of her.
  const eve = visit(two.port, room, guest("Eve"));
  await until("Eve is in", () => eve.provider.synced);
  await redis.start();
  await until("both hear each other", areUp);
  await until("Ann sees Eve", () => ann.provider.awareness.getStates().has(eve.doc.clientID));
  eve.write("Eve, after it");
  await shows("Eve, after it");
  expect(ann.text()).toBe(ben.text());
  eve.leave();
  leave();
});

test("one bad cursor wedges all rooms (yhub 61): a row that cannot be read ends one brief's writing and no other's", async () => {
  const [bad, good] = [await pair(), await pair()];
  const closed: number[] = [];
  for (const { provider } of [bad.ann, bad.ben]) {
    provider.on("connection-close", (event) => event && closed.push(event.code));
  }
  await asSuperuser(
    `with moved as (update collab_doc set head = head + 1 where room = $1 returning id, head)
     insert into collab_log (doc, seq, payload) select id, head, $2 from moved`,
    [bad.room, Buffer.from([255, 255, 255])],
  );
  await until("both lines are closed", () => closed.length >= 2);
  expect(new Set(closed)).toEqual(new Set([CLOSE.failed]));
  good.ann.write("goes on");
  good.ben.write("goes on here, too");
  await good.shows("goes on", "goes on here, too");
  await until("read as before", () => bad.ann.provider.synced && bad.ben.provider.synced);
  expect([bad.ann.text(), bad.ben.text()]).toEqual([FIRST_WORDS, FIRST_WORDS]);
  bad.leave();
  good.leave();
});

test("a process that is killed takes no word along that anybody saw, and whoever comes back to it finds all", async () => {
  const room = newRoom();
  const start = async (port = 0): Promise<{ child: ChildProcess; port: number }> => {
    const file = fileURLToPath(new URL("./collab-server.fixture.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", file, url(), String(port), redis.url], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    return { child, port: Number(line.toString()) };
  };
  let third = await start();
  const [ann, ben] = [visit(third.port, room, guest("Ann")), visit(two.port, room, guest("Ben"))];
  await until("both are in", () => ann.provider.synced && ben.provider.synced);
  const words: string[] = [];
  const timer = setInterval(() => {
    words.push(`word ${words.length}`);
    ann.write(`word ${words.length - 1}`);
  }, 4);
  const seenBy = (text: string) => text.split("|").filter((word) => word.startsWith("word "));
  await until("Ben sees some", () => seenBy(ben.text()).length > 40);
  const dead = once(third.child, "exit");
  third.child.kill("SIGKILL");
  await dead;
  clearInterval(timer);
  const seen = seenBy(textOf(ben.doc));
  const stored = new Set((await storedText(room)).split("\n"));
  expect(seen.filter((word) => !stored.has(word))).toEqual([]);
  ben.write("Ben goes on");
  third = await start(third.port);
  await until("all is there", () => ann.text() === ben.text() && seenBy(ben.text()).length === words.length);
  expect(once1(ann.text(), "Ben goes on")).toBe(1);
  ann.leave();
  ben.leave();
  const ended = once(third.child, "exit");
  third.child.kill("SIGKILL");
  await ended;
}, 30_000);
