import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { adminUrl, asSuperuser } from "../../tests/database";
import { type CollabStore, createStore } from "./collab.queries.server";
import { readRichText } from "./collab.server";
import { guest, rawSocket, until, visit } from "./collab-people.fixture";
import { cookieOf, FIRST_WORDS, ORIGIN, serve } from "./collab-server.fixture";
import { CLOSE, DAMAGED } from "./limits";
import * as protocol from "./protocol.server";
import { fromPlainText, plainText } from "./rich-text-plain";
import { seedUpdate } from "./rich-text-yjs.server";
import { briefRoom, type RoomAccess } from "./room";
import { readReceipts } from "./ui/receipts";
import { Unconfirmed } from "./ui/unconfirmed";

/** What other live editing servers are known to have done, each under the name it is known by. */

const changed = new Map<string, RoomAccess | "signed-out">();
let running: Awaited<ReturnType<typeof serve>>;
const url = () => process.env.JOBS_DATABASE_URL ?? "";
const newRoom = () => briefRoom(randomUUID());
const headers = (who = guest("Ann")) => ({ cookie: cookieOf(who), origin: ORIGIN });
const open = (room: string, who = guest("Ann"), doc?: Y.Doc) => visit(running.port, room, who, doc);
const stored = async (room: string) => plainText((await readRichText(room))?.doc ?? { type: "doc", content: [] });
const rowsOf = async (room: string) =>
  (
    await asSuperuser<{ seq: string }>(
      "select l.seq from collab_log l join collab_doc d on d.id = l.doc where d.room = $1 order by 1",
      [room],
    )
  ).map(({ seq }) => Number(seq));
const edits = (received: readonly Uint8Array[]) => received.filter((bytes) => bytes[0] === 0 && bytes[1] === 2);

beforeAll(async () => {
  running = await serve(url(), 0, changed);
});

afterAll(async () => {
  await running.collab.close();
  running.server.close();
});

/** A room as some process left it: these rows in its log, oldest first. Out: its document's id. */
async function made(room: string, rows: readonly Uint8Array[]): Promise<string> {
  const [doc] = await asSuperuser<{ id: string }>("insert into collab_doc (room, head) values ($1, $2) returning id", [
    room,
    rows.length,
  ]);
  await asSuperuser(
    "insert into collab_log (doc, seq, payload) select $1, n, p from unnest($2::bytea[]) with ordinality as t (p, n)",
    [doc?.id, rows],
  );
  return doc?.id ?? "";
}

/** A first text and then one word a row. */
function written(words: readonly string[]): Uint8Array[] {
  const first = seedUpdate("written", fromPlainText(FIRST_WORDS));
  const doc = new Y.Doc();
  Y.applyUpdate(doc, first);
  const rows = [first];
  doc.on("update", (update: Uint8Array) => rows.push(update));
  const fragment = doc.getXmlFragment("default");
  for (const word of words) {
    doc.transact(() => {
      const paragraph = new Y.XmlElement("paragraph");
      paragraph.insert(0, [new Y.XmlText(word)]);
      fragment.insert(fragment.length, [paragraph]);
    });
  }
  return rows;
}

/** Somebody whose screen can say whether everything they wrote is saved. */
function saving(room: string, who = guest("Ann")) {
  const person = open(room, who);
  const unconfirmed = new Unconfirmed();
  readReceipts(person.provider, unconfirmed, () => undefined);
  return { ...person, isSaved: () => !unconfirmed.any };
}

test("an empty document served or stored after a failed load (hocuspocus 382)", async () => {
  const room = newRoom();
  await made(room, [new Uint8Array([9, 9, 9])]);
  const line = await rawSocket(running.port, room, headers());
  expect(await line.closed).toBe(CLOSE.unreadable);
  expect(line.received.filter((bytes) => bytes[0] === 0)).toEqual([]);
  expect(await rowsOf(room)).toEqual([1]);
});

