import { type ChildProcess, execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import door from "~/accounts/words/door/en";
import { ROOT } from "../../server/bootstrap.mjs";
import { runningLocalPostgres } from "../../server/local/postgres";
import { loadSecrets } from "../../server/local/secrets";
import { fullDisk } from "../full-disk.mjs";
import { demoPassword } from "../personas";
import { freePort, freshDataDir, serverEnvironment, spawnServer, startServer } from "./server";

test.setTimeout(180_000);

/** Every process that has this folder among its arguments: the database's own, however they were started. */
function processesOf(dataDir: string): string[] {
  return execFileSync("ps", ["-eo", "pid,args", "-ww"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(dataDir));
}

/** Waits until a process ends and answers its code and what it printed. */
async function ended(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (part) => {
      said += part;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said };
}

/** What went wrong, without the steps that are said on the way. */
function sentences(said: string): string[] {
  return said
    .trim()
    .split("\n")
    .filter((line) => line !== "");
}

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`${signal} ends everything within five seconds and leaves no process`, async () => {
    const server = await startServer();
    try {
      const pid = server.pid();
      expect(processesOf(server.dataDir).length).toBeGreaterThan(0);
      const { ms, code } = await server.stop(signal);
      expect(ms).toBeLessThan(5000);
      expect(code).toBe(0);
      expect(processesOf(server.dataDir)).toEqual([]);
      expect(() => process.kill(-pid, 0)).toThrow();
    } finally {
      await server.dispose();
    }
  });
}

test("after kill -9 the database does not stay behind, and the next start works", async () => {
  const server = await startServer();
  try {
    await server.kill();
    await expect.poll(() => processesOf(server.dataDir), { timeout: 15_000 }).toEqual([]);
    await server.start();
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
  } finally {
    await server.dispose();
  }
});

test("a port in use is one sentence that names it, and exit 1", async () => {
  const server = await startServer();
  const dataDir = freshDataDir();
  try {
    const { code, said } = await ended(
      spawnServer(serverEnvironment({ PORT: String(server.port), DATA_DIR: dataDir })),
    );
    expect(code).toBe(1);
    expect(sentences(said).at(-1)).toContain(String(server.port));
    expect(said).not.toMatch(/^\s+at /m);
    expect(processesOf(dataDir)).toEqual([]);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    await server.dispose();
  }
});

test("a data folder in use is one sentence that names it, exit 1, and the first start goes on", async () => {
  const server = await startServer();
  try {
    const port = await freePort();
    const { code, said } = await ended(
      spawnServer(serverEnvironment({ PORT: String(port), DATA_DIR: server.dataDir })),
    );
    expect(code).toBe(1);
    expect(sentences(said).at(-1)).toContain(server.dataDir);
    expect(said).not.toMatch(/^\s+at /m);
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
  } finally {
    await server.dispose();
  }
});

