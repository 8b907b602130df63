import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import { browser, signedIn, startGateway } from "../../tests/local-supabase";
import { accounts, brixOwner, manager } from "../../tests/personas";
import { acceptInvitation, viewInvitation } from "./acceptance.server";
import { closeStep, exportAccount, reopenAccount } from "./account-closings.server";
import { hashOf } from "./invitation-token.server";

const { brix } = accounts;
const PASSWORD = "a lamp that stays where it is put";

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  await asSuperuser("truncate gateway.rate_limits");
  await asSuperuser("update ideas set answered_at = now() where account_id = $1 and answer_due_at is not null", [brix]);
});

/** An invitation as it stands once its letter is written. Out: what the letter's link carries. */
async function invited(email: string, accountId: string): Promise<string> {
  const token = `token-of-${email}`;
  await asSuperuser(
    `insert into invitations (account_id, email, role, language, invited_by, expires_at, token_hash)
     values ($1, $2, 'member', 'en', $3, now() + interval '7 days', $4)`,
    [accountId, email, manager.personId, hashOf(token)],
  );
  return token;
}

const accept = async (token: string) =>
  acceptInvitation(await browser().ask("/accept"), { token, name: "New One", password: PASSWORD, zone: null });

/** How many of this database's transactions wait for another one. */
const waiting = async () => {
  const [row] = await asSuperuser<{ n: number }>(
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return row?.n;
};

const loginOf = (email: string) =>
  asSuperuser<{ id: string; encrypted_password: string }>(
    "select id, encrypted_password from auth.users where email = $1",
    [email],
  );

/** Does the last step of closing Brix, and holds its transaction open while `meanwhile` begins and waits for it. */
async function closedWhile<T>(meanwhile: () => Promise<T>): Promise<T> {
  let begun: Promise<T> | undefined;
  await asActor(manager, async (tx) => {
    const { rows } = await sql<{ verdict: string }>`
      select private.close_step(${brix}::uuid, 'closed') as verdict`.execute(tx);
    expect(rows).toEqual([{ verdict: "ok" }]);
    begun = meanwhile();
    // A failure is looked at below; until then nobody awaits it.
    begun.catch(() => undefined);
    await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
  });
  if (!begun) throw new Error("nothing began");
  return begun;
}

describe("an invitation accepted while its account is being closed", () => {
  beforeEach(async () => {
    await closeStep(manager, brix, "obligations");
    await exportAccount(manager, brix);
    for (const step of ["export", "access", "people"] as const) {
      expect(await closeStep(manager, brix, step), step).toEqual({ ok: true });
    }
    return async () => void (await reopenAccount(manager, brix));
  });

  test("is refused with the reason, and leaves neither a person nor a login", async () => {
    const email = "late@brix.example";
    const token = await invited(email, brix);
    expect((await viewInvitation(token))?.outcome).toBe("open");
    expect(await closedWhile(() => accept(token))).toEqual({ ok: false, why: "not-open" });
    expect(await viewInvitation(token)).toMatchObject({ outcome: "closed", account: "Brix" });
    expect(await loginOf(email)).toEqual([]);
    expect(await asSuperuser("select from people where display_name = 'New One'")).toEqual([]);
  });

  test("leaves a login from before with the password it had", async () => {
    const email = "owner@brix.example";
    const before = await loginOf(email);
    expect(before).toHaveLength(1);
    const token = await invited(email, brix);
    expect(await closedWhile(() => accept(token))).toEqual({ ok: false, why: "not-open" });
    expect(await loginOf(email)).toEqual(before);
    const [owner] = await asSuperuser<{ gone: boolean }>(
      "select removed_at is not null as gone from people where id = $1",
      [brixOwner.personId],
    );
    expect(owner).toEqual({ gone: true });
  });
});

test("a password that the sign-in service refuses makes nobody of a login from before", async () => {
  const email = "former@elsewhere.example";
  await asSuperuser(
    `insert into auth.users (id, email, encrypted_password, email_confirmed_at, created_at, updated_at)
     select gen_random_uuid(), $1, encrypted_password, now(), now(), now() from auth.users where email = 'owner@metis.example'`,
    [email],
  );
  const token = await invited(email, accounts.hanlin);
  const weak = { token, name: "New One", password: "short", zone: null };
  expect(await acceptInvitation(await browser().ask("/accept"), weak)).toEqual({ ok: false, why: "weak-password" });
  expect((await viewInvitation(token))?.outcome).toBe("open");
  expect(await accept(token)).toEqual({ ok: true, to: "/" });
  await signedIn(email, PASSWORD);
});