test("served before loaded (y-websocket-server PR 7, 10)", async () => {
  const room = newRoom();
  await made(room, written(["kept"]));
  const slow = new pg.Client({ connectionString: adminUrl });
  await slow.connect();
  await slow.query("begin; lock table public.collab_doc in access exclusive mode");
  const line = await rawSocket(running.port, room, headers());
  line.socket.send(protocol.step1(new Uint8Array([0])));
  line.socket.send(protocol.presence([{ client: 5, clock: 1, state: {} }]));
  await until("the server waits for the document", async () => {
    const waiting = await asSuperuser(
      "select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())",
    );
    return waiting.length > 0;
  });
  expect(line.received).toEqual([]);
  await slow.query("commit");
  await slow.end();
  await until("answered", () => line.received.some((bytes) => bytes[0] === 0 && bytes[1] === 1));
  const answer = protocol.readMessage(
    line.received.find((bytes) => bytes[0] === 0 && bytes[1] === 1) ?? new Uint8Array(),
  );
  const doc = new Y.Doc();
  if ("update" in answer) Y.applyUpdate(doc, answer.update);
  expect(doc.getXmlFragment("default").toString()).toContain("kept");
  line.socket.close();
});

test("last store lost on shutdown (hocuspocus 738)", async () => {
  const room = newRoom();
  const server = await serve(url(), 0);
  const ann = visit(server.port, room, guest("Ann"));
  await until("Ann is in", () => ann.provider.synced);
  const ben = visit(server.port, room, guest("Ben"));
  await until("Ben is in", () => ben.provider.synced);
  ann.write("the last word");
  await until("Ben sees it", () => ben.text().includes("the last word"));
  ben.write("and one more");
  await until("Ann sees it", () => ann.text().includes("and one more"));
  await server.collab.close();
  server.server.close();
  for (const person of [ann, ben]) person.leave();
  expect(await stored(room)).toContain("and one more");
});

test("content doubled on re-initialisation (hocuspocus 725, 344, 84)", async () => {
  const room = newRoom();
  const ann = open(room);
  await until("Ann is in", () => ann.provider.synced);
  ann.write("once");
  await until("stored", async () => (await stored(room)).includes("once"));
  const other = await serve(url(), 0);
  // The same screen, first at another process and then again at the first.
  ann.provider.disconnect();
  const there = visit(other.port, room, guest("Ann"), ann.doc);
  await until("there", () => there.provider.synced);
  there.provider.destroy();
  ann.provider.connect();
  await until("back", () => ann.provider.synced);
  expect(ann.text()).toBe(`${FIRST_WORDS}|once`);
  expect(await stored(room)).toBe(`${FIRST_WORDS}\nonce`);
  ann.leave();
  await other.collab.close();
  other.server.close();
});

test("no more sync after reconnect (hocuspocus 183)", async () => {
  const room = newRoom();
  const [ann, ben] = [open(room), open(room, guest("Ben"))];
  await until("both are in", () => ann.provider.synced && ben.provider.synced);
  for (let round = 0; round < 3; round++) {
    ann.provider.disconnect();
    ann.write(`offline ${round}`);
    ben.write(`meanwhile ${round}`);
    ann.provider.connect();
    await until("both have both", () => ann.text() === ben.text() && ann.text().includes(`offline ${round}`));
  }
  expect(ann.text()).toContain("meanwhile 2");
  for (const person of [ann, ben]) person.leave();
});

test("unsynced counter drifts (hocuspocus 825)", async () => {
  const room = newRoom();
  const [ann, ben] = [saving(room), saving(room, guest("Ben"))];
  await until("both are in", () => ann.provider.synced && ben.provider.synced);
  const fragment = (person: typeof ann) => person.doc.getXmlFragment("default");
  for (let round = 0; round < 5; round++) {
    for (const person of [ann, ben]) person.write(`round ${round}`);
    // Both remove the same line at once: the second of them is told nothing new, and is told nevertheless.
    for (const person of [ann, ben]) fragment(person).delete(0, 1);
    if (round === 2) ann.provider.disconnect();
    if (round === 3) ann.provider.connect();
    await until("Ben's are saved", ben.isSaved);
  }
  await until("all are saved", () => ann.isSaved() && ben.isSaved() && ann.text() === ben.text());
  for (const person of [ann, ben]) person.leave();
});

