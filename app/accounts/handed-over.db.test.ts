import { describe, expect, test } from "vitest";
import { asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import { accounts, auditor, manager, metisIdeas, metisOwner, metisViewer, stifferJoint } from "../../tests/personas";
import { dataOfAccount } from "./account-closing.queries.server";
import { closeStep, exportAccount, viewClosing } from "./account-closings.server";
import { exportPerson } from "./person-data.server";

/** What we keep for ourselves, by hand: what these columns hold never leaves the house with a customer's data. */
const OURS =
  /^(support_value_\w+|merged_into|owner_id|user_id|token_hash|code_hash|\w+_secret|staff_roles|staff_facts|erased_by|search\w*)$/;

/** Every key of a document, however deep. */
function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

type Row = Record<string, unknown>;
const tablesOfMetis = () => asActor(manager, (tx) => dataOfAccount(tx, accounts.metis));

async function documentOf(who: { personId: string; accountId: string }): Promise<{ rows: Record<string, Row[]> }> {
  return JSON.parse((await exportPerson(manager, who.accountId, who.personId)) ?? "");
}

describe("a person's data", () => {
  test("holds what names them, and none of what we keep for ourselves", async () => {
    await asSuperuser("update ideas set owner_id = $1, support_value_minor = 500000 where author_id = $2", [
      manager.personId,
      metisOwner.personId,
    ]);
    const handed = await documentOf(metisOwner);
    expect(Object.keys(handed.rows)).toEqual(expect.arrayContaining(["ideas.author_id", "idea_comments.author_id"]));
    expect(keysOf(handed).filter((key) => OURS.test(key))).toEqual([]);
    for (const table of [
      "idea_notes",
      "idea_layer_threads",
      "account_views",
      "account_closings",
      "absences",
      "account_values",
    ]) {
      expect(Object.keys(handed.rows).filter((name) => name.startsWith(`${table}.`))).toEqual([]);
    }
  });

  test("holds their own address and not that of somebody they invited", async () => {
    await asSuperuser(
      `insert into guest_grants (account_id, object_kind, object_id, object_name, email, display_name, language, rights,
         expires_at, created_by)
       values ($1, 'idea', $2, 'An idea', 'third@elsewhere.example', 'Thea Third', 'en', 'view', now() + interval '1 day', $3)`,
      [accounts.metis, metisIdeas.new, metisOwner.personId],
    );
    const handed = await documentOf(metisOwner);
    expect(handed.rows["guest_grants.created_by"]?.length).toBeGreaterThan(0);
    expect(handed.rows["person_contacts.person_id"]).toMatchObject([{ email: "owner@metis.example" }]);
    expect(JSON.stringify(handed)).not.toMatch(/third@elsewhere|Thea Third/);
  });
});

describe("an account's data", () => {
  test("holds what its people share, and nothing that is one person's own", async () => {
    const tables = await tablesOfMetis();
    expect(Object.keys(tables)).toEqual(expect.arrayContaining(["ideas", "idea_comments", "people", "guest_grants"]));
    const own = ["notifications", "notification_choices", "notification_settings", "idea_followers", "person_visits"];
    for (const table of own) {
      const [{ n } = { n: 0 }] = await asSuperuser<{ n: number }>(`select count(*)::int as n from public.${table}`);
      if (table === "notifications" || table === "idea_followers") expect(n, table).toBeGreaterThan(0);
      expect(Object.keys(tables), table).not.toContain(table);
    }
    expect(keysOf(tables).filter((key) => OURS.test(key))).toEqual([]);
  });

  test("holds a file that was sent, and not one that somebody still has in hand", async () => {
    const upload = (name: string, idea: string | null) =>
      asSuperuser(
        `insert into idea_attachments (idea_id, account_id, uploaded_by, name, media_type, byte_size, storage_path)
         values ($1, $2, $3, $4, 'application/pdf', 1, $4)`,
        [idea, accounts.metis, metisViewer.personId, name],
      );
    await upload("sent.pdf", stifferJoint);
    await upload("in-hand.pdf", null);
    const names = (await tablesOfMetis()).idea_attachments?.map(({ name }) => name);
    expect(names).toContain("sent.pdf");
    expect(names).not.toContain("in-hand.pdf");
  });

  test("holds what happened as its people read it, and nothing told to staff alone", async () => {
    const { events = [] } = await tablesOfMetis();
    expect(new Set(events.map(({ audience }) => audience))).toEqual(new Set(["both"]));
  });
});

test("handing an account's data over is noted each time, and ticks off no step of closing by itself", async () => {
  const noted = async () => {
    const [row] = await asSuperuser<{ n: number }>(
      `select count(*)::int as n from events where name = 'account.exported' and subject_id = $1 and actor_id = $2`,
      [accounts.hanlin, manager.personId],
    );
    return row?.n;
  };
  expect((await exportAccount(manager, accounts.hanlin))?.name).toBe("Hanlin");
  expect(await noted()).toBe(1);
  await asSuperuser("update ideas set answered_at = now() where account_id = $1", [accounts.hanlin]);
  expect(await closeStep(manager, accounts.hanlin, "obligations")).toEqual({ ok: true });
  await exportAccount(manager, accounts.hanlin);
  expect([await noted(), (await viewClosing(manager, accounts.hanlin))?.next]).toEqual([2, "export"]);
  expect(await closeStep(manager, accounts.hanlin, "export")).toEqual({ ok: true });
  expect(await exportAccount(auditor, accounts.hanlin)).toBeUndefined();
  expect(await noted()).toBe(2);
});
