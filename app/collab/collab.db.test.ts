import { randomUUID } from "node:crypto";
import * as encoding from "lib0/encoding";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { adminUrl, asSuperuser } from "../../tests/database";
import { readRichText } from "./collab.server";
import { guest, rawSocket, textOf, until, visit } from "./collab-people.fixture";
import { cookieOf, FIRST_WORDS, ORIGIN, serve } from "./collab-server.fixture";
import { CLOSE, LIMITS } from "./limits";
import * as protocol from "./protocol.server";
import { plainText } from "./rich-text-plain";
import { briefRoom, type RoomAccess } from "./room";

const changed = new Map<string, RoomAccess | "signed-out">();
let running: Awaited<ReturnType<typeof serve>>;
const url = () => process.env.JOBS_DATABASE_URL ?? "";
const newRoom = () => briefRoom(randomUUID());
const headers = (who = guest("Ann")) => ({ cookie: cookieOf(who), origin: ORIGIN });

const updateThat = (change: (doc: Y.Doc) => void, from?: Uint8Array) => {
  const doc = new Y.Doc();
  if (from) Y.applyUpdate(doc, from);
  const before = Y.encodeStateVector(doc);
  change(doc);
  return Y.encodeStateAsUpdate(doc, before);
};
const forgery = () => updateThat((doc) => doc.getXmlFragment("default").insert(0, [new Y.XmlText("forged")]));

beforeAll(async () => {
  running = await serve(url(), 0, changed);
});

afterAll(async () => {
  await running.collab.close();
  running.server.close();
});

const open = (room: string, who = guest("Ann"), doc?: Y.Doc) => visit(running.port, room, who, doc);

test("whoever opens a brief first finds the idea's words, and finds them once", async () => {
  const room = newRoom();
  const people = ["Ann", "Ben", "Eve"].map((name) => open(room, guest(name)));
  await until("all have it", () => people.every(({ provider }) => provider.synced));
  for (const { text } of people) expect(text()).toBe(FIRST_WORDS);
  for (const person of people) person.leave();
  expect(plainText((await readRichText(room))?.doc ?? { type: "doc", content: [] })).toBe(FIRST_WORDS);
});

test("two people's words meet on both screens", async () => {
  const room = newRoom();
  const [ann, ben] = [open(room), open(room, guest("Ben"))];
  await until("both are in", () => ann.provider.synced && ben.provider.synced);
  ann.write("from Ann");
  ben.write("from Ben");
  await until("equal", () => ann.text() === ben.text() && ann.text().length > FIRST_WORDS.length + 15);
  for (const words of ["from Ann", "from Ben"]) expect(ann.text().split(words)).toHaveLength(2);
  ann.leave();
  ben.leave();
});

test("a socket opens only for one's own page, one's own session and a brief one may see", async () => {
  const room = newRoom();
  const refused = async (name: string, own: Record<string, string>) =>
    (await rawSocket(running.port, name, own)).status;
  expect(await refused(room, { origin: ORIGIN })).toBe(401);
  expect(await refused(room, { ...headers(), origin: "https://evil.example" })).toBe(403);
  expect(await refused(room, { cookie: cookieOf(guest("Ann")) })).toBe(403);
  expect(await refused(room, headers(guest("Stranger", "none")))).toBe(404);
  for (const unknown of ["idea:1:brief", `idea:${randomUUID()}:sketch`, "%E0%A4%A", "idea", ""]) {
    expect(await refused(unknown, headers())).toBe(404);
  }
  expect(await asSuperuser("select 1 from collab_doc where room = $1", [room])).toEqual([]);
  const own = await rawSocket(running.port, room, headers());
  expect(own.status).toBe(101);
  own.socket.close();
});

test("a reader reads and is heard in none of the ways to write", async () => {
  const room = newRoom();
  const ann = open(room);
  await until("Ann is in", () => ann.provider.synced);
  const reader = await rawSocket(running.port, room, headers(guest("Reader", "view")));
  await until("told at once", () => reader.received.some((bytes) => bytes[0] === 2));
  const before = reader.received.length;
  reader.socket.send(protocol.step2(forgery()));
  reader.socket.send(protocol.update(forgery()));
  await until("answered", () => reader.received.filter((bytes) => bytes[0] === 2).length >= 3);
  expect(reader.received.length).toBeGreaterThan(before);
  // The third way: presence with somebody else's name and a caret.
  const state = { user: { name: "Ann", personId: "id-of-Ann", color: "#000000" }, cursor: { anchor: {}, head: {} } };
  reader.socket.send(protocol.presence([{ client: 4711, clock: 1, state }]));
  await until("seen under the own name", () => ann.provider.awareness.getStates().has(4711));
  expect(ann.provider.awareness.getStates().get(4711)).toMatchObject({ user: { name: "Reader" }, cursor: null });
  ann.write("still here");
  await until("stored", async () => plainText((await readRichText(room))?.doc ?? never()).includes("still here"));
  expect(ann.text()).toBe(`${FIRST_WORDS}|still here`);
  const commenter = open(room, guest("Commenter", "comment"));
  await until("reads", () => commenter.text() === ann.text());
  commenter.write("not allowed");
  commenter.leave();
  const later = open(room, guest("Later"));
  await until("reads", () => later.provider.synced);
  expect(later.text()).toBe(`${FIRST_WORDS}|still here`);
  for (const person of [ann, later]) person.leave();
  reader.socket.close();
});

