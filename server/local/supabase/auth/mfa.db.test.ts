import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGateway, type TestGateway } from "../test-gateway";

const PASSWORD = "tandem-demo-2026";
let tested: TestGateway;
let ahead = 0;

beforeAll(async () => {
  tested = await startTestGateway();
});
afterAll(() => tested.stop());

async function signedIn(email: string) {
  const client = tested.client();
  const { data, error } = await client.auth.signInWithPassword({ email, password: PASSWORD });
  expect(error).toBeNull();
  return { client, accessToken: data.session?.access_token ?? "" };
}

/** The code an authenticator app shows at the gateway's time; each call is a step later, since a code counts once. */
function nextCode(secret: string): string {
  ahead += 30_000;
  tested.advance(30_000);
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead });
}

async function withFactor(email: string) {
  const { client } = await signedIn(email);
  const { data, error } = await client.auth.mfa.enroll({ factorType: "totp", friendlyName: "phone", issuer: "Tandem" });
  expect(error).toBeNull();
  if (!data) throw new Error("no factor");
  const challenge = await client.auth.mfa.challenge({ factorId: data.id });
  const verified = await client.auth.mfa.verify({
    factorId: data.id,
    challengeId: challenge.data?.id ?? "",
    code: nextCode(data.totp.secret),
  });
  expect(verified.error).toBeNull();
  return { client, factorId: data.id, secret: data.totp.secret };
}

test("a second factor is enrolled, raises the session to aal2 and ends the others", async () => {
  const elsewhere = await signedIn("admin@tandem.example");
  const { client } = await signedIn("admin@tandem.example");
  const { data } = await client.auth.mfa.enroll({ factorType: "totp", friendlyName: "my phone", issuer: "Tandem" });
  expect(data?.totp.uri).toMatch(/^otpauth:\/\/totp\/Tandem:admin%40tandem\.example\?.*secret=/);
  expect(data?.totp.qr_code).toContain("<svg");
  const [all, verified] = [
    (await client.auth.mfa.listFactors()).data?.all,
    (await client.auth.mfa.listFactors()).data?.totp,
  ];
  expect([all?.length, verified?.length]).toEqual([1, 0]);
  const { error } = await client.auth.mfa.challengeAndVerify({
    factorId: data?.id ?? "",
    code: nextCode(data?.totp.secret ?? ""),
  });
  expect(error).toBeNull();
  const level = await client.auth.mfa.getAuthenticatorAssuranceLevel();
  expect(level.data).toMatchObject({ currentLevel: "aal2", nextLevel: "aal2" });
  expect((await client.auth.getClaims()).data?.claims).toMatchObject({ aal: "aal2" });
  expect((await client.auth.getClaims()).data?.claims.amr).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ method: "totp" }),
      expect.objectContaining({ method: "password" }),
    ]),
  );
  expect((await client.auth.refreshSession()).data.user?.factors).toHaveLength(1);
  expect((await client.auth.getClaims()).data?.claims.aal).toBe("aal2");
  const ended = await tested.client().auth.getUser(elsewhere.accessToken);
  expect(ended.error?.name).toBe("AuthSessionMissingError");
});

test("a password alone cannot change password or address, add a factor or take one away", async () => {
  const { factorId } = await withFactor("designer@tandem.example");
  const { client } = await signedIn("designer@tandem.example");
  const level = await client.auth.mfa.getAuthenticatorAssuranceLevel();
  expect(level.data).toMatchObject({ currentLevel: "aal1", nextLevel: "aal2" });
  const password = await client.auth.updateUser({ password: "a-new-password-2026", current_password: PASSWORD });
  expect(password.error).toMatchObject({ status: 401, code: "insufficient_aal" });
  expect((await client.auth.updateUser({ email: "new@tandem.example" })).error?.code).toBe("insufficient_aal");
  const enrolled = await client.auth.mfa.enroll({ factorType: "totp", friendlyName: "thief" });
  expect(enrolled.error?.code).toBe("insufficient_aal");
  expect((await client.auth.mfa.unenroll({ factorId })).error?.code).toBe("insufficient_aal");
});

