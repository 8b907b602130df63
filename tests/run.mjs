// `npm test`, `npm run check`, `npm run test:e2e`. Needs only Node: installs what is missing, runs every test, and ends
// with one line: N passed, N failed. `--only check,unit,db,postgres15,build,e2e` runs some of the steps.
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { build, installPackages, orRefuse, Refusal, ROOT, requireNode, run, say } from "../server/bootstrap.mjs";
import { fullDisk } from "./full-disk.mjs";
import { hasRedis } from "./redis.mjs";

const ALL = ["check", "unit", "db", "postgres15", "build", "e2e"];
const RESULTS = join(ROOT, "test-results");
const MINUTE = 60_000;

const total = { passed: 0, failed: 0 };
const failures = [];
const notRun = [];
const secondTry = [];

await orRefuse(async () => {
  requireNode();
  process.chdir(ROOT);
  const wanted = readOnly(process.argv.slice(2));
  await installPackages();
  mkdirSync(RESULTS, { recursive: true });
  // Their output goes through a pipe and into logs.
  process.env.NO_COLOR = "1";
  const chrome = wanted.has("e2e") ? await chromium() : null;

  if (wanted.has("check")) {
    await step("Types", bin("typescript/bin/tsc", "--noEmit", "-p", "."));
    await step("Lint and format", bin("@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "--colors=off"));
    await step("Import rules", bin("dependency-cruiser/bin/dependency-cruise.mjs", "app", "server", "tests", "bench"));
    await step("Dead code", bin("knip/bin/knip.js"));
  }
  if (wanted.has("unit")) await vitest("Unit tests", "unit");
  if (wanted.has("db")) await vitest("Database tests on PostgreSQL 17", "db");
  if (wanted.has("db") && !existsSync(join(ROOT, "node_modules", "@postgres-language-server"))) {
    notRun.push("The PostgreSQL linter: it is built for Linux on x64 alone");
  }
  if (wanted.has("db") && !hasRedis()) {
    const name = "Live editing by several processes";
    if (process.env.TANDEM_REQUIRE_ALL === "1") fail(`${name}: there is no redis-server`);
    else notRun.push(`${name}: install Debian's redis-server to run its tests`);
  }
  if (wanted.has("postgres15")) await postgres15();
  if (wanted.has("build") || wanted.has("e2e")) await buildAll();
  if (chrome) await playwright(chrome);
  if (chrome && process.env.TANDEM_REQUIRE_ALL !== "1" && !fullDisk()) {
    notRun.push("A start on a full disk: this machine lets nobody mount one, and has no small one");
  }

  if (failures.length > 0) say(`\nFailed:\n${failures.map((name) => `  ${name}`).join("\n")}`);
  if (secondTry.length > 0) say(`\nPassed on the second try:\n${secondTry.map((name) => `  ${name}`).join("\n")}`);
  if (notRun.length > 0) say(`\nNot run:\n${notRun.map((name) => `  ${name}`).join("\n")}`);
  say(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
});

function readOnly(args) {
  if (args.length === 0) return new Set(ALL);
  const names = args[0] === "--only" ? (args[1] ?? "").split(",") : [];
  if (names.length === 0 || names.some((name) => !ALL.includes(name))) {
    throw new Refusal(`Use: node tests/run.mjs [--only ${ALL.join(",")}]`);
  }
  return new Set(names);
}

/** A command that counts as one test. */
async function step(name, command) {
  say(`\n${name}`);
  const { code, output } = await run(command, {}, { timeoutMs: 5 * MINUTE });
  if (code === 0) return pass(1);
  say(output.trim());
  fail(name);
}

async function vitest(name, project, env = {}) {
  say(`\n${name}`);
  const report = freshReport(`vitest-${name.replace(/\W+/g, "-").toLowerCase()}.json`);
  const { code } = await run(
    bin(
      "vitest/vitest.mjs",
      "run",
      `--project=${project}`,
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ),
    env,
    { echo: true, timeoutMs: 9 * MINUTE },
  );
  const found = readReport(report);
  if (!found) return fail(`${name}: ended with ${code} and no report`);
  let bad = 0;
  for (const file of found.testResults) {
    const where = file.name.slice(ROOT.length);
    for (const test of file.assertionResults) {
      const title = `${where} > ${test.fullName}`;
      if (test.status === "passed") pass(1);
      else if (test.status === "failed") bad += fail(title);
      else bad += fail(`${title} (${test.status}: every test runs)`);
    }
    // A file that cannot even be loaded has no tests to count, and must not pass for that.
    if (file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed")) {
      bad += fail(`${where} > ${file.message?.split("\n")[0] || "could not be loaded"}`);
    }
  }
  if (code !== 0 && bad === 0) fail(`${name}: ended with ${code} though no single test failed`);
}

async function postgres15() {
  const name = "Database tests on PostgreSQL 15";
  const folder = "/usr/lib/postgresql/15/bin";
  if (existsSync(join(folder, "postgres"))) return vitest(name, "db", { TEST_POSTGRES_BIN: folder });
  if (process.env.TANDEM_REQUIRE_ALL === "1") return fail(`${name}: ${folder} is not there`);
  notRun.push(`${name}: install Debian's postgresql-15 to run them`);
}

async function buildAll() {
  say("\nBuild");
  try {
    await build();
    pass(1);
  } catch (error) {
    say(error.message);
    fail("Build");
  }
}

async function playwright(chrome) {
  const name = "Journeys in the browser";
  say(`\n${name}`);
  const report = freshReport("e2e.json");
  const { code } = await run(
    bin("@playwright/test/cli.js", "test"),
    { CHROME_PATH: chrome },
    { echo: true, timeoutMs: 20 * MINUTE },
  );
  const found = readReport(report);
  if (!found) return fail(`${name}: ended with ${code} and no report`);
  let bad = 0;
  for (const { title, spec } of found.suites.flatMap((suite) => specsOf(suite, []))) {
    for (const test of spec.tests) {
      if (test.status === "expected") pass(1);
      else if (test.status === "flaky") secondTry.push(title);
      else bad += fail(test.status === "skipped" ? `${title} (skipped: every test runs)` : title);
    }
  }
  pass(secondTry.length);
  for (const error of found.errors ?? []) bad += fail(`${name}: ${String(error.message).split("\n")[0]}`);
  if (code !== 0 && bad === 0) fail(`${name}: ended with ${code} though no single test failed`);
}

function specsOf(suite, above) {
  const path = [...above, suite.title].filter(Boolean);
  return [
    ...(suite.specs ?? []).map((spec) => ({ title: [...path, spec.title].join(" > "), spec })),
    ...(suite.suites ?? []).flatMap((inner) => specsOf(inner, path)),
  ];
}

function pass(count) {
  total.passed += count;
}

function fail(name) {
  total.failed += 1;
  failures.push(name);
  return 1;
}

/** A package's own command, run by this Node: `npx` would leave its child alive when it is ended. */
function bin(path, ...args) {
  return [process.execPath, join(ROOT, "node_modules", path), ...args];
}

function freshReport(name) {
  const file = join(RESULTS, name);
  rmSync(file, { force: true });
  return file;
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

/** The browser the journeys run in: CHROME_PATH, or an installed Chromium or Chrome, or Debian's, installed now. */
async function chromium() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (isProgram(given)) return given;
    throw new Refusal(`CHROME_PATH is ${given}, which is no program.`);
  }
  const found = installedChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    say("Installing Chromium");
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run(["apt-get", "update", "-q"], env);
    const { output } = await run(["apt-get", "install", "-qy", "--no-install-recommends", "chromium"], env);
    const installed = installedChromium();
    if (installed) return installed;
    say(output.trim().split("\n").slice(-10).join("\n"));
  }
  throw new Refusal("The browser tests need Chromium or Chrome: install it, or set CHROME_PATH to its program.");
}

function installedChromium() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  return [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ].find(isProgram);
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
