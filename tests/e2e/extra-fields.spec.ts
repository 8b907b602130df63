import { expect, test } from "@playwright/test";
import type pg from "pg";
import { accounts, brixOwner } from "../personas";
import { DOORS } from "./doors";
import { bodyOf, everyForm, plainBrowser } from "./forms";
import { superuser } from "./planted";
import { routeTable } from "./route-table";
import { startServer, type TestServer } from "./server";

/** Every form that a page offers is sent by somebody it is offered to, with thirty fields that it does not have. */

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

const MARKS = [MARK, HUGE, "2001-02-03", accounts.brix, brixOwner.personId, brixOwner.userId];

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
  const sent = JSON.stringify(form);
  for (const [key, row] of after) {
    const old = before.get(key) ?? {};
    for (const [column, value] of Object.entries(row)) {
      if (JSON.stringify(value) === JSON.stringify(old[column])) continue;
      const text = JSON.stringify(value);
      const marked = MARKS.find((mark) => text.includes(mark) && !sent.includes(mark));
      const moved = /^(?:role|status|side)$/.test(column) && !(column in form) && EXTRA[column] === value;
      // A writer's own row says which side it is on.
      if (marked || (moved && before.has(key))) seen.push(`${key}: ${column} = ${text}`);
    }
  }
  return seen;
}

/** They change who is there and who one is: the others are sent before them. */
const LAST = /logout|view|second-factor|security|new-password|sessions|erase|remove|merge|close|unsubscribe/;

test("there are thirty fields more", () => {
  expect(Object.keys(EXTRA)).toHaveLength(30);
});

test("whatever else is sent along with any form of any page, by somebody who may send it, arrives nowhere", async ({
  browser,
}) => {
  const forms = await everyForm(browser, server);
  const inTurn = [...forms.values()].sort((a, b) => Number(LAST.test(a.name)) - Number(LAST.test(b.name)));
  const taken: string[] = [];
  let before = await everything();
  for (const { name, to, fields, as } of inTurn) {
    const extra = Object.entries(EXTRA).filter(([key]) => !fields.some(([own]) => own === key));
    const { data, headers } = bodyOf([...extra, ...fields]);
    const answer = await as.request.post(to, {
      data,
      headers: { ...headers, Origin: server.origin },
      maxRedirects: 0,
    });
    expect(answer.status(), name).toBeLessThan(500);
    if (answer.status() < 400) taken.push(name);
    const after = await everything();
    expect(arrived(before, after, { ...Object.fromEntries(fields), to }), name).toEqual([]);
    before = after;
  }
  // Not one is left out, and most are filled in well enough to be taken.
  expect(forms.size).toBeGreaterThan(80);
  expect(taken.length).toBeGreaterThan(50);
});

test("nor does it with what has no form on a page", async ({ browser }) => {
  const owner = await plainBrowser(browser, server, "owner@metis.example");
  let before = await everything();
  for (const { id } of routeTable().filter(({ hasAction }) => hasAction)) {
    const { path, action } = DOORS[id] ?? {};
    if (!path || !action || action.endsSession) continue;
    const answer = await owner.request.post(path, {
      form: { ...EXTRA, ...action.form },
      headers: { Origin: server.origin },
      maxRedirects: 0,
    });
    expect(answer.status(), path).toBeLessThan(500);
    const after = await everything();
    expect(arrived(before, after, action.form), path).toEqual([]);
    before = after;
  }
});
