import { beforeEach, describe, expect, test } from "vitest";
import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import * as personas from "../../tests/personas";
import { defineField, listFields, retireField } from "./account-fields.server";
import { addSite, changeSite, placePerson, removeSite, viewSites } from "./account-sites.server";
import { joinTeam, leaveTeam, listAbsences, sayAway, takeBackAbsence, viewTeam } from "./account-teams.server";
import { accountToChange, changeAccount, createAccount, viewAccount, viewHistory } from "./staff-accounts.server";

const { accounts, admin, auditor, brixOwner, designer, hanlinEngineer, manager, metisOwner, metisViewer, support } =
  personas;
const NOWHERE = "0f000000-0000-4000-8000-00000000ffff";

const sitesOf = async (account: string) => (await viewSites(manager, account))?.sites ?? [];
const site = async (account: string, name: string) => {
  const found = (await sitesOf(account)).find((one) => one.name === name);
  if (!found) throw new Error(`there is no site ${name}`);
  return found;
};
/** What a form of a site sends. */
const wished = async (name: string) => {
  const { id, revision, parentId, address } = await site(accounts.metis, name);
  return { id, revision, name, parentId, address };
};
const add = (account: string, name: string, parentId: string | null = null) =>
  addSite(manager, account, { name, parentId, address: null });
const lastEvent = async (account: string) =>
  (
    await asSuperuser<{ name: string; actor_id: string; facts: object; audience: string }>(
      "select name, actor_id, facts, audience from events where subject_id = $1 order by id desc limit 1",
      [account],
    )
  )[0];

