import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { takeBack } from "~/kernel/process.server";
import { asSuperuser } from "../../tests/database";
import { browser, sessionsOf, signedIn, signedInLongAgo, startGateway } from "../../tests/local-supabase";
import * as personas from "../../tests/personas";
import { signOut } from "./sign-in.server";

const { brixOwner, hanlinEngineer, metisOwner } = personas;
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

describe("the session", () => {
  test("lives in a cookie that scripts cannot read, for this site, for a month", async () => {
    const { setCookies } = await signedIn(OWNER);
    expect(setCookies).toHaveLength(1);
    expect(setCookies[0]).toMatch(/^tandem-session=/);
    expect(setCookies[0]).toMatch(/; HttpOnly/i);
    expect(setCookies[0]).toMatch(/; SameSite=Lax/i);
    expect(setCookies[0]).toMatch(/; Path=\//i);
    expect(setCookies[0]).toMatch(/; Max-Age=2592000/i);
    expect(setCookies[0]).not.toMatch(/; Secure|; Domain/i);
  });

  test("over https belongs to this host alone and travels encrypted only", async () => {
    takeBack("env");
    const { APP_ORIGIN } = process.env;
    process.env.APP_ORIGIN = "https://tandem.example";
    try {
      const home = await signedIn(OWNER);
      expect(home.setCookies).toHaveLength(1);
      expect(home.setCookies[0]).toMatch(/^__Host-tandem-session=/);
      for (const mark of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\/(;|$)/i]) {
        expect(home.setCookies[0]).toMatch(mark);
      }
      expect(home.setCookies[0]).not.toMatch(/; Domain/i);
      expect((await home.ask()).visitor.actor).toEqual(metisOwner);
    } finally {
      process.env.APP_ORIGIN = APP_ORIGIN;
      takeBack("env");
    }
  });

  test("holds tokens and nothing about the person", async () => {
    const { jar } = await signedIn(OWNER);
    const value = [...jar.values()].join("");
    const session = JSON.parse(Buffer.from(value.replace("base64-", ""), "base64url").toString());
    expect(Object.keys(session)).not.toContain("user");
  });

  test("asks the database once and Supabase not at all while its token is fresh", async () => {
    const home = await signedIn(OWNER);
    await home.ask();
    gateway.calls.length = 0;
    for (let request = 0; request < 5; request += 1) expect((await home.ask()).visitor.actor).not.toBeNull();
    expect(gateway.calls).toEqual([]);
  });

  test("that was revoked is nobody at the next request", async () => {
    const home = await signedIn("viewer@metis.example");
    await asSuperuser("delete from auth.sessions where user_id = $1", [personas.metisViewer.userId]);
    expect((await home.ask()).visitor.actor).toBeNull();
  });

  test("of a person who is removed is nobody at the next request", async () => {
    const home = await signedIn("owner@brix.example");
    await asSuperuser("update public.people set removed_at = now() where id = $1", [brixOwner.personId]);
    expect((await home.ask()).visitor.actor).toBeNull();
    await asSuperuser("update public.people set removed_at = null where id = $1", [brixOwner.personId]);
    // Removal ends sessions for good: whoever comes back signs in again.
    expect((await home.ask()).visitor.actor).toBeNull();
    const back = await signedIn("owner@brix.example");
    expect((await back.ask()).visitor.actor).toEqual(brixOwner);
  });

  test("of staff whose last role was taken is nobody at the next request", async () => {
    const home = await signedIn("pricing@tandem.example");
    await asSuperuser("delete from public.staff_roles where person_id = $1", [personas.pricing.personId]);
    expect((await home.ask()).visitor.actor).toBeNull();
    await asSuperuser("insert into public.staff_roles (person_id, role) values ($1, 'pricing')", [
      personas.pricing.personId,
    ]);
  });

  test("ends for the browser and at the server when its person signs out", async () => {
    const home = await signedIn("support@tandem.example");
    const copy = browser({ jar: new Map(home.jar) });
    await signOut(await home.ask());
    expect(home.jar.size).toBe(0);
    expect((await copy.ask()).visitor.actor).toBeNull();
    expect(await sessionsOf(personas.support.userId)).toEqual([]);
  });

  test("signing out leaves the same person's other browser alone", async () => {
    const [home, phone] = [await signedIn("support2@tandem.example"), await signedIn("support2@tandem.example")];
    await signOut(await home.ask());
    expect((await phone.ask()).visitor.actor).not.toBeNull();
  });

  test("with an expired token is renewed by an ordinary request, and lives on", async () => {
    const home = await signedInLongAgo(gateway, OWNER);
    const before = home.cookieHeader();
    expect((await home.ask()).visitor.actor).toEqual(metisOwner);
    expect(home.cookieHeader()).not.toBe(before);
    expect((await home.ask()).visitor.actor).toEqual(metisOwner);
  });

  test("survives eight parallel requests that all carry the expired token", async () => {
    const home = await signedInLongAgo(gateway, OWNER);
    const tabs = Array.from({ length: 8 }, () => browser({ jar: new Map(home.jar) }));
    const contexts = await Promise.all(tabs.map((tab) => tab.ask()));
    for (const { visitor } of contexts) expect(visitor.actor).toEqual(metisOwner);
    for (const tab of tabs) expect((await tab.ask()).visitor.actor).toEqual(metisOwner);
  });

  test("is not renewed at a socket's upgrade, where the new cookie would be lost: nobody, until the page asks", async () => {
    const home = await signedInLongAgo(gateway, OWNER);
    gateway.calls.length = 0;
    expect((await home.ask("/", { writes: false })).visitor.actor).toBeNull();
    expect(gateway.calls.filter(({ path }) => path === "/auth/v1/token")).toEqual([]);
    expect((await home.ask("/api/session")).visitor.actor).toEqual(metisOwner);
    expect((await home.ask("/", { writes: false })).visitor.actor).toEqual(metisOwner);
  });

  test("that is refused for haste while it renews is not lost: nobody is signed out by a limit", async () => {
    const home = await signedInLongAgo(gateway, OWNER);
    const before = home.cookieHeader();
    const strict = await startGateway({
      limits: { refreshPerAddress: { points: 0, seconds: 60 } },
      keepKeysOf: gateway,
    });
    try {
      await expect(home.ask()).rejects.toMatchObject({ status: 429 });
      expect(home.cookieHeader()).toBe(before);
    } finally {
      await strict.stop();
      gateway.provide();
    }
    expect((await home.ask()).visitor.actor).toEqual(metisOwner);
  });
});