const never = (): never => {
  throw new Error("there is no such text");
};

test("garbage closes its own line and nobody else's", async () => {
  const room = newRoom();
  const ann = open(room);
  await until("Ann is in", () => ann.provider.synced);
  const junk: (Uint8Array | string)[] = [
    "hello",
    new Uint8Array([]),
    new Uint8Array([99]),
    new Uint8Array([0, 2, 255, 255, 255, 255, 255]),
    new Uint8Array([0, 2, 3, 1, 2, 3]),
    new Uint8Array([0, 0, 2, 9, 9]),
    new Uint8Array([1, 3, 1, 1, 1]),
    protocol.update(new Uint8Array(400).fill(7)),
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, "{");
    }),
  ];
  for (const bytes of junk) {
    const line = await rawSocket(running.port, room, headers(guest("Mallory")));
    line.socket.send(bytes);
    expect(await line.closed).toBe(CLOSE.unusable);
  }
  const big = await rawSocket(running.port, room, headers(guest("Mallory")));
  big.socket.send(new Uint8Array(1_048_577));
  expect(await big.closed).toBe(CLOSE.tooLarge);
  ann.write("undisturbed");
  const ben = open(room, guest("Ben"));
  await until("equal", () => ben.text() === `${FIRST_WORDS}|undisturbed`);
  ann.leave();
  ben.leave();
});

test("an edit under somebody else's id is refused, and theirs is kept", async () => {
  const room = newRoom();
  const ann = open(room);
  await until("Ann is in", () => ann.provider.synced);
  ann.write("mine");
  await until("stored", async () => plainText((await readRichText(room))?.doc ?? never()).includes("mine"));
  const mallory = await rawSocket(running.port, room, headers(guest("Mallory")));
  const update = updateThat((doc) => {
    doc.clientID = ann.doc.clientID;
    doc.getXmlFragment("default").insert(0, [new Y.XmlText("forged")]);
  }, Y.encodeStateAsUpdate(ann.doc));
  mallory.socket.send(protocol.update(update));
  expect(await mallory.closed).toBe(CLOSE.notYours);
  ann.write("next");
  const ben = open(room, guest("Ben"));
  await until("reads", () => ben.text() === `${FIRST_WORDS}|mine|next`);
  ann.leave();
  ben.leave();
});

