import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import * as Y from "yjs";
import { Line } from "./line";
import { enter, quiet, until } from "./room";
import type { Running, Server } from "./servers";
import { Arrivals, byClient, percentile, Writer } from "./writer";

const TRACE = fileURLToPath(new URL("../../../shared/vectors/editing-trace.json.gz", import.meta.url));
const IN_ONE_MESSAGE = 1_000;

export type Text = { name: string; updates: Uint8Array[]; length: number };

/** A large text as the messages that wrote it: a real session of writing where its trace is at hand, else one made up. */
export function largeText(file = TRACE): Text {
  const doc = new Y.Doc();
  const text = doc.getText("t");
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const patches = existsSync(file) ? traced(file) : madeUp();
  for (let at = 0; at < patches.length; at += IN_ONE_MESSAGE) {
    doc.transact(() => {
      for (const [place, removed, inserted] of patches.slice(at, at + IN_ONE_MESSAGE)) {
        if (removed > 0) text.delete(place, removed);
        if (inserted) text.insert(place, inserted);
      }
    });
  }
  return { name: `${patches.length} edits, ${existsSync(file) ? "traced" : "made up"}`, updates, length: text.length };
}

type Patch = readonly [number, number, string];

function traced(file: string): Patch[] {
  const trace = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as {
    startContent: string;
    txns: { patches: Patch[] }[];
  };
  const patches = trace.txns.flatMap((txn) => txn.patches);
  return trace.startContent ? [[0, 0, trace.startContent], ...patches] : patches;
}

/** Words typed and words taken back, here and there, the same each time. */
function madeUp(): Patch[] {
  const patches: Patch[] = [];
  let [length, seed] = [0, 1];
  for (let at = 0; patches.length < 260_000; at++) {
    seed = (seed * 48_271) % 2_147_483_647;
    const place = at % 40 === 0 ? seed % (length + 1) : length;
    const removes = at % 3 === 0 && place < length;
    patches.push(removes ? [place, 1, ""] : [place, 0, "e"]);
    length += removes ? -1 : 1;
  }
  return patches;
}

const median = (values: readonly number[]) => percentile(values, 0.5);

/** Opening a large document: cold, in a new process, and a hundred times at once. */
export async function openings(server: Server, large: Text): Promise<{ cold: number | null; hundred: number }> {
  const room = server.room();
  let running = await server.start();
  const [writer] = await enter(server, running.port, room, 1);
  for (const update of large.updates) writer?.write(writer.update(update));
  let whole = -1;
  // A server that has much to take in is silent for a while, too.
  for (const end = performance.now() + 60_000; whole !== large.length; await pause(200)) {
    if (performance.now() > end) throw new Error(`the document has ${whole} letters of ${large.length}`);
    whole = await enterAndRead(server, running, room);
  }
  await writer?.close();
  const cold: number[] = [];
  const hundred: number[] = [];
  for (let round = 0; round < 3; round++) {
    if (server.keeps) {
      // Stored, and put away, by then.
      await pause(3_000);
      await running.kill();
      running = await server.start();
      const line = await Line.open(running.port, server.dialect, room, "first");
      cold.push((await line.sync()).ms);
      await line.close();
      await pause(3_000);
      await running.kill();
      running = await server.start();
    }
    const lines = await Promise.all(
      Array.from({ length: 100 }, (_, at) => Line.open(running.port, server.dialect, room, `person ${at}`)),
    );
    const began = performance.now();
    await Promise.all(lines.map((line) => line.sync()));
    hundred.push(performance.now() - began);
    await Promise.all(lines.map((line) => line.close()));
  }
  const stays = await enterAndRead(server, running, room);
  await running.kill();
  if (stays !== large.length) throw new Error(`the document came back with ${stays} letters of ${large.length}`);
  return { cold: server.keeps ? median(cold) : null, hundred: median(hundred) };
}

async function enterAndRead(server: Server, running: Running, room: string): Promise<number> {
  const line = await Line.open(running.port, server.dialect, room, "reader");
  const doc = new Y.Doc();
  for (const part of (await line.sync()).parts) Y.applyUpdate(doc, part);
  await line.close();
  return doc.getText("t").length;
}

type Idle = { document: number; line: number };

/** Kilobytes of memory for a document that one person has open, without that person's line, and for a line. */
export async function idle(server: Server, documents: number, connections: number): Promise<Idle> {
  const rounds: Idle[] = [];
  // A process takes its memory in pieces that are larger than what is weighed.
  for (let round = 0; round < 3; round++) rounds.push(await idleOnce(server, documents, connections));
  return { document: median(rounds.map((one) => one.document)), line: median(rounds.map((one) => one.line)) };
}

