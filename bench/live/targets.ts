import { table } from "../report";
import type { Growth } from "./documents";
import type { Drive } from "./room";

type Flood = { edits: number; delivered: number; cpu: { app: number; database: number } };

/** What was measured of one server. */
export type Results = {
  server: string;
  saturation?: Flood;
  ramp?: Drive[];
  moderate?: Drive;
  /** From one of two processes to the other. */
  across?: Drive;
  intake?: Flood;
  open?: { cold: number | null; hundred: number };
  idle?: { document: number; line: number };
  growth?: Growth[];
  kill?: { seen: number; lost: number };
};

type Row = {
  what: string;
  of: (result: Results) => number | null | undefined;
  digits?: number;
  /** What ours must be, divided by theirs: at least, or at most. */
  memory?: number;
  database?: number;
  atLeast?: true;
};

const LATE_MS = 100;
/** The most that reached everybody in time. */
const best = (steps: readonly Drive[] = []) => {
  const fine = steps.filter(({ complete, p95 }) => complete && p95 <= LATE_MS);
  return fine.length > 0 ? Math.max(...fine.map(({ delivered }) => delivered)) : undefined;
};
const both = (cpu: { app: number; database: number } | undefined) => cpu && cpu.app + cpu.database;

const ROWS: readonly Row[] = [
  { what: "delivered/s, everything at once", of: ({ saturation }) => saturation?.delivered, digits: 0 },
  {
    what: "most delivered/s at p95 <= 100 ms",
    of: ({ ramp }) => best(ramp),
    digits: 0,
    memory: 6,
    database: 3.5,
    atLeast: true,
  },
  {
    what: "CPU ms per 1,000 delivered, everything at once: server",
    of: ({ saturation }) => saturation?.cpu.app,
    memory: 0.08,
    database: 0.25,
  },
  { what: "the same, with the database", of: ({ saturation }) => both(saturation?.cpu) },
  {
    what: "CPU ms per 1,000 delivered at 19,000/s: server",
    of: ({ moderate }) => moderate?.cpu.app,
    memory: 1,
    database: 0.6,
  },
  { what: "the same, with the database", of: ({ moderate }) => both(moderate?.cpu) },
  { what: "p50 ms at 19,000/s", of: ({ moderate }) => moderate?.p50 },
  { what: "p95 ms at 19,000/s", of: ({ moderate }) => moderate?.p95 },
  { what: "p95 ms at 19,000/s, from one process to another", of: ({ across }) => across?.p95 },
  {
    what: "single edits taken in a second",
    of: ({ intake }) => intake?.edits,
    digits: 0,
    memory: 4,
    database: 10,
    atLeast: true,
  },
  { what: "ms to open the large document in a new process", of: ({ open }) => open?.cold, digits: 1, database: 0.35 },
  { what: "ms for 100 to open it at once", of: ({ open }) => open?.hundred, digits: 0, memory: 0.3, database: 0.35 },
  { what: "kB per idle document", of: ({ idle }) => idle?.document, digits: 1, memory: 0.25, database: 0.25 },
  { what: "kB per idle connection", of: ({ idle }) => idle?.line, digits: 1 },
  { what: "CPU ms per edit, empty document", of: ({ growth }) => growth?.at(0)?.cpuPerEdit },
  { what: "CPU ms per edit, 7.5 MB", of: ({ growth }) => growth?.at(-1)?.cpuPerEdit },
  { what: "WAL bytes per edit, empty document", of: ({ growth }) => growth?.at(0)?.walPerEdit, digits: 0 },
  { what: "WAL bytes per edit, 7.5 MB", of: ({ growth }) => growth?.at(-1)?.walPerEdit, digits: 0 },
  {
    what: "p99 ms in another document at 7.5 MB",
    of: ({ growth }) => growth?.at(-1)?.otherP99,
    digits: 1,
    database: 0.1,
  },
  { what: "kill -9: edits that others had seen", of: ({ kill }) => kill?.seen, digits: 0 },
  { what: "kill -9: of these, lost", of: ({ kill }) => kill?.lost, digits: 0 },
];

export type Judgement = { what: string; against: string; ratio: number; wanted: string; held: boolean };

/** Ours divided by theirs, wherever there is a target, and the two targets that need nobody else. */
export function judged(results: readonly Results[]): Judgement[] {
  const [ours, memory, database] = results;
  const judgements: Judgement[] = [];
  for (const row of ROWS) {
    for (const [theirs, target] of [
      [memory, row.memory],
      [database, row.database],
    ] as const) {
      const [one, other] = [ours && row.of(ours), theirs && row.of(theirs)];
      if (one == null || !other || target === undefined || !theirs) continue;
      const ratio = one / other;
      const held = row.atLeast ? ratio >= target : ratio <= target;
      judgements.push({
        what: row.what,
        against: theirs.server,
        ratio,
        wanted: `${row.atLeast ? ">=" : "<="} ${target}`,
        held,
      });
    }
  }
  const alone = (what: string, value: number | undefined, most: number) => {
    if (value === undefined) return;
    judgements.push({ what, against: "", ratio: value, wanted: `<= ${most}`, held: value <= most });
  };
  alone("p95 ms at 19,000/s", ours?.moderate?.p95, 10);
  if (ours?.across && ours.moderate)
    alone("p95 from one process to another, in one = 1", ours.across.p95 / ours.moderate.p95, 2);
  alone("kill -9: lost", ours?.kill?.lost, 0);
  const [small, large] = [ours?.growth?.at(0)?.walPerEdit, ours?.growth?.at(-1)?.walPerEdit];
  if (small && large) alone("WAL per edit at 7.5 MB, in an empty document = 1", large / small, 5);
  return judgements;
}

/** Two tables: what was measured, and the ratios. */
export function resultText(results: readonly Results[]): string {
  const figure = (value: number | null | undefined, digits = 2) => (value == null ? "" : value.toFixed(digits));
  const rows = ROWS.map(({ what, of, digits }) => [what, ...results.map((result) => figure(of(result), digits))]);
  const targets = judged(results).map(({ what, against, ratio, wanted, held }) => [
    what,
    against,
    ratio.toPrecision(3),
    `${wanted}: ${held ? "held" : "**missed**"}`,
  ]);
  return [
    table(
      ["what", ...results.map(({ server }) => server)],
      rows.filter((cells) => cells.slice(1).some(Boolean)),
    ),
    "",
    table(["what", "against", "ours divided by theirs", "target"], targets),
  ].join("\n");
}
