import { describe, expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import { accounts, admin, manager } from "../../tests/personas";
import { defineField } from "./account-fields.server";
import { checkImport, confirmImport, viewImport } from "./account-imports.server";
import { accountToChange, changeAccount } from "./staff-accounts.server";
import { answerTo } from "./staff-answers.server";

describe("a refused edit of an account", () => {
  test("leaves the account as it was, and says which field holds no value", async () => {
    const names = { en: "Lamps a year", uk: "Ламп на рік", ru: "Ламп в год", zh: "年灯数" };
    expect(await defineField(admin, { key: "lamps_a_year", kind: "number", names, choices: [] })).toEqual({ ok: true });
    const page = await accountToChange(manager, accounts.metis);
    const field = page?.fields.find(({ key }) => key === "lamps_a_year")?.id ?? "";
    const { revision = 0, kind = "direct", value = null } = page?.account ?? {};
    const wish = { name: "Metis GmbH", kind, domain: "metis.example", value, revision };
    const refused = await changeAccount(manager, accounts.metis, { ...wish, fields: new Map([[field, "many"]]) });
    expect(refused).toEqual({ ok: false, why: "not-a-value", fields: [field] });
    const after = (await accountToChange(manager, accounts.metis))?.account;
    expect([after?.name, after?.revision]).toEqual([page?.account.name, revision]);
    expect(await changeAccount(manager, accounts.metis, { ...wish, fields: new Map([[field, "40"]]) })).toEqual({
      ok: true,
    });
  });
});

describe("the answer to a refused form", () => {
  const typed = new FormData();
  for (const [name, value] of Object.entries({ form: "account", name: "Metis", revision: "3" })) typed.set(name, value);
  const answered = (outcome: Parameters<typeof answerTo>[0]) => {
    const answer = answerTo(outcome, "/staff", typed);
    if (!("data" in answer)) throw new Error("sent on");
    return { ...answer.data, status: answer.init?.status };
  };

  test("holds all that was typed and the reason", () => {
    expect(answered({ ok: false, why: "circle" })).toEqual({
      status: 409,
      refused: { why: "circle", what: null },
      failure: { ok: false, values: { form: "account", name: "Metis", revision: "3" }, errors: {} },
    });
  });

  test("does not hold the old revision when somebody was quicker, so that sending it again can succeed", () => {
    expect(answered({ ok: false, why: "changed-meanwhile" }).failure?.values).toEqual({
      form: "account",
      name: "Metis",
    });
  });

  test("says it beside the field where one holds no value", () => {
    const { status, refused, failure } = answered({ ok: false, why: "not-a-value", fields: ["f1"] });
    expect([status, refused, failure?.errors]).toEqual([422, undefined, { "field-f1": "invalid" }]);
  });
});

test("a line of a list that holds more than a line may is left out with its reason, and the others come in", async () => {
  const long = "灯".repeat(1_200);
  const pair = `${"x".repeat(999)}😀😀`;
  const list = [
    "name,kind,domain,email,value,currency",
    "Kurz GmbH,direct,,,,",
    [long, long, long, long, long, long].join(","),
    `Paar,${pair},,,,`,
  ].join("\n");
  const made = await checkImport(manager, { name: "a.csv", bytes: new TextEncoder().encode(list) });
  if (!made.ok) throw new Error(made.why);
  const page = await viewImport(manager, made.id, { verdict: null, after: 0 });
  expect(page?.rows.map(({ verdict, why }) => [verdict, why])).toEqual([
    ["new", null],
    ["refused", "too-much"],
    ["refused", "unknown-kind"],
  ]);
  expect(page?.rows[1]?.cells.name).toBe("灯".repeat(200));
  expect(await confirmImport(manager, made.id, { invite: false, language: "en" })).toEqual({ ok: true });
  const [row] = await asSuperuser<{ n: number }>("select count(*)::int as n from accounts where name = 'Kurz GmbH'");
  expect(row?.n).toBe(1);
});
