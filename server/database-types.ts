import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./bootstrap.mjs";

const TYPES_FILE = join(ROOT, "app", "kernel", "db-types.gen.ts");

/** Runs kysely-codegen on a database; with --verify it only compares, and a difference is a status other than 0. */
export function generateTypes(url: string, flags: readonly string[]) {
  const program = join(ROOT, "node_modules", "kysely-codegen", "dist", "cli", "bin.js");
  const mapping = JSON.stringify({ int8: "bigint", timestamptz: "Date", citext: "string" });
  const fixed = ["--dialect=postgres", "--camel-case", "--include-pattern=public.*", `--type-mapping=${mapping}`];
  return spawnSync(process.execPath, [program, ...fixed, `--url=${url}`, `--out-file=${TYPES_FILE}`, ...flags], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}