describe("sites", () => {
  beforeEach(() => asSuperuser("delete from account_sites where account_id = $1", [accounts.metis]));

  test("stand in a tree, are renamed and moved with all below them, and each step is noted for staff", async () => {
    expect(await add(accounts.metis, "Kyiv")).toEqual({ ok: true });
    expect(await lastEvent(accounts.metis)).toMatchObject({
      name: "account.changed",
      actor_id: manager.personId,
      audience: "staff",
    });
    await add(accounts.metis, "Hall 1", (await site(accounts.metis, "Kyiv")).id);
    await add(accounts.metis, "Dock", (await site(accounts.metis, "Hall 1")).id);
    await add(accounts.metis, "Lviv");
    const hall = await wished("Hall 1");
    const move = { ...hall, name: "Hall A", parentId: (await site(accounts.metis, "Lviv")).id };
    expect(await changeSite(manager, accounts.metis, move)).toEqual({ ok: true });
    expect((await sitesOf(accounts.metis)).map(({ name, depth }) => [name, depth])).toEqual([
      ["Kyiv", 0],
      ["Lviv", 0],
      ["Hall A", 1],
      ["Dock", 2],
    ]);
    expect(await changeSite(manager, accounts.metis, move), "quoting what is gone").toMatchObject({
      why: "changed-meanwhile",
    });
  });

  test("do not stand below themselves, however far down, nor at another account's, nor ten deep", async () => {
    await add(accounts.metis, "A");
    const a = await site(accounts.metis, "A");
    await add(accounts.metis, "B", a.id);
    const b = await site(accounts.metis, "B");
    const movedA = await wished("A");
    for (const parentId of [a.id, b.id]) {
      expect(await changeSite(manager, accounts.metis, { ...movedA, parentId })).toEqual({ ok: false, why: "circle" });
    }
    await expect(add(accounts.brix, "Foreign", a.id)).resolves.toMatchObject({ ok: false });
    let parent = b.id;
    for (const level of [3, 4, 5, 6, 7, 8, 9]) {
      expect(await add(accounts.metis, `L${level}`, parent)).toEqual({ ok: true });
      parent = (await site(accounts.metis, `L${level}`)).id;
    }
    expect(await add(accounts.metis, "L10", parent)).toEqual({ ok: false, why: "too-deep" });
  });

  test("two people who move two sites below each other at once: one of them is told that it closes a circle", async () => {
    await add(accounts.metis, "A");
    await add(accounts.metis, "B");
    const [a, b] = [await wished("A"), await wished("B")];
    const outcomes = await Promise.all([
      changeSite(manager, accounts.metis, { ...a, parentId: b.id }),
      changeSite(admin, accounts.metis, { ...b, parentId: a.id }),
    ]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, why: "circle" });
  });

  test("go only when none stands below, and whoever worked there works at none", async () => {
    await add(accounts.metis, "A");
    const a = await site(accounts.metis, "A");
    await add(accounts.metis, "B", a.id);
    const b = await site(accounts.metis, "B");
    expect(await removeSite(manager, accounts.metis, a.id)).toEqual({ ok: false, why: "has-sites" });
    expect(await placePerson(manager, accounts.metis, { personId: metisOwner.personId, siteId: b.id })).toEqual({
      ok: true,
    });
    const named = (
      await asSuperuser<{ n: string }>("select display_name as n from people where id = $1", [metisOwner.personId])
    )[0]?.n;
    expect((await site(accounts.metis, "B")).people).toEqual([named]);
    expect(await removeSite(manager, accounts.brix, b.id), "by way of another account").toEqual({
      ok: false,
      why: "not-found",
    });
    expect(await removeSite(manager, accounts.metis, b.id)).toEqual({ ok: true });
    const page = await viewSites(manager, accounts.metis);
    expect(page?.people.find(({ id }) => id === metisOwner.personId)?.siteId).toBeNull();
  });

  test("have only people of their own account, one place each", async () => {
    await add(accounts.metis, "A");
    await add(accounts.metis, "B");
    const [a, b] = [await site(accounts.metis, "A"), await site(accounts.metis, "B")];
    const place = (personId: string, siteId: string | null) =>
      placePerson(manager, accounts.metis, { personId, siteId });
    expect(await place(brixOwner.personId, a.id)).toEqual({ ok: false, why: "not-found" });
    const foreign = (await site(accounts.brix, "Warehouse")).id;
    expect(await place(metisOwner.personId, foreign)).toEqual({ ok: false, why: "not-found" });
    await place(metisOwner.personId, a.id);
    await place(metisOwner.personId, b.id);
    expect([(await site(accounts.metis, "A")).people.length, (await site(accounts.metis, "B")).people.length]).toEqual([
      0, 1,
    ]);
    await place(metisOwner.personId, null);
    expect((await site(accounts.metis, "B")).people).toEqual([]);
  });

  test("are read by the people of their account and by nobody of another one", async () => {
    await add(accounts.metis, "Kyiv");
    const read = (who: typeof metisViewer) =>
      asActor(who, (tx) => tx.selectFrom("accountSites").select("name").where("name", "=", "Kyiv").execute());
    expect(await read(metisViewer)).toEqual([{ name: "Kyiv" }]);
    expect(await read(hanlinEngineer)).toEqual([]);
    expect(await read(personas.removedMember)).toEqual([]);
  });

  test.each([
    ["a designer", designer],
    ["support", support],
    ["an auditor", auditor],
  ])("are not changed by %s", async (_who, who) => {
    const wish = { name: "X", parentId: null, address: null };
    expect(await addSite(who, accounts.metis, wish)).toEqual({ ok: false, why: "not-yours" });
    expect(await addSite(manager, NOWHERE, wish)).toEqual({ ok: false, why: "not-found" });
    expect(await sitesOf(accounts.metis)).toEqual([]);
  });
});