test("memory leaks (hocuspocus 954, 1156; y-websocket 145)", async () => {
  const server = await serve(url(), 0);
  const people = Array.from({ length: 8 }, (_, at) => visit(server.port, newRoom(), guest(`Person ${at}`)));
  await until("all are in", () => people.every(({ provider }) => provider.synced));
  for (const { write } of people) write("something");
  expect(server.collab.figures()).toMatchObject({ rooms: 8, sockets: 8 });
  for (const { leave } of people) leave();
  await until("nothing is kept", () => Object.values(server.collab.figures()).every((figure) => figure === 0));
  await server.collab.close();
  server.server.close();
});

test("dropped every 30 s (y-websocket 24): whoever says they are here is answered", async () => {
  const line = await rawSocket(running.port, newRoom(), headers());
  for (const clock of [1, 2, 3]) {
    const before = line.received.length;
    line.socket.send(protocol.presence([{ client: 9, clock, state: {} }]));
    await until("answered", () => line.received.slice(before).some((bytes) => bytes[0] === 1));
  }
  line.socket.close();
});

test("read-only leaks awareness (suitenumerique/docs PR 2544)", async () => {
  const room = newRoom();
  const ann = open(room);
  await until("Ann is in", () => ann.provider.synced);
  const reader = await rawSocket(running.port, room, headers(guest("Reader", "view")));
  const at = { type: null, tname: "default", item: null, assoc: 0 };
  const state = { cursor: { anchor: at, head: at }, secret: "what they look at", user: { name: "Ann" } };
  reader.socket.send(protocol.presence([{ client: 4711, clock: 1, state }]));
  const seen = () => ann.provider.awareness.getStates().get(4711);
  await until("seen", () => Boolean(seen()));
  expect(Object.keys(seen() ?? {}).sort()).toEqual(["cursor", "user"]);
  expect(seen()).toMatchObject({ user: { name: "Reader" }, cursor: null });
  reader.socket.close();
  ann.leave();
});

test("an overheard step 2 deletes content (hocuspocus 1151)", async () => {
  const room = newRoom();
  const ann = open(room);
  await until("Ann is in", () => ann.provider.synced);
  ann.write("stays");
  await until("stored", async () => (await stored(room)).includes("stays"));
  // Ann's next edits, removed by somebody before she writes them.
  const mallory = await rawSocket(running.port, room, headers(guest("Mallory")));
  const ahead = new Uint8Array([...new Uint8Array([0, 1]), ...varUint(ann.doc.clientID), 1, 0, ...varUint(100_000)]);
  mallory.socket.send(protocol.step2(ahead));
  expect(await mallory.closed).toBe(CLOSE.notYours);
  ann.write("and so does this");
  const ben = open(room, guest("Ben"));
  await until("Ben reads it", () => ben.text() === `${FIRST_WORDS}|stays|and so does this`);
  for (const person of [ann, ben]) person.leave();
});

function varUint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varUint(Math.floor(value / 128))];
}

test("unload races reconnect (hocuspocus 971)", async () => {
  const room = newRoom();
  const server = await serve(url(), 0, changed, 0);
  const expected = [FIRST_WORDS];
  for (let round = 0; round < 8; round++) {
    const person = visit(server.port, room, guest("Ann"));
    await until("in", () => person.provider.synced);
    expect(person.text()).toBe(expected.join("|"));
    person.write(`round ${round}`);
    expected.push(`round ${round}`);
    const watcher = visit(server.port, room, guest("Ben"));
    await until("seen", () => watcher.text() === expected.join("|"));
    // Gone and back in the moment in which the room is put away.
    for (const { leave } of [person, watcher]) leave();
  }
  expect(await stored(room)).toBe(expected.join("\n"));
  await server.collab.close();
  server.server.close();
});

