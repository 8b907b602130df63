import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise, type IConfiguration, type ICruiseResult } from "dependency-cruiser";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const config: IConfiguration = createRequire(import.meta.url)(join(root, ".dependency-cruiser.cjs"));
const rules = (config.forbidden ?? []).map((rule) => rule.name ?? "");

/** For each rule, files that break it: the first imports what it must not, the others are there to be imported. */
const plants: Record<string, Record<string, string>> = {
  ...Object.fromEntries(
    rules.filter((name) => name.endsWith("-uses")).map((name) => [name, plantUse(name.slice(0, -5))]),
  ),
  "module-privates": imports("app/ideas/own.server.ts", "app/accounts/account.queries.server.ts"),
  "server-uses-doors": imports("server/web-a.ts", "app/ideas/idea.queries.server.ts"),
  "jobs-run-in-the-worker": imports("server/web-b.ts", "app/ideas/idea.jobs.server.ts"),
  "app-knows-no-server": imports("app/ideas/reach.server.ts", "server/thing.ts"),
  "thin-routes": imports("app/routes/_portal.a.tsx", "app/kernel/db.server.ts"),
  "staff-screens": imports("app/routes/_portal.b.tsx", "app/ideas/ui/staff-panel.tsx"),
  "pure-rules": imports("app/ideas/rule.ts", "app/ideas/ideas.server.ts"),
  "light-browser": imports("app/ideas/ui/card.tsx", "app/ideas/idea.schema.ts"),
  "innocent-kernel": imports("app/kernel/knows.ts", "app/ideas/plain.ts"),
  "innocent-ui": imports("app/ui/knows.tsx", "app/ideas/plain.ts"),
  "words-of-ones-own": imports("app/ideas/ui/foreign-words.tsx", "app/accounts/words/en.ts"),
  "one-door-to-sql": { "app/ideas/sql.server.ts": 'import { Kysely } from "kysely";\nexport const one = Kysely;\n' },
  "one-door-past-rls": imports("app/ideas/bypass.server.ts", "app/kernel/system-tx.server.ts"),
  "one-door-to-supabase": {
    "app/ideas/supabase.server.ts":
      'import { createClient } from "@supabase/supabase-js";\nexport const one = createClient;\n',
  },
  "one-door-to-stripe": { "app/ideas/money.server.ts": 'import Stripe from "stripe";\nexport const one = Stripe;\n' },
  "one-door-to-mail": { "app/ideas/mail.server.ts": 'import mail from "nodemailer";\nexport const one = mail;\n' },
  "light-portal": { "app/ideas/ui/heavy.tsx": 'import * as Y from "yjs";\nexport const one = Y;\n' },
  "routes-are-leaves": imports("app/ideas/ui/link.tsx", "app/routes/_portal.c.tsx"),
  "no-junk-drawers": imports("app/ideas/drawer.server.ts", "app/utils/thing.ts"),
  "no-cycles": {
    "app/thread/first.ts": 'import { two } from "./second";\nexport const one = two;\n',
    "app/thread/second.ts": 'import { one } from "./first";\nexport const two = one;\n',
  },
  "nothing-unresolved": { "app/ideas/lost.ts": 'import { gone } from "./gone";\nexport const one = gone;\n' },
};

/** Stand-ins for packages, some of which are not needed yet. */
const PACKAGES = ["kysely", "@supabase/supabase-js", "stripe", "nodemailer", "yjs"];

let folder: string;
let found: ICruiseResult;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tandem-imports-"));
  for (const name of PACKAGES) {
    plant(`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" }));
    plant(`node_modules/${name}/index.js`, "export default 1;\n");
  }
  for (const [file, text] of Object.values(plants).flatMap((files) => Object.entries(files))) {
    plant(file, text);
  }
  const { forbidden = [], options: { tsConfig: _paths, ...options } = {} } = config;
  const result = await cruise(["app", "server"], {
    ...options,
    baseDir: folder,
    ruleSet: { forbidden },
    validate: true,
    outputType: "json",
  });
  found = typeof result.output === "string" ? JSON.parse(result.output) : result.output;
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every import rule has a planted violation here", () => {
  expect(Object.keys(plants).sort()).toEqual([...rules].sort());
});

test.each(Object.entries(plants))("%s is named when it is broken", (rule, files) => {
  const named = found.summary.violations.filter((violation) => violation.from in files);
  expect(named.map((violation) => violation.rule.name)).toContain(rule);
});

test("the rules name nothing in a file that breaks none", () => {
  const innocent = found.summary.violations.filter((violation) => violation.from === "app/ideas/plain.ts");
  expect(innocent).toEqual([]);
});

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function imports(from: string, to: string): Record<string, string> {
  const specifier = `./${relative(dirname(from), to)}`.replace(/\.tsx?$/, "");
  return {
    [from]: `import { thing } from "${specifier}";\nexport const one = thing;\n`,
    [to]: "export const thing = 1;\n",
  };
}

/** The last module of the table may be used by no other, and it may not use offers. */
function plantUse(module: string): Record<string, string> {
  return imports(
    `app/${module}/foreign.server.ts`,
    module === "notifications" ? "app/offers/offer.ts" : "app/notifications/note.ts",
  );
}
