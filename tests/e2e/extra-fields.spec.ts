import { type APIRequestContext, expect, test } from "@playwright/test";
import type pg from "pg";
import { accounts, brixOwner, demoPassword, stifferJoint } from "../personas";
import { DOORS } from "./doors";
import { superuser } from "./planted";
import { routeTable } from "./route-table";
import { startServer, type TestServer } from "./server";

/** Every form of the build is sent by somebody who may send it, with thirty fields that it does not have. */

test.describe.configure({ mode: "serial" });
test.setTimeout(240_000);

const MARK = "zqextra";
const LONG_AGO = "2001-02-03T04:05:06Z";
const HUGE = "987654321";

/** Names of columns, of code and of tricks, with values that would be noticed wherever they arrived. */
const EXTRA: Readonly<Record<string, string>> = {
  account_id: accounts.brix,
  accountId: accounts.brix,
  "account[id]": accounts.brix,
  author_id: brixOwner.personId,
  authorId: brixOwner.personId,
  person_id: brixOwner.personId,
  personId: brixOwner.personId,
  user_id: brixOwner.userId,
  userId: brixOwner.userId,
  created_by: brixOwner.personId,
  createdBy: brixOwner.personId,
  owner_id: brixOwner.personId,
  created_at: LONG_AGO,
  removed_at: LONG_AGO,
  happened_at: LONG_AGO,
  role: "admin",
  status: "done",
  side: "staff",
  audience: "staff",
  is_admin: "1",
  admin: "1",
  comment_count: HUGE,
  support_accounts: HUGE,
  spending_limit_minor: HUGE,
  storage_path: MARK,
  search_tokens: MARK,
  ["__proto__"]: MARK,
  "__proto__[admin]": "1",
  "constructor.prototype.admin": MARK,
  "constructor[prototype][status]": MARK,
};

/** Forms that are filled in well, beside those of the guards, most of which are refused on purpose. */
const GOOD: readonly { login: string; path: string; form: Record<string, string> }[] = [
  { login: "owner@metis.example", path: "/ideas/new", form: { title: "A lamp", text: "With a switch" } },
  { login: "owner@metis.example", path: `/ideas/${stifferJoint}`, form: { comment: "It wobbles here, too." } },
  { login: "designer@tandem.example", path: `/staff/ideas/${stifferJoint}`, form: { form: "note", note: "Measured." } },
  { login: "owner@metis.example", path: "/api/preferences", form: { theme: "dark" } },
];

let server: TestServer;
let db: pg.Client;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await startServer({ env: { TRUSTED_PROXIES: "127.0.0.1 ::1" } });
  db = await superuser(server);
});

test.afterAll(async () => {
  await db?.end();
  await server?.dispose();
});

type Row = Record<string, unknown>;

/** Every row there is, by its place. */
async function everything(): Promise<Map<string, Row>> {
  const { rows: tables } = await db.query<{ name: string }>(
    `select table_name::text as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const all = new Map<string, Row>();
  for (const { name } of tables) {
    const { rows } = await db.query<{ row: Row }>(`select to_jsonb(t) as row from public."${name}" t`);
    for (const { row } of rows) all.set(`${name} ${keyOf(row)}`, row);
  }
  return all;
}

const keyOf = (row: Row) =>
  String(row.id ?? ["person_id", "idea_id", "event_id", "chain", "doc", "tag_id", "account_id"].map((key) => row[key]));

/** What of the fields arrived: values that only they hold, in rows that are new or not as they were. */
function arrived(before: Map<string, Row>, after: Map<string, Row>, form: Record<string, string>): string[] {
  const seen: string[] = [];
  for (const [key, row] of after) {
    const old = before.get(key) ?? {};
    for (const [column, value] of Object.entries(row)) {
      if (JSON.stringify(value) === JSON.stringify(old[column])) continue;
      const text = JSON.stringify(value);
      const marked = [MARK, HUGE, "2001-02-03", accounts.brix, brixOwner.personId, brixOwner.userId].find((mark) =>
        text.includes(mark),
      );
      const moved = /^(?:role|status|side)$/.test(column) && !(column in form) && EXTRA[column] === value;
      // A writer's own row says which side it is on.
      if (marked || (moved && before.has(key))) seen.push(`${key}: ${column} = ${text}`);
    }
  }
  return seen;
}

async function signedIn(
  playwright: { request: { newContext(options: object): Promise<APIRequestContext> } },
  login: string,
) {
  const browser = await playwright.request.newContext({
    baseURL: server.origin,
    maxRedirects: 0,
    extraHTTPHeaders: { Origin: server.origin },
  });
  await browser.post("/login", { form: { email: login, password: demoPassword } });
  return browser;
}

test("there are thirty fields more", () => {
  expect(Object.keys(EXTRA)).toHaveLength(30);
});

const actions = routeTable().filter(
  ({ id, hasAction }) => hasAction && DOORS[id]?.action && !DOORS[id]?.action?.endsSession,
);

for (const login of ["owner@metis.example", "designer@tandem.example", "admin@tandem.example"]) {
  test(`whatever else ${login} sends along with a form arrives nowhere`, async ({ playwright }) => {
    const browser = await signedIn(playwright, login);
    const forms = [
      ...actions.map(({ id }) => ({ login, path: DOORS[id]?.path ?? "", form: DOORS[id]?.action?.form ?? {} })),
      ...GOOD.filter((good) => good.login === login),
    ];
    for (const { path, form } of forms) {
      const before = await everything();
      const answer = await browser.post(path, { form: { ...EXTRA, ...form } });
      expect(answer.status(), path).toBeLessThan(500);
      expect(arrived(before, await everything(), form), path).toEqual([]);
    }
    expect((await browser.get("/healthz")).status()).toBe(200);
    await browser.dispose();
  });
}