test("one bad cursor wedges all rooms (yhub 61): a document that cannot be stored holds up no other", async () => {
  const [stuck, free] = [newRoom(), newRoom()];
  const [ann, ben] = [saving(stuck), saving(free, guest("Ben"))];
  await until("both are in", () => ann.provider.synced && ben.provider.synced);
  const holder = new pg.Client({ connectionString: adminUrl });
  await holder.connect();
  await holder.query("begin");
  await holder.query("select from collab_doc where room = $1 for update", [stuck]);
  ann.write("waits");
  ben.write("does not wait");
  await until("Ben's is saved", ben.isSaved);
  ben.write("nor does this");
  await until("Ben's is saved again", ben.isSaved);
  expect(ann.isSaved()).toBe(false);
  expect(await stored(stuck)).toBe(FIRST_WORDS);
  await holder.query("commit");
  await holder.end();
  await until("Ann's is saved", ann.isSaved);
  expect(await stored(stuck)).toContain("waits");
  for (const person of [ann, ben]) person.leave();
});

test("many small updates hang loading (hocuspocus 230, 805)", async () => {
  const room = newRoom();
  const words = Array.from({ length: 3_000 }, (_, at) => `${at}`);
  await made(room, written(words));
  const ann = open(room);
  await until("Ann is in", () => ann.provider.synced);
  expect(ann.text()).toBe([FIRST_WORDS, ...words].join("|"));
  // So long a log becomes a snapshot with the next edit, while people write.
  ann.write("next");
  await until("one snapshot", async () => (await rowsOf(room)).length <= 1);
  ann.write("after the snapshot");
  const ben = open(room, guest("Ben"));
  await until("Ben reads all", () => ben.text() === [FIRST_WORDS, ...words, "next", "after the snapshot"].join("|"));
  for (const person of [ann, ben]) person.leave();
});

test("compaction deletes unmerged rows", async () => {
  const store = createStore(url());
  const room = newRoom();
  const rows = written(["one", "two", "three"]);
  const id = await made(room, rows);
  // A snapshot of the first two, made while the others were stored.
  await store.compact(id, 2, Y.mergeUpdates(rows.slice(0, 2)));
  expect(await rowsOf(room)).toEqual([3, 4]);
  // One that was begun earlier and comes late changes nothing.
  await store.compact(id, 1, rows[0] ?? new Uint8Array());
  expect(await rowsOf(room)).toEqual([3, 4]);
  expect(await stored(room)).toBe([FIRST_WORDS, "one", "two", "three"].join("\n"));
  await store.end();
});

test("a joiner's delete set echoed", async () => {
  const room = newRoom();
  const ann = saving(room);
  await until("Ann is in", () => ann.provider.synced);
  ann.write("gone soon");
  ann.doc.getXmlFragment("default").delete(1, 1);
  ann.write("last");
  await until("saved", ann.isSaved);
  const listener = await rawSocket(running.port, room, headers(guest("Listener")));
  const rows = await rowsOf(room);
  for (const [at, name] of ["Ben", "Eve"].entries()) {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(ann.doc));
    const joiner = open(room, guest(name), doc);
    await until("in", () => joiner.provider.synced);
    joiner.write(`from ${name}`);
    await until("heard", () => edits(listener.received).length === at + 1);
    joiner.leave();
  }
  expect(await rowsOf(room)).toHaveLength(rows.length + 2);
  for (const bytes of edits(listener.received)) {
    const message = protocol.readMessage(bytes);
    expect("update" in message && Y.decodeUpdate(message.update).ds.clients.size).toBe(0);
  }
  listener.socket.close();
  ann.leave();
});

test("no re-authentication on reconnect (hocuspocus 566)", async () => {
  const room = newRoom();
  const line = await rawSocket(running.port, room, headers(guest("Leaver")));
  expect(line.status).toBe(101);
  line.socket.close();
  changed.set("id-of-Leaver", "none");
  expect((await rawSocket(running.port, room, headers(guest("Leaver")))).status).toBe(404);
  changed.delete("id-of-Leaver");
});

