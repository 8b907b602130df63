import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openDatabase } from "./live/database";
import { msUntil, type Pair, startPair, storedWords } from "./live/faults";
import { Typist } from "./live/typist";
import { machine, table, writeResult } from "./report";

const { values: options } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});

const KILLS = Number(options.kills);
const BACK_WITHIN_MS = 5_000;
const IN_ONE_ROOM = 10;
const EVERY_MS = 20;

type Kind = "a process killed" | "PostgreSQL killed" | "Redis killed" | "a process stopped for a while";
type Fate = {
  kind: Kind;
  confirmed: number;
  /** Of what was confirmed to its author, and of what somebody else saw: missing from the database. */
  lostConfirmed: number;
  lostSeen: number;
  /** Until what was hit runs again. */
  awayMs: number;
  /** Until everybody who was hit had a word confirmed that was typed afterwards; null: never. */
  backMs: number | null;
  /** The longest that those who were not hit waited for a confirmation meanwhile. */
  othersMs: number;
};

let seed = Number(options.seed);
/** The same faults at the same moments, each time. */
const random = () => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
};

const say = (line: string) => console.error(line);

/** Five people in one room: two who type at each process, and one at each who only reads. */
async function people(pair: Pair, room: string): Promise<{ typists: Typist[]; readers: Typist[] }> {
  const at = (side: number, name: string) => new Typist(side, pair.ports[side] ?? 0, room, name);
  const typists = [at(0, "Ann"), at(0, "Ben"), at(1, "Eve"), at(1, "Ivo")];
  const readers = [at(0, "Mia"), at(1, "Noa")];
  const all = [...typists, ...readers];
  if ((await msUntil(performance.now(), () => all.every(({ isIn }) => isIn))) === null)
    throw new Error("nobody came in");
  return { typists, readers };
}

type Scene = { pair: Pair; room: string; typists: Typist[]; readers: Typist[] };
type Blow = { hit: readonly number[]; strike(): Promise<void>; mend(): Promise<void> };

function blowOf(kind: Kind, pair: Pair, database: Awaited<ReturnType<typeof openDatabase>>): Blow {
  const at = random() < 0.5 ? 0 : 1;
  const nothing = async () => undefined;
  switch (kind) {
    case "a process killed":
      return { hit: [at], strike: () => pair.kill(at), mend: () => pair.start(at) };
    case "PostgreSQL killed":
      return { hit: [0, 1], strike: () => database.killAndStart(), mend: nothing };
    case "Redis killed":
      return { hit: [0, 1], strike: () => pair.redis.kill(), mend: () => pair.redis.start() };
    case "a process stopped for a while":
      return {
        hit: [at],
        strike: async () => {
          pair.freeze(at);
          await pause(1_000 + random() * 2_000);
        },
        mend: async () => {
          pair.thaw(at);
        },
      };
  }
}

async function suffer(scene: Scene, kind: Kind, database: Awaited<ReturnType<typeof openDatabase>>): Promise<Fate> {
  const { pair, room, typists, readers } = scene;
  await pause(200 + random() * 700);
  for (const typist of typists) typist.longest = 0;
  const blow = blowOf(kind, pair, database);
  const began = performance.now();
  await blow.strike();
  const confirmed = typists.flatMap((typist) => typist.words.slice(0, typist.saved));
  const seen = readers.flatMap((reader) => reader.read());
  const stored = await storedWords(database, room);
  const mendedFrom = kind === "a process stopped for a while" ? performance.now() : began;
  await blow.mend();
  const awayMs = performance.now() - began;
  const hit = typists.filter(({ at }) => blow.hit.includes(at));
  const marks = new Map(hit.map((typist) => [typist, typist.words.length]));
  const backMs = await msUntil(mendedFrom, () => hit.every((typist) => typist.saved > (marks.get(typist) ?? 0)));
  return {
    kind,
    confirmed: confirmed.length,
    lostConfirmed: confirmed.filter((word) => !stored.has(word)).length,
    lostSeen: seen.filter((word) => !stored.has(word)).length,
    awayMs,
    backMs,
    othersMs: Math.max(0, ...typists.filter(({ at }) => !blow.hit.includes(at)).map(({ longest }) => longest)),
  };
}

