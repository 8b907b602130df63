import { createServerClient } from "@supabase/ssr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { asSuperuser } from "../../../../tests/database";
import { startTestGateway, type TestGateway } from "../test-gateway";

const EMAIL = "owner@metis.example";
const PASSWORD = "tandem-demo-2026";
let tested: TestGateway;

beforeAll(async () => {
  tested = await startTestGateway();
});
afterAll(() => tested.stop());

async function signedIn() {
  const client = tested.client();
  const { data, error } = await client.auth.signInWithPassword({ email: EMAIL, password: PASSWORD });
  expect(error).toBeNull();
  if (!data.session) throw new Error("no session");
  return { client, session: data.session };
}

test("a person signs in with a password, and the client proves the session without asking the server", async () => {
  const { client, session } = await signedIn();
  expect(session.user.email).toBe(EMAIL);
  expect(session.expires_in).toBe(3600);
  const { data, error } = await client.auth.getClaims();
  expect(error).toBeNull();
  expect(data?.header.alg).toBe("ES256");
  expect(data?.claims).toMatchObject({ sub: session.user.id, role: "authenticated", aal: "aal1", email: EMAIL });
  const { data: user } = await client.auth.getUser();
  expect(user.user?.id).toBe(session.user.id);
});

test("a wrong password, an unknown address and a forged token are refused", async () => {
  const client = tested.client();
  const wrong = await client.auth.signInWithPassword({ email: EMAIL, password: "not-the-password" });
  expect(wrong.error).toMatchObject({ status: 400, code: "invalid_credentials" });
  const unknown = await client.auth.signInWithPassword({ email: "nobody@metis.example", password: PASSWORD });
  expect(unknown.error).toMatchObject({ status: 400, code: "invalid_credentials", message: wrong.error?.message });

  const { session } = await signedIn();
  const [head, , tail] = session.access_token.split(".");
  const claims = Buffer.from(JSON.stringify({ sub: session.user.id, role: "service_role" })).toString("base64url");
  const forged = await tested.client().auth.getUser(`${head}.${claims}.${tail}`);
  expect(forged.error).toMatchObject({ status: 403, code: "bad_jwt" });
});

test("a session is refreshed, and requests that race with one token all receive the same next one", async () => {
  const { session } = await signedIn();
  const clients = [tested.client(), tested.client(), tested.client(), tested.client()];
  const answers = await Promise.all(
    clients.map((client) => client.auth.refreshSession({ refresh_token: session.refresh_token })),
  );
  const tokens = new Set(answers.map(({ data }) => data.session?.refresh_token));
  expect(answers.map(({ error }) => error)).toEqual([null, null, null, null]);
  expect(tokens.size).toBe(1);
  expect(tokens.has(session.refresh_token)).toBe(false);
});

test("a refresh token that comes back after ten seconds ends the whole session", async () => {
  const { session } = await signedIn();
  const next = await tested.client().auth.refreshSession({ refresh_token: session.refresh_token });
  expect(next.error).toBeNull();
  tested.advance(9_000);
  const late = await tested.client().auth.refreshSession({ refresh_token: session.refresh_token });
  expect(late.data.session?.refresh_token).toBe(next.data.session?.refresh_token);
  tested.advance(2_000);
  const stolen = await tested.client().auth.refreshSession({ refresh_token: session.refresh_token });
  expect(stolen.error).toMatchObject({ status: 400, code: "refresh_token_already_used" });
  const honest = await tested.client().auth.refreshSession({ refresh_token: next.data.session?.refresh_token ?? "" });
  expect(honest.error).toMatchObject({ status: 400, code: "refresh_token_not_found" });
  const { error } = await tested.client().auth.getUser(session.access_token);
  expect(error?.name).toBe("AuthSessionMissingError");
  expect(tested.logged.at(-1)?.message).toContain("used refresh token");
});

test("signing out ends this session, the others or all of them, at once", async () => {
  const [first, second, third] = [await signedIn(), await signedIn(), await signedIn()];
  const alive = async ({ session }: { session: { access_token: string } }) =>
    (await tested.client().auth.getUser(session.access_token)).error === null;

  expect((await first.client.auth.signOut({ scope: "local" })).error).toBeNull();
  expect([await alive(first), await alive(second), await alive(third)]).toEqual([false, true, true]);
  expect((await second.client.auth.signOut({ scope: "others" })).error).toBeNull();
  expect([await alive(second), await alive(third)]).toEqual([true, false]);
  const fourth = await signedIn();
  expect((await second.client.auth.signOut({ scope: "global" })).error).toBeNull();
  expect([await alive(second), await alive(fourth)]).toEqual([false, false]);
});

