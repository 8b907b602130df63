import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import * as Y from "yjs";
import { asSuperuser } from "../../tests/database";
import { readRichText } from "./collab.server";
import { guest, textOf, until, visit } from "./collab-people.fixture";
import { FIRST_WORDS } from "./collab-server.fixture";
import { plainText } from "./rich-text-plain";
import { briefRoom } from "./room";
import { readReceipts } from "./ui/receipts";
import { Unconfirmed } from "./ui/unconfirmed";

const FIXTURE = fileURLToPath(new URL("./collab-server.fixture.ts", import.meta.url));
const url = () => process.env.JOBS_DATABASE_URL ?? "";
const children = new Set<ChildProcess>();

/** A live editing server in a process of its own; resolves with its port when it listens. */
async function start(port = 0) {
  const child = spawn(process.execPath, ["--import", "tsx", FIXTURE, url(), String(port)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.add(child);
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const end = async (signal: NodeJS.Signals) => {
    const ended = once(child, "exit");
    child.kill(signal);
    const [code] = (await ended) as [number | null];
    children.delete(child);
    return code;
  };
  return { port: Number(line.toString()), end };
}

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
});

/** Somebody who writes numbered words without pause, and remembers which of them were called saved. */
function writer(port: number, room: string, name: string) {
  const person = visit(port, room, guest(name));
  const unconfirmed = new Unconfirmed();
  const written: string[] = [];
  let saved = 0;
  readReceipts(person.provider, unconfirmed, () => {
    if (!unconfirmed.any) saved = written.length;
  });
  const timer = setInterval(() => {
    if (!person.provider.synced && written.length === 0) return;
    const word = `${name}-${written.length}`;
    written.push(word);
    person.write(word);
  }, 4);
  return {
    ...person,
    written,
    saved: () => written.slice(0, saved),
    isSaved: () => !unconfirmed.any,
    stop: () => clearInterval(timer),
  };
}

const storedWords = async (room: string) => new Set(plainText((await readRichText(room))?.doc ?? none()).split("\n"));
const none = (): never => {
  throw new Error("the room was never opened");
};

test("killed again and again under load: nothing that was seen or called saved is lost, and all converges", async () => {
  const room = briefRoom(randomUUID());
  let server = await start();
  const { port } = server;
  const writers = ["Ann", "Ben", "Eve"].map((name) => writer(port, room, name));
  const watcher = visit(port, room, guest("Watcher", "view"));
  for (let round = 0; round < 3; round++) {
    await until("somebody writes", () => writers.every(({ saved }) => saved().length > 20 * (round + 1)));
    await pause(150 * round);
    await server.end("SIGKILL");
    const seen = textOf(watcher.doc).split("|");
    const promised = writers.flatMap(({ saved }) => saved());
    const stored = await storedWords(room);
    expect(seen.length).toBeGreaterThan(20);
    expect(seen.filter((word) => !stored.has(word))).toEqual([]);
    expect(promised.filter((word) => !stored.has(word))).toEqual([]);
    // Everybody goes on writing while nobody listens.
    await pause(200);
    server = await start(port);
  }
  for (const { stop } of writers) stop();
  await until("everything is saved", () => writers.every(({ isSaved }) => isSaved()), 15_000);
  const everybody = [...writers, watcher];
  await until("all are equal", () => everybody.every(({ text }) => text() === watcher.text()));
  const words = watcher.text().split("|");
  const expected = [FIRST_WORDS, ...writers.flatMap(({ written }) => written)];
  expect([...words].sort()).toEqual([...expected].sort());
  for (const { leave } of everybody) leave();
  await server.end("SIGKILL");
}, 60_000);

test("a room put away is one snapshot, reads as before, and takes new words", async () => {
  const room = briefRoom(randomUUID());
  const server = await start();
  const ann = writer(server.port, room, "Ann");
  await until("Ann wrote", () => ann.saved().length > 50);
  ann.stop();
  await until("saved", ann.isSaved);
  const text = ann.text();
  ann.leave();
  const rows = () =>
    asSuperuser<{ log: string; snapshots: string }>(
      `select (select count(*) from collab_log l where l.doc = d.id) as log,
              (select count(*) from collab_snapshot s where s.doc = d.id) as snapshots
         from collab_doc d where room = $1`,
      [room],
    );
  await until("put away", async () => (await rows())[0]?.log === "0");
  expect((await rows())[0]).toEqual({ log: "0", snapshots: "1" });
  const ben = visit(server.port, room, guest("Ben"));
  await until("Ben reads", () => ben.provider.synced);
  expect(ben.text()).toBe(text);
  ben.write("afterwards");
  await until("stored", async () => (await storedWords(room)).has("afterwards"));
  expect((await rows())[0]).toEqual({ log: "1", snapshots: "1" });
  ben.leave();
  await server.end("SIGKILL");
});

test("told to stop, it stores what waits, sends everybody off with 1012 and is gone within five seconds", async () => {
  const room = briefRoom(randomUUID());
  const server = await start();
  const ann = writer(server.port, room, "Ann");
  const codes: number[] = [];
  ann.provider.on("connection-close", (event) => event && codes.push(event.code));
  await until("Ann wrote", () => ann.saved().length > 20);
  const since = Date.now();
  expect(await server.end("SIGTERM")).toBe(0);
  expect(Date.now() - since).toBeLessThan(5_000);
  ann.stop();
  expect(codes[0]).toBe(1012);
  const stored = await storedWords(room);
  expect(ann.saved().filter((word) => !stored.has(word))).toEqual([]);
  ann.leave();
});

test("seeding a brief twice, by two servers at once, puts its first words there once", async () => {
  const room = briefRoom(randomUUID());
  const servers = await Promise.all([start(), start()]);
  const people = servers.map(({ port }, at) => visit(port, room, guest(`Person ${at}`)));
  await until("both read", () => people.every(({ provider }) => provider.synced));
  const [one, two] = people.map(({ doc }) => Y.encodeStateAsUpdate(doc));
  expect(one).toEqual(two);
  // What one server stores, the other takes over with its own next edit, and loses nothing of either.
  people[0]?.write("by the first");
  await until("stored", async () => (await storedWords(room)).has("by the first"));
  people[1]?.write("by the second");
  await until("met", () => ["by the first", "by the second"].every((words) => people[1]?.text().includes(words)));
  const stored = await storedWords(room);
  expect([...stored].sort()).toEqual([FIRST_WORDS, "by the first", "by the second"].sort());
  for (const person of people) person.leave();
  for (const server of servers) await server.end("SIGKILL");
});
