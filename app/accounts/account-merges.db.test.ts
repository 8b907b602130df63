import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  admin,
  auditor,
  brixIdea,
  brixOwner,
  designer,
  manager,
  metisIdeas,
  metisOwner,
  stifferJoint,
  support,
} from "../../tests/personas";

/** Everything in the database that a merge could touch, by table and key; what only ever rises is left out. */
async function snapshot(): Promise<Record<string, string[]>> {
  const tables = await asSuperuser<{ name: string }>(
    `select c.relname::text as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and c.relname not in ('account_merges', 'account_merge_moves', 'mail_outbox', 'event_chains') order by 1`,
  );
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await asSuperuser<{ row: string }>(
      `select (to_jsonb(t) - 'revision' - 'updated_at')::text as row from public.${name} t
       ${name === "events" ? "where name not like 'account.%'" : ""} order by 1`,
    );
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}

/** Rows that one of two snapshots has and the other has not. */
function difference(before: Record<string, string[]>, after: Record<string, string[]>): string[] {
  return Object.keys(before).flatMap((table) => {
    const [then, now] = [new Set(before[table]), new Set(after[table])];
    const gone = [...then].filter((row) => !now.has(row)).map((row) => `- ${table} ${row.slice(0, 400)}`);
    return [...gone, ...[...now].filter((row) => !then.has(row)).map((row) => `+ ${table} ${row.slice(0, 400)}`)];
  });
}

type Merged = { outcome: string; merge: string | null; entangled: string | null };

async function merge(who: StaffActor, from: string, into: string): Promise<Merged> {
  const { rows } = await asActor(who, (tx) =>
    sql<Merged>`select * from private.merge_accounts(${from}::uuid, ${into}::uuid)`.execute(tx),
  );
  return rows[0] as Merged;
}

async function unmerge(who: StaffActor, id: string | null): Promise<{ outcome: string; entangled: string | null }> {
  const { rows } = await asActor(who, (tx) =>
    sql<{ outcome: string; entangled: string | null }>`select * from private.unmerge_accounts(${id}::uuid)`.execute(tx),
  );
  return rows[0] as { outcome: string; entangled: string | null };
}

const left = async (table: string, account: string) =>
  Number(
    (await asSuperuser<{ n: string }>(`select count(*) as n from public.${table} where account_id = $1`, [account]))[0]
      ?.n,
  );

const tablesOfAccounts = () =>
  asSuperuser<{ name: string }>(
    `select c.table_name::text as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and c.column_name = 'account_id' and t.table_type = 'BASE TABLE' and c.table_name <> 'event_chains'`,
  );

test("a merge takes everything of an account along, and undo restores every row of every table", async () => {
  // Both have a lead, a value and an invitation of one address: the like of a thing does not go along, and comes back.
  await asSuperuser(
    `insert into account_team (account_id, person_id, role) values ('${accounts.hanlin}', '${manager.personId}', 'lead'),
       ('${accounts.metis}', '${designer.personId}', 'lead') on conflict do nothing`,
  );
  await asSuperuser(
    `insert into invitations (account_id, email, role, language, invited_by, expires_at)
     select a::uuid, 'new@both.example', 'member', 'en', $1, now() + interval '7 days' from unnest($2::text[]) a`,
    [manager.personId, [accounts.hanlin, accounts.metis]],
  );
  const before = await snapshot();
  const done = await merge(manager, accounts.hanlin, accounts.metis);
  expect(done).toMatchObject({ outcome: "ok", entangled: null });

  const moved = await snapshot();
  expect(difference(before, moved).length).toBeGreaterThan(100);
  for (const { name } of await tablesOfAccounts()) expect(await left(name, accounts.hanlin), name).toBe(0);
  // What happened is read by those who have it now, and stands in the chain it was written to.
  const chains = await asSuperuser(`select distinct chain from events where account_id = $1 order by 1`, [
    accounts.metis,
  ]);
  expect(chains.map(({ chain }) => chain)).toEqual([accounts.metis, accounts.hanlin]);

  expect((await unmerge(admin, done.merge)).outcome).toBe("ok");
  expect(difference(before, await snapshot())).toEqual([]);
});

