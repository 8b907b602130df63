import { expect, test } from "vitest";
import { adminUrl, asSuperuser } from "../../tests/database";
import { sinkingNido } from "../../tests/personas";
import { demoObjects } from "./demo-data";

/** What the check of a column lets stand in it, by table: one row for every column of that name whose check is a list. */
async function lists(column: string): Promise<Map<string, string[]>> {
  const rows = await asSuperuser<{ table: string; values: string[] }>(
    `select c.conrelid::regclass::text as table, array_agg(m[1] order by m[1]) as values from pg_constraint c
     join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
     cross join regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''::text', 'g') m
     where c.contype = 'c' and a.attname = $1 and c.connamespace = 'public'::regnamespace group by 1`,
    [column],
  );
  return new Map(rows.map(({ table, values }) => [table, values]));
}

/** Which kind of object tells the states of a table; null: its rows have a page on neither side. */
const STATES: Readonly<Record<string, string | null>> = {
  products: "product",
  idea_attachments: "attachment",
  // A letter, which its receiver reads elsewhere.
  mail_outbox: null,
  // The page of its version says how it stands.
  prototype_files: null,
  // No page shows them yet.
  rounds: null,
  round_offers: null,
};

async function statesOf(kind: string): Promise<(string | null)[]> {
  const objects = await demoObjects(adminUrl);
  return [...new Set(objects.filter((one) => one.kind === kind).map(({ state }) => state))].sort();
}

test("the demo names an object in every state that a table of states knows, and in every state that times tell", async () => {
  // Only a storage makes a file ready, and here is none: this is as if it had.
  await asSuperuser(
    `insert into idea_attachments (account_id, idea_id, uploaded_by, name, byte_size, state, media_type, storage_path)
     select account_id, id, author_id, 'a.txt', 1, 'ready', 'text/plain', 'a/whole' from ideas where id = $1`,
    [sinkingNido],
  );
  const tables = await lists("state");
  expect([...tables.keys()].sort(), "each table with states is told here").toEqual(Object.keys(STATES).sort());
  for (const [table, states] of tables) {
    const kind = STATES[table];
    if (kind) expect(await statesOf(kind), table).toEqual(states);
  }
  const statuses = await asSuperuser<{ id: string }>("select id from idea_statuses");
  expect(await statesOf("idea")).toEqual(statuses.map(({ id }) => id).sort());
  expect(await statesOf("account")).toEqual([...((await lists("kind")).get("accounts") ?? []), "closed"].sort());
  // These have no column of their own: their times tell.
  expect(await statesOf("invitation")).toEqual(["accepted", "expired", "open", "revoked"]);
  expect(await statesOf("guest")).toEqual(["expired", "open", "revoked"]);
  expect(await statesOf("survey")).toEqual(["closed", "draft", "open"]);
  expect(await statesOf("person")).toEqual(["active", "removed"]);
  expect(await statesOf("notification")).toEqual(["read", "unread"]);
  expect(await statesOf("support")).toEqual(["open", "withdrawn"]);
  const whatIdeasBecome = ["complaint", "shared idea", "parted idea", "merged idea"];
  for (const kind of [...whatIdeasBecome, "brief", "comment", "internal note"])
    expect(await statesOf(kind), kind).toEqual([null]);
});

test("a file that is not served leads to the idea that says how it stands, and one that never arrived leads nowhere", async () => {
  const files = (await demoObjects(adminUrl)).filter(({ kind, state }) => kind === "attachment" && state !== "ready");
  const paths = Object.fromEntries(files.map(({ state, portal, staff }) => [state, [portal, staff]]));
  const idea = [`/ideas/${sinkingNido}`, `/staff/ideas/${sinkingNido}`];
  expect(paths).toEqual({ checking: idea, refused: idea, uploading: [null, null] });
});

test("the link of a guest who is let in no longer is no path", async () => {
  const guests = (await demoObjects(adminUrl)).filter(({ kind }) => kind === "guest");
  expect(guests.filter(({ portal }) => portal !== null).map(({ state }) => state)).toEqual(["open"]);
});