test("a part that cannot be read: the document stays as it was before it, read-only, and others are fine", async () => {
  const room = newRoom();
  const rows = written(["good", "bad", "behind it"]);
  await made(
    room,
    rows.map((row, at) => (at === 2 ? new Uint8Array([1, 2, 3]) : row)),
  );
  const ann = open(room);
  await until("Ann reads the good part", () => ann.text() === `${FIRST_WORDS}|good`);
  const line = await rawSocket(running.port, room, headers());
  await until("told why", () => line.received.some((bytes) => bytes[0] === 2 && Buffer.from(bytes).includes(DAMAGED)));
  ann.write("not taken");
  line.socket.close();
  const other = open(newRoom(), guest("Ben"));
  await until("others are fine", () => other.provider.synced);
  const ben = open(room, guest("Ben"));
  await until("Ben is in", () => ben.provider.synced);
  expect(ben.text()).toBe(`${FIRST_WORDS}|good`);
  for (const person of [ann, ben, other]) person.leave();
  // Nothing of it was thrown away or written over.
  expect(await rowsOf(room)).toEqual([1, 2, 3, 4]);
});

test("a client id stays its owner's when the document was put away and in other processes", async () => {
  const room = newRoom();
  const first = await serve(url(), 0, changed, 0);
  const ann = visit(first.port, room, guest("Ann"));
  await until("Ann is in", () => ann.provider.synced);
  ann.write("mine");
  await until("stored", async () => (await stored(room)).includes("mine"));
  ann.provider.disconnect();
  await until("put away", () => first.collab.figures().rooms === 0);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(ann.doc));
  const before = Y.encodeStateVector(doc);
  doc.clientID = ann.doc.clientID;
  doc.getXmlFragment("default").insert(0, [new Y.XmlText("forged")]);
  const forged = protocol.update(Y.encodeStateAsUpdate(doc, before));
  for (const port of [first.port, running.port]) {
    const mallory = await rawSocket(port, room, headers(guest("Mallory")));
    mallory.socket.send(forged);
    expect(await mallory.closed).toBe(CLOSE.notYours);
  }
  ann.write("and mine again");
  ann.provider.connect();
  await until("stored", async () => (await stored(room)).includes("and mine again"));
  ann.leave();
  await first.collab.close();
  first.server.close();
});

test("two processes that store the same documents at once leave no hole and no sequence number twice", async () => {
  const ids = await Promise.all([1, 2, 3].map(() => made(newRoom(), written([]))));
  const stores = [createStore(url()), createStore(url())];
  const append = async (store: CollabStore, order: readonly string[]) => {
    for (let round = 0; round < 40; round++) {
      await store.append(
        order.map((id) => ({
          id,
          payload: new Uint8Array([0, 0]),
          authors: [{ client: round, person: "somebody" }],
          project: null,
        })),
      );
    }
  };
  await Promise.all(stores.map((store, at) => append(store, at === 0 ? ids : [...ids].reverse())));
  const logs = await asSuperuser<{ rows: string; last: string; head: string }>(
    `select count(l.seq) as rows, max(l.seq) as last, min(d.head) as head
       from collab_doc d join collab_log l on l.doc = d.id where d.id = any ($1::bigint[]) group by d.id`,
    [ids],
  );
  expect(logs).toEqual(ids.map(() => ({ rows: "81", last: "81", head: "81" })));
  for (const store of stores) await store.end();
});

test("a slow reader is sent away, and costs no more memory than its limit", async () => {
  const server = await serve(url(), 0);
  const room = newRoom();
  const ann = visit(server.port, room, guest("Ann"));
  await until("Ann is in", () => ann.provider.synced);
  ann.write("x".repeat(900_000));
  await until("stored", async () => (await stored(room)).length > 900_000);
  const slow = await rawSocket(server.port, room, headers(guest("Slow")));
  slow.socket.pause();
  for (let asked = 0; asked < 60; asked++) slow.socket.send(protocol.step1(new Uint8Array([0])));
  await until("sent away", () => server.collab.figures().sockets === 1);
  slow.socket.terminate();
  ann.leave();
  await server.collab.close();
  server.server.close();
});
