import { sql } from "kysely";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { accounts, designer, metisGuest, metisOwner, stifferJoint } from "../../tests/personas";
import type { StaffActor } from "./actor";
import { asActor } from "./actor-tx.server";
import { portalDb } from "./db.server";

/** What went to PostgreSQL, one line a message. */
let sent: string[] = [];
const { query } = pg.Client.prototype;
beforeEach(() => {
  sent = [];
  pg.Client.prototype.query = function counted(this: pg.Client, ...asked: unknown[]) {
    const [first] = asked as [string | { text: string }];
    sent.push(typeof first === "string" ? first : first.text);
    return Reflect.apply(query, this, asked);
  } as typeof query;
});
afterEach(() => {
  pg.Client.prototype.query = query;
});

const accountsSeen = sql<{ accountId: string }>`select distinct account_id from ideas order by 1`;
const ideasSeen = sql<{ id: string }>`select id from public.ideas order by 1`;

test("an actor's transaction begins in the message of its first statement, and ends in one of its own", async () => {
  await asActor(metisOwner, async (tx) => {
    await accountsSeen.execute(tx);
    await ideasSeen.execute(tx);
  });
  expect(sent).toHaveLength(3);
});

test("a transaction that asks nothing is refused to whoever is not staff all the same", async () => {
  const impostor: StaffActor = { ...designer, userId: metisOwner.userId };
  await expect(asActor(impostor, async () => "done")).rejects.toThrow(/not a member of staff/);
});

test("a statement that was refused leaves the connection as good as it was", async () => {
  for (let time = 0; time < 6; time += 1) {
    const wrong = asActor(metisOwner, (tx) => sql`select 1 / ${time - time}::int from ideas`.execute(tx));
    await expect(wrong).rejects.toThrow(/division by zero/);
    const missing = asActor(metisOwner, (tx) => sql`select nothing_like_it from ideas`.execute(tx));
    await expect(missing).rejects.toThrow(/does not exist/);
    const { rows } = await asActor(metisOwner, (tx) => accountsSeen.execute(tx));
    expect(rows).toEqual([{ accountId: accounts.metis }]);
  }
});

test("a statement asked often answers each reader with what is theirs, on the same connection", async () => {
  for (let time = 0; time < 8; time += 1) {
    expect((await asActor(metisOwner, (tx) => accountsSeen.execute(tx))).rows).toEqual([{ accountId: accounts.metis }]);
    expect((await asActor(metisGuest, (tx) => ideasSeen.execute(tx))).rows).toEqual([{ id: stifferJoint }]);
    const many = await asActor(metisOwner, (tx) => ideasSeen.execute(tx));
    expect(many.rows.length).toBeGreaterThan(1);
    await expect(ideasSeen.execute(portalDb())).rejects.toThrow(/permission denied/);
  }
});

test("a statement asked often is planned once a connection, and one that searches each time", async () => {
  const planned = (like: string) =>
    sql<{ plans: string; generic: string }>`select count(*)::text as plans, sum(generic_plans)::text as generic
      from pg_prepared_statements where statement like ${like} and name <> ''`;
  const often = sql`select title as "asked often" from ideas where merged_at is null`;
  const searching = sql`select title as "searched often" from ideas where search @@ to_tsquery('simple', ${"lamp"})`;
  const seen = await asActor(metisOwner, async (tx) => {
    for (let time = 0; time < 12; time += 1) {
      await often.execute(tx);
      await searching.execute(tx);
    }
    const [named, anew] = [await planned("%asked often%").execute(tx), await planned("%searched often%").execute(tx)];
    return { named: named.rows[0], anew: anew.rows[0] };
  });
  expect(seen.named?.plans).toBe("1");
  expect(Number(seen.named?.generic)).toBeGreaterThan(0);
  expect(seen.anew?.plans).toBe("0");
});
