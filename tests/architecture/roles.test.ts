import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const SWITCH =
  /set_config\(\s*'role'|\bset\s+(local\s+|session\s+)?role\b|\bset\s+session\s+authorization\b|-c\s*role=\w+/i;

/** Where a database role is chosen, each with its reason. */
const CHOOSES = [
  // The live editing server's connections are its one role from the first moment: a flush is one statement.
  "app/collab/collab.queries.server.ts",
  // asActor and asSystem: one statement that opens a transaction.
  "app/kernel/actor-tx.server.ts",
];

test("the application switches database roles in one place", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" })
    .map((name) => `app/${name}`)
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|\.gen\.ts$/.test(name));
  const switching = files.filter((name) => SWITCH.test(readFileSync(name, "utf8")));
  expect(files.length).toBeGreaterThan(20);
  expect(switching.sort()).toEqual(CHOOSES);
});
