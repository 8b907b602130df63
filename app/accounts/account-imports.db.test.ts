import pg from "pg";
import { beforeEach, expect, test, vi } from "vitest";
import { limiter } from "~/kernel/limits.server";
import { asSuperuser } from "../../tests/database";
import { accounts, admin, auditor, designer, manager } from "../../tests/personas";
import { IMPORT_LETTERS_A_DAY } from "./account-import";
import { checkImport, confirmImport, dropImport, viewImport } from "./account-imports.server";

const LINES = 5_000;
const bytesOf = (lines: readonly string[]) => new TextEncoder().encode(lines.join("\n"));
const HEAD = "name;kind;domain;email;value;currency";

/** 5,000 lines, of which 600 are new: the others are of accounts we have, like an earlier line, or no account at all. */
function longList(): Uint8Array {
  const lines = Array.from({ length: LINES }, (_, n) => {
    if (n < 1_000) return `Known ${n};dealer;;owner@metis.example;;`;
    if (n < 2_000) return `Known ${n};dealer;www.Brix.example/shop;;;`;
    if (n < 2_600) return `Firm ${n};dealer;;jo@firm${n}.example;${n}00;EUR`;
    if (n < 4_900) return `Again ${n};;;ann@firm${2_000 + (n % 600)}.example;;`;
    return `;dealer;;nobody@firm${n}.example;;`;
  });
  return bytesOf([HEAD, ...lines]);
}

/** The statements that reach the database from here on, those that open and close a transaction left out. */
function countStatements() {
  const spied = vi.spyOn(pg.Client.prototype, "query");
  return {
    since() {
      const texts = spied.mock.calls.map(([query]: unknown[]) =>
        typeof query === "string" ? query : String((query as { text?: unknown }).text),
      );
      spied.mockClear();
      return texts.filter((text) => !/^(begin|commit|rollback|start transaction|select set_config)/i.test(text)).length;
    },
    stop: () => spied.mockRestore(),
  };
}

beforeEach(async () => {
  await asSuperuser("delete from account_imports");
  await asSuperuser("delete from limits.rate_limits");
});

test("5,000 lines are checked and made in a handful of statements, and each line is what it is", async () => {
  const statements = countStatements();
  const checked = await checkImport(manager, { name: "fair.csv", bytes: longList() });
  if (!checked.ok) throw new Error(checked.why);
  expect(statements.since()).toBeLessThanOrEqual(8);
  const page = await viewImport(manager, checked.id, { verdict: null, after: 0 });
  expect(page?.head).toMatchObject({ new: 600, duplicate: 4_300, refused: 100 });
  const at = async (line: number) =>
    (await viewImport(manager, checked.id, { verdict: null, after: line - 1 }))?.rows[0];
  expect(await at(2)).toMatchObject({ verdict: "duplicate", why: "email", duplicateName: "Metis" });
  expect(await at(1_002)).toMatchObject({ verdict: "duplicate", why: "domain", duplicateOf: accounts.brix });
  expect(await at(2_002)).toMatchObject({ verdict: "new", duplicateOf: null });
  expect(await at(2_602)).toMatchObject({ verdict: "duplicate", why: "earlier-line" });
  expect(await at(4_902)).toMatchObject({ verdict: "refused", why: "no-name" });

  const [before] = await asSuperuser<{ n: number }>("select count(*)::int as n from accounts");
  statements.since();
  expect(await confirmImport(manager, checked.id, { invite: true, language: "uk" })).toEqual({ ok: true });
  expect(statements.since()).toBeLessThanOrEqual(14);
  statements.stop();
  const [after] = await asSuperuser<{ n: number }>("select count(*)::int as n from accounts");
  expect((after?.n ?? 0) - (before?.n ?? 0)).toBe(600);
  const [told] = await asSuperuser<{ n: number }>(
    "select count(*)::int as n from events where name = 'account.created' and facts ->> 'imported' = 'fair.csv'",
  );
  expect(told?.n).toBe(600);
  const [invited] = await asSuperuser<{ n: number; told: number }>(
    `select count(*)::int as n, (select count(*)::int from events where name = 'person.invited' and subject_kind = 'invitation'
       and happened_at > now() - interval '5 minutes') as told
     from invitations i join account_import_rows r on r.made = i.account_id where r.import_id = $1 and i.role = 'owner'`,
    [checked.id],
  );
  expect(invited).toEqual({ n: 600, told: 600 });
  expect(await confirmImport(manager, checked.id, { invite: false, language: "uk" })).toMatchObject({
    why: "done-already",
  });
});

