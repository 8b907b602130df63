import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import { browser, lastMail, sessionsOf, signedIn, startGateway } from "../../tests/local-supabase";
import {
  admin,
  auditor,
  demoPassword,
  designer,
  manager,
  metisOwner,
  metisViewer,
  pricing,
  support,
} from "../../tests/personas";
import {
  beginSetup,
  confirmIdentity,
  finishSetup,
  mailIdentityCode,
  passSecondFactor,
  recover,
  renewCodes,
  resetSecondFactor,
} from "./second-factor.server";
import { requireHalfSignedIn, requireRecentProof, requireStaff } from "./session.server";
import { signIn } from "./sign-in.server";
import { askForSecondFactor, viewSecurity } from "./staff-security.server";
import { visitorOfSession } from "./visitors.server";

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  await asSuperuser("truncate gateway.rate_limits");
});

/** Each code counts once, so every further one is of a later half minute. */
function codeOf(secret: string): string {
  gateway.clock.ahead += 31_000;
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + gateway.clock.ahead });
}

async function enrolled(email: string) {
  const home = await signedIn(email);
  const { factorId, secret } = await beginSetup(await home.ask());
  const done = await finishSetup(await home.ask(), { factorId, code: codeOf(secret) });
  if (!done.ok) throw new Error(done.why);
  return { home, secret, codes: done.codes };
}

const locationOf = (guarded: Promise<unknown>) =>
  guarded.then(
    () => "let in",
    (thrown: unknown) => (thrown instanceof Response ? thrown.headers.get("Location") : String(thrown)),
  );

test("a session that has not proved its second factor is nobody, in pages and at sockets, until it has", async () => {
  const { secret } = await enrolled("pricing@tandem.example");
  const home = browser();
  const first = await signIn(await home.ask(), {
    email: "pricing@tandem.example",
    password: demoPassword,
    next: "/staff/ideas",
  });
  expect(first).toEqual({ ok: true, to: "/login/second-factor?next=%2Fstaff%2Fideas" });
  const half = await home.ask("/staff/ideas");
  expect(half.visitor.actor).toBeNull();
  expect(await locationOf(requireStaff(half))).toBe("/login/second-factor?next=%2Fstaff%2Fideas");
  const socket = await home.ask("/collab/x", { writes: false });
  expect(socket.visitor.actor).toBeNull();
  const { sessionId } = await requireHalfSignedIn(half);
  expect((await visitorOfSession(pricing.userId, sessionId, null)).actor).toBeNull();

  expect(await passSecondFactor(half, { code: "000000" })).toMatchObject({ ok: false, why: "wrong-app-code" });
  const passed = await passSecondFactor(await home.ask(), { code: codeOf(secret), next: "/staff/ideas" });
  expect(passed).toEqual({ ok: true, to: "/staff/ideas" });
  expect((await home.ask()).visitor.actor).toEqual(pricing);
});

test("a recovery code stands in for the app once, and its person is told by mail", async () => {
  const { codes } = await enrolled("support@tandem.example");
  const half = async () => {
    const home = browser();
    await signIn(await home.ask(), { email: "support@tandem.example", password: demoPassword });
    return home;
  };
  expect(new Set(codes).size).toBe(10);
  const kept = await asSuperuser<{ n: number }>(
    "select count(*)::int as n from recovery_codes where code_hash::text like '%' || $1 || '%'",
    [codes[0]],
  );
  expect(kept[0]?.n).toBe(0);
  const home = await half();
  const typed = ` ${codes[0]?.toUpperCase().replaceAll("-", " ")}`;
  expect(await recover(await home.ask(), { code: typed })).toEqual({ ok: true, to: "/staff" });
  expect((await home.ask()).visitor.actor).toEqual(support);
  const letter = await asSuperuser<{ body_text: string }>(
    "select body_text from mail_outbox where recipient = 'support@tandem.example' order by id desc limit 1",
  );
  expect(letter[0]?.body_text).toContain("9");
  const [event] = await asSuperuser("select facts from events where name = 'person.recovery_code_used'");
  expect(event).toEqual({ facts: { left: 9 } });

  const thief = await half();
  expect(await recover(await thief.ask(), { code: codes[0] ?? "" })).toEqual({ ok: false, why: "wrong-recovery-code" });
  expect((await thief.ask()).visitor.actor).toBeNull();
  const fresh = await renewCodes(support);
  expect(await recover(await thief.ask(), { code: codes[1] ?? "" })).toMatchObject({ ok: false });
  expect(await recover(await thief.ask(), { code: fresh[1] ?? "" })).toMatchObject({ ok: true });
});