describe("the team of an account", () => {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const lead = (who: StaffActor) => joinTeam(manager, accounts.brix, { personId: who.personId, role: "lead" });
  const away = (who: StaffActor, substitute: StaffActor | null, from = -2, to = 2) =>
    sayAway(who, {
      personId: who.personId,
      substituteId: substitute?.personId ?? null,
      fromDay: day(from),
      toDay: day(to),
    });
  const nameOf = async (who: StaffActor) =>
    (await asSuperuser<{ n: string }>("select display_name as n from people where id = $1", [who.personId]))[0]?.n;
  const answering = async () => (await viewAccount(manager, accounts.brix))?.answering;

  beforeEach(async () => {
    await asSuperuser("delete from absences");
    await asSuperuser("delete from account_team where account_id = $1", [accounts.brix]);
  });

  test("has one lead, only staff, and each of them once in a role", async () => {
    expect(await lead(designer)).toEqual({ ok: true });
    expect(await lead(support)).toEqual({ ok: false, why: "lead-already" });
    expect(await lead(designer)).toMatchObject({ ok: false });
    const client = { personId: brixOwner.personId, role: "design" as const };
    expect(await joinTeam(manager, accounts.brix, client)).toEqual({ ok: false, why: "not-staff" });
    expect(await joinTeam(designer, accounts.brix, { personId: support.personId, role: "support" })).toEqual({
      ok: false,
      why: "not-yours",
    });
    const { personId } = designer;
    expect(await leaveTeam(manager, accounts.brix, { personId, role: "lead" })).toEqual({ ok: true });
    expect(await leaveTeam(manager, accounts.brix, { personId, role: "lead" })).toMatchObject({ why: "not-found" });
    expect((await viewTeam(manager, accounts.brix))?.team).toEqual([]);
  });

  test("is answered for by whoever stands in for a lead who is away, or by who stands in for that one", async () => {
    expect(await answering()).toBeNull();
    await lead(designer);
    expect(await answering()).toMatchObject({ name: await nameOf(designer), insteadOf: null });
    await away(designer, support);
    expect(await answering()).toMatchObject({ name: await nameOf(support), insteadOf: await nameOf(designer) });
    await away(support, manager);
    expect(await answering()).toMatchObject({ name: await nameOf(manager), insteadOf: await nameOf(designer) });
    await away(manager, designer);
    expect(await answering(), "all three are away").toMatchObject({ name: null });
  });

  test("knows absences that are over or begin later, and lets them count for nothing today", async () => {
    await lead(designer);
    await away(designer, support, -9, -3);
    await away(designer, support, 3, 9);
    expect(await answering()).toMatchObject({ name: await nameOf(designer), insteadOf: null });
  });

  test("an absence is one's own to say, or a manager's, and one is absent once at a time", async () => {
    expect(await away(designer, support)).toEqual({ ok: true });
    expect(await away(designer, null, 1, 5)).toEqual({ ok: false, why: "away-already" });
    const of = (who: StaffActor, personId: string) =>
      sayAway(who, { personId, substituteId: null, fromDay: day(20), toDay: day(21) });
    expect(await of(support, designer.personId)).toEqual({ ok: false, why: "not-yours" });
    expect(await of(auditor, auditor.personId)).toEqual({ ok: false, why: "not-yours" });
    expect(await of(manager, designer.personId)).toEqual({ ok: true });
    expect(await of(manager, brixOwner.personId)).toEqual({ ok: false, why: "not-staff" });
    const mine = (await listAbsences(designer)).absences;
    expect(mine).toHaveLength(2);
    expect(await takeBackAbsence(support, mine[0]?.id ?? "")).toEqual({ ok: false, why: "not-found" });
    expect(await takeBackAbsence(designer, mine[0]?.id ?? "")).toEqual({ ok: true });
  });

  test("an absence that cannot be is refused by its own name: turned round, too long, or with oneself standing in", async () => {
    expect(await away(designer, support, 9, 8)).toEqual({ ok: false, why: "last-before-first" });
    expect(await away(designer, support, 9, 400)).toEqual({ ok: false, why: "longer-than-a-year" });
    expect(await away(designer, designer, 9, 10)).toEqual({ ok: false, why: "stands-in-for-oneself" });
    expect((await listAbsences(designer)).absences).toEqual([]);
    expect(await away(designer, support, 9, 9), "one day is an absence").toEqual({ ok: true });
  });

  test("is not known to its account, nor to another one", async () => {
    for (const who of [brixOwner, hanlinEngineer]) {
      const read = asActor(who, (tx) => tx.selectFrom("accountTeam").select("personId").execute());
      await expect(read).rejects.toMatchObject({ code: "42501" });
    }
  });
});

