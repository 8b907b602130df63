import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { moveClock, resetClock } from "~/kernel/clock";
import { asSuperuser } from "../../tests/database";
import { browser, signedIn, startGateway } from "../../tests/local-supabase";
import * as personas from "../../tests/personas";
import { acceptInvitation, viewInvitation } from "./acceptance.server";
import { sendInvitation } from "./invitation.jobs.server";
import { invite, inviteAgain, revokeInvitation } from "./invitations.server";
import { listColleagues, listStaff, removePerson } from "./people.server";

const { accounts, admin, brixOwner, designer, manager, metisOwner, metisViewer, metisApprover } = personas;
const PASSWORD = "a lamp that stays where it is put";
const DAY = 24 * 60 * 60 * 1000;

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  resetClock();
  await asSuperuser("truncate gateway.rate_limits");
});

let made = 0;
const anAddress = () => `newcomer${++made}@mail.example`;

/** Invites as the actor would and has the letter written, as the worker would. Out: the invitation and its letter's token. */
async function invited(actor: ClientActor | StaffActor, email: string, language: "en" | "uk" | "zh" = "en") {
  const wish =
    actor.side === "client"
      ? { accountId: actor.accountId, role: "member" as const }
      : { accountId: null, staffRoles: ["pricing" as const, "auditor" as const] };
  const outcome = await invite(actor, { email, language, ...wish });
  if (!outcome.ok) throw new Error(outcome.why);
  await sendInvitation({ id: outcome.id });
  return { id: outcome.id, token: await tokenFor(email) };
}

async function letterTo(email: string) {
  const [letter] = await asSuperuser<{ subject: string; language: string; body_text: string; html: string }>(
    "select subject, language, body_text, html from mail_outbox where recipient = $1 order by id desc limit 1",
    [email],
  );
  return letter;
}
const tokenFor = async (email: string) =>
  /accept\?token=([\w-]+)/.exec((await letterTo(email))?.body_text ?? "")?.[1] ?? "";

async function accept(token: string, name = "Нова Людина", password = PASSWORD, home = browser()) {
  return {
    home,
    outcome: await acceptInvitation(await home.ask("/accept"), { token, name, password, zone: "Europe/Kyiv" }),
  };
}
const outcomeOf = async (token: string) => (await viewInvitation(token))?.outcome;

