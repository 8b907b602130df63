import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClientActor } from "~/kernel/actor";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  admin,
  auditor,
  brixIdea,
  brixOwner,
  designer,
  hanlinEngineer,
  ideaId,
  manager,
  metisApprover,
  metisIdeas,
  metisOwner,
  products,
  removedMember,
  stifferJoint,
  support,
} from "../../tests/personas";
import { viewBoard } from "./idea-board.server";
import { changeIdeas } from "./idea-bulk.server";
import { exportFile } from "./idea-export.server";
import { EVERYTHING, PORTAL_SORTS, type PortalFilter, SCOPES, STAFF_SORTS, type StaffFilter } from "./idea-list";
import { listIdeas, listStaffIdeas } from "./idea-lists.server";
import { keepView, openingView, openWith, removeView, renameView } from "./idea-views.server";
import { moveStatus } from "./ideas.server";

type Page = { rows: readonly { id: string }[]; next: string | null };

/** The ids of a whole list, page by page, and how many pages it took. */
async function walk(page: (after: string | null) => Promise<Page>) {
  const ids: string[] = [];
  let after: string | null = null;
  for (let pages = 1; pages < 50; pages += 1) {
    const { rows, next }: Page = await page(after);
    ids.push(...rows.map(({ id }) => id));
    if (next === null) return { ids, pages };
    after = next;
  }
  throw new Error("The list has no end");
}

const sqlIds = async (text: string, values: unknown[] = []) =>
  (await asSuperuser<{ id: string }>(text, values)).map(({ id }) => id).sort();

/** Ideas of Metis that stand level with others in every order. */
async function level(count: number) {
  await asSuperuser(
    `insert into ideas (account_id, author_id, title, body, body_text, search_tokens, last_activity_at, answer_due_at)
     select $1, $2, 'Level ' || n, '{}', '', 'level', date_trunc('second', now()) + (n % 3) * interval '1 microsecond',
       now() + (n % 2) * interval '1 hour'
     from generate_series(1, $3) n`,
    [accounts.metis, metisOwner.personId, count],
  );
  await asSuperuser(
    `update ideas set support_accounts = n % 4, support_people = n % 5, support_value_minor = n % 3
     from (select id as one, row_number() over (order by id) as n from ideas where title like 'Level %') numbered where id = one`,
  );
}