test("what was added after the merge to something that goes back goes back with it, and the rest stays", async () => {
  const ideasBefore = await left("ideas", accounts.metis);
  const done = await merge(manager, accounts.brix, accounts.metis);
  expect(done.outcome).toBe("ok");
  const [comment] = await asSuperuser<{ id: string }>(
    `insert into idea_comments (idea_id, account_id, author_id, body) values ($1, $2, $3, 'After the merge') returning id`,
    [brixIdea, accounts.metis, metisOwner.personId],
  );
  await asActor(metisOwner, (tx) =>
    recordEvent(
      tx,
      metisOwner,
      "idea.commented",
      { kind: "idea", id: brixIdea, accountId: accounts.metis },
      { comment: comment?.id },
    ),
  );
  expect((await unmerge(manager, done.merge)).outcome).toBe("ok");
  const [row] = await asSuperuser(`select account_id from idea_comments where id = $1`, [comment?.id]);
  expect(row).toEqual({ account_id: accounts.brix });
  const [event] = await asSuperuser(`select account_id, chain from events where facts ->> 'comment' = $1`, [
    comment?.id,
  ]);
  expect(event).toEqual({ account_id: accounts.brix, chain: accounts.metis });
  expect(await left("ideas", accounts.metis)).toBe(ideasBefore);
  // Nobody of Metis reads on about what is not theirs any more.
  const seen = await asActor(metisOwner, (tx) =>
    tx.selectFrom("events").select("id").where("subjectId", "=", brixIdea).execute(),
  );
  expect(seen).toEqual([]);
  await asSuperuser(`delete from idea_comments where id = $1`, [comment?.id]);
});

test("people of a merged account work where their things are, at once", async () => {
  const done = await merge(manager, accounts.brix, accounts.metis);
  const read = () =>
    asActor(brixOwner, (tx) =>
      tx.selectFrom("ideas").select("id").where("id", "in", [brixIdea, stifferJoint]).execute(),
    );
  expect((await read()).length).toBe(2);
  await unmerge(manager, done.merge);
  expect((await read()).map(({ id }) => id)).toEqual([brixIdea]);
});

describe("a merge is refused", () => {
  test.each([
    ["designer", designer],
    ["support", support],
    ["auditor", auditor],
  ])("to a %s", async (_name, who) => {
    expect((await merge(who, accounts.brix, accounts.metis)).outcome).toBe("not-yours");
    expect((await unmerge(who, "0f000000-0000-4000-8000-000000000001")).outcome).toBe("not-yours");
  });

  test("to a client, who has no such door", async () => {
    const tried = asActor(metisOwner, (tx) =>
      sql`select * from private.merge_accounts(${accounts.brix}::uuid, ${accounts.metis}::uuid)`.execute(tx),
    );
    await expect(tried).rejects.toMatchObject({ code: "42501" });
  });

  test("of an account with itself, with none, or of one that is merged already", async () => {
    expect((await merge(manager, accounts.brix, accounts.brix)).outcome).toBe("same-account");
    expect((await merge(manager, accounts.brix, "0f000000-0000-4000-8000-000000000001")).outcome).toBe("not-found");
    const done = await merge(manager, accounts.brix, accounts.metis);
    expect((await merge(manager, accounts.brix, accounts.hanlin)).outcome).toBe("merged-already");
    expect((await merge(manager, accounts.hanlin, accounts.brix)).outcome).toBe("merged-already");
    // Undo goes from the last merge to the first.
    const further = await merge(manager, accounts.metis, accounts.hanlin);
    expect(further.outcome).toBe("ok");
    expect((await unmerge(manager, done.merge)).outcome).toBe("merged-on");
    expect((await unmerge(manager, further.merge)).outcome).toBe("ok");
    expect((await unmerge(manager, done.merge)).outcome).toBe("ok");
    expect((await unmerge(manager, done.merge)).outcome).toBe("not-found");
  });
});

test("every column that names an account is one a merge knows of", async () => {
  const named = await asSuperuser<{ name: string }>(
    `select c.conrelid::regclass || '.' || a.attname as name
     from pg_constraint c cross join lateral unnest(c.conkey) k(num)
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num
     where c.contype = 'f' and c.confrelid = 'public.accounts'::regclass and a.attname <> 'account_id' order by 1`,
  );
  // What was read from a list, and the merges themselves, speak of the account as it was then.
  expect(named.map(({ name }) => name)).toEqual([
    "account_import_rows.duplicate_of",
    "account_import_rows.made",
    "account_merges.from_account",
    "account_merges.into_account",
    "accounts.merged_into",
  ]);
  expect(Object.values(metisIdeas).length).toBeGreaterThan(0);
});
