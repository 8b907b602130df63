import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import { browser, lastMail, sessionsOf, signedIn, startGateway } from "../../tests/local-supabase";
import * as personas from "../../tests/personas";
import { choosePassword, mailNewPassword, mailSignIn, signIn, signInByCode, signInByLink } from "./sign-in.server";

const { demoPassword, designer, logins, metisOwner } = personas;
const OWNER = "owner@metis.example";

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

// Every test starts with fresh limits and the true time.
beforeEach(async () => {
  gateway.clock.ahead = 0;
  await asSuperuser("truncate gateway.rate_limits");
});

const mailTo = async (recipient: string) => {
  const mail = await lastMail(recipient);
  expect(mail, recipient).not.toBeNull();
  return mail as NonNullable<typeof mail>;
};

const mailsTo = async (recipient: string) =>
  (await asSuperuser("select id from public.mail_outbox where recipient = $1", [recipient])).length;

describe("signing in", () => {
  test.each(logins)("$email arrives on the $side side as who they are", async ({ email, password, side, role }) => {
    const home = browser();
    const outcome = await signIn(await home.ask("/login"), { email, password });
    expect(outcome).toEqual({ ok: true, to: side === "staff" ? "/staff" : "/" });
    const { visitor } = await home.ask();
    expect(visitor.actor?.side).toBe(side);
    if (visitor.actor?.side === "client") expect(visitor.actor.role).toBe(role);
    if (visitor.actor?.side === "staff") expect(visitor.actor.roles).toEqual([role]);
  });

  test("the actor is the person of the demo world, with their account, language and zone", async () => {
    const { visitor } = await (await signedIn(OWNER)).ask();
    expect(visitor).toMatchObject({
      actor: metisOwner,
      person: { id: metisOwner.personId, side: "client", accountName: "Metis", locale: "uk" },
    });
  });

  test("a wrong password and an unknown address get the same answer, and no session", async () => {
    const home = browser();
    const wrong = await signIn(await home.ask(), { email: OWNER, password: "wrong-password" });
    const unknown = await signIn(await home.ask(), { email: "nobody@metis.example", password: "wrong-password" });
    expect(wrong).toEqual({ ok: false, why: "wrong-login" });
    expect(unknown).toEqual(wrong);
    expect(home.jar.size).toBe(0);
  });

  test("after too many tries everybody is told how long to wait, known or not", async () => {
    const waits: unknown[] = [];
    for (const email of ["auditor@tandem.example", "stranger@nowhere.example"]) {
      let outcome: unknown;
      for (let guess = 0; guess < 11; guess += 1) {
        outcome = await signIn(await browser({ address: "192.0.2.77" }).ask(), { email, password: `guess-${guess}` });
      }
      expect(outcome).toMatchObject({ ok: false, why: "wait", seconds: expect.any(Number) });
      waits.push(outcome);
    }
    for (const wait of waits) expect((wait as { seconds: number }).seconds).toBeGreaterThan(1);
  });

  test("limits count the caller's own address, handed to the gateway beside the request", async () => {
    await signIn(await browser({ address: "198.51.100.9" }).ask(), { email: OWNER, password: "wrong-password" });
    expect(gateway.calls.at(-1)).toEqual({ path: "/auth/v1/token", address: "198.51.100.9" });
  });

  test("a member who was removed is told so once the password was right, and gets no session", async () => {
    const home = browser();
    const outcome = await signIn(await home.ask(), { email: "removed@metis.example", password: demoPassword });
    expect(outcome).toEqual({ ok: false, why: "no-access" });
    expect(home.jar.size).toBe(0);
    expect(await sessionsOf(personas.removedMember.userId)).toEqual([]);
    expect((await home.ask()).visitor.actor).toBeNull();
  });
});

