import pg from "pg";
import { beforeEach, expect, test } from "vitest";
import { adminUrl, asSuperuser } from "../../tests/database";
import { admin, designer, ideaId, metisApprover } from "../../tests/personas";
import { changeIdeas } from "./idea-bulk.server";
import { mergeIdeas, unmergeIdeas } from "./idea-care.server";
import { retireStatus } from "./idea-statuses.server";
import { support } from "./idea-support.server";

/**
 * Whoever holds several ideas takes the one with the smaller id first: then no two who change many wait for each other. Seen
 * from outside: while somebody has the first one, whoever wants both waits for it and holds nothing yet.
 */

const first = ideaId(12);
const second = ideaId(25);

beforeEach(async () => {
  await asSuperuser("update ideas set merged_into = null, merged_at = null, status = 'new' where id = any ($1)", [
    [second, first],
  ]);
});

/** Runs a statement and keeps what it holds until released. */
async function holding(statement: string, values: unknown[] = []): Promise<() => Promise<void>> {
  const other = new pg.Client({ connectionString: adminUrl });
  await other.connect();
  await other.query("begin");
  await other.query(statement, values);
  return async () => {
    await other.query("rollback");
    await other.end();
  };
}

const waits = async () => {
  const rows = await asSuperuser(
    "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return rows.length;
};
/** Which of the two ideas nobody holds. */
const free = async () =>
  (
    await asSuperuser<{ id: string }>(
      "select id from ideas where id = any ($1) order by id for no key update skip locked",
      [[first, second]],
    )
  ).map(({ id }) => id);

/** Starts the change while somebody has the first idea; the second is to be free until that ends. */
async function startsAtTheFirst<Outcome>(change: () => Promise<Outcome>): Promise<Outcome> {
  const release = await holding("select from ideas where id = $1 for no key update", [first]);
  const changed = change();
  try {
    await expect.poll(waits).toBe(1);
    expect(await free()).toEqual([second]);
  } finally {
    await release();
  }
  return changed;
}

const seen = async () => {
  const rows = await asSuperuser<{ id: string; revision: number }>(
    "select id, revision from ideas where id = any ($1) order by id desc",
    [[first, second]],
  );
  const [source = { id: "", revision: 0 }, target = source] = rows;
  return { source, target, both: rows };
};
const merge = async () => {
  const { source, target } = await seen();
  return mergeIdeas(designer, source, target);
};

test("merging and parting two ideas, and supporting one that is merged, begin at the first of them", async () => {
  expect(await startsAtTheFirst(merge)).toEqual({ ok: true });
  expect(await startsAtTheFirst(() => support(metisApprover, second))).toEqual({ ok: true });
  const { source } = await seen();
  expect(await startsAtTheFirst(() => unmergeIdeas(designer, source))).toEqual({ ok: true });
});

test("changing many at once begins at the first of them, in whatever order they were ticked", async () => {
  const { both } = await seen();
  const change = { what: "status", to: "under_review" } as const;
  expect(await startsAtTheFirst(() => changeIdeas(designer, both, change))).toMatchObject({ changed: 2, left: [] });
});

test("taking a status out of use begins at the first of its ideas", async () => {
  await asSuperuser(
    `insert into idea_statuses (id, kind, position, names)
     values ('trial', 'signal', 25, '{"en": "Trial", "uk": "Проба", "ru": "Проба", "zh": "试用"}')`,
  );
  for (const id of [second, first]) await asSuperuser("update ideas set status = 'trial' where id = $1", [id]);
  const [row] = await asSuperuser<{ revision: number }>("select revision from idea_statuses where id = 'trial'");
  const retire = () => retireStatus(admin, { id: "trial", revision: row?.revision ?? 0, instead: "under_review" });
  expect(await startsAtTheFirst(retire)).toEqual({ ok: true });
});

test("merging many waits for who is merging or counting before it holds any idea", async () => {
  const { both } = await seen();
  const release = await holding("select pg_advisory_xact_lock_shared(hashtextextended('merging ideas', 0))");
  const changed = changeIdeas(designer, both, { what: "merge", into: first });
  try {
    await expect.poll(waits).toBe(1);
    expect(await free()).toEqual([first, second]);
  } finally {
    await release();
  }
  expect(await changed).toMatchObject({ changed: 1, left: [] });
});

test("two who merge the same ideas in opposite directions at once are both answered, and one of them wins", async () => {
  const { both } = await seen();
  const outcomes = await Promise.all([
    changeIdeas(designer, both, { what: "merge", into: first }),
    changeIdeas(admin, [...both].reverse(), { what: "merge", into: second }),
    support(metisApprover, second),
  ]);
  expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
  const changed = outcomes.map((outcome) => ("changed" in outcome ? outcome.changed : 0));
  expect(changed.reduce((sum, one) => sum + one, 0)).toBe(1);
});