describe("what was made up is nobody", () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const later = Math.floor(Date.now() / 1000) + 3600;
  const claims = { sub: metisOwner.userId, session_id: metisOwner.userId, exp: later, role: "authenticated" };
  const cookie = (accessToken: unknown) =>
    `base64-${encode({ access_token: accessToken, refresh_token: "made-up", expires_at: later, expires_in: 3600, token_type: "bearer" })}`;
  test.each([
    ["rubbish", "rubbish"],
    ["half a cookie", "base64-eyJhY2Nlc3Nf"],
    ["no token in it", `base64-${encode({})}`],
    ["a number for a token", cookie(7)],
    ["a token that is none", cookie("a.b.c")],
    ["an unsigned token", cookie(`${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`)],
    ["a token signed by nobody", cookie(`${encode({ alg: "ES256", kid: "x", typ: "JWT" })}.${encode(claims)}.AAAA`)],
    ["a token of an unknown kind", cookie(`${encode({ alg: "XX1", kid: "x" })}.${encode(claims)}.AAAA`)],
    ["the secret key's look-alike", cookie("sb_secret_made-up")],
  ])("%s", async (_what, value) => {
    for (const writes of [true, false]) {
      const home = browser({ jar: new Map([["tandem-session", value]]) });
      expect((await home.ask("/", { writes })).visitor.actor).toBeNull();
    }
  });

  test("a token whose claims were changed after signing", async () => {
    const home = await signedIn("engineer@hanlin.example");
    const session = JSON.parse(
      Buffer.from([...home.jar.values()].join("").replace("base64-", ""), "base64url").toString(),
    );
    const [head, , signature] = String(session.access_token).split(".");
    const forged = `${head}.${encode({ ...claims, session_id: (await sessionsOf(hanlinEngineer.userId))[0]?.id })}.${signature}`;
    home.jar.set("tandem-session", `base64-${encode({ ...session, access_token: forged })}`);
    expect((await home.ask()).visitor.actor).toBeNull();
  });
});
