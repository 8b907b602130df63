import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import type { ClientActor, ClientRole, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import * as personas from "../../tests/personas";
import {
  changeLimit,
  changeRole,
  changeStaffRoles,
  invitedTo,
  listColleagues,
  removePerson,
  viewColleague,
  viewPerson,
} from "./people.server";
import { peopleForStaff } from "./person-data.server";

const { accounts, admin, auditor, brixOwner, designer, manager, metisApprover, metisOwner, metisViewer } = personas;

let made = 0;
/** Somebody of an account who is nowhere in the demo data, with a session of their own. */
async function somebody(role: ClientRole, accountId = accounts.metis): Promise<ClientActor> {
  made += 1;
  const email = `somebody${made}@metis.example`;
  const [login] = await asSuperuser<{ id: string }>(
    "insert into auth.users (id, email) values (gen_random_uuid(), $1) returning id",
    [email],
  );
  const userId = login?.id ?? "";
  const [person] = await asSuperuser<{ id: string }>(
    "insert into people (user_id, side, account_id, display_name, role) values ($1, 'client', $2, $3, $4) returning id",
    [userId, accountId, `Somebody ${made}`, role],
  );
  const personId = person?.id ?? "";
  await asSuperuser("insert into person_contacts (person_id, account_id, email) values ($1, $2, $3)", [
    personId,
    accountId,
    email,
  ]);
  await asSuperuser(
    "insert into auth.sessions (id, user_id, created_at, updated_at) values (gen_random_uuid(), $1, now(), now())",
    [userId],
  );
  return { side: "client", userId, personId, accountId, role };
}

const revisionOf = async (personId: string) =>
  (await asSuperuser<{ revision: number }>("select revision from people where id = $1", [personId]))[0]?.revision ?? 0;
const roleOf = async (personId: string) =>
  (await asSuperuser<{ role: string }>("select role from people where id = $1", [personId]))[0]?.role;
const eventsOf = (personId: string) =>
  asSuperuser<{ name: string; actor_id: string; facts: object }>(
    "select name, actor_id, facts from events where subject_id = $1 order by id",
    [personId],
  );
const staffRolesOf = async (personId: string) =>
  (
    await asSuperuser<{ roles: string[] }>(
      "select array(select role from staff_roles where person_id = $1 order by role) as roles",
      [personId],
    )
  )[0]?.roles;

describe("who sees whom", () => {
  test("colleagues see each other and nobody of another account; those who were removed are not among them", async () => {
    const { people } = await listColleagues(metisViewer, null);
    const ids = people.rows.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([metisOwner.personId, metisApprover.personId, metisViewer.personId]));
    expect(ids).not.toContain(personas.removedMember.personId);
    expect(ids).not.toContain(brixOwner.personId);
    expect(await viewColleague(brixOwner, metisApprover.personId)).toBeUndefined();
    expect(await viewColleague(metisOwner, designer.personId)).toBeUndefined();
  });

  test("what somebody may spend is read by them, by owners and by staff, and by no other colleague", async () => {
    const spender = await somebody("member");
    const limit = { minor: 12_345n, currency: "KWD" };
    expect(
      await changeLimit(metisOwner, spender.personId, { revision: await revisionOf(spender.personId), limit }),
    ).toMatchObject({ ok: true });
    const seenBy = async (who: ClientActor) => (await viewColleague(who, spender.personId))?.person.limit;
    expect(await seenBy(metisOwner)).toEqual(limit);
    expect(await seenBy(spender)).toEqual(limit);
    expect(await seenBy(metisApprover)).toBeNull();
    expect(await seenBy(metisViewer)).toBeNull();
    expect((await viewPerson(auditor, spender.personId))?.person.limit).toEqual(limit);
    const [told] = await eventsOf(spender.personId);
    expect(told).toEqual({ name: "person.limit_changed", actor_id: metisOwner.personId, facts: {} });
  });

  test("staff see the people of every account; who is invited stands beside them", async () => {
    const page = await peopleForStaff(designer, accounts.metis, null);
    expect(page?.people.rows.map(({ id }) => id)).toContain(metisOwner.personId);
    const { invitations, mayManage } = await invitedTo(designer, accounts.metis);
    expect(invitations).not.toEqual([]);
    expect(mayManage).toBe(false);
    expect((await invitedTo(manager, accounts.metis)).mayManage).toBe(true);
  });
});

