import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import { accounts, auditor, designer, hanlinEngineer, manager, support } from "../../tests/personas";
import { closeStep, exportAccount, reopenAccount, viewClosing } from "./account-closings.server";
import { zipped } from "./archive.server";

const account = accounts.hanlin;
const next = async () => (await viewClosing(manager, account))?.next;

test("an account is closed step by step, in order, while nothing is owed, and handing over its data is a step of its own", async () => {
  await asSuperuser(
    `update ideas set kind = 'complaint', answer_due_at = created_at + interval '1 day', answered_at = null
     where id = (select id from ideas where account_id = $1 order by id limit 1)`,
    [account],
  );
  for (const who of [designer, support, auditor]) {
    expect(await closeStep(who, account, "obligations")).toEqual({ ok: false, why: "not-yours" });
    expect(await exportAccount(who, account)).toBeUndefined();
    expect(await reopenAccount(who, account)).toEqual({ ok: false, why: "not-yours" });
  }
  expect(await closeStep(manager, account, "people")).toEqual({ ok: false, why: "step-before" });
  expect(await closeStep(manager, account, "obligations")).toEqual({ ok: false, why: "still-open" });
  await asSuperuser("update ideas set answered_at = now() where account_id = $1 and answer_due_at is not null", [
    account,
  ]);
  await asSuperuser("delete from account_closings where account_id = $1", [account]);
  expect((await exportAccount(manager, account))?.name).toBe("Hanlin");
  expect(await closeStep(manager, account, "obligations")).toEqual({ ok: true });
  expect(await closeStep(manager, account, "obligations")).toEqual({ ok: false, why: "done-already" });

  const early = "what was downloaded before the work began to end is not what there is now";
  expect(await closeStep(manager, account, "export"), early).toEqual({ ok: false, why: "not-exported" });
  const made = await exportAccount(manager, account);
  const pieces: Uint8Array[] = [];
  for await (const piece of zipped(made?.texts ?? [], [])) pieces.push(piece);
  const files = unzipSync(Buffer.concat(pieces));
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(["accounts.json", "ideas.json", "ideas.csv", "people.csv"]),
  );
  expect(Buffer.concat(Object.values(files)).includes("Stiffer joint"), "another account's idea").toBe(false);
  expect(await next(), "a download alone ticks nothing off").toBe("export");
  expect(await closeStep(manager, account, "export")).toEqual({ ok: true });

  for (const step of ["access", "people", "closed"] as const) {
    expect(await closeStep(manager, account, step), step).toEqual({ ok: true });
  }
  expect(await viewClosing(manager, account)).toMatchObject({ next: null, account: { state: "closed", people: 0 } });
  expect(await asSuperuser("select from auth.sessions where user_id = $1", [hanlinEngineer.userId])).toEqual([]);
  expect(await closeStep(manager, account, "closed")).toEqual({ ok: false, why: "not-open" });
  expect(await reopenAccount(manager, account)).toEqual({ ok: true });
  expect(await viewClosing(manager, account)).toMatchObject({ next: "obligations", account: { state: "open" } });
  const told = await asSuperuser<{ name: string; audience: string }>(
    "select distinct name, audience from events where subject_id = $1 and name = 'account.closed'",
    [account],
  );
  expect(told).toEqual([{ name: "account.closed", audience: "staff" }]);
});
