import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { adminUrl, asSuperuser } from "../database";

/** Built for Linux on x64 alone; elsewhere its package is not installed, and tests/run.mjs lists it as not run. */
const LINTER = fileURLToPath(
  new URL(
    "../../node_modules/@postgres-language-server/cli-x86_64-linux-gnu/postgres-language-server",
    import.meta.url,
  ),
);

/** Made by libraries, or by the gateway for itself alone; hosted projects have schemas of these kinds of their own. */
const NOT_OURS = /`(?:graphile_worker|gateway|auth|storage|extensions)\./;

/** About use and not about the schema: a database made a moment ago has used hardly anything. */
const OF_USE = /^performance\/unusedIndex\b/;

/** What the linter finds in the schema of our own making. */
function findings(): string[] {
  const { status, stdout, stderr } = spawnSync(LINTER, ["dblint", `--connection-string=${adminUrl}`], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  expect(`${stdout}${stderr}`, `the linter ended with ${status}`).toContain("Command completed");
  const [, ...found] = stdout.concat(stderr).split(/^splinter\//m);
  return found.filter((finding) => !NOT_OURS.test(finding) && !OF_USE.test(finding));
}

if (existsSync(LINTER)) {
  test("the PostgreSQL linter, with the rules of Supabase's own, finds nothing in our schema", () => {
    expect(findings()).toEqual([]);
  });

  test("the linter looks: a table without row level security is found", async () => {
    await asSuperuser("create table public.careless (id int)");
    expect(findings().join("\n")).toContain("public.careless");
    await asSuperuser("drop table public.careless");
  });
}
