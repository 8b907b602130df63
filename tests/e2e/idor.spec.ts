import type { APIRequestContext, PlaywrightWorkerArgs } from "@playwright/test";
import { expect, test } from "@playwright/test";
import type pg from "pg";
import { accounts, brixIdea, demoPassword, demoSurveys, guestTokens, metisIdeas, stifferJoint } from "../personas";
import { DOORS } from "./doors";
import { bodyOf, everyForm, type OfferedForm } from "./forms";
import { enterAsGuest, fingerprint, NEEDLE, PLANTED, plant, superuser } from "./planted";
import { type Route, routeTable } from "./route-table";
import { startServer, type TestServer } from "./server";
import { upgrade } from "./sockets";

/**
 * Every route and every fetch of the build, asked for objects of Metis by everybody who is not of Metis. Each text of
 * Metis holds a word that nobody else may ever read, and nothing of Metis may be different afterwards.
 */

test.describe.configure({ mode: "serial" });
test.setTimeout(180_000);

const routes = routeTable().filter((route) => route.hasLoader || route.hasAction);

/** An object of Metis for each parameter of an address. */
const PARAMS: Readonly<Record<string, string>> = {
  decisionId: "select id from decisions where account_id = $1 order by id desc limit 1",
  // Asked of Metis alone.
  surveyId: `select id from price_surveys where id = '${demoSurveys.own}' and $1::uuid is not null`,
  ideaId: "select id from ideas where account_id = $1 and id in (select idea_id from idea_briefs) order by id limit 1",
  versionId: "select id from idea_versions where account_id = $1 order by idea_id limit 1",
  // Of another idea than the one that guests of Metis are shown.
  attachmentId: `select id from idea_attachments where account_id = $1 and state = 'ready' and idea_id = '${metisIdeas.done}' limit 1`,
  fileId: `select id from idea_files where account_id = $1 and idea_id = '${metisIdeas.done}' limit 1`,
  prototypeId: "select p.id from prototypes p join ideas i on i.id = p.idea_id where i.account_id = $1 limit 1",
  accountId: "select $1::uuid as id",
  personId: "select id from people where account_id = $1 and role = 'viewer' limit 1",
  importId: "select id from account_imports where $1::uuid is not null order by id limit 1",
  // Of a guest of Metis, who has come in: whoever else knows it is asked for a code.
  token: `select '${guestTokens.living}' as id where $1::uuid is not null`,
  lang: "select 'en' as id where $1::uuid is not null",
};

let server: TestServer;
let db: pg.Client;
let planted: string[];
/** What pages of Metis, and of staff about Metis, offer to do with an object. */
let offered: OfferedForm[];
const objects = new Map<string, string>();

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  server = await startServer({ env: { TRUSTED_PROXIES: "127.0.0.1 ::1" } });
  db = await superuser(server);
  await db.query("update ideas set visibility = 'account' where account_id = $1", [accounts.metis]);
  await addFiles();
  for (const [name, query] of Object.entries(PARAMS)) {
    const { rows } = await db.query<{ id: string }>(query, [accounts.metis]);
    objects.set(name, rows[0]?.id ?? "");
  }
  const forms = [...(await everyForm(browser, server)).values()];
  // A link that is the proof itself is good for whoever holds it; a guest's is not.
  const bearer = /^\/(?:unsubscribe|accept)/;
  offered = forms
    .filter(({ to }) => !bearer.test(to))
    .filter(({ to, fields }) => to.startsWith("/guest/") || ID.test(to) || fields.some(([, value]) => ID.test(value)));
  planted = await plant(db, accounts.metis);
});

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

test.afterAll(async () => {
  await db?.end();
  await server?.dispose();
});

/** What the demo world may lack: a picture in a brief, and something that was sent along with an idea. */
async function addFiles(): Promise<void> {
  for (const idea of [stifferJoint, metisIdeas.done]) {
    await db.query(
      `insert into idea_files (id, idea_id, account_id, name, media_type, byte_size, width, height, storage_path, created_by)
       select file, id, account_id, 'a.webp', 'image/webp', 1, 1, 1, id || '/' || file || '.webp', author_id
       from ideas cross join gen_random_uuid() file where id = $1`,
      [idea],
    );
    await db.query(
      `insert into idea_attachments (account_id, idea_id, uploaded_by, name, byte_size, state, media_type, storage_path)
       select account_id, id, author_id, 'a.pdf', 1, 'ready', 'application/pdf', id || '/nowhere.pdf'
       from ideas where id = $1`,
      [idea],
    );
  }
}

