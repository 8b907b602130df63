import { randomUUID } from "node:crypto";
import type { SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asSuperuser } from "../../../../tests/database";
import { newestLetter, startTestGateway, type TestGateway } from "../test-gateway";

let tested: TestGateway;
let admin: SupabaseClient["auth"]["admin"];

beforeAll(async () => {
  tested = await startTestGateway();
  admin = tested.admin().auth.admin;
});
afterAll(() => tested.stop());

const signIn = (email: string, password: string) => tested.client().auth.signInWithPassword({ email, password });

test("a server makes, reads, changes and deletes a login", async () => {
  const id = randomUUID();
  const made = await admin.createUser({
    id,
    email: "Server.Made@north.example",
    password: "server-made-2026",
    email_confirm: true,
    user_metadata: { language: "zh" },
    app_metadata: { team: "north" },
  });
  expect(made.data.user).toMatchObject({
    id,
    email: "server.made@north.example",
    user_metadata: { language: "zh" },
    app_metadata: { team: "north", provider: "email" },
  });
  const twice = await admin.createUser({ email: "server.made@north.example", password: "server-made-2026" });
  expect(twice.error).toMatchObject({ status: 422, code: "email_exists" });
  const session = (await signIn("server.made@north.example", "server-made-2026")).data.session;
  expect((await admin.getUserById(id)).data.user?.identities).toHaveLength(1);

  const updated = await admin.updateUserById(id, {
    email: "renamed@north.example",
    password: "renamed-2026-x",
    user_metadata: { language: null, zone: "Asia/Shanghai" },
  });
  expect(updated.data.user).toMatchObject({ email: "renamed@north.example", user_metadata: { zone: "Asia/Shanghai" } });
  expect((await tested.client().auth.getUser(session?.access_token ?? "")).error?.name).toBe("AuthSessionMissingError");
  expect((await signIn("renamed@north.example", "renamed-2026-x")).error).toBeNull();

  expect((await admin.deleteUser(id)).error).toBeNull();
  expect((await admin.getUserById(id)).error).toMatchObject({ status: 404, code: "user_not_found" });
  expect((await signIn("renamed@north.example", "renamed-2026-x")).error?.code).toBe("invalid_credentials");
});

test("a login deleted softly leaves a row that says nothing about the person", async () => {
  const { data } = await admin.createUser({
    email: "soft@north.example",
    password: "soft-2026-xx",
    email_confirm: true,
  });
  const id = data.user?.id ?? "";
  expect((await admin.deleteUser(id, true)).error).toBeNull();
  const [row] = await asSuperuser("select * from auth.users where id = $1", [id]);
  expect(JSON.stringify(row)).not.toContain("soft@north.example");
  expect((await admin.getUserById(id)).error?.code).toBe("user_not_found");
  expect((await signIn("soft@north.example", "soft-2026-xx")).error?.code).toBe("invalid_credentials");
  expect((await admin.createUser({ email: "soft@north.example", password: "soft-2026-xx" })).error).toBeNull();
});

test("somebody who is banned is out at once and comes back when the ban is over", async () => {
  const email = "banned@north.example";
  const { data } = await admin.createUser({ email, password: "banned-2026-x", email_confirm: true });
  const id = data.user?.id ?? "";
  const { session } = (await signIn(email, "banned-2026-x")).data;
  await admin.updateUserById(id, { ban_duration: "1h30m" });
  const { error } = await tested.client().auth.refreshSession({ refresh_token: session?.refresh_token ?? "" });
  expect(error?.code).toBe("refresh_token_not_found");
  expect((await signIn(email, "banned-2026-x")).error).toMatchObject({ status: 400, code: "user_banned" });
  expect((await signIn(email, "wrong-password")).error?.code).toBe("invalid_credentials");
  tested.advance(2 * 3_600_000);
  expect((await signIn(email, "banned-2026-x")).error).toBeNull();
  await admin.updateUserById(id, { ban_duration: "24h" });
  await admin.updateUserById(id, { ban_duration: "none" });
  expect((await signIn(email, "banned-2026-x")).error).toBeNull();
  expect((await admin.updateUserById(id, { ban_duration: "for ever" })).error?.code).toBe("validation_failed");
});

test("logins are listed page by page with their number", async () => {
  const all = await admin.listUsers({ page: 1, perPage: 1000 });
  const total = all.data.users.length;
  expect(total).toBeGreaterThan(10);
  const first = await admin.listUsers({ page: 1, perPage: 5 });
  expect(first.data).toMatchObject({ total, nextPage: 2, lastPage: Math.ceil(total / 5) });
  const second = await admin.listUsers({ page: 2, perPage: 5 });
  const ids = [...first.data.users, ...second.data.users].map(({ id }) => id);
  expect(new Set(ids).size).toBe(10);
  expect(JSON.stringify(all.data.users)).not.toContain("argon2");
});