test("no token stands in the database as it was given out", async () => {
  const { session } = await signedIn();
  const rows = await asSuperuser<{ token: string }>("select token from auth.refresh_tokens");
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.some(({ token }) => token.includes(session.refresh_token))).toBe(false);
  expect(rows.every(({ token }) => /^[0-9a-f]{64}$/.test(token))).toBe(true);
});

test("without the project's key nothing but the public keys answers", async () => {
  const post = await tested.gateway.fetch("http://localhost:3000/supabase/auth/v1/token?grant_type=password", {
    method: "POST",
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  });
  expect(post.status).toBe(401);
  const keys = await tested.gateway.fetch("http://localhost:3000/supabase/auth/v1/.well-known/jwks.json");
  expect(keys.status).toBe(200);
  expect(JSON.stringify(await keys.json())).not.toContain('"d"');
});

test("@supabase/ssr keeps the session in cookies, renews it and takes it away", async () => {
  const jar = new Map<string, string>();
  const page = () =>
    createServerClient("http://localhost:3000/supabase", tested.options.publishableKey, {
      realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
      global: { fetch: (input, init) => tested.gateway.fetch(new Request(input, init)) },
      cookies: {
        getAll: () => [...jar].map(([name, value]) => ({ name, value })),
        setAll: (cookies) => {
          for (const { name, value, options } of cookies) {
            if (options.maxAge === 0) jar.delete(name);
            else jar.set(name, value);
          }
        },
      },
    });
  expect((await page().auth.signInWithPassword({ email: EMAIL, password: PASSWORD })).error).toBeNull();
  expect(jar.size).toBeGreaterThan(0);
  expect((await page().auth.getClaims()).data?.claims.email).toBe(EMAIL);
  const before = (await page().auth.getSession()).data.session;
  await page().auth.refreshSession();
  const after = (await page().auth.getSession()).data.session;
  expect(after?.refresh_token).not.toBe(before?.refresh_token);
  expect((await page().auth.getUser()).data.user?.email).toBe(EMAIL);
  await page().auth.signOut();
  expect(jar.size).toBe(0);
});

test("a session that nobody used for thirty days is over", async () => {
  const { session } = await signedIn();
  tested.advance(29 * 24 * 3_600_000);
  const kept = await tested.client().auth.refreshSession({ refresh_token: session.refresh_token });
  expect(kept.error).toBeNull();
  tested.advance(31 * 24 * 3_600_000);
  const over = await tested.client().auth.refreshSession({ refresh_token: kept.data.session?.refresh_token ?? "" });
  expect(over.error).toMatchObject({ status: 400, code: "session_expired" });
});

test("ways to sign in that do not exist here are refused plainly", async () => {
  const { auth } = tested.client();
  expect((await auth.signInAnonymously()).error?.code).toBe("anonymous_provider_disabled");
  expect((await auth.signUp({ phone: "+49123", password: "good-enough-1" })).error?.code).toBe(
    "phone_provider_disabled",
  );
  expect((await auth.signInWithOtp({ phone: "+49123" })).error?.code).toBe("phone_provider_disabled");
  const other = await tested.gateway.fetch("http://localhost:3000/supabase/auth/v1/token?grant_type=web3", {
    method: "POST",
    headers: { apikey: tested.options.publishableKey },
  });
  expect(other.status).toBe(400);
  const nonsense = await tested.gateway.fetch("http://localhost:3000/supabase/auth/v1/otp", {
    method: "POST",
    headers: { apikey: tested.options.publishableKey },
    body: "{not json",
  });
  expect(await nonsense.json()).toMatchObject({ code: "bad_json" });
  const huge = await tested.gateway.fetch("http://localhost:3000/supabase/auth/v1/otp", {
    method: "POST",
    headers: { apikey: tested.options.publishableKey },
    body: "x".repeat(300_000),
  });
  expect(huge.status).toBe(413);
  const wrongWay = await tested.gateway.fetch("http://localhost:3000/supabase/auth/v1/token");
  expect(wrongWay.status).toBe(405);
});

test("where nobody may make a login for themselves, asking for one is refused and a link makes none", async () => {
  const closed = await startTestGateway({ allowSignUp: false });
  try {
    const email = "uninvited@north.example";
    expect((await closed.client().auth.signUp({ email, password: "good-enough-1" })).error?.code).toBe(
      "signup_disabled",
    );
    expect((await closed.client().auth.signInWithOtp({ email })).error).toBeNull();
    expect(await asSuperuser("select from auth.users where email = $1", [email])).toHaveLength(0);
  } finally {
    await closed.stop();
  }
});
