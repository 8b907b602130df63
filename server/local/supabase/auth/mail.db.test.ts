import { afterAll, beforeAll, expect, test } from "vitest";
import { asSuperuser } from "../../../../tests/database";
import { lettersTo, newestLetter, startTestGateway, type TestGateway } from "../test-gateway";

const PASSWORD = "tandem-demo-2026";
let tested: TestGateway;
let addresses = 0;

beforeAll(async () => {
  tested = await startTestGateway();
});
afterAll(() => tested.stop());

/** A browser at an address of its own, so that no limit of another test is felt. */
function browser(flow: "pkce" | "implicit" = "implicit") {
  addresses += 1;
  return tested.client({ address: `198.51.100.${addresses}`, flow });
}

async function signedIn(email: string, password = PASSWORD) {
  const client = browser();
  const { data, error } = await client.auth.signInWithPassword({ email, password });
  expect(error).toBeNull();
  if (!data.session) throw new Error("no session");
  return { client, session: data.session };
}

test("an e-mailed link signs in once, however many open it at the same moment", async () => {
  const { error } = await browser().auth.signInWithOtp({
    email: "owner@metis.example",
    options: { emailRedirectTo: "http://localhost:3000/ideas?new=1" },
  });
  expect(error).toBeNull();
  const letter = await newestLetter("owner@metis.example");
  expect(letter.link).toContain("http://localhost:3000/confirm?");
  expect(new URL(letter.link ?? "").searchParams.get("next")).toBe("/ideas?new=1");
  expect(Buffer.from(letter.token, "base64url").length).toBeGreaterThanOrEqual(16);
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => browser().auth.verifyOtp({ token_hash: letter.token, type: letter.type })),
  );
  expect(answers.filter(({ data }) => data.session).length).toBe(1);
  expect(answers.filter(({ error: refusal }) => refusal?.code === "otp_expired").length).toBe(5);
});

test("letters speak the recipient's language", async () => {
  await browser().auth.resetPasswordForEmail("engineer@hanlin.example");
  expect(await newestLetter("engineer@hanlin.example")).toMatchObject({ language: "zh", subject: "设置新密码" });
  await browser().auth.resetPasswordForEmail("owner@metis.example");
  expect(await newestLetter("owner@metis.example")).toMatchObject({ language: "uk", subject: "Оберіть новий пароль" });
});

test("a typed code signs in once, however many type it at the same moment", async () => {
  await browser().auth.signInWithOtp({ email: "owner@brix.example" });
  const { code } = await newestLetter("owner@brix.example");
  const answers = await Promise.all(
    Array.from({ length: 4 }, () =>
      browser().auth.verifyOtp({ email: "owner@brix.example", token: code, type: "email" }),
    ),
  );
  expect(answers.filter(({ data }) => data.session).length).toBe(1);
});

test("after five wrong tries a code is worthless", async () => {
  const email = "designer@tandem.example";
  await browser().auth.signInWithOtp({ email });
  const { code } = await newestLetter(email);
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, "0");
  for (let tries = 0; tries < 5; tries += 1) {
    const { error } = await browser().auth.verifyOtp({ email, token: wrong, type: "email" });
    expect(error).toMatchObject({ status: 403, code: "otp_expired" });
  }
  const { error } = await browser().auth.verifyOtp({ email, token: code, type: "email" });
  expect(error).toMatchObject({ status: 403, code: "otp_expired" });
});

test("links and codes are over after an hour, and a new letter ends the old one", async () => {
  const email = "manager@tandem.example";
  await browser().auth.signInWithOtp({ email });
  const first = await newestLetter(email);
  await browser().auth.signInWithOtp({ email });
  const second = await newestLetter(email);
  expect((await browser().auth.verifyOtp({ token_hash: first.token, type: "magiclink" })).error?.code).toBe(
    "otp_expired",
  );
  tested.advance(3_601_000);
  expect((await browser().auth.verifyOtp({ token_hash: second.token, type: "magiclink" })).error?.code).toBe(
    "otp_expired",
  );
});

test("a token of one kind opens nothing of another", async () => {
  const email = "support@tandem.example";
  await browser().auth.signInWithOtp({ email });
  const { token, code } = await newestLetter(email);
  expect((await browser().auth.verifyOtp({ token_hash: token, type: "recovery" })).error?.code).toBe("otp_expired");
  expect((await browser().auth.verifyOtp({ email, token: code, type: "recovery" })).error?.code).toBe("otp_expired");
  expect((await browser().auth.verifyOtp({ token_hash: token, type: "email" })).error).toBeNull();
});

