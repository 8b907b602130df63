import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { metisIdeas } from "../personas";
import { expect, test } from "./journey";
import { serverEnvironment, type TestServer } from "./server";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs one of package.json's scripts against an installation, as an operator would. */
function script(server: TestServer, name: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "-s", name, "--", ...args], {
    cwd: root,
    env: serverEnvironment({ DATA_DIR: server.dataDir, PORT: String(server.port), ...env }),
    encoding: "utf8",
  });
  return { code: status, said: stdout.trim(), refusal: stderr.trim() };
}

interface Demo {
  base: string;
  logins: { email: string; password: string; side: "client" | "staff"; role: string; account: string | null }[];
  objects: {
    kind: string;
    state: string | null;
    id: string;
    account: string | null;
    portal: string | null;
    staff: string | null;
  }[];
}

test("the demo is told as data: every path it names is there for its own people, and for others where it is shared with all alone", async ({
  server,
  caller,
}) => {
  const { code, said } = script(server, "demo", ["--json"]);
  expect(code).toBe(0);
  const demo: Demo = JSON.parse(said);
  expect(Object.keys(demo)).toEqual(["base", "logins", "objects"]);
  expect(demo.base).toBe(server.origin);
  for (const login of demo.logins) {
    expect(Object.keys(login)).toEqual(["email", "password", "side", "role", "account"]);
    expect(login.account === null).toBe(login.side === "staff");
  }
  const states = demo.objects.filter(({ kind }) => kind === "idea").map(({ state }) => state);
  expect(states.sort()).toEqual(Object.keys(metisIdeas).sort());

  const designer = await caller("designer@tandem.example");
  for (const object of demo.objects) {
    expect(Object.keys(object)).toEqual(["kind", "state", "id", "account", "portal", "staff"]);
    const ours = demo.logins.find(({ account }) => account === object.account);
    const theirs = demo.logins.find(({ side, account }) => side === "client" && account !== object.account);
    if (object.staff) expect((await designer.get(object.staff)).status(), object.staff).toBe(200);
    if (!object.portal) continue;
    if (object.kind === "guest") {
      // A guest's link is for whoever holds it, whichever account they are of.
      expect((await (await caller(null)).get(object.portal)).status(), object.portal).toBe(200);
      continue;
    }
    if (!ours || !theirs) throw new Error(`Nobody to ask for ${object.kind} ${object.id}`);
    expect((await (await caller(ours.email)).get(object.portal)).status(), object.portal).toBe(200);
    const foreign = object.kind === "shared idea" ? 200 : 404;
    expect((await (await caller(theirs.email)).get(object.portal)).status(), object.portal).toBe(foreign);
  }
});

for (const [role, login] of [
  ["admin", "supabase_admin"],
  ["app", "portal_app"],
  ["jobs", "portal_jobs"],
] as const) {
  test(`db:url ${role} is one line that connects as ${login}`, async ({ server }) => {
    const { code, said } = script(server, "db:url", [role]);
    expect(code).toBe(0);
    expect(said.split("\n")).toHaveLength(1);
    const database = new pg.Client(said);
    await database.connect();
    const { rows } = await database.query("select session_user as login");
    await database.end();
    expect(rows).toEqual([{ login }]);
  });
}

test("connection strings and demo data are not handed out in production", ({ server }) => {
  const production = { NODE_ENV: "production", APP_ORIGIN: server.origin, ALLOW_LOCAL_SERVICES: "1" };
  for (const [name, args] of [
    ["db:url", ["admin"]],
    ["demo", ["--json"]],
  ] as const) {
    const { code, said, refusal } = script(server, name, args, production);
    expect([code, said]).toEqual([1, ""]);
    expect(refusal).toContain("in production");
    expect(refusal).not.toMatch(/postgres:\/\/|^\s+at /m);
  }
});

test("asked for a login that there is none of, or for an installation that does not run, a script says so", ({
  server,
}) => {
  expect(script(server, "db:url", ["owner"])).toMatchObject({ code: 1, said: "" });
  const nowhere = script(server, "demo", ["--json"], { DATA_DIR: "/tmp/tandem-that-never-ran" });
  expect(nowhere).toMatchObject({ code: 1, said: "" });
  expect(nowhere.refusal.split("\n")).toHaveLength(1);
});