let callers = 0;

async function caller(playwright: PlaywrightWorkerArgs["playwright"], login: string | null) {
  callers += 1;
  const context = await playwright.request.newContext({
    baseURL: server.origin,
    maxRedirects: 0,
    extraHTTPHeaders: { Origin: server.origin, "X-Forwarded-For": `192.0.2.${callers}` },
  });
  if (login === null) return context;
  const answer = await context.post("/login", { form: { email: login, password: demoPassword } });
  expect(answer.status()).toBe(302);
  return context;
}

/** A guest who was shown one idea, and has come in by a mailed code. */
async function guestOf(playwright: PlaywrightWorkerArgs["playwright"], idea: string): Promise<APIRequestContext> {
  const token = `a-link-${callers}-to-${idea}`;
  const address = `guest-${callers}@brix.example`;
  const browser = await caller(playwright, null);
  await enterAsGuest(db, browser, { idea, token, address, name: "A guest" });
  return browser;
}

const addressOf = (route: Route) =>
  route.path
    .split("/")
    .map((part) => (part.startsWith(":") ? (objects.get(part.slice(1).replace("?", "")) ?? part) : part))
    .map((part) => (part === "*" ? "no-such-page" : part))
    .join("/");

const dataOf = (path: string) => (path === "/" ? "/_root.data" : `${path}.data`);

/** Asks everything there is to ask, and answers with what of it told the planted word. */
async function askEverything(browser: APIRequestContext, writes: boolean): Promise<string[]> {
  const told: string[] = [];
  const look = async (what: string, answer: Promise<{ text(): Promise<string>; status(): number }>) => {
    const got = await answer;
    // For those within, the words that were planted lead to files that are not there; for those outside nothing breaks.
    if (writes) expect(got.status(), what).toBeLessThan(500);
    if ((await got.text()).includes(PLANTED)) told.push(what);
  };
  for (const route of routes) {
    const path = addressOf(route);
    const query = `q=${NEEDLE}&search=${NEEDLE}&account=${accounts.metis}`;
    if (route.hasLoader) {
      await look(`GET ${path}`, browser.get(`${path}?${query}`, { headers: { Accept: "text/html" } }));
      await look(`GET ${path} (data)`, browser.get(`${dataOf(path)}?${query}&_routes=${route.id}`));
    }
    const form = DOORS[route.id]?.action?.form;
    if (writes && route.hasAction && form && !DOORS[route.id]?.action?.endsSession) {
      await look(`POST ${path}`, browser.post(path, { form: { ...form, account: accounts.metis } }));
      await look(`POST ${path} (data)`, browser.post(dataOf(path), { form }));
    }
  }
  for (const { name, to, fields } of writes ? offered : []) {
    await look(`POST ${name}`, browser.post(to, bodyOf(fields)));
  }
  return told;
}

test("what is offered to do with objects is collected from the pages", () => {
  expect(offered.length).toBeGreaterThan(50);
});

test("every parameter of an address has an object of Metis, and every text of Metis holds the word", () => {
  const names = routes.flatMap(({ path }) => [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name));
  expect(names.filter((name) => !objects.get(name))).toEqual([]);
  for (const column of ["ideas.title", "ideas.body", "idea_comments.body", "idea_notes.body", "idea_briefs.doc"]) {
    expect(planted).toContain(column);
  }
});

test("Metis' own people do read the word, on many pages", async ({ playwright }) => {
  const owner = await caller(playwright, "owner@metis.example");
  const told = await askEverything(owner, false);
  // Wherever an object of theirs is asked for, so that nobody is refused for there being nothing.
  const own = routes.filter(
    ({ id, path, hasLoader }) => hasLoader && /^routes\/_portal\..*\$/.test(id) && path.includes(":"),
  );
  expect(own.length).toBeGreaterThan(4);
  expect(own.map((route) => `GET ${addressOf(route)}`).filter((asked) => !told.includes(asked))).toEqual([]);
  await owner.dispose();
});