test("a forgotten password is replaced through the mailbox, which ends all other sessions", async () => {
  const email = "production@tandem.example";
  const elsewhere = await signedIn(email);
  await browser().auth.resetPasswordForEmail(email, { redirectTo: "http://localhost:3000/new-password" });
  const letter = await newestLetter(email);
  expect(letter.type).toBe("recovery");
  const client = browser();
  expect((await client.auth.verifyOtp({ token_hash: letter.token, type: "recovery" })).error).toBeNull();
  expect((await client.auth.updateUser({ password: "short" })).error?.code).toBe("weak_password");
  expect((await client.auth.updateUser({ password: PASSWORD })).error?.code).toBe("same_password");
  expect((await client.auth.updateUser({ password: "a-new-password-2026" })).error).toBeNull();
  expect((await newestLetter(email)).subject).toBe("Your password was changed");
  expect((await browser().auth.getUser(elsewhere.session.access_token)).error?.name).toBe("AuthSessionMissingError");
  expect((await browser().auth.signInWithPassword({ email, password: PASSWORD })).error?.code).toBe(
    "invalid_credentials",
  );
  await signedIn(email, "a-new-password-2026");
});

test("an open session alone cannot change the password: it takes the old one or a code from the mailbox", async () => {
  const email = "pricing@tandem.example";
  const { client } = await signedIn(email);
  const bare = await client.auth.updateUser({ password: "a-new-password-2026" });
  expect(bare.error).toMatchObject({ status: 400, code: "reauthentication_needed" });
  const wrong = await client.auth.updateUser({ password: "a-new-password-2026", current_password: "guessed-1" });
  expect(wrong.error).toMatchObject({ code: "invalid_credentials" });
  const right = await client.auth.updateUser({ password: "a-new-password-2026", current_password: PASSWORD });
  expect(right.error).toBeNull();

  expect((await client.auth.reauthenticate()).error).toBeNull();
  const { code } = await newestLetter(email);
  const guess = code === "000000" ? "000001" : "000000";
  const guessed = await client.auth.updateUser({ password: "another-one-2026", nonce: guess });
  expect(guessed.error).toMatchObject({ status: 422, code: "reauthentication_not_valid" });
  expect((await client.auth.updateUser({ password: "another-one-2026", nonce: code })).error).toBeNull();
});

test("a person changes their own metadata, field by field", async () => {
  const { client } = await signedIn("viewer@metis.example");
  const { data } = await client.auth.updateUser({ data: { language: "uk", theme: "dark" } });
  expect(data.user?.user_metadata).toMatchObject({ language: "uk", theme: "dark" });
  const { data: after } = await client.auth.updateUser({ data: { theme: null } });
  expect(after.user?.user_metadata).toEqual({ language: "uk" });
  const { error } = await client.auth.updateUser({ data: { story: "x".repeat(5000) } });
  expect(error?.code).toBe("validation_failed");
});

test("an address changes when both mailboxes agree, and not before", async () => {
  const { client } = await signedIn("approver@metis.example");
  const { data, error } = await client.auth.updateUser({ email: "New.Approver@metis.example" });
  expect(error).toBeNull();
  expect(data.user).toMatchObject({ email: "approver@metis.example", new_email: "new.approver@metis.example" });
  const old = await newestLetter("approver@metis.example");
  const fresh = await newestLetter("new.approver@metis.example");
  expect(old.body_text).toContain("new.approver@metis.example");

  const half = await browser().auth.verifyOtp({ token_hash: fresh.token, type: "email_change" });
  expect(half).toMatchObject({ error: null, data: { session: null, user: null } });
  await signedIn("approver@metis.example");
  const whole = await browser().auth.verifyOtp({
    email: "approver@metis.example",
    token: old.code,
    type: "email_change",
  });
  expect(whole.data.user?.email).toBe("new.approver@metis.example");
  await signedIn("new.approver@metis.example");
  expect((await newestLetter("approver@metis.example")).body_text).toContain("new.approver@metis.example");
});

test("asking for an address that somebody else has looks the same and leads nowhere", async () => {
  const { client } = await signedIn("support2@tandem.example");
  const before = await lettersTo("admin@tandem.example");
  const { data, error } = await client.auth.updateUser({ email: "admin@tandem.example" });
  expect(error).toBeNull();
  expect(data.user?.new_email).toBe("admin@tandem.example");
  expect(await lettersTo("admin@tandem.example")).toBe(before);
});

test("signing up leads to a login once the address is confirmed", async () => {
  const email = "newcomer@north.example";
  const client = browser();
  const { data, error } = await client.auth.signUp({
    email,
    password: "newcomer-2026",
    options: { data: { language: "ru" } },
  });
  expect(error).toBeNull();
  expect(data.session).toBeNull();
  const early = await browser().auth.signInWithPassword({ email, password: "newcomer-2026" });
  expect(early.error?.code).toBe("email_not_confirmed");
  expect((await browser().auth.resend({ email, type: "signup" })).error).toBeNull();
  const letter = await newestLetter(email);
  expect(letter).toMatchObject({ type: "signup", language: "ru" });
  const confirmed = await client.auth.verifyOtp({ token_hash: letter.token, type: "signup" });
  expect(confirmed.data.user?.id).toBe(data.user?.id);
  await signedIn(email, "newcomer-2026");
});