describe("pages of a list", () => {
  test("show every idea once, in every order, to clients and to staff", async () => {
    await level(90);
    const own = await sqlIds("select id from ideas where account_id = $1", [accounts.metis]);
    const shared = await sqlIds("select idea_id as id from shared_ideas");
    const all = await sqlIds("select id from ideas where merged_into is null");
    const waiting = await sqlIds(
      "select id from ideas where merged_into is null and answered_at is null and answer_due_at is not null",
    );
    for (const sort of PORTAL_SORTS) {
      const ours = await walk((after) => listIdeas(metisOwner, { sort, after }));
      expect(ours.pages, sort).toBeGreaterThan(4);
      expect([...ours.ids].sort(), sort).toEqual(own);
      if (sort === "activity") continue;
      expect((await walk((after) => listIdeas(brixOwner, { scope: "all", sort, after }))).ids.sort(), sort).toEqual(
        shared,
      );
    }
    for (const sort of STAFF_SORTS) {
      const { ids, pages } = await walk((after) => listStaffIdeas(designer, { sort, after }));
      expect(pages, sort).toBeGreaterThan(2);
      expect(ids.sort(), sort).toEqual(sort === "due" ? waiting : all);
    }
  });

  test("hold nothing that a filter leaves out, whatever the filters, and every idea that they let through", async () => {
    const filters = fc.record({
      status: fc.constantFrom(null, "new", "planned"),
      kind: fc.constantFrom(null, "suggestion", "complaint"),
      account: fc.constantFrom(null, accounts.metis, accounts.hanlin),
      visibility: fc.constantFrom(null, "account", "all_customers"),
      product: fc.constantFrom(null, products.aria),
      sort: fc.constantFrom(...STAFF_SORTS.filter((sort) => sort !== "due")),
    });
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const { ids } = await walk((after) => listStaffIdeas(admin, { ...filter, after } as Partial<StaffFilter>));
        const { status, kind, account, visibility, product } = filter;
        const expected = await sqlIds(
          `select id from ideas where merged_into is null and coalesce(status = $1, true) and coalesce(kind = $2, true)
             and coalesce(account_id = $3, true) and coalesce(visibility = $4, true)
             and ($5::uuid is null or product_id = $5)`,
          [status, kind, account, visibility, product],
        );
        expect(ids.sort()).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("of a search are the pages of its order, too", async () => {
    for (const sort of PORTAL_SORTS) {
      const { ids } = await walk((after) => listIdeas(metisOwner, { q: "level", sort, after }));
      expect(ids, sort).toHaveLength(90);
      expect(new Set(ids).size, sort).toBe(90);
    }
  });
});

describe("what a client's list shows", () => {
  const seen = async (client: ClientActor, filter: Partial<PortalFilter>) =>
    (await walk((after) => listIdeas(client, { ...filter, after }))).ids;

  test("is never another account's, whatever ids stand in its address", async () => {
    const foreign = { product: brixIdea, status: "new" };
    expect(await seen(metisOwner, { ...foreign, scope: "ours" })).toEqual([]);
    expect(await seen(metisOwner, { scope: "all", q: "autumn colours" })).toEqual([]);
    const all = await seen(metisOwner, { scope: "all" });
    expect(all).not.toContain(brixIdea);
    expect((await listIdeas(metisOwner, { after: brixIdea })).rows.map(({ id }) => id)).not.toContain(brixIdea);
  });

  test("names no author and no discussion of ideas that all customers see", async () => {
    const { rows } = await listIdeas(brixOwner, { scope: "all" });
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(({ author, commentCount }) => author !== null || commentCount !== null)).toEqual([]);
    expect(JSON.stringify(rows)).not.toMatch(/Metis|Hanlin|account_id|accountId/);
  });

  test("are those one follows or supports, and no longer when one stops", async () => {
    expect(await seen(hanlinEngineer, { scope: "followed" })).toContain(stifferJoint);
    await asSuperuser("update idea_support set withdrawn_at = now() where idea_id = $1 and person_id = $2", [
      stifferJoint,
      hanlinEngineer.personId,
    ]);
    await asSuperuser("delete from idea_followers where idea_id = $1 and person_id = $2", [
      stifferJoint,
      hanlinEngineer.personId,
    ]);
    expect(await seen(hanlinEngineer, { scope: "followed" })).not.toContain(stifferJoint);
  });

  test("is nothing at all for somebody who was removed, in any scope", async () => {
    for (const scope of SCOPES) {
      const page = await listIdeas(removedMember, { scope });
      expect(page.rows).toEqual([]);
      expect(page.count ?? 0).toBe(0);
      expect((await listIdeas(removedMember, { scope, q: "lamp" })).rows).toEqual([]);
    }
  });

  test("is counted truly", async () => {
    const [row] = await asSuperuser<{ n: number }>(
      "select count(*)::int as n from ideas where account_id = $1 and status = 'planned'",
      [accounts.metis],
    );
    expect((await listIdeas(metisApprover, { status: "planned" })).count).toBe(row?.n);
  });
});

test("what supporters are worth follows support, merging and what is put down, and is known to staff alone", async () => {
  const value = async () => {
    const { rows } = await listStaffIdeas(manager, { q: "joint", sort: "value" });
    return rows.find(({ id }) => id === ideaId(15))?.valueMinor ?? (await one());
  };
  const one = async () =>
    (
      await asSuperuser<{ v: string }>("select support_value_minor::text as v from ideas where id = $1", [ideaId(15)])
    )[0]?.v;
  const before = BigInt((await value()) ?? 0);
  expect(before).toBe(17_300_000n);
  await asSuperuser("update account_values set yearly_minor = yearly_minor + 100 where account_id = $1", [
    accounts.metis,
  ]);
  expect(BigInt((await one()) ?? 0)).toBe(before + 100n);
  await asSuperuser("update account_values set yearly_currency = 'CNY' where account_id = $1", [accounts.hanlin]);
  expect(BigInt((await one()) ?? 0)).toBe(12_500_100n);
});

describe("a change of many ideas", () => {
  const tick = async (ids: string[]) =>
    asSuperuser<{ id: string; revision: number }>("select id, revision from ideas where id = any ($1) order by id", [
      ids,
    ]);
  const level2 = (names: string[]) => sqlIds("select id from ideas where title = any ($1)", [names]);

  test("changes those that may, and says of each other why it stays and who was quicker", async () => {
    const ids = await level2(["Level 1", "Level 2", "Level 3"]);
    const ticked = await tick([...ids, metisIdeas.declined]);
    const quick = ticked.find(({ id }) => id === ids[0]);
    await moveStatus(manager, ids[0] as string, { to: "under_review", revision: quick?.revision ?? 0 });
    const outcome = await changeIdeas(designer, ticked, { what: "status", to: "planned" });
    expect(outcome).toMatchObject({ ok: true, changed: 2 });
    if (!outcome.ok) throw new Error(outcome.why);
    expect(new Map(outcome.left.map(({ id, why }) => [id, why]))).toEqual(
      new Map([
        [ids[0], "moved-meanwhile"],
        [metisIdeas.declined, "no-such-move"],
      ]),
    );
    expect(outcome.left.find(({ why }) => why === "moved-meanwhile")?.by).toBeTruthy();
    const told = await sqlIds(
      "select subject_id as id from events where name = 'idea.status_changed' and facts ->> 'to' = 'planned' and subject_id = any ($1)",
      [ids],
    );
    expect(told).toEqual([ids[1], ids[2]].sort());
  });

  test("made by two people at once changes each idea once", async () => {
    const ids = await level2(["Level 11", "Level 12", "Level 13", "Level 14"]);
    const ticked = await tick(ids);
    const [one, other] = await Promise.all([
      changeIdeas(designer, ticked, { what: "status", to: "under_review" }),
      changeIdeas(manager, [...ticked].reverse(), { what: "owner", owner: designer.personId }),
    ]);
    if (!one.ok || !other.ok) throw new Error("refused");
    expect(one.changed + other.changed).toBe(4);
    expect(one.left.length + other.left.length).toBe(4);
  });

  test("tags, takes off tags and merges", async () => {
    const ids = await level2(["Level 21", "Level 22"]);
    const [tag] = await sqlIds("select id from tags limit 1");
    const change = { what: "tag", tag: tag as string } as const;
    expect(await changeIdeas(designer, await tick(ids), change)).toMatchObject({ changed: 2, left: [] });
    expect(await changeIdeas(designer, await tick(ids), change)).toMatchObject({ changed: 0 });
    const tagged = await listStaffIdeas(designer, { tag: tag as string, columns: ["tags"] });
    expect(tagged.rows.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect(tagged.rows.every(({ tags }) => (tags ?? []).length > 0)).toBe(true);
    expect(await changeIdeas(designer, await tick(ids), { ...change, what: "untag" })).toMatchObject({ changed: 2 });
    const into = ids[0] as string;
    expect(await changeIdeas(designer, await tick(ids), { what: "merge", into })).toMatchObject({
      changed: 1,
      left: [],
    });
    expect(await sqlIds("select id from ideas where merged_into = $1", [into])).toEqual([ids[1]]);
    expect((await listStaffIdeas(designer, { merged: "with", q: "level" })).rows.map(({ id }) => id)).toContain(into);
    expect((await listStaffIdeas(designer, { merged: "away", q: "level" })).rows.map(({ id }) => id)).toEqual([ids[1]]);
  });

  test("is refused to those who change nothing, for a choice that is gone, and says what is not there", async () => {
    const ticked = await tick(await level2(["Level 31"]));
    for (const person of [support, auditor]) {
      expect(await changeIdeas(person, ticked, { what: "status", to: "planned" })).toEqual({
        ok: false,
        why: "not-yours-to-change",
      });
    }
    expect(await changeIdeas(admin, ticked, { what: "status", to: "nowhere" })).toMatchObject({
      why: "no-such-choice",
    });
    expect(await changeIdeas(admin, ticked, { what: "owner", owner: metisOwner.personId })).toMatchObject({
      why: "no-such-choice",
    });
    const gone = [...ticked, { id: ideaId(99), revision: 1 }];
    const outcome = await changeIdeas(admin, gone, { what: "owner", owner: admin.personId });
    expect(outcome).toMatchObject({ ok: true, changed: 1, left: [{ why: "not-found" }] });
  });
});

describe("views", () => {
  test("of a colleague are seen when they are shared, and changed by nobody else", async () => {
    const own = await keepView(support, {
      name: "Mine alone",
      query: "status=new&nonsense=<b>&after=x",
      shared: false,
    });
    const open = await keepView(support, { name: "For all", query: "sort=accounts", shared: true });
    if (!own.ok || !open.ok) throw new Error("not kept");
    expect(own.query).toBe("status=new");
    const names = (await listStaffIdeas(designer, {})).views.map(({ name }) => name);
    expect(names).toContain("For all");
    expect(names).not.toContain("Mine alone");
    expect(await openWith(designer, own.id)).toBe(false);
    expect(await removeView(designer, open.id)).toBe(false);
    expect(await openWith(designer, open.id)).toBe(true);
    expect(await openingView(designer)).toEqual({ id: open.id, query: "sort=accounts" });
    expect(await removeView(support, open.id)).toBe(true);
    expect(await openingView(designer)).toBeUndefined();
  });

  test("are called otherwise by their owner alone, and by no name that another of theirs has", async () => {
    const kept = await keepView(support, { name: "Before", query: "kind=complaint", shared: false });
    const other = await keepView(support, { name: "Other", query: "", shared: false });
    if (!kept.ok || !other.ok) throw new Error("not kept");
    const wanted = { id: kept.id, name: "After", shared: true };
    expect(await renameView(designer, wanted)).toEqual({ ok: false, why: "not-found" });
    expect(await renameView(auditor, wanted)).toEqual({ ok: false, why: "may-not-keep" });
    expect(await renameView(support, { ...wanted, name: "OTHER" })).toEqual({ ok: false, why: "name-taken" });
    expect(await renameView(support, wanted)).toEqual({ ok: true });
    const seen = (await listStaffIdeas(designer, {})).views.find(({ id }) => id === kept.id);
    expect(seen).toMatchObject({ name: "After", query: "kind=complaint" });
  });

  test("have one name each, and an auditor keeps none", async () => {
    const view = { name: "Twice", query: "", shared: false };
    expect((await keepView(admin, view)).ok).toBe(true);
    expect(await keepView(admin, { ...view, name: "TWICE" })).toEqual({ ok: false, why: "name-taken" });
    expect(await keepView(auditor, view)).toEqual({ ok: false, why: "may-not-keep" });
  });
});

test("the board shows each status with its true count, and a column goes on where it stopped", async () => {
  const { columns } = await viewBoard(designer, EVERYTHING, null);
  // A card is taken along as text.
  expect(JSON.parse(JSON.stringify(columns))).toHaveLength(columns.length);
  const counted = await asSuperuser<{ status: string; n: number }>(
    "select status, count(*)::int as n from ideas where merged_into is null group by status",
  );
  for (const { status, n } of counted) expect(columns.find((column) => column.status === status)?.count).toBe(n);
  const status = "new";
  const rest = await walk(async (after) => {
    const board = await viewBoard(designer, { ...EVERYTHING, sort: "accounts" }, { status, after });
    return board.columns[0] as Page;
  });
  expect(rest.ids.sort()).toEqual(
    await sqlIds("select id from ideas where merged_into is null and status = $1", [status]),
  );
});

test("a file holds the filtered list, begins with a mark for spreadsheets, and runs no formula", async () => {
  await asSuperuser("update ideas set title = '=cmd|calc' where title = 'Level 41'");
  const words = { heads: ["Idea"], kind: (kind: string) => kind, status: (status: string) => status, cut: "cut" };
  const file = exportFile(auditor, { ...EVERYTHING, q: "level" }, words);
  const bytes = new Uint8Array(await new Response(file).arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = new TextDecoder().decode(bytes).trim().split("\r\n");
  const [row] = await asSuperuser<{ n: number }>(
    "select count(*)::int as n from ideas where search_tokens = 'level' and merged_into is null",
  );
  expect(lines).toHaveLength(1 + (row?.n ?? 0));
  expect(lines.filter((line) => /^[=+@-]/.test(line))).toEqual([]);
  expect(lines.some((line) => line.startsWith("'=cmd|calc,"))).toBe(true);
});

test("a file holds what supporters are worth to the cent", async () => {
  await asSuperuser("update ideas set support_value_minor = 17300007 where id = $1", [stifferJoint]);
  const words = { heads: ["Idea"], kind: (kind: string) => kind, status: (status: string) => status, cut: "cut" };
  const file = await new Response(exportFile(auditor, EVERYTHING, words)).text();
  const line = file.split("\r\n").find((one) => one.includes(stifferJoint));
  expect(line?.split(",")).toContain("173000.07");
});

test("a file says each moment so that it can be taken for no other", async () => {
  await asSuperuser(
    `update ideas set created_at = '2026-03-04T05:06:07Z', last_activity_at = '2026-11-02T23:59:59Z',
       answer_due_at = '2026-03-05T10:00:00Z', answered_at = null where id = $1`,
    [stifferJoint],
  );
  const words = { heads: ["Idea"], kind: (kind: string) => kind, status: (status: string) => status, cut: "cut" };
  const file = await new Response(exportFile(auditor, EVERYTHING, words)).text();
  const line = file.split("\r\n").find((one) => one.includes(stifferJoint));
  expect(line?.split(",").slice(-4)).toEqual([
    "2026-03-05T10:00:00Z",
    "2026-03-04T05:06:07Z",
    "2026-11-02T23:59:59Z",
    stifferJoint,
  ]);
});
