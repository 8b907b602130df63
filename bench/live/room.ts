import { setTimeout as pause } from "node:timers/promises";
import { Line } from "./line";
import type { Running, Server } from "./servers";
import { Arrivals, byClient, percentile, Writer } from "./writer";

const AT_ONCE = 25;
const TICK_MS = 4;
/** Readers whose every message is read as it comes. */
const PROBES = 3;

let people = 0;

/** Opens that many lines into a room, each by a person of its own, who has the whole document then. */
export async function enter(server: Server, port: number, room: string, count: number): Promise<Line[]> {
  const lines: Line[] = [];
  while (lines.length < count) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - lines.length) }, async () => {
      const line = await Line.open(port, server.dialect, room, `person ${people++}`);
      await line.sync();
      return line;
    });
    lines.push(...(await Promise.all(batch)));
  }
  return lines;
}

export async function until(what: string, holds: () => boolean, seconds = 60): Promise<void> {
  for (const end = performance.now() + seconds * 1_000; !holds(); await pause(5)) {
    if (performance.now() > end) throw new Error(`never: ${what}`);
  }
}

/** Resolves when nothing has come over these lines for a while. */
export async function quiet(lines: readonly Line[]): Promise<void> {
  const last = () => Math.max(...lines.map(({ lastAt }) => lastAt));
  while (performance.now() - last() < 400) await pause(50);
}

export type Drive = {
  /** Edits a second, times the lines they went to. */
  delivered: number;
  p50: number;
  p95: number;
  p99: number;
  /** Everything came to everybody in time. */
  complete: boolean;
  /** Milliseconds a thousand delivered. */
  cpu: { app: number; database: number };
};

/** Has letters typed at an even rate for so many seconds, by `writers` of the lines, the first ones. */
export async function drive(
  running: Pick<Running, "cpu">,
  lines: readonly Line[],
  { writers: count, rate, seconds }: { writers: number; rate: number; seconds: number },
): Promise<Drive> {
  const writers = lines.slice(0, count).map((line) => new Writer(line));
  const probes = lines.slice(-PROBES);
  const arrivals = probes.map((line) => {
    const seen = new Arrivals(byClient(writers));
    line.listen(({ step, body }, at) => step > 0 && seen.take(body, at));
    return seen;
  });
  const bytesBefore = lines.map(({ bytes }) => bytes);
  const cpuBefore = running.cpu();
  const began = performance.now();
  const wanted = Math.floor(rate * seconds);
  for (let sent = 0; sent < wanted; await pause(TICK_MS)) {
    const due = Math.min(wanted, Math.floor(((performance.now() - began) / 1_000) * rate));
    for (; sent < due; sent++) {
      const writer = writers[sent % writers.length];
      writer?.line.write(writer.next());
    }
  }
  await until("everything came", () => arrivals.every(({ count: came }) => came >= wanted), 20).catch(() => undefined);
  const took = (Math.max(...probes.map(({ lastAt }) => lastAt)) - began) / 1_000;
  await quiet(lines);
  const cpuAfter = running.cpu();
  for (const line of probes) line.listen(null);
  // Readers are all sent the same, so whoever got as much as a probe got everything.
  const got = lines.map(({ bytes }, at) => bytes - (bytesBefore[at] ?? 0)).slice(count);
  const complete = arrivals.every(({ count: came }) => came === wanted) && got.every((bytes) => bytes === got.at(-1));
  const latencies = arrivals.flatMap(({ latencies: ms }) => ms);
  const thousands = (wanted * lines.length) / 1_000;
  return {
    delivered: (wanted * lines.length) / took,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    complete,
    cpu: {
      app: (cpuAfter.app - cpuBefore.app) / thousands,
      database: (cpuAfter.database - cpuBefore.database) / thousands,
    },
  };
}

/** Has everything typed at once. Out: how much a second reached everybody, and what it cost. */
export async function flood(
  running: Running,
  lines: readonly Line[],
  { writers: count, edits }: { writers: number; edits: number },
): Promise<{ edits: number; delivered: number; cpu: { app: number; database: number } }> {
  const writers = lines.slice(0, count).map((line) => new Writer(line));
  const [probe] = lines.slice(-1);
  if (!probe) throw new Error("nobody reads");
  const seen = new Arrivals(byClient(writers));
  probe.listen(({ step, body }, at) => step > 0 && seen.take(body, at));
  for (const line of lines) line.keep();
  const cpuBefore = running.cpu();
  const began = performance.now();
  for (let sent = 0; sent < edits; sent += 50) {
    for (const writer of writers) {
      writer.line.write(Buffer.concat(Array.from({ length: Math.min(50, edits - sent) }, () => writer.next())));
    }
    // The line takes them in the meantime.
    await pause(0);
  }
  await until("everything came", () => seen.count >= edits * count, 120);
  await quiet(lines);
  const cpuAfter = running.cpu();
  probe.listen(null);
  const ends = lines.map((line) => {
    const own = new Arrivals(byClient(writers));
    let end = Number.POSITIVE_INFINITY;
    line.replay(({ step, body }, at) => {
      if (step === 0) return;
      own.take(body, at);
      if (own.count === edits * count) end = Math.min(end, at);
    });
    return end;
  });
  const took = (Math.max(...ends) - began) / 1_000;
  if (!Number.isFinite(took)) throw new Error("somebody did not get everything");
  const thousands = (edits * count * lines.length) / 1_000;
  return {
    edits: (edits * count) / took,
    delivered: (thousands * 1_000) / took,
    cpu: {
      app: (cpuAfter.app - cpuBefore.app) / thousands,
      database: (cpuAfter.database - cpuBefore.database) / thousands,
    },
  };
}