describe("an invitation", () => {
  test("is a letter in the reader's language, whose link makes a person once and signs them in", async () => {
    const email = anAddress();
    const { id, token } = await invited(metisOwner, email, "uk");
    const letter = await letterTo(email);
    expect(letter).toMatchObject({ language: "uk", subject: "Оксана Левчук запрошує вас у Tandem" });
    expect(letter?.body_text).toContain("Metis");
    expect(await viewInvitation(token)).toMatchObject({
      outcome: "open",
      account: "Metis",
      role: "member",
      email,
      inviter: "Оксана Левчук",
    });

    const { home, outcome } = await accept(token);
    expect(outcome).toEqual({ ok: true, to: "/" });
    const { visitor } = await home.ask();
    expect(visitor).toMatchObject({
      actor: { side: "client", accountId: accounts.metis, role: "member" },
      person: { name: "Нова Людина", locale: "uk", zone: "Europe/Kyiv" },
    });
    const { people, invitations } = await listColleagues(metisOwner, null);
    expect(people.rows).toContainEqual(expect.objectContaining({ name: "Нова Людина", email, role: "member" }));
    expect(invitations.map((one) => one.email)).not.toContain(email);
    const told = await asSuperuser(
      "select name, subject_kind, facts from events where subject_id = any ($1) order by id",
      [[id, visitor.actor?.personId]],
    );
    expect(told).toEqual([
      { name: "person.invited", subject_kind: "invitation", facts: { role: "member" } },
      { name: "person.joined", subject_kind: "person", facts: { to: "member" } },
    ]);

    expect(await outcomeOf(token)).toBe("accepted");
    expect((await accept(token, "Somebody else", "another password altogether")).outcome).toEqual({
      ok: false,
      why: "not-open",
    });
    await signedIn(email, PASSWORD);
  });

  test("is kept as a hash: nobody who reads the table can open it", async () => {
    const { id, token } = await invited(metisOwner, anAddress());
    const [row] = await asSuperuser<{ token_hash: Buffer; whole: string }>(
      "select token_hash, i::text as whole from invitations i where id = $1",
      [id],
    );
    expect(row?.token_hash).toEqual(createHash("sha256").update(token).digest());
    expect(row?.whole).not.toContain(token);
    expect(token.length).toBeGreaterThanOrEqual(43);
  });

  test("pressed twice at once makes one person", async () => {
    const email = anAddress();
    const { token } = await invited(metisOwner, email);
    const both = await Promise.all([accept(token), accept(token)]);
    expect(both.map(({ outcome }) => outcome.ok).sort()).toEqual([false, true]);
    expect(await asSuperuser("select from person_contacts where email = $1", [email])).toHaveLength(1);
  });

  test("sent again opens with the newest letter alone, and five letters are enough", async () => {
    const email = anAddress();
    const { id, token } = await invited(metisOwner, email);
    expect(await inviteAgain(metisOwner, id)).toEqual({ ok: true });
    await sendInvitation({ id });
    expect(await viewInvitation(token)).toBeUndefined();
    expect(await outcomeOf(await tokenFor(email))).toBe("open");
    for (let more = 0; more < 3; more += 1) expect(await inviteAgain(metisOwner, id)).toEqual({ ok: true });
    expect(await inviteAgain(metisOwner, id)).toEqual({ ok: false, why: "too-often" });
  });

  test("asks for its letter in the same breath as it is made", async () => {
    const outcome = await invite(metisOwner, {
      email: anAddress(),
      language: "en",
      accountId: accounts.metis,
      role: "viewer",
    });
    const jobs = await asSuperuser("select from graphile_worker.jobs where key = $1", [
      `send_invitation:${outcome.ok && outcome.id}`,
    ]);
    expect(jobs).toHaveLength(1);
  });

  test("taken back opens nothing, and no letter of it is written any more", async () => {
    const email = anAddress();
    const { id, token } = await invited(metisOwner, email);
    expect(await revokeInvitation(metisOwner, id)).toEqual({ ok: true });
    expect(await outcomeOf(token)).toBe("revoked");
    expect((await accept(token)).outcome).toEqual({ ok: false, why: "not-open" });
    await sendInvitation({ id });
    expect(await tokenFor(email)).toBe(token);
    expect(await inviteAgain(metisOwner, id)).toEqual({ ok: false, why: "not-found" });
    expect(await revokeInvitation(metisOwner, id)).toEqual({ ok: false, why: "not-found" });
    expect(await asSuperuser("select from auth.users where email = $1", [email])).toEqual([]);
  });

  test("is over after a week, until another letter is sent", async () => {
    const email = anAddress();
    const { id, token } = await invited(metisOwner, email);
    moveClock(7 * DAY + 1000);
    expect(await outcomeOf(token)).toBe("expired");
    expect((await accept(token)).outcome).toEqual({ ok: false, why: "not-open" });
    await inviteAgain(metisOwner, id);
    await sendInvitation({ id });
    expect(await outcomeOf(await tokenFor(email))).toBe("open");
  });

  test("waits once per address; a colleague is not invited again", async () => {
    const email = anAddress();
    const wish = { language: "en", accountId: accounts.metis, role: "member" } as const;
    await invited(metisOwner, email);
    expect(await invite(metisOwner, { ...wish, email: email.toUpperCase() })).toEqual({
      ok: false,
      why: "invited-already",
    });
    expect(await invite(metisOwner, { ...wish, email: "viewer@metis.example" })).toEqual({
      ok: false,
      why: "colleague-already",
    });
  });

  test("left behind by an owner who was removed opens nothing", async () => {
    const owner = anAddress();
    const { token: first } = await invited(metisOwner, owner);
    const { home } = await accept(first);
    const { visitor } = await home.ask();
    if (visitor.actor?.side !== "client") throw new Error("nobody came");
    const { personId } = visitor.actor;
    await asSuperuser("update people set role = 'owner' where id = $1", [personId]);
    const { token } = await invited({ ...visitor.actor, role: "owner" }, anAddress());
    const [row] = await asSuperuser<{ revision: number }>("select revision from people where id = $1", [personId]);
    expect(await removePerson(metisOwner, personId, { revision: row?.revision ?? 0 })).toMatchObject({ ok: true });
    expect(await outcomeOf(token)).toBe("revoked");
  });
});