describe("fields of our own", () => {
  const names = { en: "Credit", uk: "Кредит", ru: "Кредит", zh: "信用" };
  const change = async (typed: Record<string, string>) => {
    const page = await accountToChange(manager, accounts.brix);
    if (!page) throw new Error("there is no account");
    const { account, fields } = page;
    const { name, kind, domain, revision, value } = account;
    const byKey = new Map(fields.map((field) => [field.key, field.id]));
    const read = new Map(Object.entries(typed).map(([key, text]) => [byKey.get(key) ?? key, text]));
    return changeAccount(manager, accounts.brix, { name, kind, domain, revision, value, fields: read });
  };
  const held = async () =>
    Object.fromEntries(
      ((await viewAccount(manager, accounts.brix))?.fields ?? []).map((field) => [field.key, field.value]),
    );

  test("are an admin's to define, hold what is a value of theirs, and keep it when they go out of use", async () => {
    const field = { key: "credit", kind: "number" as const, names, choices: [] };
    expect(await defineField(manager, field)).toEqual({ ok: false, why: "not-yours" });
    expect(await defineField(admin, field)).toEqual({ ok: true });
    expect(await defineField(admin, field)).toEqual({ ok: false, why: "key-taken" });
    expect(await change({ credit: "12 000,50", segment: "shops" })).toEqual({ ok: true });
    expect(await held()).toMatchObject({ credit: "12000.50", segment: "shops" });
    expect(await lastEvent(accounts.brix)).toMatchObject({ facts: { what: ["credit"] } });
    for (const typed of [{ credit: "much" }, { segment: "moon" }, { customer_since: "2026-02-30" }]) {
      const [wrong] = (await listFields(admin)).fields.filter(({ key }) => key in typed);
      const refused = { ok: false, why: "not-a-value", fields: [wrong?.id] };
      expect(await change(typed), JSON.stringify(typed)).toEqual(refused);
    }
    const { fields } = await listFields(admin);
    const { id = "", revision = 0 } = fields.find(({ key }) => key === "credit") ?? {};
    expect(await retireField(manager, { id, revision, retire: true })).toEqual({ ok: false, why: "not-yours" });
    expect(await retireField(admin, { id, revision, retire: true })).toEqual({ ok: true });
    expect(await retireField(admin, { id, revision, retire: false })).toEqual({ ok: false, why: "changed-meanwhile" });
    expect(await held()).toMatchObject({ credit: "12000.50" });
    expect(await change({ credit: "" })).toEqual({ ok: true });
    expect(await held()).not.toHaveProperty("credit");
  });

  test("two who change an account at once: the second is told", async () => {
    const made = await createAccount(manager, { name: "Nordlys", kind: "dealer", domain: null, value: null });
    if (!made.ok) throw new Error(made.why);
    const wish = { kind: "dealer" as const, domain: null, value: null, revision: 1, fields: new Map<string, string>() };
    const outcomes = await Promise.all(
      ["One", "Other"].map((name) => changeAccount(manager, made.id, { ...wish, name })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, why: "changed-meanwhile" });
    expect(await createAccount(designer, { name: "X", kind: "direct", domain: null, value: null })).toEqual({
      ok: false,
      why: "not-yours",
    });
  });
});

test("an account's history counts the ideas that staff's list shows of it, beside what was changed about itself", async () => {
  const made = await createAccount(manager, { name: "Nothing yet", kind: "dealer", domain: null, value: null });
  if (!made.ok) throw new Error(made.why);
  expect(await viewHistory(manager, made.id, null)).toMatchObject({
    ideas: 0,
    events: { rows: [{ name: "account.created" }] },
  });
  const [listed] = await asSuperuser<{ count: number }>(
    "select count(*)::int as count from ideas where account_id = $1 and merged_into is null",
    [accounts.metis],
  );
  expect(listed?.count).toBeGreaterThan(3);
  expect((await viewHistory(manager, accounts.metis, null))?.ideas).toBe(listed?.count);
});