describe("roles", () => {
  test("an owner and a manager change a colleague's role, and the log says from what to what", async () => {
    const colleague = await somebody("member");
    const id = colleague.personId;
    expect(await changeRole(metisOwner, id, { revision: await revisionOf(id), role: "approver" })).toMatchObject({
      ok: true,
    });
    expect(await changeRole(manager, id, { revision: await revisionOf(id), role: "viewer" })).toMatchObject({
      ok: true,
    });
    expect(await roleOf(id)).toBe("viewer");
    expect(await eventsOf(id)).toEqual([
      { name: "person.role_changed", actor_id: metisOwner.personId, facts: { from: "member", to: "approver" } },
      { name: "person.role_changed", actor_id: manager.personId, facts: { from: "approver", to: "viewer" } },
    ]);
  });

  test.each([
    ["a viewer", metisViewer, "not-yours"],
    ["an approver", metisApprover, "not-yours"],
    ["a stranger", brixOwner, "not-found"],
    ["somebody who was removed", personas.removedMember, "not-found"],
    ["a designer", designer, "not-yours"],
    ["the auditor", auditor, "not-yours"],
  ] as [string, ClientActor | StaffActor, string][])("%s decides about nobody at Metis", async (_who, actor, why) => {
    const { personId: id } = await somebody("member");
    const revision = await revisionOf(id);
    expect(await changeRole(actor, id, { revision, role: "owner" })).toMatchObject({ ok: false, why });
    expect(await changeLimit(actor, id, { revision, limit: { minor: 1n, currency: "EUR" } })).toMatchObject({
      ok: false,
      why,
    });
    expect(await removePerson(actor, id, { revision })).toMatchObject({ ok: false, why });
    expect(await eventsOf(id)).toEqual([]);
    expect(await revisionOf(id)).toBe(revision);
  });

  test("nobody writes a role, a limit or an account past the doors", async () => {
    const statements = [
      "role = 'owner'",
      "spending_limit_minor = 1",
      "removed_at = now()",
      `account_id = '${accounts.brix}'`,
      "user_id = null",
    ];
    for (const set of statements) {
      for (const actor of [metisOwner, admin]) {
        await expect(
          asActor(actor, (tx) => sql.raw(`update people set ${set} where id = '${metisViewer.personId}'`).execute(tx)),
        ).rejects.toMatchObject({ code: "42501" });
      }
    }
  });

  test("two people who change one role at once: one wins, and the other is told who", async () => {
    const { personId: id } = await somebody("member");
    const second = await somebody("owner");
    const revision = await revisionOf(id);
    const outcomes = await Promise.all([
      changeRole(metisOwner, id, { revision, role: "approver" }),
      changeRole(second, id, { revision, role: "viewer" }),
    ]);
    const [winner] = outcomes.filter(({ ok }) => ok);
    const [loser] = outcomes.filter(({ ok }) => !ok);
    expect(winner).toBeDefined();
    const wonByFirst = outcomes[0]?.ok;
    expect(loser).toMatchObject({ why: "changed-meanwhile", by: wonByFirst ? "Оксана Левчук" : `Somebody ${made}` });
    expect(await roleOf(id)).toBe(wonByFirst ? "approver" : "viewer");
    await removePerson(metisOwner, second.personId, { revision: await revisionOf(second.personId) });
  });

  test("whoever changes somebody who was removed meanwhile is told by whom", async () => {
    const { personId: id } = await somebody("member");
    const revision = await revisionOf(id);
    expect(await removePerson(manager, id, { revision })).toMatchObject({ ok: true });
    expect(await changeRole(metisOwner, id, { revision, role: "owner" })).toMatchObject({
      why: "removed-meanwhile",
      by: "Amara Okafor",
    });
    expect(await changeRole(brixOwner, id, { revision, role: "owner" })).toMatchObject({ why: "not-found" });
  });

  test("nobody changes the own role or removes themselves", async () => {
    const revision = await revisionOf(metisOwner.personId);
    expect(await changeRole(metisOwner, metisOwner.personId, { revision, role: "viewer" })).toMatchObject({
      why: "not-oneself",
    });
    expect(await removePerson(metisOwner, metisOwner.personId, { revision })).toMatchObject({ why: "not-oneself" });
    const own = await revisionOf(admin.personId);
    expect(await changeStaffRoles(admin, admin.personId, { revision: own, roles: ["designer"] })).toMatchObject({
      why: "not-oneself",
    });
    expect(await removePerson(admin, admin.personId, { revision: own })).toMatchObject({ why: "not-oneself" });
  });
});