test("another person's recovery code opens nothing", async () => {
  const own = await enrolled("manager@tandem.example");
  const other = await enrolled("production@tandem.example");
  const home = browser();
  await signIn(await home.ask(), { email: "manager@tandem.example", password: demoPassword });
  expect(await recover(await home.ask(), { code: other.codes[0] ?? "" })).toMatchObject({ ok: false });
  expect(await recover(await home.ask(), { code: own.codes[0] ?? "" })).toMatchObject({ ok: true });
});

test("when it is asked of staff, whoever has none is led to set one up and nowhere else; clients are not", async () => {
  const home = await signedIn("auditor@tandem.example");
  const client = await signedIn("owner@metis.example");
  const switched = (required: boolean) =>
    viewSecurity(admin).then((page) => askForSecondFactor(admin, { required, revision: page?.settings.revision ?? 0 }));
  expect(await switched(true)).toEqual({ ok: true });
  const waiting = await home.ask("/staff");
  expect(waiting.visitor.actor).toBeNull();
  expect(await locationOf(requireStaff(waiting))).toBe("/login/enrol?next=%2Fstaff");
  expect((await client.ask()).visitor.actor).toEqual(metisOwner);
  const { factorId, secret } = await beginSetup(waiting);
  expect(await finishSetup(await home.ask(), { factorId, code: "000000" })).toMatchObject({ why: "wrong-app-code" });
  expect(await finishSetup(await home.ask(), { factorId, code: codeOf(secret) })).toMatchObject({ ok: true });
  expect((await home.ask()).visitor.actor).toEqual(auditor);
  expect(await switched(false)).toEqual({ ok: true });
});

test("only an admin decides about it, and only as it was seen; nobody else learns who has one", async () => {
  expect(await askForSecondFactor(manager, { required: true, revision: 1 })).toEqual({ ok: false, why: "not-yours" });
  expect(await askForSecondFactor(admin, { required: true, revision: 4711 })).toMatchObject({
    why: "changed-meanwhile",
  });
  expect(await viewSecurity(designer)).toBeUndefined();
  const seen = await viewSecurity(auditor);
  expect(seen?.people.length).toBeGreaterThan(5);
  expect(seen?.maySecure).toBe(false);
});

test("an admin's reset ends every session of the person, also one that waits, and tells them", async () => {
  const { home } = await enrolled("designer@tandem.example");
  const thief = browser();
  await signIn(await thief.ask(), { email: "designer@tandem.example", password: demoPassword });
  const context = await (await signedIn("admin@tandem.example")).ask();
  expect(await resetSecondFactor(context, manager, designer.personId)).toEqual({ ok: false, why: "not-yours" });
  expect(await resetSecondFactor(context, admin, metisOwner.personId)).toEqual({ ok: false, why: "not-found" });
  expect(await resetSecondFactor(context, admin, designer.personId)).toEqual({ ok: true });
  expect(await sessionsOf(designer.userId)).toEqual([]);
  expect((await home.ask()).visitor.actor).toBeNull();
  expect((await thief.ask()).visitor.actor).toBeNull();
  const [letter] = await asSuperuser<{ subject: string }>(
    "select subject from mail_outbox where recipient = 'designer@tandem.example' order by id desc limit 1",
  );
  expect(letter?.subject).toMatch(/reset/);
  expect((await (await signedIn("designer@tandem.example")).ask()).visitor.actor).toEqual(designer);
});