describe("signing in by e-mail", () => {
  test("the code of the message signs in, once, and leads on to where the person wanted to go", async () => {
    const home = browser();
    expect(await mailSignIn(await home.ask(), { email: OWNER, next: "/ideas" })).toEqual({ ok: true });
    const { code } = await mailTo(OWNER);
    expect(code).toMatch(/^\d{6}$/);
    const form = { email: OWNER, code, next: "/ideas" };
    expect(await signInByCode(await home.ask(), form)).toEqual({ ok: true, to: "/ideas" });
    expect((await home.ask()).visitor.actor).toEqual(metisOwner);
    expect(await signInByCode(await browser().ask(), form)).toEqual({ ok: false, why: "wrong-code" });
  });

  test("the link of the message signs in, once, and carries where the person wanted to go", async () => {
    await mailSignIn(await browser().ask(), { email: "designer@tandem.example", next: "/staff/ideas" });
    const { link } = await mailTo("designer@tandem.example");
    const home = browser();
    expect(await signInByLink(await home.ask(), link)).toEqual({ ok: true, to: "/staff/ideas" });
    expect((await home.ask()).visitor.actor).toEqual(designer);
    expect(await signInByLink(await browser().ask(), link)).toEqual({ ok: false, why: "link-over" });
  });

  test("of ten presses of one link's button at once, one signs in", async () => {
    await mailSignIn(await browser().ask(), { email: OWNER });
    const { link } = await mailTo(OWNER);
    const presses = await Promise.all(
      Array.from({ length: 10 }, async () => signInByLink(await browser().ask(), link)),
    );
    expect(presses.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(presses.filter((outcome) => !outcome.ok && outcome.why === "link-over")).toHaveLength(9);
  });

  test("an unknown address gets the same answer and no message", async () => {
    const email = "nobody@metis.example";
    expect(await mailSignIn(await browser().ask(), { email })).toEqual({ ok: true });
    expect(await mailNewPassword(await browser().ask(), { email })).toEqual({ ok: true });
    expect(await mailsTo(email)).toBe(0);
  });

  test("too many messages are refused with how long to wait, for known and unknown addresses alike", async () => {
    for (const email of ["manager@tandem.example", "nobody@metis.example"]) {
      let outcome: unknown;
      for (let message = 0; message < 6; message += 1) outcome = await mailSignIn(await browser().ask(), { email });
      expect(outcome, email).toMatchObject({ ok: false, why: "wait", seconds: expect.any(Number) });
    }
  });

  test.each(["", "12345", "1234567", "abcdef", "１２３４５６", "000000"])(
    "the wrong code %j is refused",
    async (code) => {
      await mailSignIn(await browser().ask(), { email: "approver@metis.example" });
      const outcome = await signInByCode(await browser().ask(), { email: "approver@metis.example", code });
      expect(outcome).toEqual({ ok: false, why: "wrong-code" });
    },
  );

  test("somebody who was removed comes in by no link either", async () => {
    await mailSignIn(await browser().ask(), { email: "removed@metis.example" });
    const { link } = await mailTo("removed@metis.example");
    const home = browser();
    expect(await signInByLink(await home.ask(), link)).toEqual({ ok: false, why: "no-access" });
    expect(home.jar.size).toBe(0);
  });
});

describe("a forgotten password", () => {
  const email = "production@tandem.example";

  test("is replaced by way of the mailbox; the old one and every other session are gone, and it is written down", async () => {
    const elsewhere = await signedIn(email);
    await mailNewPassword(await browser().ask(), { email });
    const { link } = await mailTo(email);
    const home = browser();
    expect(await signInByLink(await home.ask(), link)).toEqual({ ok: true, to: "/new-password" });
    expect(await choosePassword(await home.ask(), { password: "lantern over quiet water" })).toEqual({ ok: true });

    expect((await home.ask()).visitor.actor).toEqual(personas.production);
    expect((await elsewhere.ask()).visitor.actor).toBeNull();
    const old = await signIn(await browser().ask(), { email, password: demoPassword });
    expect(old).toEqual({ ok: false, why: "wrong-login" });
    await signedIn(email, "lantern over quiet water");
    const events = await asSuperuser(
      "select 1 from public.events where name = 'person.password_chosen' and subject_id = $1",
      [personas.production.personId],
    );
    expect(events).toHaveLength(1);
  });

  test("a session that came by password alone chooses no new one", async () => {
    const home = await signedIn("admin@tandem.example");
    const outcome = await choosePassword(await home.ask(), { password: "lantern over quiet water" });
    expect(outcome).toEqual({ ok: false, why: "link-over" });
    await signedIn("admin@tandem.example");
  });

  test("a password too long to be compared in full is refused, not cut", async () => {
    await mailNewPassword(await browser().ask(), { email: "admin@tandem.example" });
    const home = browser();
    await signInByLink(await home.ask(), (await mailTo("admin@tandem.example")).link);
    const outcome = await choosePassword(await home.ask(), { password: "ї".repeat(37) });
    expect(outcome).toEqual({ ok: false, why: "long-password" });
  });

  test("the password one has already is no new one", async () => {
    await mailNewPassword(await browser().ask(), { email: "auditor@tandem.example" });
    const home = browser();
    await signInByLink(await home.ask(), (await mailTo("auditor@tandem.example")).link);
    expect(await choosePassword(await home.ask(), { password: demoPassword })).toEqual({
      ok: false,
      why: "same-password",
    });
  });
});

describe("making a login for oneself", () => {
  test("is refused to everybody who holds the publishable key, by sign-up and by a link", async () => {
    const { client } = (await browser().ask()).supabase;
    const email = "uninvited@metis.example";
    const { error } = await client.auth.signUp({ email, password: "lantern over quiet water" });
    expect(error).toMatchObject({ status: 422, code: "signup_disabled" });
    await client.auth.signInWithOtp({ email, options: { shouldCreateUser: true } });
    expect(await asSuperuser("select from auth.users where email = $1", [email])).toEqual([]);
    expect(await mailsTo(email)).toBe(0);
  });
});
