import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { asActor } from "~/kernel/actor-tx.server";
import { asSystem } from "~/kernel/system-tx.server";
import { asSuperuser } from "../../tests/database";
import { accounts, admin, brixIdea, brixOwner, designer, manager, metisGuest, metisOwner } from "../../tests/personas";
import { closeStep, exportAccount, reopenAccount } from "./account-closings.server";
import { answerGuests } from "./guests.server";
import { hashOf } from "./invitation-token.server";
import { invite, inviteAgain, revokeInvitation } from "./invitations.server";

const brix = accounts.brix;
const step = async (name: "obligations" | "export" | "access" | "people" | "closed") => {
  if (name === "export") await exportAccount(manager, brix);
  expect(await closeStep(manager, brix, name), name).toEqual({ ok: true });
};

const openWays = async () => {
  const [row] = await asSuperuser<{ people: number; invitations: number; guests: number; sessions: number }>(
    `select
       (select count(*)::int from people where account_id = $1 and removed_at is null) as people,
       (select count(*)::int from invitations where account_id = $1 and accepted_at is null and revoked_at is null) as invitations,
       (select count(*)::int from guest_grants where account_id = $1 and revoked_at is null) as guests,
       (select count(*)::int from auth.sessions s join people p on p.user_id = s.user_id where p.account_id = $1) as sessions`,
    [brix],
  );
  return row;
};

const inviteByForce = (email: string, token: string) =>
  asSuperuser(
    `insert into invitations (account_id, email, role, language, invited_by, expires_at, token_hash)
     values ($1, $2, 'member', 'en', $3, now() + interval '7 days', $4)`,
    [brix, email, manager.personId, hashOf(token)],
  );

const guestByForce = (email: string, by: string) =>
  asSuperuser(
    `insert into guest_grants (account_id, object_kind, object_id, object_name, email, display_name, language, rights,
       expires_at, created_by)
     values ($1, 'idea', $2, 'An idea', $3, 'A guest', 'en', 'view', now() + interval '1 day', $4)`,
    [brix, brixIdea, email, by],
  );

const accept = (token: string) =>
  asSystem("test: an invitation's reader", async (tx) => {
    const { rows } = await sql<{ outcome: string }>`
      select outcome from private.accept_invitation(${hashOf(token)}, ${crypto.randomUUID()}::uuid, 'New One', null, now())`.execute(
      tx,
    );
    return rows[0]?.outcome;
  });

describe("closing an account", () => {
  beforeEach(async () => {
    await asSuperuser("update ideas set answered_at = now() where account_id = $1 and answer_due_at is not null", [
      brix,
    ]);
    await asActor(manager, (tx) => sql`select private.reopen_account(${brix}::uuid)`.execute(tx));
  });

  test("ends what was opened between its steps, too, and opening it again leads its people back", async () => {
    const before = (await openWays())?.people;
    for (const name of ["obligations", "export", "access", "people"] as const) await step(name);
    await inviteByForce("late@brix.example", "late-token");
    await guestByForce("late-guest@elsewhere.example", manager.personId);
    await asSuperuser("update people set removed_at = null where id = $1", [brixOwner.personId]);
    await step("closed");
    expect(await openWays()).toEqual({ people: 0, invitations: 0, guests: 0, sessions: 0 });
    expect(await accept("late-token")).toBe("closed");
    expect(await reopenAccount(manager, brix)).toEqual({ ok: true });
    expect((await openWays())?.people).toBe(before);
  });

  test("leaves nobody a way back in once it is closed: no person, no invitation, no guest", async () => {
    await guestByForce("earlier@elsewhere.example", manager.personId);
    for (const name of ["obligations", "export", "access", "people", "closed"] as const) await step(name);
    const closed = { constraint: "only_open_accounts" };
    await expect(guestByForce("g@elsewhere.example", manager.personId)).rejects.toMatchObject(closed);
    await expect(inviteByForce("p@brix.example", "p-token")).rejects.toMatchObject(closed);
    for (const statement of [
      `update people set removed_at = null where id = '${brixOwner.personId}'`,
      `update guest_grants set revoked_at = null where account_id = '${brix}'`,
    ]) {
      await expect(asSuperuser(statement), statement).rejects.toMatchObject(closed);
    }
    await reopenAccount(manager, brix);
  });

  test("inviting somebody to a closed account is refused with a sentence, a guest no less than a person", async () => {
    for (const name of ["obligations", "export", "access", "people", "closed"] as const) await step(name);
    const wish = { email: "somebody@brix.example", language: "en", role: "member", accountId: brix } as const;
    expect(await invite(manager, wish)).toEqual({ ok: false, why: "not-open" });
    const typed = new FormData();
    const fields = { email: "g2@elsewhere.example", name: "Gus", language: "en", rights: "view", days: "7" };
    for (const [name, value] of Object.entries(fields)) typed.set(name, value);
    const object = { kind: "idea", id: brixIdea, accountId: brix, name: "An idea" } as const;
    const { answer, status } = await answerGuests(designer, object, typed);
    expect([status, answer.failure?.errors, answer.failure?.values.name]).toEqual([422, { "": "not-open" }, "Gus"]);
    await reopenAccount(manager, brix);
  });
});