test("a code counts once, and wrong ones are few", async () => {
  const { factorId, secret } = await withFactor("manager@tandem.example");
  const code = nextCode(secret);
  const first = await signedIn("manager@tandem.example");
  expect((await first.client.auth.mfa.challengeAndVerify({ factorId, code })).error).toBeNull();
  const second = await signedIn("manager@tandem.example");
  const replayed = await second.client.auth.mfa.challengeAndVerify({ factorId, code });
  expect(replayed.error).toMatchObject({ status: 422, code: "mfa_verification_failed" });
  const refusals = [];
  for (let tries = 0; tries < 5; tries += 1) {
    refusals.push((await second.client.auth.mfa.challengeAndVerify({ factorId, code: "12345x" })).error?.code);
  }
  expect(refusals).toEqual([...Array(4).fill("mfa_verification_failed"), "over_request_rate_limit"]);
  const right = await second.client.auth.mfa.challengeAndVerify({ factorId, code: nextCode(secret) });
  expect(right.error).toMatchObject({ status: 429, code: "over_request_rate_limit" });
});

test("one code sent twice at the same moment raises one session", async () => {
  const { factorId, secret } = await withFactor("production@tandem.example");
  const clients = [await signedIn("production@tandem.example"), await signedIn("production@tandem.example")];
  const code = nextCode(secret);
  const answers = await Promise.all(
    clients.map(({ client }) => client.auth.mfa.challengeAndVerify({ factorId, code })),
  );
  expect(answers.filter(({ error }) => error === null)).toHaveLength(1);
});

test("a challenge is over after five minutes, and belongs to its factor and its person", async () => {
  const { client, factorId, secret } = await withFactor("support@tandem.example");
  const challenge = await client.auth.mfa.challenge({ factorId });
  ahead += 301_000;
  tested.advance(301_000);
  const late = await client.auth.mfa.verify({
    factorId,
    challengeId: challenge.data?.id ?? "",
    code: nextCode(secret),
  });
  expect(late.error).toMatchObject({ status: 422, code: "mfa_challenge_expired" });
  const stranger = await signedIn("owner@brix.example");
  expect((await stranger.client.auth.mfa.challenge({ factorId })).error).toMatchObject({ status: 404 });
  expect((await stranger.client.auth.mfa.unenroll({ factorId })).error?.code).toBe("mfa_factor_not_found");
});

test("whoever has the factor takes it away, and the session falls back", async () => {
  const { client, factorId } = await withFactor("pricing@tandem.example");
  const conflict = await client.auth.mfa.enroll({ factorType: "totp", friendlyName: "phone" });
  expect(conflict.error?.code).toBe("mfa_factor_name_conflict");
  expect((await client.auth.mfa.unenroll({ factorId })).data).toEqual({ id: factorId });
  expect((await client.auth.mfa.listFactors()).data?.all).toEqual([]);
  await client.auth.refreshSession();
  expect((await client.auth.getClaims()).data?.claims.aal).toBe("aal1");
});

test("factors by telephone are refused plainly", async () => {
  const { client } = await signedIn("owner@metis.example");
  const { error } = await client.auth.mfa.enroll({ factorType: "phone", phone: "+49123456789" });
  expect(error?.code).toBe("mfa_phone_enroll_not_enabled");
});

test("a server takes away the factor of somebody who lost their telephone", async () => {
  const { client, factorId } = await withFactor("auditor@tandem.example");
  const userId = (await client.auth.getUser()).data.user?.id ?? "";
  const { mfa } = tested.admin().auth.admin;
  expect((await mfa.listFactors({ userId })).data?.factors.map(({ id }) => id)).toEqual([factorId]);
  expect((await mfa.deleteFactor({ userId, id: factorId })).error).toBeNull();
  expect((await mfa.deleteFactor({ userId, id: factorId })).error?.code).toBe("mfa_factor_not_found");
});