/** Everybody stops typing. Out: what is wrong with the room then, in words; empty when everything is as it should be. */
async function settled({ typists, readers }: Scene): Promise<string[]> {
  for (const typist of typists) typist.rest();
  const everybody = [...typists, ...readers];
  const wrong: string[] = [];
  if ((await msUntil(performance.now(), () => typists.every(({ isSaved }) => isSaved))) === null)
    wrong.push("not all was saved");
  const one = () => readers[0]?.read().join("|");
  if ((await msUntil(performance.now(), () => everybody.every((person) => person.read().join("|") === one()))) === null)
    wrong.push("not all are equal");
  const times = new Map<string, number>();
  for (const word of readers[0]?.read() ?? []) times.set(word, (times.get(word) ?? 0) + 1);
  const missing = typists.flatMap(({ words }) => words).filter((word) => !times.has(word)).length;
  const doubled = [...times.values()].filter((count) => count > 1).length;
  if (missing > 0) wrong.push(`${missing} words are missing`);
  if (doubled > 0) wrong.push(`${doubled} words stand there twice`);
  return wrong;
}

/** Every tenth kill is followed by one of each other kind. */
function* plan(): Generator<Kind[]> {
  for (let kills = 0; kills < KILLS; kills += IN_ONE_ROOM) {
    yield [
      ...Array.from({ length: Math.min(IN_ONE_ROOM, KILLS - kills) }, (): Kind => "a process killed"),
      "PostgreSQL killed",
      "Redis killed",
      "a process stopped for a while",
    ];
  }
}

const fates: Fate[] = [];
const wrong: string[] = [];
let words = 0;
const database = await openDatabase();
const pair = await startPair(database.url("portal_jobs", "tandem"));
const end = async () => {
  await pair.end();
  await database.end();
};
process.once("SIGINT", () => void end().finally(() => process.exit(130)));
try {
  for (const kinds of plan()) {
    const room = `idea:${randomUUID()}:brief`;
    const scene = { pair, room, ...(await people(pair, room)) };
    for (const typist of scene.typists) typist.type(EVERY_MS);
    for (const kind of kinds) fates.push(await suffer(scene, kind, database));
    wrong.push(...(await settled(scene)));
    words += scene.typists.reduce((sum, { words: typed }) => sum + typed.length, 0);
    for (const person of [...scene.typists, ...scene.readers]) person.leave();
    say(`${fates.length} faults, ${words} words, ${wrong.length} rooms with something wrong`);
  }
} finally {
  await end();
}

const kinds = [...new Set(fates.map(({ kind }) => kind))];
const rows = kinds.map((kind) => {
  const of = fates.filter((fate) => fate.kind === kind);
  const sum = (figure: (fate: Fate) => number) => of.reduce((total, fate) => total + figure(fate), 0);
  const backs = of.map(({ backMs }) => backMs ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  return [
    kind,
    of.length,
    sum(({ confirmed }) => confirmed),
    sum(({ lostConfirmed }) => lostConfirmed),
    sum(({ lostSeen }) => lostSeen),
    Math.max(...of.map(({ awayMs }) => awayMs)).toFixed(0),
    (backs[Math.floor(backs.length / 2)] ?? 0).toFixed(0),
    (backs.at(-1) ?? 0).toFixed(0),
    Math.max(...of.map(({ othersMs }) => othersMs)).toFixed(0),
  ];
});
const held =
  wrong.length === 0 &&
  fates.every((fate) => fate.lostConfirmed === 0 && fate.lostSeen === 0 && (fate.backMs ?? Infinity) <= BACK_WITHIN_MS);
const head = [
  "what",
  "times",
  "confirmed",
  "of these lost",
  "seen and lost",
  "away ms, worst",
  "back ms, median",
  "back ms, worst",
  "others waited ms, worst",
];
const text = [
  `${new Date().toISOString().slice(0, 10)}, ${machine()}; two processes and a Redis, four people typing ${1_000 / EVERY_MS} words a second each; ${words} words, seed ${options.seed}.`,
  "",
  table(head, rows),
  "",
  wrong.length === 0
    ? "In every room all were equal afterwards, and every word was there once."
    : `Wrong: ${wrong.join("; ")}.`,
  `Lost 0, all equal, everybody back within ${BACK_WITHIN_MS / 1_000} s: ${held ? "held" : "**missed**"}.`,
].join("\n");
if (options.write) writeResult("collab-faults", text);
console.log(options.json ? JSON.stringify({ machine: machine(), words, fates, wrong, held }, null, 2) : text);
process.exitCode = held ? 0 : 1;