const disk = fullDisk();
// Without a way the test is named as not run at the end of everything (tests/run.mjs), but in CI there has to be one.
if (disk || process.env.TANDEM_REQUIRE_ALL === "1") {
  test("a full disk is one sentence that says so and names the folder, and exit 1", async () => {
    if (!disk) throw new Error("This machine lets nobody mount a small disk, and has none");
    const dataDir = disk.mount ? freshDataDir() : join(disk.folder, `tandem-full-${process.pid}`);
    try {
      const env = serverEnvironment({ PORT: String(await freePort()), DATA_DIR: dataDir });
      const start = [process.execPath, "server/start.mjs"];
      const [program, ...args] = disk.mount ? [...disk.mount, dataDir, ...start] : start;
      const { code, said } = await ended(spawnServer(env, args, program));
      expect(code).toBe(1);
      expect(sentences(said)).toHaveLength(1);
      expect(said).toContain(`The disk that holds ${dataDir} is full`);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
}

/** A copy of what is under development, in which a test may write: the packages are the same. */
function copyOfSources(): string {
  const folder = freshDataDir();
  const parts = ["app", "server", "public", "supabase", "tests/personas.ts", "tsconfig.json", "package.json"].concat([
    "package-lock.json",
    "vite.config.ts",
    "vite.server.config.ts",
    "vite.own-address.ts",
    "remix.config.js",
  ]);
  for (const part of parts) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

test("a second start finds what the first one left; as npm run dev it serves a changed file anew and ends whole, and benchmarks fill its database", async () => {
  // Vite compiles what it serves while the other journeys go on beside it.
  test.setTimeout(300_000);
  const server = await startServer();
  const { dataDir, origin, port } = server;
  await server.stop();
  const sources = copyOfSources();
  const env = serverEnvironment({ PORT: String(port), DATA_DIR: dataDir });
  const dev = spawnServer(env, [join(sources, "server/start.mjs"), "--dev"]);
  try {
    const over = ended(dev);
    const ready = () =>
      fetch(`${origin}/readyz`).then(
        ({ status }) => status,
        () => null,
      );
    await expect.poll(ready, { timeout: 120_000 }).toBe(200);
    const page = async () => (await fetch(`${origin}/login`, { headers: { "accept-language": "en" } })).text();
    expect(await page()).toContain(door.login.title);

    const size = ["--ideas", "50", "--accounts", "20", "--events", "100"];
    const fill = () => ended(spawnServer(env, ["--import", "tsx", "bench/seed-large.ts", ...size]));
    expect(await fill()).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^Writing 50 ideas.*\nDone in \d+ s\n$/),
    });
    expect(await fill()).toMatchObject({ code: 1, said: expect.stringMatching(/was filled before[^\n]*\n$/) });

    const words = join(sources, "app/accounts/words/door/en.ts");
    writeFileSync(words, readFileSync(words, "utf8").replace(`title: "${door.login.title}"`, 'title: "Said anew"'));
    await expect.poll(page, { timeout: 60_000 }).toContain("Said anew");

    dev.kill("SIGTERM");
    expect((await over).code).toBe(0);
    await expect.poll(() => [...processesOf(dataDir), ...processesOf(sources)], { timeout: 15_000 }).toEqual([]);
  } finally {
    dev.kill("SIGKILL");
    await expect.poll(() => processesOf(dataDir), { timeout: 15_000 }).toEqual([]);
    rmSync(sources, { recursive: true, force: true });
    await server.dispose();
  }
});

test("production does not start without its settings, and names each one that is missing", async () => {
  const dataDir = freshDataDir();
  try {
    const { code, said } = await ended(
      spawnServer(serverEnvironment({ NODE_ENV: "production", PORT: String(await freePort()), DATA_DIR: dataDir })),
    );
    expect(code).toBe(1);
    expect([...said.matchAll(/^\W*([A-Z_]+) is missing/gm)].map(([, name]) => name).sort()).toEqual([
      "APP_ORIGIN",
      "DATABASE_URL",
      "JOBS_DATABASE_URL",
      "SMTP_URL",
      "STAFF_DATABASE_URL",
      "SUPABASE_PUBLISHABLE_KEY",
      "SUPABASE_SECRET_KEY",
      "SUPABASE_URL",
    ]);
    expect(said).not.toMatch(/^\s+at /m);
    expect(processesOf(dataDir)).toEqual([]);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test("production on local services knows no demo login and shows no letters", async () => {
  const server = await startServer({ env: { NODE_ENV: "production", ALLOW_LOCAL_SERVICES: "1" } });
  try {
    expect(server.output()).not.toContain("tandem-demo-2026");
    const answer = await fetch(`${server.origin}/login`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: server.origin },
      body: new URLSearchParams({ email: "admin@tandem.example", password: "tandem-demo-2026" }),
    });
    expect(answer.status).toBe(422);
    expect(answer.headers.getSetCookie().join()).not.toContain("session");
    expect((await fetch(`${server.origin}/dev/mail`)).status).toBe(404);
  } finally {
    await server.dispose();
  }
});

test("a setting that cannot be used is named, and nothing starts", async () => {
  const dataDir = freshDataDir();
  try {
    const { code, said } = await ended(spawnServer(serverEnvironment({ PORT: "three thousand", DATA_DIR: dataDir })));
    expect(code).toBe(1);
    expect(said).toContain("PORT");
    expect(said).not.toMatch(/^\s+at /m);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test("pages, jobs and live editing each start alone beside others, and each stops when told to", async ({
  playwright,
}) => {
  const whole = await startServer();
  const alone: ChildProcess[] = [];
  try {
    const urls = await runningLocalPostgres(whole.dataDir);
    if (!urls) throw new Error("The database of a running server does not run");
    const { publishableKey, secretKey } = await loadSecrets(whole.dataDir);
    const startAlone = async (name: string) => {
      const port = await freePort();
      const env = serverEnvironment({
        PORT: String(port),
        APP_ORIGIN: `http://localhost:${port}`,
        DATABASE_URL: urls.portal,
        STAFF_DATABASE_URL: urls.staff,
        JOBS_DATABASE_URL: urls.jobs,
        SUPABASE_URL: `${whole.origin}/supabase`,
        SUPABASE_PUBLISHABLE_KEY: publishableKey,
        SUPABASE_SECRET_KEY: secretKey,
        LOG_LEVEL: "info",
      });
      const child = spawnServer(env, ["--import", "tsx", `server/${name}.ts`]);
      alone.push(child);
      let said = "";
      child.stdout?.on("data", (part) => {
        said += part;
      });
      return { child, origin: `http://localhost:${port}`, end: ended(child), said: () => said };
    };
    const web = await startAlone("web");
    const worker = await startAlone("worker");
    const collab = await startAlone("collab");

    for (const { origin } of [web, collab]) {
      const answer = () => fetch(`${origin}/readyz`).catch(() => null);
      await expect.poll(async () => (await answer())?.status, { timeout: 30_000 }).toBe(200);
    }
    const browser = await playwright.request.newContext({ baseURL: web.origin });
    const form = { email: "owner@metis.example", password: demoPassword };
    await browser.post("/login", { form, headers: { Origin: web.origin } });
    expect(await (await browser.get("/ideas")).text()).toContain("Stiffer joint");
    await browser.dispose();

    await expect.poll(worker.said, { timeout: 30_000 }).toContain("the worker is up");
    for (const { child, end } of [web, worker, collab]) {
      child.kill("SIGTERM");
      expect((await end).code).toBe(0);
    }
  } finally {
    for (const child of alone) child.kill("SIGKILL");
    await whole.dispose();
  }
});