describe("who may invite", () => {
  const wish = { language: "en", accountId: accounts.metis, role: "owner" } as const;

  test.each([
    ["a viewer", metisViewer, "not-yours"],
    ["an approver", metisApprover, "not-yours"],
    ["a stranger", brixOwner, "not-found"],
    ["a designer", designer, "not-yours"],
    ["the auditor", personas.auditor, "not-yours"],
  ] as [string, ClientActor | StaffActor, string][])("%s invites nobody into Metis", async (_who, actor, why) => {
    expect(await invite(actor, { ...wish, email: anAddress() })).toEqual({ ok: false, why });
  });

  test("an owner invites nobody to staff, a manager invites customers' people and no staff, an admin both", async () => {
    const staff = { language: "en", accountId: null, staffRoles: ["admin"] } as const;
    const asStaff = { ...staff, staffRoles: [...staff.staffRoles] };
    expect(await invite(metisOwner, { ...asStaff, email: anAddress() })).toEqual({ ok: false, why: "not-found" });
    expect(await invite(manager, { ...asStaff, email: anAddress() })).toEqual({ ok: false, why: "not-yours" });
    expect(await invite(manager, { ...wish, email: anAddress() })).toMatchObject({ ok: true });
    const email = anAddress();
    const { token } = await invited(admin, email);
    expect((await accept(token, "Pia Numbers")).outcome).toEqual({ ok: true, to: "/staff" });
    expect((await listStaff(admin, null)).people.rows).toContainEqual(
      expect.objectContaining({ name: "Pia Numbers", roles: ["auditor", "pricing"] }),
    );
  });

  test("a stranger neither sees, resends nor takes back an invitation; a colleague who is no owner does not see it", async () => {
    const email = anAddress();
    const { id } = await invited(metisOwner, email);
    expect((await listColleagues(metisViewer, null)).invitations).toEqual([]);
    for (const actor of [brixOwner, metisViewer]) {
      expect(await inviteAgain(actor, id)).toEqual({ ok: false, why: "not-found" });
      expect(await revokeInvitation(actor, id)).toEqual({ ok: false, why: "not-found" });
    }
    expect(await revokeInvitation(designer, id)).toEqual({ ok: false, why: "not-yours" });
  });
});

describe("somebody whom we know", () => {
  test("and who was removed comes back as the same person, with a new role and a new password", async () => {
    const { token } = await invited(metisOwner, "removed@metis.example");
    expect(await viewInvitation(token)).toMatchObject({ outcome: "open", knownName: "Denys Bondar" });
    const { home, outcome } = await accept(token, "Denys Bondar");
    expect(outcome).toMatchObject({ ok: true });
    expect((await home.ask()).visitor.actor).toMatchObject({
      personId: personas.removedMember.personId,
      role: "member",
    });
  });

  test("of another account is invited like anybody, keeps login and password, and alone is told why it cannot be", async () => {
    const { token } = await invited(brixOwner, "approver@metis.example");
    expect(await outcomeOf(token)).toBe("elsewhere");
    expect((await accept(token)).outcome).toEqual({ ok: false, why: "not-open" });
    await signedIn("approver@metis.example");
    const { invitations } = await listColleagues(brixOwner, null);
    expect(invitations).toContainEqual(expect.objectContaining({ email: "approver@metis.example", over: false }));
  });

  test("and who left another account takes the address along", async () => {
    const email = anAddress();
    const { token } = await invited(metisOwner, email);
    const first = (await (await accept(token)).home.ask()).visitor.actor;
    await asSuperuser("update people set removed_at = now() where id = $1", [first?.personId]);
    const { token: second } = await invited(brixOwner, email);
    const { home } = await accept(second, "Now at Brix");
    const { visitor } = await home.ask();
    expect(visitor.actor).toMatchObject({ accountId: accounts.brix });
    expect(visitor.actor?.personId).not.toBe(first?.personId);
    expect(await asSuperuser("select user_id from people where id = $1", [first?.personId])).toEqual([
      { user_id: null },
    ]);
  });

  test("from a list, without a login, becomes somebody who signs in", async () => {
    const email = anAddress();
    const [row] = await asSuperuser<{ id: string }>(
      "insert into people (side, account_id, display_name, role) values ('client', $1, 'From a list', 'viewer') returning id",
      [accounts.hanlin],
    );
    await asSuperuser("insert into person_contacts (person_id, account_id, email) values ($1, $2, $3)", [
      row?.id,
      accounts.hanlin,
      email,
    ]);
    const outcome = await invite(manager, { email, language: "zh", accountId: accounts.hanlin, role: "member" });
    await sendInvitation({ id: outcome.ok && outcome.id });
    const { home } = await accept(await tokenFor(email), "From a list");
    expect((await home.ask()).visitor.actor).toMatchObject({
      personId: row?.id,
      role: "member",
      accountId: accounts.hanlin,
    });
  });
});

test("a password that is easy to guess or longer than we keep is refused, and the invitation stays open", async () => {
  const { token } = await invited(metisOwner, anAddress());
  expect((await accept(token, "N", "x".repeat(100))).outcome).toEqual({ ok: false, why: "long-password" });
  expect((await accept(token, "N", "short")).outcome).toEqual({ ok: false, why: "weak-password" });
  expect(await outcomeOf(token)).toBe("open");
});

test("a made-up token shows nothing", async () => {
  for (const token of ["", "x", "a".repeat(43), "'; drop table invitations; --"]) {
    expect(await viewInvitation(token)).toBeUndefined();
    expect((await accept(token)).outcome).toEqual({ ok: false, why: "not-open" });
  }
});
