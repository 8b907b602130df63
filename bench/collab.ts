import { parseArgs } from "node:util";
import { type Growth, growth, idle, kills, largeText, openings } from "./live/documents";
import { startPair } from "./live/faults";
import { type Drive, drive, enter, flood } from "./live/room";
import { type Bench, prepare, type Running, type Server } from "./live/servers";
import { judged, type Results, resultText } from "./live/targets";
import { machine, writeResult } from "./report";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    trace: { type: "string" },
  },
});

const LINES = 100;
const LATE_MS = 100;
const WHOLE = {
  flood: 750,
  intake: 1_500,
  step: 3,
  moderate: 8,
  documents: 800,
  connections: 1_000,
  kills: 3,
  growth: 12,
};
const QUICK = { flood: 100, intake: 300, step: 1, moderate: 2, documents: 50, connections: 100, kills: 1, growth: 2 };
const size = options.quick ? QUICK : WHOLE;
const parts = new Set((options.only ?? "saturation,ramp,moderate,across,intake,open,idle,growth,kill").split(","));
const say = (line: string) => console.error(line);

/** Every part has a server and a room of its own. */
async function inRoom<Result>(
  server: Server,
  count: number,
  work: (running: Running, lines: Awaited<ReturnType<typeof enter>>) => Promise<Result>,
): Promise<Result> {
  const running = await server.start();
  try {
    const lines = await enter(server, running.port, server.room(), count);
    await drive(running, lines, { writers: 5, rate: 200, seconds: 1 });
    return await work(running, lines);
  } finally {
    await running.kill();
  }
}

/** As at moderate load in one process, by people at one of two processes for people at the other. */
async function across(server: Server, url: string): Promise<Drive> {
  const pair = await startPair(url);
  try {
    const [room, [here = 0, there = 0]] = [server.room(), pair.ports];
    const lines = [...(await enter(server, here, room, 10)), ...(await enter(server, there, room, 28))];
    const uncounted = { cpu: () => ({ app: 0, database: 0 }) };
    await drive(uncounted, lines, { writers: 10, rate: 200, seconds: 1 });
    return await drive(uncounted, lines, { writers: 10, rate: 500, seconds: size.moderate });
  } finally {
    await pair.end();
  }
}

/** Ever more, until somebody waits longer than a tenth of a second. Out: the most that went well. */
async function ramp(running: Running, lines: Awaited<ReturnType<typeof enter>>): Promise<Drive[]> {
  const steps: Drive[] = [];
  for (let rate = 500; rate < 17_500; rate *= 1.2) {
    const step = await drive(running, lines, { writers: 50, rate, seconds: size.step });
    steps.push(step);
    if (step.p95 > LATE_MS || !step.complete) break;
  }
  return steps;
}

async function measure(
  server: Server,
  large: ReturnType<typeof largeText> | null,
  { url, wal }: Pick<Bench, "url" | "wal">,
) {
  const result: Results = { server: server.name };
  const part = async <Name extends keyof Results>(name: Name, work: () => Promise<Results[Name]>) => {
    if (!parts.has(name)) return;
    say(`${server.name}: ${name}`);
    try {
      result[name] = await work();
    } catch (error) {
      // What one server cannot do is a result, too; the other parts go on.
      const why = error instanceof Error ? error.message : String(error);
      failures.push(`${server.name}, ${name}: ${why}`);
      say(`  ${why}`);
    }
  };
  await part("saturation", () =>
    inRoom(server, LINES, (running, lines) => flood(running, lines, { writers: 20, edits: size.flood })),
  );
  await part("ramp", () => inRoom(server, LINES, ramp));
  await part("moderate", () =>
    inRoom(server, 38, async (running, lines) => {
      // What a server costs while it works, not what compiling it costs at first.
      await drive(running, lines, { writers: 10, rate: 500, seconds: size.moderate });
      return drive(running, lines, { writers: 10, rate: 500, seconds: size.moderate });
    }),
  );
  if (server.name === "Tandem") await part("across", () => across(server, url));
  await part("intake", () =>
    inRoom(server, 21, (running, lines) => flood(running, lines, { writers: 20, edits: size.intake })),
  );
  if (large) await part("open", () => openings(server, large));
  await part("idle", () => idle(server, size.documents, size.connections));
  await part("growth", (): Promise<Growth[]> => growth(server, [0, 7.5], size.growth, wal));
  await part("kill", () => kills(server, size.kills));
  return result;
}

const bench = await prepare();
process.once("SIGINT", () => void bench.end().finally(() => process.exit(130)));
const results: Results[] = [];
const failures: string[] = [];
const large = parts.has("open") ? largeText(options.trace) : null;
try {
  for (const server of bench.servers) results.push(await measure(server, large, bench));
} finally {
  await bench.end();
}
const text = [
  `${new Date().toISOString().slice(0, 10)}, ${machine()}; ${LINES} lines a room${large ? `; large document: ${large.name}` : ""}${options.quick ? "; a quick look" : ""}.`,
  "",
  resultText(results),
  ...failures.map((failure) => `\nNot measured: ${failure}.`),
].join("\n");
if (options.write) writeResult("collab", text);
console.log(
  options.json ? JSON.stringify({ machine: machine(), results, failures, targets: judged(results) }, null, 2) : text,
);
