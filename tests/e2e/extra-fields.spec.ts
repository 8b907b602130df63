import { expect, type Page, test } from "@playwright/test";
import type pg from "pg";
import { briefRoom } from "~/collab/room";
import { guestTokens, stifferJoint } from "../personas";
import { DOORS } from "./doors";
import { bodyOf, everyForm, type OfferedForm, offeredAgain, plainBrowser } from "./forms";
import { superuser } from "./planted";
import { routeTable } from "./route-table";
import { startServer, type TestServer } from "./server";
import { upgrade } from "./sockets";

/** Every form that a page offers is sent by somebody it is offered to, with thirty fields that it does not have. */

test.describe.configure({ mode: "serial" });
test.setTimeout(240_000);

const MARK = "zqextra";
const LONG_AGO = "2001-02-03T04:05:06Z";
const HUGE = "987654321";
/** An account, one of its people and their login, which no form of any page has anything to do with. */
const NOBODYS = {
  accountId: "0a00feed-0000-4000-8000-000000000001",
  personId: "0b00feed-0000-4000-8000-000000000001",
  userId: "0c00feed-0000-4000-8000-000000000001",
};

/** Names of columns, of code and of tricks, with values that would be noticed wherever they arrived. */
const EXTRA: Readonly<Record<string, string>> = {
  account_id: NOBODYS.accountId,
  accountId: NOBODYS.accountId,
  "account[id]": NOBODYS.accountId,
  author_id: NOBODYS.personId,
  authorId: NOBODYS.personId,
  person_id: NOBODYS.personId,
  personId: NOBODYS.personId,
  user_id: NOBODYS.userId,
  userId: NOBODYS.userId,
  created_by: NOBODYS.personId,
  createdBy: NOBODYS.personId,
  owner_id: NOBODYS.personId,
  created_at: LONG_AGO,
  removed_at: LONG_AGO,
  happened_at: LONG_AGO,
  role: "admin",
  status: "done",
  side: "staff",
  audience: "staff",
  visibility: "all_customers",
  is_admin: `${MARK}-is`,
  comment_count: HUGE,
  support_accounts: HUGE,
  spending_limit_minor: HUGE,
  storage_path: MARK,
  search_tokens: MARK,
  ["__proto__"]: MARK,
  "__proto__[admin]": `${MARK}-proto`,
  "constructor.prototype.admin": MARK,
  "constructor[prototype][status]": MARK,
};

/** No form of any page sends one of these. */
const MARKS = [MARK, HUGE, "2001-02-03", NOBODYS.accountId, NOBODYS.personId, NOBODYS.userId];

/** Columns that hold one of a few words, where a word that came along looks like any other. */
const FEW_WORDS = /^(?:role|status|side|audience|visibility)$/;

/** What happens for staff's eyes alone, whatever form it comes from; of everything else, both sides are told. */
const FOR_STAFF =
  /^(?:account\.(?:created|changed)|status\.\w+|idea\.(?:taken_off_roadmap|noted|tagged)|person\.second_factor_required|prototype\.\w+|survey\.(?:made|closed|exported))$/;

let server: TestServer;
let db: pg.Client;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await startServer({ env: { TRUSTED_PROXIES: "127.0.0.1 ::1" } });
  db = await superuser(server);
  await db.query("insert into accounts (id, name) values ($1, 'Zzyzx')", [NOBODYS.accountId]);
  await db.query("insert into auth.users (id, email) values ($1, 'zzyzx@example.org')", [NOBODYS.userId]);
  await db.query(
    `insert into people (id, user_id, side, account_id, display_name, role)
     values ($1, $2, 'client', $3, 'Zzyzx', 'member')`,
    [NOBODYS.personId, NOBODYS.userId, NOBODYS.accountId],
  );
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

const KEYS = [
  "person_id",
  "idea_id",
  "comment_id",
  "note_id",
  "site_id",
  "reaction",
  "event_id",
  "chain",
  "doc",
  "tag_id",
  "account_id",
];
const keyOf = (row: Row) => String(row.id ?? KEYS.map((key) => row[key]));