test("a list with one line more than that is not read at all", async () => {
  const lines = Array.from({ length: LINES + 1 }, (_, n) => `Firm ${n}`);
  expect(await checkImport(manager, { name: "x.csv", bytes: bytesOf(["name", ...lines]) })).toMatchObject({
    ok: false,
  });
});

test("what somebody made between looking and confirming is not made twice", async () => {
  const bytes = bytesOf([HEAD, "Helios;dealer;helios.example;;;", "Selene;;;jo@selene.example;;"]);
  const [one, other] = [
    await checkImport(manager, { name: "one.csv", bytes }),
    await checkImport(admin, { name: "other.csv", bytes }),
  ];
  if (!one.ok || !other.ok) throw new Error("not read");
  expect(await confirmImport(admin, other.id, { invite: false, language: "en" })).toEqual({ ok: true });
  expect(await confirmImport(manager, one.id, { invite: false, language: "en" })).toEqual({ ok: true });
  const page = await viewImport(manager, one.id, { verdict: null, after: 0 });
  expect(page?.rows.map(({ verdict, why }) => [verdict, why])).toEqual([
    ["duplicate", "domain"],
    ["duplicate", "domain"],
  ]);
  expect(await asSuperuser("select from accounts where name in ('Helios', 'Selene')")).toHaveLength(2);
});

test("lists are read and confirmed by managers and admins, each their own", async () => {
  const file = { name: "x.csv", bytes: bytesOf(["name", "Eos"]) };
  for (const who of [designer, auditor]) expect(await checkImport(who, file)).toEqual({ ok: false, why: "not-yours" });
  const made = await checkImport(manager, file);
  if (!made.ok) throw new Error(made.why);
  expect(await viewImport(designer, made.id, { verdict: null, after: 0 })).toBeUndefined();
  expect(await confirmImport(admin, made.id, { invite: false, language: "en" })).toEqual({
    ok: false,
    why: "not-found",
  });
  expect(await dropImport(admin, made.id)).toBe(false);
  expect(await dropImport(manager, made.id)).toBe(true);
  expect(await asSuperuser("select from accounts where name = 'Eos'")).toEqual([]);
});

test("a list that would send too many letters in a day makes nothing, waits on, and can be made without them", async () => {
  const lines = (from: number, many: number) =>
    bytesOf([HEAD, ...Array.from({ length: many }, (_, n) => `Many ${from + n};;;a@many${from + n}.example;;`)]);
  const check = async (from: number, many: number) => {
    const made = await checkImport(admin, { name: "many.csv", bytes: lines(from, many) });
    if (!made.ok) throw new Error(made.why);
    return made.id;
  };
  const made = async () => {
    const [row] = await asSuperuser<{ accounts: number; letters: number }>(
      `select (select count(*)::int from accounts where name like 'Many %') as accounts,
         (select count(*)::int from invitations where email like '%@many%.example') as letters`,
    );
    return row;
  };
  const invite = { invite: true, language: "en" } as const;

  // As lists of today have used it up but for one letter.
  const lists = limiter("invitation.import", { points: IMPORT_LETTERS_A_DAY, seconds: 24 * 3600 });
  expect(await lists.take(admin.personId, IMPORT_LETTERS_A_DAY - 1)).toBeNull();
  const two = await check(2_000, 2);
  const refused = { ok: false, why: "too-many-letters", what: String(IMPORT_LETTERS_A_DAY) };
  expect(await confirmImport(admin, two, invite)).toEqual(refused);
  expect(await made()).toEqual({ accounts: 0, letters: 0 });
  expect((await viewImport(admin, two, { verdict: null, after: 0 }))?.head).toMatchObject({
    confirmedAt: null,
    new: 2,
  });
  expect(await confirmImport(admin, two, { ...invite, invite: false })).toEqual({ ok: true });

  const one = await check(3_000, 1);
  expect(await confirmImport(admin, one, invite), "the last letter of the day was not used up").toEqual({ ok: true });
  const another = await check(4_000, 1);
  expect(await confirmImport(admin, another, invite)).toEqual(refused);
  expect(await made()).toEqual({ accounts: 3, letters: 1 });
});