test("whoever is removed leaves no guest behind whom they let in", async () => {
  const [grant] = await asSuperuser<{ id: string }>(
    `insert into guest_grants (account_id, object_kind, object_id, object_name, email, display_name, language, rights,
       expires_at, created_by)
     select account_id, object_kind, object_id, object_name, 'of-the-viewer@elsewhere.example', 'A guest', 'en', 'view',
       now() + interval '1 day', $2
     from guest_grants where id = $1 returning id`,
    [metisGuest.grantId, "0b000000-0000-4000-8000-000000000003"],
  );
  const living = async (id: string | undefined) =>
    (
      await asSuperuser<{ living: boolean }>("select revoked_at is null as living from guest_grants where id = $1", [
        id,
      ])
    )[0]?.living;
  expect([await living(grant?.id), await living(metisGuest.grantId)]).toEqual([true, true]);
  await asActor(metisOwner, async (tx) => {
    const { rows } = await sql<{ verdict: string }>`
      select private.remove_person(p.id, p.revision) as verdict from people p
      where p.id = '0b000000-0000-4000-8000-000000000003'`.execute(tx);
    expect(rows[0]?.verdict).toBe("ok");
  });
  expect([await living(grant?.id), await living(metisGuest.grantId)]).toEqual([false, true]);
});

test("a session of nobody lists no sessions", async () => {
  await asSuperuser("update people set removed_at = now() where id = $1", ["0b000000-0000-4000-8000-000000000002"]);
  await asSuperuser(
    `insert into auth.sessions (id, user_id, created_at, updated_at)
     values (gen_random_uuid(), '0c000000-0000-4000-8000-000000000002', now(), now())`,
  );
  const gone = { ...metisOwner, userId: "0c000000-0000-4000-8000-000000000002" };
  const { rows } = await asActor(gone, (tx) => sql`select * from private.my_sessions()`.execute(tx));
  expect(rows).toEqual([]);
});

describe("letters of invitation", () => {
  const wish = (email: string) => ({ email, language: "en", role: "member", accountId: accounts.hanlin }) as const;

  test("stop after ten to one mailbox in a day, whoever sends them and however they are asked for", async () => {
    for (let letter = 1; letter <= 5; letter++) {
      const sent = await invite(letter % 2 ? manager : admin, wish("Often@hanlin.example"));
      if (!sent.ok) throw new Error(sent.why);
      expect(await inviteAgain(manager, sent.id)).toEqual({ ok: true });
      expect(await revokeInvitation(manager, sent.id)).toEqual({ ok: true });
    }
    expect(await invite(admin, wish("often@hanlin.example"))).toEqual({ ok: false, why: "too-many" });
    expect(await invite(admin, wish("another@hanlin.example"))).toMatchObject({ ok: true });
  });

  test("stop after forty of one person in an hour", async () => {
    await asSuperuser("delete from limits.rate_limits");
    const answers = [];
    for (let letter = 0; letter < 41; letter++) answers.push(await invite(admin, wish(`n${letter}@hanlin.example`)));
    expect(answers.slice(0, 40).every(({ ok }) => ok)).toBe(true);
    expect(answers[40]).toEqual({ ok: false, why: "too-many" });
  });
});