type Fields = readonly (readonly [name: string, value: string])[];

/** Nobody is of the other side than they are: a row of staff's that says so may be their own. */
const extraOf = (to: string): Record<string, string> => ({
  ...EXTRA,
  side: to.startsWith("/staff") ? "client" : "staff",
});

/**
 * What of the fields arrived, in rows that are new or not as they were: values that only they hold, of few words those that
 * nothing in the form itself names, and whatever else of a row that was there has changed in a column called like one of them.
 */
function arrived(before: Map<string, Row>, after: Map<string, Row>, to: string, own: Fields): string[] {
  const seen: string[] = [];
  const extra = extraOf(to);
  for (const [key, row] of after) {
    const known = before.get(key);
    if (known) seen.push(...setBesides(key, known, row, to, own));
    const old = known ?? {};
    for (const [column, value] of Object.entries(row)) {
      const text = JSON.stringify(value);
      if (text === JSON.stringify(old[column])) continue;
      const chosen = own.some(([name, typed]) => name.includes(String(value)) || typed === value);
      const told = column === "audience" && FOR_STAFF.test(String(row.name));
      const moved = FEW_WORDS.test(column) && extra[column] === value && !chosen && !told;
      if (moved || MARKS.some((mark) => text.includes(mark)))
        seen.push(`${key}: ${column} = ${text} ${row.name ?? ""}`);
    }
  }
  return seen;
}

/** Rows of an account that no form has to do with, or columns called like a field that a form does not have. */
function setBesides(key: string, old: Row, row: Row, to: string, own: Fields): string[] {
  const nobodys = Object.values(NOBODYS).some((id) => JSON.stringify(old).includes(id));
  const explained = (column: string) =>
    COUNTED.test(column) ||
    own.some(([, typed]) => typed === String(row[column])) ||
    SETS.some(([form, sets]) => form.test(to) && `${key.split(" ")[0]}.${column}` === sets);
  return Object.keys(row)
    .filter((column) => JSON.stringify(row[column]) !== JSON.stringify(old[column]))
    .filter((column) => nobodys || (column in EXTRA && !explained(column)))
    .map((column) => `${key}: ${column} went from ${JSON.stringify(old[column])} to ${JSON.stringify(row[column])}`);
}

/** The database counts them itself. */
const COUNTED = /^(?:comment_count|support_accounts)$/;

/** What a form sets without a field: to press its button is to say it. */
const SETS: readonly (readonly [form: RegExp, column: string])[] = [
  [/^\/accept/, "invitations.person_id"],
  [/\/people\/|\/close$/, "people.removed_at"],
  [/\/sites$/, "site_people.created_at"],
];

/** Forms that cannot be taken as they are filled in here, and why. */
const MAY_BE_REFUSED: Readonly<Record<string, string>> = {
  "/dev/ui form=empty-light": "a page of examples, which takes nothing",
  "/dev/ui form=refused-light": "a page of examples, which takes nothing",
  "/dev/ui form=empty-dark": "a page of examples, which takes nothing",
  "/dev/ui form=refused-dark": "a page of examples, which takes nothing",
  "/confirm form=confirm": "its link opens nothing",
  "/confirm-identity form=identity": "nobody's password is guessed",
  [`/guest/${guestTokens.living} form=code intent=check`]: "nobody's code is guessed",
  "/staff/accounts/import": "it takes a file",
  "/staff/accounts/import/:id form=drop": "its import was confirmed before it",
  "/login form=sign-in": "nobody's password is guessed",
  "/decisions/:id form=not-yet": "the form before it signed",
  "/staff/prototypes/:id form=publish": "the form before it changed what is new",
  "/staff/settings/statuses form=retire": "ideas begin in the first status",
  "/ideas/:id/versions/:id form=restore": "what it would go back to stands there already",
  "/staff/ideas/:id/versions/:id form=restore": "what it would go back to stands there already",
  "/staff/ideas/:id/board form=begin-vote": "one vote at a time: the customer's form, sent before it, began one",
};