test("roles and money ask again who is there after ten minutes, and a password or a code answers", async () => {
  const home = await signedIn("owner@metis.example");
  expect(await locationOf(requireRecentProof(await home.ask("/people")))).toBe("let in");
  const { visitor, ...rest } = await home.ask("/people");
  if (!visitor.actor) throw new Error("nobody");
  const old = { ...rest, visitor: { ...visitor, identityProvedAt: new Date(Date.now() - 11 * 60_000) } };
  expect(await locationOf(requireRecentProof(old))).toBe("/confirm-identity?next=%2Fpeople");
  const ask = await home.ask();
  expect(await confirmIdentity(ask, { way: "password", code: "", password: "not it" })).toEqual({
    ok: false,
    why: "wrong-password",
  });
  await asSuperuser("update auth.mfa_amr_claims set updated_at = now() - interval '1 hour'");
  expect(await confirmIdentity(ask, { way: "password", code: "", password: demoPassword })).toEqual({ ok: true });
  const again = await home.ask();
  expect(again.visitor.actor && again.visitor.identityProvedAt?.getTime()).toBeGreaterThan(Date.now() - 60_000);
});

test("whoever never had a password proves by a mailed code who they are, and the code counts once", async () => {
  const home = await signedIn("viewer@metis.example");
  await asSuperuser("update auth.users set encrypted_password = null where id = $1", [metisViewer.userId]);
  const ask = await home.ask();
  const before = await sessionsOf(metisViewer.userId);
  expect(await confirmIdentity(ask, { way: "password", code: "", password: demoPassword })).toMatchObject({
    why: "wrong-password",
  });
  expect(await mailIdentityCode(ask)).toEqual({ ok: true, email: "viewer@metis.example" });
  const code = (await lastMail("viewer@metis.example"))?.code ?? "";
  const wrong = code === "123456" ? "654321" : "123456";
  expect(await confirmIdentity(ask, { way: "mail", code: wrong, password: "" })).toMatchObject({ why: "wrong-code" });
  await asSuperuser("delete from session_proofs");
  expect(await confirmIdentity(ask, { way: "mail", code, password: "" })).toEqual({ ok: true });
  expect(await asSuperuser("select session_id from session_proofs")).toHaveLength(1);
  expect(await confirmIdentity(ask, { way: "mail", code, password: "" })).toMatchObject({ why: "wrong-code" });
  expect(await sessionsOf(metisViewer.userId), "the code opened no session").toEqual(before);
});

test("a mailed code does not answer for somebody who has a second factor", async () => {
  const { home } = await enrolled("designer@tandem.example");
  const ask = await home.ask();
  await mailIdentityCode(ask);
  const code = (await lastMail("designer@tandem.example"))?.code ?? "";
  expect(await confirmIdentity(ask, { way: "mail", code, password: "" })).toMatchObject({ why: "wrong-app-code" });
});

test("a form that was on its way is sent along to the proof, and a download comes back to its page", async () => {
  const home = await signedIn("owner@metis.example");
  const { visitor, ...rest } = await home.ask("/people/invite");
  if (!visitor.actor) throw new Error("nobody");
  const old = { ...rest, visitor: { ...visitor, identityProvedAt: null } };
  const answer = await requireRecentProof(old).catch((thrown: unknown) => thrown);
  if (!(answer instanceof Response)) throw new Error("no answer");
  expect([answer.status, answer.headers.get("Location")]).toEqual([307, "/confirm-identity?next=%2Fpeople%2Finvite"]);
  const page = await requireRecentProof(old, { back: "/people" }).catch((thrown: unknown) => thrown);
  if (!(page instanceof Response)) throw new Error("no answer");
  expect([page.status, page.headers.get("Location")]).toEqual([302, "/confirm-identity?next=%2Fpeople"]);
});

test("a password alone does not answer for somebody who has a second factor", async () => {
  const { home, secret } = await enrolled("support2@tandem.example");
  expect(await confirmIdentity(await home.ask(), { way: "password", code: "", password: demoPassword })).toMatchObject({
    why: "wrong-app-code",
  });
  expect(await confirmIdentity(await home.ask(), { way: "app", code: codeOf(secret), password: "" })).toEqual({
    ok: true,
  });
});