for (const [who, login] of [
  ["nobody", null],
  ["a stranger of another account", "owner@brix.example"],
  ["another stranger", "engineer@hanlin.example"],
] as const) {
  test(`${who} reads no word of Metis anywhere, and changes nothing`, async ({ playwright }) => {
    const browser = await caller(playwright, login);
    const before = await fingerprint(db, accounts.metis);
    expect(await askEverything(browser, true)).toEqual([]);
    expect(await fingerprint(db, accounts.metis)).toEqual(before);
    await browser.dispose();
  });
}

for (const [who, idea] of [
  ["a guest of another account reads no word of Metis anywhere", brixIdea],
  ["a guest of Metis, who was shown one idea, reads no word of anything else there", stifferJoint],
] as const) {
  test(`${who}, and changes nothing`, async ({ playwright }) => {
    const browser = await guestOf(playwright, idea);
    const before = await fingerprint(db, accounts.metis);
    expect(await askEverything(browser, true)).toEqual([]);
    expect(await fingerprint(db, accounts.metis)).toEqual(before);
    await browser.dispose();
  });
}

test("a guest of another account who knows the link of one of Metis' is asked for a code there, and let in nowhere", async ({
  playwright,
}) => {
  const browser = await guestOf(playwright, brixIdea);
  const door = `/guest/${guestTokens.living}`;
  const before = await fingerprint(db, accounts.metis);
  const asked = await browser.get(door);
  expect(asked.status()).toBe(200);
  expect(await asked.text()).toContain('value="send"');
  for (const form of [{ name: "A guest" }, { intent: "check", code: "000000" }]) {
    const answer = await browser.post(door, { form });
    expect(answer.status()).toBe(422);
    expect(answer.headers()["set-cookie"] ?? "").not.toContain("guest");
  }

  const inside = offered.filter(({ to }) => to.startsWith(`${door}/idea`));
  expect(inside.some(({ name }) => name.includes("intent=rename"))).toBe(true);
  const shut = [
    browser.get(`${door}/idea`),
    ...inside.map(({ to, fields }) => browser.post(to, bodyOf(fields))),
    browser.post(`${door}/idea`, { form: { comment: "I should not be here." } }),
  ];
  for (const answer of await Promise.all(shut)) {
    expect([answer.status(), answer.headers().location]).toEqual([302, door]);
  }
  expect((await browser.get(`${door}/live`)).status()).toBe(404);
  const { rows: files } = await db.query<{ path: string }>(
    `select '/api/files/' || id as path from idea_files where idea_id = $1
     union all select '/api/attachments/' || id from idea_attachments where idea_id = $1`,
    [stifferJoint],
  );
  expect(files.length).toBeGreaterThan(1);
  for (const { path } of files) expect((await browser.get(path)).status(), path).toBe(404);
  const uploads = ["/api/attachments", `/api/ideas/${stifferJoint}/images`];
  for (const path of uploads)
    expect((await browser.post(path, { form: { name: "x.png", size: "1" } })).status()).toBe(401);
  const { cookies } = await browser.storageState();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  expect(await upgrade(server.origin, `/collab/idea:${brixIdea}:brief`, cookie)).toBe(101);
  expect(await upgrade(server.origin, `/collab/idea:${stifferJoint}:brief`, cookie)).toBe(401);
  expect(await fingerprint(db, accounts.metis)).toEqual(before);
  await browser.dispose();
});

test("a removed member, whose session was open, reads no word of Metis anywhere, and changes nothing", async ({
  playwright,
}) => {
  const browser = await caller(playwright, "approver@metis.example");
  expect((await askEverything(browser, false)).length).toBeGreaterThan(6);
  await db.query("update people set removed_at = now() where id = $1", ["0b000000-0000-4000-8000-000000000002"]);
  const before = await fingerprint(db, accounts.metis);
  expect(await askEverything(browser, true)).toEqual([]);
  expect(await fingerprint(db, accounts.metis)).toEqual(before);
  await browser.dispose();
});