/** What a form asks for that cannot be told from its fields. */
const FILLED_IN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "/settings/notifications form=notifications": { quietFrom: "22", quietTo: "7" },
  "/staff/settings/notifications form=notifications": { quietFrom: "22", quietTo: "7" },
  "/surveys/:id form=meter": { tooCheap: "1", cheap: "2", expensive: "3", tooExpensive: "4" },
  "/staff/ideas/:id/survey form=survey": { closes: "2099-12-31" },
  "/staff/accounts/fields form=field": { key: "words_of_a_test" },
  "/staff/accounts/new form=account": { domain: "words.example", value: "1" },
  "/staff/absences form=absence": { substituteId: "" },
  // A product asks for more, once it is chosen.
  "/ideas/new form=idea": { product: "" },
  "/staff/ideas/:id form=behalf": { account: "Hanlin", person: "" },
  "/staff/ideas/:id/guests form=invite intent=invite": { email: "another@example.org" },
};

/** They change who is there, who one is and which link leads where: the others are sent before them. */
const LAST =
  /again|revoke|products|logout|view|second-factor|security|new-password|sessions|erase|remove|merge|close|unsubscribe/;

/** Of a brief that nobody has opened yet there is no version to keep or to go back to. */
async function openBrief(page: Page): Promise<void> {
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  expect(await upgrade(server.origin, `/collab/${briefRoom(stifferJoint)}`, cookie)).toBe(101);
  const stored = async () =>
    (await db.query("select from collab_doc where room = $1", [briefRoom(stifferJoint)])).rowCount;
  await expect.poll(stored).toBe(1);
}

test("there are thirty fields more", () => {
  expect(Object.keys(EXTRA)).toHaveLength(30);
});

test("whatever else is sent along with any form of any page, by somebody who may send it, arrives nowhere", async ({
  browser,
}) => {
  await openBrief(await plainBrowser(browser, server, "owner@metis.example"));
  const forms = await everyForm(browser, server);
  const inTurn = [...forms.values()].sort((a, b) => Number(LAST.test(a.name)) - Number(LAST.test(b.name)));
  const refused: string[] = [];
  let before = await everything();
  const send = async (name: string, to: string, fields: Fields, as: Page) => {
    const extra = Object.entries(extraOf(to)).filter(([key]) => !fields.some(([own]) => own === key));
    const { data, headers } = bodyOf([...extra, ...fields]);
    const answer = await as.request.post(to, {
      data,
      headers: { ...headers, Origin: server.origin },
      maxRedirects: 0,
    });
    expect(answer.status(), name).toBeLessThan(500);
    const after = await everything();
    expect.soft(arrived(before, after, to, fields), name).toEqual([]);
    before = after;
    return answer.status() < 400;
  };
  const filledIn = ({ name, fields }: OfferedForm): Fields =>
    fields.map(([field, value]) => [field, FILLED_IN[name]?.[field] ?? value]);
  for (const form of inTurn) {
    if (await send(form.name, form.to, filledIn(form), form.as)) continue;
    // A form that was sent before it may have changed its object, as a colleague would have: it is opened anew.
    const again = await offeredAgain(form);
    if (!again || !(await send(form.name, again.to, filledIn(again), form.as))) refused.push(form.name);
  }
  expect(forms.size).toBeGreaterThan(80);
  expect(refused.filter((name) => !(name in MAY_BE_REFUSED))).toEqual([]);
  expect(Object.keys(MAY_BE_REFUSED).filter((name) => !forms.has(name))).toEqual([]);
});

test("nor does it with what has no form on a page", async ({ browser }) => {
  const owner = await plainBrowser(browser, server, "owner@metis.example");
  let before = await everything();
  for (const { id } of routeTable().filter(({ hasAction }) => hasAction)) {
    const { path, action } = DOORS[id] ?? {};
    if (!path || !action || action.endsSession) continue;
    const answer = await owner.request.post(path, {
      form: { ...extraOf(path), ...action.form },
      headers: { Origin: server.origin },
      maxRedirects: 0,
    });
    expect(answer.status(), path).toBeLessThan(500);
    const after = await everything();
    expect(arrived(before, after, path, Object.entries(action.form)), path).toEqual([]);
    before = after;
  }
});
