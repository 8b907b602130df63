import { existsSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startServer, type TestServer } from "../tests/e2e/server";
import { stifferJoint } from "../tests/personas";
import { fillDatabase, signIn } from "./installation";
import { arrivals, type Figures, load } from "./load";
import { cpuMs } from "./processes";
import { machine, table, writeResult } from "./report";

const { values: options } = parseArgs({
  options: {
    ideas: { type: "string", default: "100000" },
    accounts: { type: "string", default: "2000" },
    events: { type: "string", default: "1000000" },
    seconds: { type: "string", default: "10" },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});

const P95_MS = 50;
const STATEMENTS = 6;
/** A second: what the p95 is also measured at, see docs/decisions/0008. */
const ARRIVING = 50;

interface Page {
  readonly name: string;
  readonly who: string;
  readonly path: string;
  readonly cpuBudgetMs: number;
}

const client = "owner@metis.example";
const staff = "designer@tandem.example";
const PAGES: readonly Page[] = [
  { name: "home", who: client, path: "/", cpuBudgetMs: 10 },
  { name: "idea list", who: client, path: "/ideas", cpuBudgetMs: 10 },
  { name: "idea search", who: client, path: "/ideas?q=lamp", cpuBudgetMs: 13 },
  { name: "suggest an idea", who: client, path: "/ideas/new", cpuBudgetMs: 10 },
  { name: "similar ideas", who: client, path: "/api/ideas/similar?q=lamp%20arm%20squeaks%20and", cpuBudgetMs: 13 },
  { name: "idea page", who: client, path: `/ideas/${stifferJoint}`, cpuBudgetMs: 10 },
  { name: "most supported", who: client, path: "/ideas?sort=accounts", cpuBudgetMs: 10 },
  { name: "ideas of all", who: client, path: "/ideas?scope=all&sort=accounts", cpuBudgetMs: 10 },
  { name: "notifications", who: client, path: "/notifications", cpuBudgetMs: 10 },
  { name: "people", who: client, path: "/people", cpuBudgetMs: 10 },
  { name: "staff home", who: staff, path: "/staff", cpuBudgetMs: 10 },
  { name: "staff list", who: staff, path: "/staff/ideas", cpuBudgetMs: 10 },
  { name: "staff idea page", who: staff, path: `/staff/ideas/${stifferJoint}`, cpuBudgetMs: 10 },
  { name: "accounts", who: staff, path: "/staff/accounts", cpuBudgetMs: 10 },
  {
    name: "staff ranking",
    who: staff,
    path: "/staff/ideas?sort=value&columns=account,owner,tags,value",
    cpuBudgetMs: 10,
  },
  { name: "staff board", who: staff, path: "/staff/ideas/board?sort=accounts", cpuBudgetMs: 10 },
  { name: "roadmap", who: client, path: "/en/roadmap", cpuBudgetMs: 10 },
  { name: "staff search", who: staff, path: "/staff/ideas?q=lamp", cpuBudgetMs: 13 },
];

interface Measured extends Page {
  readonly kilobytes: number;
  readonly statements: readonly string[];
  readonly runs: readonly (Figures & { inFlight: number; appCpuMs: number; databaseCpuMs: number })[];
  /** Requests that arrive evenly, whatever became of earlier ones. */
  readonly arriving: Figures;
}

const say = (line: string) => console.error(line);
const size = { ideas: Number(options.ideas), accounts: Number(options.accounts), events: Number(options.events) };

/** As an installation that people use: production mode; only the outside services are the local ones. */
const production = { NODE_ENV: "production", ALLOW_LOCAL_SERVICES: "1", LOG_LEVEL: "warn" };

const NOT_COUNTED = /^\s*(begin|commit|rollback|listen)\b|graphile_worker|set_config\(/i;

/** The statements that one request for a page sends to the database, besides BEGIN, COMMIT and the actor's context. */
async function statementsOf(file: string, url: string, headers: Record<string, string>): Promise<string[]> {
  for (let warm = 0; warm < 3; warm += 1) await (await fetch(url, { headers })).text();
  await sleep(300);
  if (existsSync(file)) truncateSync(file);
  await (await fetch(url, { headers })).text();
  await sleep(300);
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").filter(Boolean) : [];
  return lines.map((line) => String(JSON.parse(line).text)).filter((text) => !NOT_COUNTED.test(text));
}

async function cookies(server: TestServer): Promise<Record<string, string>> {
  return { [client]: await signIn(server, client), [staff]: await signIn(server, staff) };
}

async function countStatements(dataDir: string): Promise<Record<string, string[]>> {
  const file = join(dataDir, "statements.jsonl");
  const preload = fileURLToPath(new URL("count-statements.mjs", import.meta.url));
  const counting = { NODE_OPTIONS: `--import=${preload}`, TANDEM_BENCH_STATEMENTS: file };
  const server = await startServer({ dataDir, env: counting });
  try {
    const cookie = await cookies(server);
    const counted: Record<string, string[]> = {};
    for (const page of PAGES) {
      counted[page.name] = await statementsOf(file, server.origin + page.path, { Cookie: cookie[page.who] ?? "" });
    }
    return counted;
  } finally {
    await server.stop();
  }
}

async function measure(dataDir: string, statements: Record<string, string[]>): Promise<Measured[]> {
  const server = await startServer({ dataDir, env: production });
  try {
    const cookie = await cookies(server);
    const measured: Measured[] = [];
    for (const page of PAGES) {
      const url = server.origin + page.path;
      const headers = { Cookie: cookie[page.who] ?? "", "Accept-Encoding": "gzip, br" };
      const first = await fetch(url, { headers });
      const bytes = (await first.text()).length;
      if (first.status !== 200) throw new Error(`${page.path} was answered with ${first.status}`);
      await load({ url, headers, inFlight: 8, requests: 800, seconds: 20 });
      const runs = [];
      for (const [inFlight, requests] of [
        [1, 300],
        [50, 3000],
      ] as const) {
        const before = cpuMs(server.pid(), dataDir);
        const figures = await load({ url, headers, inFlight, requests, seconds: Number(options.seconds) });
        const after = cpuMs(server.pid(), dataDir);
        const each = (total: number) => total / (figures.requests + figures.failed);
        const appCpuMs = each(after.app - before.app);
        const databaseCpuMs = each(after.database - before.database);
        runs.push({ ...figures, inFlight, appCpuMs, databaseCpuMs });
        say(`${page.name}, ${inFlight} in flight: p95 ${figures.p95.toFixed(1)} ms, ${figures.perSecond.toFixed(0)}/s`);
      }
      const arriving = await arrivals({ url, headers, perSecond: ARRIVING, seconds: Number(options.seconds) });
      say(`${page.name}, ${ARRIVING} arriving a second: p95 ${arriving.p95.toFixed(1)} ms`);
      measured.push({ ...page, kilobytes: bytes / 1024, statements: statements[page.name] ?? [], runs, arriving });
    }
    return measured;
  } finally {
    await server.stop();
  }
}

function verdict(page: Measured): { p95: boolean; arriving: boolean; cpu: boolean; statements: boolean } {
  const busy = page.runs.find((one) => one.inFlight === 50);
  return {
    p95: busy !== undefined && busy.failed === 0 && busy.p95 <= P95_MS,
    arriving: page.arriving.failed === 0 && page.arriving.p95 <= P95_MS,
    cpu: busy !== undefined && busy.appCpuMs + busy.databaseCpuMs <= page.cpuBudgetMs,
    statements: page.statements.length > 0 && page.statements.length <= STATEMENTS,
  };
}

const dataDir = await fillDatabase(size, say);
const measured = await measure(dataDir, await countStatements(dataDir));

const held = (yes: boolean) => (yes ? "held" : "**missed**");
const rows = measured.flatMap((page) => [
  ...page.runs.map((one) => {
    const judged = verdict(page);
    const budgets =
      one.inFlight === 1
        ? ["", "", ""]
        : [
            `${P95_MS} ms: ${held(judged.p95)}`,
            `${page.cpuBudgetMs} ms: ${held(judged.cpu)}`,
            `${STATEMENTS}: ${held(judged.statements)}`,
          ];
    const cpu = one.appCpuMs + one.databaseCpuMs;
    return [
      page.name,
      one.inFlight,
      one.p50.toFixed(1),
      one.p95.toFixed(1),
      one.perSecond.toFixed(0),
      one.failed,
      `${cpu.toFixed(1)} (${one.appCpuMs.toFixed(1)} + ${one.databaseCpuMs.toFixed(1)})`,
      page.statements.length,
      ...budgets,
    ];
  }),
  [
    page.name,
    `${ARRIVING}/s arriving`,
    page.arriving.p50.toFixed(1),
    page.arriving.p95.toFixed(1),
    page.arriving.perSecond.toFixed(0),
    page.arriving.failed,
    "",
    page.statements.length,
    `${P95_MS} ms: ${held(verdict(page).arriving)}`,
    "",
    "",
  ],
]);
const head = ["page", "in flight", "p50 ms", "p95 ms", "req/s", "failed", "CPU ms (app + database)", "SQL statements"];
const result = [
  `${new Date().toISOString().slice(0, 10)}, ${machine()}; ${size.ideas} ideas, ${size.accounts} accounts, ${size.events} events.`,
  "",
  table([...head, "p95 budget", "CPU budget", "SQL budget"], rows),
].join("\n");

if (options.write) writeResult("pages", result);
if (options.json) {
  console.log(
    JSON.stringify(
      { size, machine: machine(), pages: measured.map((page) => ({ ...page, held: verdict(page) })) },
      null,
      2,
    ),
  );
} else console.log(result);