test("names and colours are the server's, and a caret that no editor could place is nobody's", async () => {
  const room = newRoom();
  const [ann, ben] = [open(room), open(room, guest("Ben"))];
  await until("both are in", () => ann.provider.synced && ben.provider.synced);
  ben.provider.awareness.setLocalState({
    user: { name: "The boss", color: "url(x)" },
    cursor: { anchor: { a: 1 }, head: 2 },
  });
  const seen = () => ann.provider.awareness.getStates().get(ben.doc.clientID);
  await until("seen", () => Boolean(seen()));
  expect(seen()).toEqual({
    user: { personId: "id-of-Ben", name: "Ben", color: expect.stringMatching(/^#[0-9a-f]{6}$/) },
    cursor: null,
  });
  const at = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(ben.doc.getXmlFragment("default"), 0));
  ben.provider.awareness.setLocalStateField("cursor", { anchor: at, head: at });
  await until("placed", () => Boolean(seen()?.cursor));
  ben.leave();
  await until("gone", () => !seen());
  const again = open(room, guest("Ben"), Object.assign(new Y.Doc(), { clientID: ben.doc.clientID }));
  await until("back under the same id", () => Boolean(seen()));
  ann.leave();
  again.leave();
});

test("who loses the right to write goes on reading, who loses the brief or the session is told so", async () => {
  const room = newRoom();
  const [ann, ben, eve] = [open(room), open(room, guest("Ben")), open(room, guest("Eve"))];
  await until("all are in", () => [ann, ben, eve].every(({ provider }) => provider.synced));
  changed.set("id-of-Ann", "view");
  changed.set("id-of-Ben", "none");
  changed.set("id-of-Eve", "signed-out");
  expect(await ben.closedWith).toBe(CLOSE.gone);
  expect(await eve.closedWith).toBe(CLOSE.signedOut);
  await until("Ann is no longer heard", async () => {
    ann.write("late");
    return !(await readRichText(room).then((read) => plainText(read?.doc ?? never()).includes("late")));
  });
  expect(ann.provider.wsconnected).toBe(true);
  changed.clear();
  for (const person of [ann, ben, eve]) person.leave();
});

test("the readable copy is asked for in the same breath as an edit is stored", async () => {
  const room = newRoom();
  const ann = open(room);
  await until("Ann is in", () => ann.provider.synced);
  ann.write("for the search");
  await until("stored", async () => plainText((await readRichText(room))?.doc ?? never()).includes("search"));
  const jobs = await asSuperuser("select 1 from graphile_worker.jobs where key = $1", [`project_brief:${room}`]);
  expect(jobs).toHaveLength(1);
  ann.leave();
});

test("a log with a hole opens nothing rather than something shorter", async () => {
  const room = newRoom();
  const doc = new Y.Doc();
  const [made] = await asSuperuser<{ id: string }>("insert into collab_doc (room, head) values ($1, 2) returning id", [
    room,
  ]);
  await asSuperuser("insert into collab_log values ($1, 2, $2)", [made?.id, Y.encodeStateAsUpdate(doc)]);
  const line = await rawSocket(running.port, room, headers());
  expect(await line.closed).toBe(CLOSE.unreadable);
  expect(line.received.filter((bytes) => bytes[0] === 0)).toEqual([]);
  expect(textOf(doc)).toBe("");
});

test("a document whose snapshot cannot be read says so for good, whatever lies behind it, raises an alarm and stays as it is", async () => {
  const room = newRoom();
  const [made] = await asSuperuser<{ id: string }>("insert into collab_doc (room, head) values ($1, 3) returning id", [
    room,
  ]);
  await asSuperuser("insert into collab_snapshot (doc, seq, data) values ($1, 2, $2)", [
    made?.id,
    new Uint8Array([9, 9, 9]),
  ]);
  await asSuperuser("insert into collab_log values ($1, 3, $2)", [made?.id, forgery()]);
  const line = await rawSocket(running.port, room, headers());
  line.socket.send(protocol.update(forgery()));
  expect(await line.closed).toBe(CLOSE.unreadable);
  expect(line.received.filter((bytes) => bytes[0] === 0)).toEqual([]);
  const alarms = running.logged.filter((entry) => entry.room === room);
  expect(alarms.map(({ level, msg }) => [level, msg])).toEqual([
    ["error", "a live document is damaged"],
    ["error", "could not open a live document"],
  ]);
  const kept = await asSuperuser<{ seq: string }>(
    "select seq from collab_log where doc = $1 union all select seq from collab_snapshot where doc = $1 order by 1",
    [made?.id],
  );
  expect(kept.map(({ seq }) => Number(seq))).toEqual([2, 3]);
});

test("one connection more than a person may have is told so and sits nowhere; told too often, its handshake is refused", async () => {
  const room = newRoom();
  const busy = headers(guest("Busy"));
  const seats = await Promise.all(
    Array.from({ length: LIMITS.connectionsOfPerson }, () => rawSocket(running.port, room, busy)),
  );
  expect(seats.map(({ status }) => status)).toEqual(seats.map(() => 101));
  const only = (sockets: number) => () => {
    const now = running.collab.figures();
    return now.rooms === 1 && now.sockets === sockets;
  };
  await until("nobody else is here any more", only(LIMITS.connectionsOfPerson));
  const more = await Promise.all(
    Array.from({ length: LIMITS.explanationsPerMinute + 3 }, () => rawSocket(running.port, newRoom(), busy)),
  );
  const told = more.filter(({ status }) => status === 101);
  expect(told).toHaveLength(LIMITS.explanationsPerMinute);
  expect(more.filter(({ status }) => status === 429)).toHaveLength(3);
  for (const line of told) {
    expect(await line.closed).toBe(CLOSE.tooMany);
    expect(line.received).toEqual([]);
  }
  expect(only(LIMITS.connectionsOfPerson)()).toBe(true);
  // Nobody else is touched, and one that is closed makes room for one.
  const other = await rawSocket(running.port, room, headers(guest("Ben")));
  expect(other.status).toBe(101);
  other.socket.close();
  seats[0]?.socket.close();
  await until("there is room", only(LIMITS.connectionsOfPerson - 1));
  const next = await rawSocket(running.port, room, busy);
  next.socket.send(protocol.step1(new Uint8Array([0])));
  await until("it is served", () => next.received.length > 0);
  for (const { socket } of [...seats, next]) socket.close();
});

test("edits that wait for a brief to open fill no memory: beyond a limit their sender is asked to come back", async () => {
  const slow = new pg.Client({ connectionString: adminUrl });
  await slow.connect();
  await slow.query("begin");
  await slow.query("lock table public.collab_doc in access exclusive mode");
  try {
    const { socket, closed } = await rawSocket(running.port, newRoom(), headers());
    const edit = protocol.update(new Uint8Array(1_000_000));
    for (let sent = 0; sent < 18; sent++) socket.send(edit);
    expect(await closed).toBe(CLOSE.later);
  } finally {
    await slow.end();
  }
});
