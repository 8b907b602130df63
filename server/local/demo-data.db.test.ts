import { expect, test } from "vitest";
import { adminUrl, asSuperuser } from "../../tests/database";
import { demoObjects } from "./demo-data";

/** What a column's check lets stand in it. */
async function allowed(table: string, column: string): Promise<string[]> {
  const rows = await asSuperuser<{ value: string }>(
    `select m[1] as value from pg_constraint c
     join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
     cross join regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''::text', 'g') m
     where c.contype = 'c' and c.conrelid = $1::regclass and a.attname = $2`,
    [table, column],
  );
  return rows.map(({ value }) => value).sort();
}

test("the demo names ideas, products, invitations, guests, people and notifications in every state that they can have", async () => {
  const objects = await demoObjects(adminUrl);
  const states = (kind: string) => [...new Set(objects.filter((one) => one.kind === kind).map(({ state }) => state))];
  const statuses = await asSuperuser<{ id: string }>("select id from idea_statuses order by id");
  expect(states("idea").sort()).toEqual(statuses.map(({ id }) => id).sort());
  expect(states("product").sort()).toEqual(await allowed("products", "state"));
  // These have no column of their own: their times tell.
  expect(states("invitation").sort()).toEqual(["accepted", "expired", "open", "revoked"]);
  expect(states("guest").sort()).toEqual(["expired", "open", "revoked"]);
  expect(states("person").sort()).toEqual(["active", "removed"]);
  expect(states("notification").sort()).toEqual(["read", "unread"]);
  for (const kind of ["complaint", "merged idea", "brief", "comment", "internal note"])
    expect(states(kind)).toEqual([null]);
});

test("the link of a guest who is let in no longer is no path", async () => {
  const guests = (await demoObjects(adminUrl)).filter(({ kind }) => kind === "guest");
  expect(guests.filter(({ portal }) => portal !== null).map(({ state }) => state)).toEqual(["open"]);
});