async function idleOnce(server: Server, documents: number, connections: number): Promise<Idle> {
  const running = await server.start();
  const doc = new Y.Doc();
  const text = doc.getText("t");
  for (let at = 0; at < 150; at++) text.insert((at * 7_919) % (text.length + 1), "some words ");
  const content = Y.encodeStateAsUpdate(doc);
  const open = async (count: number) => {
    for (let at = 0; at < count; at += 10) {
      await Promise.all(
        Array.from({ length: Math.min(10, count - at) }, async (_, more) => {
          const [line] = await enter(server, running.port, server.room(), 1);
          line?.write(line.update(content));
          return more;
        }),
      );
    }
  };
  // What is there only once is there before anything is weighed.
  await open(100);
  const one = server.room();
  await enter(server, running.port, one, 50);
  await pause(1_500);
  const empty = await running.memory();
  await enter(server, running.port, one, connections);
  const full = await running.memory();
  await open(documents);
  await pause(1_500);
  const many = await running.memory();
  await running.kill();
  const line = (full - empty) / connections;
  return { line, document: (many - full) / documents - line };
}

/** Kills the server while five people type. Out: what others had seen, and what of it is gone after it came back. */
export async function kills(server: Server, rounds: number): Promise<{ seen: number; lost: number }> {
  let [seen, lost] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    const room = server.room();
    const running = await server.start();
    const lines = await enter(server, running.port, room, 6);
    const writers = lines.slice(0, 5).map((line) => new Writer(line));
    const known = byClient(writers);
    const watcher = new Arrivals(known);
    lines.at(-1)?.listen(({ step, body }, at) => step > 0 && watcher.take(body, at));
    const end = performance.now() + 3_000 + round * 700;
    while (performance.now() < end) {
      for (const writer of writers) writer.line.write(writer.next());
      await pause(9);
    }
    await running.kill();
    await pause(100);
    const again = await server.start();
    const line = await Line.open(again.port, server.dialect, room, "afterwards");
    const there = new Arrivals(known);
    for (const part of (await line.sync()).parts) there.take(part, 0);
    seen += watcher.count;
    for (const { client } of writers) lost += Math.max(0, watcher.endOf(client) - there.endOf(client));
    await again.kill();
  }
  return { seen, lost };
}

export type Growth = { megabytes: number; walPerEdit: number | null; cpuPerEdit: number; otherP99: number };

/** What an edit costs in a small and in a large document, and how long somebody in another document waits meanwhile. */
export async function growth(
  server: Server,
  megabytes: readonly number[],
  seconds: number,
  wal: () => Promise<number>,
): Promise<Growth[]> {
  const running = await server.start();
  const room = server.room();
  const lines = await enter(server, running.port, room, 3);
  const others = await enter(server, running.port, server.room(), 2);
  const [, filler] = lines;
  const doc = new Y.Doc();
  doc.on("update", (update: Uint8Array) => filler?.write(filler.update(update)));
  const results: Growth[] = [];
  for (const size of megabytes) {
    while (doc.getText("t").length < size * 2 ** 20) {
      // Written as people write: many short pieces, none of which can be put together with the one before.
      doc.transact(() => {
        for (let at = 0; at < 1_000; at++) doc.getText("t").insert(0, randomBytes(30).toString("base64"));
      });
      await pause(30);
    }
    await quiet([...lines, ...others]);
    results.push({ megabytes: size, ...(await oneSize(running, server, lines, others, seconds, wal)) });
  }
  await running.kill();
  return results;
}

async function oneSize(
  running: Running,
  server: Server,
  lines: readonly Line[],
  others: readonly Line[],
  seconds: number,
  wal: () => Promise<number>,
): Promise<Omit<Growth, "megabytes">> {
  const here = lines.slice(0, 1).map((line) => new Writer(line));
  const there = others.slice(0, 1).map((line) => new Writer(line));
  const [seen, other] = [new Arrivals(byClient(here)), new Arrivals(byClient(there))];
  lines.at(-1)?.listen(({ step, body }, at) => step > 0 && seen.take(body, at));
  others.at(-1)?.listen(({ step, body }, at) => step > 0 && other.take(body, at));
  const [walBefore, cpuBefore] = [await wal(), running.cpu()];
  const edits = seconds * 20;
  for (let at = 0; at < edits; at++) {
    for (const writer of [...here, ...there]) writer.line.write(writer.next());
    await pause(50);
  }
  await until("everything came", () => seen.count >= edits && other.count >= edits);
  const [walAfter, cpuAfter] = [await wal(), running.cpu()];
  lines.at(-1)?.listen(null);
  others.at(-1)?.listen(null);
  const cpu = cpuAfter.app + cpuAfter.database - cpuBefore.app - cpuBefore.database;
  return {
    walPerEdit: server.keeps ? (walAfter - walBefore) / (edits * 2) : null,
    cpuPerEdit: cpu / (edits * 2),
    otherP99: percentile(other.latencies, 0.99),
  };
}