describe("the last owner and the last admin", () => {
  test("an account's last owner is neither removed nor made something else, by nobody", async () => {
    const revision = await revisionOf(brixOwner.personId);
    await somebody("member", accounts.brix);
    expect(await changeRole(admin, brixOwner.personId, { revision, role: "member" })).toMatchObject({
      why: "last-owner",
    });
    expect(await removePerson(manager, brixOwner.personId, { revision })).toMatchObject({ why: "last-owner" });
    await expect(
      asSuperuser("update people set removed_at = now() where id = $1", [brixOwner.personId]),
    ).rejects.toThrow("last owner");
    expect(await roleOf(brixOwner.personId)).toBe("owner");
  });

  test("two owners who remove each other in the same moment leave one", async () => {
    const [one, two] = [await somebody("owner", accounts.hanlin), await somebody("owner", accounts.hanlin)];
    const [first, second] = [await revisionOf(one.personId), await revisionOf(two.personId)];
    const outcomes = await Promise.all([
      removePerson(one, two.personId, { revision: second }),
      removePerson(two, one.personId, { revision: first }),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const owners = await asSuperuser(
      "select from people where account_id = $1 and role = 'owner' and removed_at is null",
      [accounts.hanlin],
    );
    expect(owners).toHaveLength(1);
  });

  test("an account that is closed may lose everybody in one go", async () => {
    const [account] = await asSuperuser<{ id: string }>("insert into accounts (name) values ('Closing') returning id");
    await somebody("owner", account?.id);
    await somebody("member", account?.id);
    await asSuperuser("update people set removed_at = now() where account_id = $1", [account?.id]);
    expect(await asSuperuser("select from people where account_id = $1 and removed_at is null", [account?.id])).toEqual(
      [],
    );
  });

  test("staff's roles are changed by an admin, and the last admin stays one", async () => {
    const id = designer.personId;
    expect(await changeStaffRoles(manager, id, { revision: await revisionOf(id), roles: ["admin"] })).toMatchObject({
      why: "not-yours",
    });
    const before = await revisionOf(id);
    expect(await changeStaffRoles(admin, id, { revision: before, roles: ["designer", "admin"] })).toMatchObject({
      ok: true,
    });
    expect(await changeStaffRoles(admin, id, { revision: before, roles: ["designer"] })).toMatchObject({
      why: "changed-meanwhile",
      by: "Ruth Adler",
    });
    expect(await staffRolesOf(id)).toEqual(["admin", "designer"]);
    const promoted: StaffActor = { ...designer, roles: ["admin", "designer"] };
    expect(
      await changeStaffRoles(promoted, admin.personId, {
        revision: await revisionOf(admin.personId),
        roles: ["support"],
      }),
    ).toMatchObject({ ok: true });
    expect(await changeStaffRoles(admin, id, { revision: await revisionOf(id), roles: ["designer"] })).toMatchObject({
      why: "not-yours",
    });
    await expect(asSuperuser("delete from staff_roles where role = 'admin'")).rejects.toThrow("last admin");
    expect(
      await changeStaffRoles(promoted, admin.personId, {
        revision: await revisionOf(admin.personId),
        roles: ["admin"],
      }),
    ).toMatchObject({ ok: true });
    expect(await changeStaffRoles(admin, id, { revision: await revisionOf(id), roles: ["designer"] })).toMatchObject({
      ok: true,
    });
    expect(await changeStaffRoles(admin, id, { revision: await revisionOf(id), roles: [] })).toMatchObject({
      ok: false,
    });
  });
});

test("somebody who is removed loses every session and refresh token with the same commit", async () => {
  const colleague = await somebody("member");
  const { personId: id, userId } = colleague;
  await asSuperuser(
    "insert into auth.refresh_tokens (token, user_id, revoked, session_id) select 'of ' || $1::text, $1::text, false, s.id from auth.sessions s where s.user_id = $1::uuid",
    [userId],
  );
  expect(await removePerson(metisOwner, id, { revision: await revisionOf(id) })).toMatchObject({ ok: true });
  expect(await asSuperuser("select from auth.sessions where user_id = $1", [userId])).toEqual([]);
  expect(await asSuperuser("select from auth.refresh_tokens where user_id = $1::text", [userId])).toEqual([]);
  expect((await listColleagues(colleague, null)).people.rows).toEqual([]);
});
