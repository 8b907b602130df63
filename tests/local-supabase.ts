import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { whatWasAsked } from "~/accounts/account";
import { linkForm } from "~/accounts/account.schema";
import type { GuardContext } from "~/accounts/session.server";
import { type SignInContext, signIn } from "~/accounts/sign-in.server";
import { provideSupabase } from "~/accounts/supabase.server";
import { resolveVisitor } from "~/accounts/visitors.server";
import { env } from "~/kernel/env.server";
import { makeSecrets } from "../server/local/secrets";
import { createLocalSupabase } from "../server/local/supabase/gateway";
import type { LocalSupabaseOptions } from "../server/local/supabase/gateway-context";
import { asSuperuser } from "./database";
import { demoPassword } from "./personas";

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

type Options = Partial<LocalSupabaseOptions> & {
  /** Another gateway of this database: tokens of the one are good with the other. */
  keepKeysOf?: { jwtKey: LocalSupabaseOptions["jwtKey"] };
};

/**
 * The local gateway on this test file's database, given to the accounts module as the starter does.
 * `clock.ahead` (milliseconds, may be negative) moves the gateway's time alone: a session opened two hours ago has an
 * expired access token now.
 */
export async function startGateway({ keepKeysOf, ...options }: Options = {}) {
  const { APP_ORIGIN, GATEWAY_DATABASE_URL = "", SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY } = env();
  const jwtKey = keepKeysOf?.jwtKey ?? (await makeSecrets()).jwtKey;
  const dataDir = mkdtempSync(join(tmpdir(), "tandem-gateway-"));
  const clock = { ahead: 0 };
  const calls: { path: string; address: string | null }[] = [];
  const gateway = await createLocalSupabase({
    databaseUrl: GATEWAY_DATABASE_URL,
    dataDir,
    origin: APP_ORIGIN,
    publishableKey: SUPABASE_PUBLISHABLE_KEY,
    secretKey: SUPABASE_SECRET_KEY,
    jwtKey,
    log: SILENT,
    now: () => new Date(Date.now() + clock.ahead),
    ...options,
  });
  const provide = () =>
    provideSupabase({
      url: `${APP_ORIGIN}/supabase`,
      publishableKey: SUPABASE_PUBLISHABLE_KEY,
      secretKey: SUPABASE_SECRET_KEY,
      fetch: (request) => {
        const path = new URL(request.url).pathname.replace("/supabase", "");
        calls.push({ path, address: request.headers.get("x-tandem-client-address") });
        return gateway.fetch(request);
      },
    });
  provide();
  return {
    clock,
    calls,
    jwtKey,
    /** As a browser asks the gateway, at an address of this installation. */
    fetch: (path: string, init: RequestInit) => gateway.fetch(new Request(new URL(path, APP_ORIGIN), init)),
    provide,
    /** The same over HTTP, for an Express application. */
    mount: gateway.mount,
    stop: async () => {
      await gateway.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A browser without pages: it keeps cookies, and every request of it is resolved as server/http/context.ts does. */
export function browser({ address = "192.0.2.1", jar = new Map<string, string>() } = {}) {
  const setCookies: string[] = [];
  const keep = (header: string) => {
    setCookies.push(header);
    const [pair = ""] = header.split(";");
    const name = pair.slice(0, pair.indexOf("="));
    if (/;\s*max-age=0(;|$)/i.test(header)) jar.delete(name);
    else jar.set(name, pair.slice(name.length + 1));
  };
  const cookieHeader = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  return {
    jar,
    setCookies,
    cookieHeader,
    /** One request: its context. `writes: false` is the upgrade to a socket. */
    async ask(path = "/", { writes = true } = {}): Promise<SignInContext & GuardContext> {
      const { visitor, supabase } = await resolveVisitor({
        cookieHeader: cookieHeader(),
        clientAddress: address,
        ...(writes ? { setCookie: keep } : {}),
      });
      const asked = whatWasAsked({ method: "GET", url: path, header: (name) => ({ accept: "text/html" })[name] });
      return { visitor, supabase, asked, clientAddress: address, origin: env().APP_ORIGIN };
    },
  };
}

/** A browser in which somebody has signed in by password. Throws when they were refused. */
export async function signedIn(email: string, password = demoPassword) {
  const home = browser();
  const outcome = await signIn(await home.ask("/login"), { email, password });
  if (!outcome.ok) throw new Error(`${email} was refused: ${outcome.why}`);
  return home;
}

/** The same two hours ago by the gateway's clock, so that the access token has expired and the session has not. */
export async function signedInLongAgo(gateway: { clock: { ahead: number } }, email: string) {
  const home = browser();
  gateway.clock.ahead = -2 * 60 * 60 * 1000;
  const { client } = (await home.ask("/login")).supabase;
  const { error } = await client.auth.signInWithPassword({ email, password: demoPassword });
  gateway.clock.ahead = 0;
  if (error) throw error;
  return home;
}

/** The living sessions of a user. */
export const sessionsOf = (userId: string) =>
  asSuperuser<{ id: string }>("select id from auth.sessions where user_id = $1", [userId]);

/** What the newest message to an address carries; null when there is none. */
export async function lastMail(recipient: string) {
  const [mail] = await asSuperuser<{ body_text: string }>(
    "select body_text from public.mail_outbox where recipient = $1 order by created_at desc, id desc limit 1",
    [recipient],
  );
  if (!mail) return null;
  const link = new URL(/https?:\/\/\S+\/confirm\?\S+/.exec(mail.body_text)?.[0] ?? "http://no.link");
  return {
    code: /(?<![\w-])\d{6}(?![\w-])/.exec(mail.body_text)?.[0] ?? "",
    link: linkForm.parse(Object.fromEntries(link.searchParams)),
  };
}