test("a password chosen before the address was proven dies when the mailbox's owner signs in by link", async () => {
  const email = "victim@north.example";
  await browser().auth.signUp({ email, password: "chosen-by-a-stranger" });
  await browser().auth.signInWithOtp({ email });
  const { token } = await newestLetter(email);
  expect((await browser().auth.verifyOtp({ token_hash: token, type: "magiclink" })).error).toBeNull();
  const stranger = await browser().auth.signInWithPassword({ email, password: "chosen-by-a-stranger" });
  expect(stranger.error?.code).toBe("invalid_credentials");
});

test("with PKCE the opened link gives a code that only the browser that asked can trade, once", async () => {
  const email = "auditor@tandem.example";
  const asking = browser("pkce");
  await asking.auth.signInWithOtp({ email, options: { emailRedirectTo: "http://localhost:3000/welcome" } });
  const { token } = await newestLetter(email);
  const target = await pressButton(token, "magiclink", "http://localhost:3000/welcome");
  expect(target.pathname).toBe("/welcome");
  const code = target.searchParams.get("code") ?? "";
  expect(code.length).toBeGreaterThanOrEqual(32);
  const { data, error } = await asking.auth.exchangeCodeForSession(code);
  expect(error).toBeNull();
  expect(data.session?.user.email).toBe(email);

  const again = browser("pkce");
  await again.auth.signInWithOtp({ email });
  const second = await pressButton((await newestLetter(email)).token, "magiclink", "");
  const thief = browser("pkce");
  await thief.auth.signInWithOtp({ email: "nobody@north.example" });
  const stolen = await thief.auth.exchangeCodeForSession(second.searchParams.get("code") ?? "");
  expect(stolen.error).toMatchObject({ status: 400, code: "bad_code_verifier" });
  const burnt = await again.auth.exchangeCodeForSession(second.searchParams.get("code") ?? "");
  expect(burnt.error).toMatchObject({ status: 404, code: "flow_state_not_found" });
});

test("opening an e-mailed link uses nothing up: GET and HEAD show a button, and only pressing it counts", async () => {
  const email = "owner@metis.example";
  await browser().auth.signInWithOtp({ email });
  const { token } = await newestLetter(email);
  const address = `http://localhost:3000/supabase/auth/v1/verify?token=${token}&type=magiclink&redirect_to=http://localhost:3000/`;
  for (let scans = 0; scans < 3; scans += 1) {
    const page = await tested.gateway.fetch(address, { headers: { "accept-language": "uk" } });
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain('<form method="post"');
    expect(html).toContain("локальному замінникові Supabase");
  }
  const target = await pressButton(token, "magiclink", "http://localhost:3000/");
  const fragment = new URLSearchParams(target.hash.slice(1));
  const { data } = await browser().auth.getUser(fragment.get("access_token") ?? "");
  expect(data.user?.email).toBe(email);
  const over = await tested.gateway.fetch(address);
  expect(over.status).toBe(403);
});

test("after a link nobody is sent to another site", async () => {
  const email = "owner@metis.example";
  await browser().auth.signInWithOtp({ email, options: { emailRedirectTo: "https://evil.example/steal" } });
  const letter = await newestLetter(email);
  expect(letter.link).not.toContain("evil.example");
  const target = await pressButton(letter.token, "magiclink", "//evil.example/steal");
  expect(target.origin).toBe("http://localhost:3000");

  await browser().auth.signInWithOtp({ email });
  const again = await pressButton((await newestLetter(email)).token, "magiclink", "blob:http://localhost:3000/x");
  expect(again.href).toMatch(/^http:\/\/localhost:3000\/(?:#|$)/);
});

test("nothing that opens a login stands readable among the tokens", async () => {
  const email = "owner@brix.example";
  await browser().auth.signInWithOtp({ email });
  const { token, code } = await newestLetter(email);
  const rows = await asSuperuser(
    "select t.*, u.recovery_token from auth.one_time_tokens t join auth.users u on u.id = t.user_id",
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(JSON.stringify(rows)).not.toContain(code);
});

async function pressButton(token: string, type: string, redirectTo: string): Promise<URL> {
  const response = await tested.gateway.fetch("http://localhost:3000/supabase/auth/v1/verify", {
    method: "POST",
    body: new URLSearchParams({ token, type, redirect_to: redirectTo }),
  });
  expect(response.status).toBe(303);
  return new URL(response.headers.get("location") ?? "");
}
