import { sql } from "kysely";
import { expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  auditor,
  designer,
  expiredGuest,
  metisGuest,
  metisOwner,
  removedMember,
  revokedGuest,
  stifferJoint,
} from "../../tests/personas";
import type { ClientActor, StaffActor } from "./actor";
import { asActor } from "./actor-tx.server";
import { jobsDb, portalDb, staffDb } from "./db.server";
import { asSystem } from "./system-tx.server";

const titles = sql<{ id: string }>`select id from public.ideas`;

test("without an actor the client's pool is refused, not given an empty list", async () => {
  await expect(titles.execute(portalDb())).rejects.toThrow(/permission denied/);
});

test("without an actor staff's pool is refused, not given an empty list", async () => {
  await expect(titles.execute(staffDb())).rejects.toThrow(/permission denied/);
});

test("without a reason the jobs' pool sees no idea", async () => {
  await expect(titles.execute(jobsDb())).rejects.toThrow(/permission denied/);
});

test("a client sees the ideas of the own account and of no other", async () => {
  const rows = await asActor(metisOwner, (tx) => tx.selectFrom("ideas").select("accountId").execute());
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows.map((row) => row.accountId))).toEqual(new Set([accounts.metis]));
});

test("staff see the ideas of every account", async () => {
  const rows = await asActor(designer, (tx) => tx.selectFrom("ideas").select("accountId").distinct().execute());
  expect(new Set(rows.map((row) => row.accountId))).toEqual(new Set(Object.values(accounts)));
});

test("a removed person sees nothing, colleagues and the account included", async () => {
  const seen = await asActor(removedMember, async (tx) => [
    ...(await tx.selectFrom("ideas").select("id").execute()),
    ...(await tx.selectFrom("people").select("id").execute()),
    ...(await tx.selectFrom("accounts").select("id").execute()),
    ...(await tx.selectFrom("events").select("id").execute()),
  ]);
  expect(seen).toEqual([]);
});

test("a client who claims to be staff is refused by the tables", async () => {
  const impostor: StaffActor = {
    side: "staff",
    userId: metisOwner.userId,
    personId: metisOwner.personId,
    roles: ["admin"],
  };
  await expect(asActor(impostor, (tx) => titles.execute(tx))).rejects.toThrow(/not a member of staff/);
});

test("a member of staff who was removed is refused at the next transaction", async () => {
  await asActor(auditor, (tx) => titles.execute(tx));
  await asSuperuser("update people set removed_at = now() where id = $1", [auditor.personId]);
  await expect(asActor(auditor, (tx) => titles.execute(tx))).rejects.toThrow(/not a member of staff/);
  await asSuperuser("update people set removed_at = null where id = $1", [auditor.personId]);
});

test("staff whose last role was taken are staff no more", async () => {
  await asSuperuser("delete from staff_roles where person_id = $1", [auditor.personId]);
  await expect(asActor(auditor, (tx) => titles.execute(tx))).rejects.toThrow(/not a member of staff/);
  await asSuperuser("insert into staff_roles (person_id, role) values ($1, 'auditor')", [auditor.personId]);
});

test.each(["portal_staff", "service_role", "postgres", "portal_jobs", "portal_collab", "supabase_gateway"])(
  "a client's transaction cannot turn into %s, whatever it says",
  async (role) => {
    const turn = asActor(metisOwner, async (tx) => {
      await sql`reset role`.execute(tx);
      await sql`select set_config('role', ${role}, true)`.execute(tx);
    });
    await expect(turn).rejects.toThrow(/permission denied to set role/);
  },
);

test("a client's transaction cannot prove itself staff", async () => {
  const proof = asActor(metisOwner, (tx) => sql`select private.prove_staff(${designer.userId})`.execute(tx));
  await expect(proof).rejects.toThrow(/permission denied for function prove_staff/);
});

test("claims of staff roles in a client's transaction change nothing", async () => {
  const rows = await asActor(metisOwner, async (tx) => {
    const claims = JSON.stringify({
      sub: metisOwner.userId,
      role: "portal_staff",
      staff_roles: ["admin"],
      side: "staff",
    });
    await sql`select set_config('request.jwt.claims', ${claims}, true)`.execute(tx);
    return tx.selectFrom("ideas").select("accountId").distinct().execute();
  });
  expect(rows).toEqual([{ accountId: accounts.metis }]);
});

test.each(["portal_staff_app → service_role", "portal_staff_app → postgres"])(
  "staff's transaction: %s is refused",
  async (path) => {
    const role = path.split("→ ")[1] ?? "";
    const turn = asActor(designer, async (tx) => {
      await sql`reset role`.execute(tx);
      await sql`select set_config('role', ${role}, true)`.execute(tx);
    });
    await expect(turn).rejects.toThrow(/permission denied to set role/);
  },
);

test("nothing of an actor stays on the connection for the next one", async () => {
  const state = sql<{ role: string; claims: string; timeout: string; pid: number }>`select current_user::text as role,
    coalesce(current_setting('request.jwt.claims', true), '') as claims,
    current_setting('statement_timeout') as timeout, pg_backend_pid() as pid`;
  const inside = await asActor(metisOwner, (tx) => state.execute(tx));
  const after = await state.execute(portalDb());
  expect(inside.rows[0]).toMatchObject({ role: "authenticated", timeout: "8s" });
  expect(after.rows[0]).toMatchObject({ role: "portal_app", claims: "", pid: inside.rows[0]?.pid });
});

test("nothing stays after work that failed either, and what it wrote is gone", async () => {
  const work = asActor(metisOwner, async (tx) => {
    await tx
      .updateTable("personContacts")
      .set({ language: "zh" })
      .where("personId", "=", metisOwner.personId)
      .execute();
    throw new Error("changed my mind");
  });
  await expect(work).rejects.toThrow("changed my mind");
  await expect(titles.execute(portalDb())).rejects.toThrow(/permission denied/);
  const [row] = await asSuperuser("select language from person_contacts where person_id = $1", [metisOwner.personId]);
  expect(row).toEqual({ language: "uk" });
});

test("a statement that takes longer than eight seconds would be ended, so no page hangs for ever", async () => {
  const slow = asActor(metisOwner, async (tx) => {
    await sql`set local statement_timeout = 50`.execute(tx);
    await sql`select pg_sleep(5)`.execute(tx);
  });
  await expect(slow).rejects.toThrow(/statement timeout/);
});

test("a malformed user is an error, never somebody", async () => {
  const nobody: ClientActor = { ...metisOwner, userId: "not-a-uuid" };
  await expect(asActor(nobody, (tx) => titles.execute(tx))).rejects.toThrow(/invalid input syntax for type uuid/);
});

test("a guest without anything granted reads nothing", async () => {
  const nobody = { ...metisGuest, grantId: "00000000-0000-4000-8000-000000000001" };
  for (const guest of [nobody, expiredGuest, revokedGuest]) {
    expect((await asActor(guest, (tx) => titles.execute(tx))).rows).toEqual([]);
  }
});

test("a guest sees the one idea of the grant", async () => {
  expect((await asActor(metisGuest, (tx) => titles.execute(tx))).rows).toEqual([{ id: stifferJoint }]);
});

test("the system carries its reason and sees every account", async () => {
  const { rows } = await asSystem("test: counting", (tx) =>
    sql<{
      reason: string;
      accounts: bigint;
    }>`select current_setting('request.jwt.claims')::jsonb ->> 'reason' as reason,
      (select count(distinct account_id) from ideas) as accounts`.execute(tx),
  );
  expect(rows).toEqual([{ reason: "test: counting", accounts: 3n }]);
});