test("passwords of a dump from a hosted project work, and are hashed anew at the first sign-in", async () => {
  const [row] = await asSuperuser<{ hash: string }>(
    "select extensions.crypt('from-the-dump-2026', extensions.gen_salt('bf', 6)) as hash",
  );
  const hash = row?.hash ?? "";
  for (const kind of ["$2a$", "$2b$", "$2y$"]) {
    const email = `dump${kind.charAt(2)}@north.example`;
    await admin.createUser({ email, password_hash: hash.replace(/^\$2a\$/, kind), email_confirm: true });
    expect((await signIn(email, "from-the-dump-2025")).error?.code).toBe("invalid_credentials");
    expect((await signIn(email, "from-the-dump-2026")).error).toBeNull();
    const [stored] = await asSuperuser<{ hash: string }>(
      "select encrypted_password as hash from auth.users where email = $1",
      [email],
    );
    expect(stored?.hash).toMatch(/^\$argon2id\$/);
    expect((await signIn(email, "from-the-dump-2026")).error).toBeNull();
  }
  const odd = await admin.createUser({ email: "odd@north.example", password_hash: "plain text" });
  expect(odd.error?.code).toBe("validation_failed");
});

test("an invited person accepts by letter and chooses a password", async () => {
  const email = "invited@north.example";
  const invited = await admin.inviteUserByEmail(email, {
    data: { language: "uk" },
    redirectTo: "http://localhost:3000/new-password",
  });
  expect(invited.data.user?.invited_at).toBeTruthy();
  const letter = await newestLetter(email);
  expect(letter).toMatchObject({ type: "invite", subject: "Вас запрошено до Tandem" });
  tested.advance(6 * 24 * 3_600_000);
  const client = tested.client();
  expect((await client.auth.verifyOtp({ token_hash: letter.token, type: "invite" })).error).toBeNull();
  expect((await client.auth.updateUser({ password: "invited-2026-x" })).error).toBeNull();
  expect((await signIn(email, "invited-2026-x")).error).toBeNull();
  expect((await admin.inviteUserByEmail(email)).error).toMatchObject({ status: 422, code: "email_exists" });
});

test("a server makes links for letters of its own, one kind each", async () => {
  const email = "links@north.example";
  const redirectTo = "http://localhost:3000/ideas";
  const signUp = await admin.generateLink({
    type: "signup",
    email,
    password: "links-2026-xx",
    options: { redirectTo },
  });
  expect(signUp.data.properties).toMatchObject({ verification_type: "signup", redirect_to: redirectTo });
  expect(signUp.data.properties?.action_link).toContain("http://localhost:3000/supabase/auth/v1/verify?token=");
  const verify = (token_hash: string, type: "signup" | "magiclink" | "recovery" | "invite" | "email_change") =>
    tested.client().auth.verifyOtp({ token_hash, type });
  expect((await verify(signUp.data.properties?.hashed_token ?? "", "signup")).data.user?.email).toBe(email);

  for (const type of ["magiclink", "recovery"] as const) {
    const { data } = await admin.generateLink({ type, email });
    expect((await verify(data.properties?.hashed_token ?? "", type)).error, type).toBeNull();
    const none = await admin.generateLink({ type, email: "unknown@north.example" });
    expect(none.error?.code).toBe("user_not_found");
  }
  const code = (await admin.generateLink({ type: "magiclink", email })).data.properties?.email_otp ?? "";
  expect((await tested.client().auth.verifyOtp({ email, token: code, type: "email" })).error).toBeNull();

  const invite = await admin.generateLink({
    type: "invite",
    email: "other@north.example",
    options: { data: { language: "ru" } },
  });
  expect((await verify(invite.data.properties?.hashed_token ?? "", "invite")).data.user?.user_metadata).toEqual({
    language: "ru",
  });

  const newEmail = "moved@north.example";
  const current = await admin.generateLink({ type: "email_change_current", email, newEmail });
  const fresh = await admin.generateLink({ type: "email_change_new", email, newEmail });
  expect((await verify(current.data.properties?.hashed_token ?? "", "email_change")).data.session).toBeNull();
  expect((await verify(fresh.data.properties?.hashed_token ?? "", "email_change")).data.user?.email).toBe(newEmail);
});

test("nobody but a server with the secret key administers logins", async () => {
  const person = tested.client();
  await person.auth.signInWithPassword({ email: "admin@tandem.example", password: "tandem-demo-2026" });
  const token = (await person.auth.getSession()).data.session?.access_token ?? "";
  for (const client of [tested.client(), tested.client({ token })]) {
    const calls = client.auth.admin;
    const id = randomUUID();
    const answers = await Promise.all([
      calls.listUsers(),
      calls.getUserById(id),
      calls.createUser({ email: "x@north.example" }),
      calls.updateUserById(id, {}),
      calls.deleteUser(id),
      calls.inviteUserByEmail("x@north.example"),
      calls.generateLink({ type: "magiclink", email: "admin@tandem.example" }),
      calls.mfa.listFactors({ userId: id }),
      calls.mfa.deleteFactor({ userId: id, id }),
    ]);
    for (const { error } of answers) expect(error).toMatchObject({ status: 403, code: "not_admin" });
  }
});
