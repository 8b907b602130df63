import {
  combineChunks,
  createServerClient,
  parseCookieHeader,
  serializeCookieHeader,
  stringFromBase64URL,
} from "@supabase/ssr";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { WebSocket } from "ws";
import { env } from "~/kernel/env.server";
import { once } from "~/kernel/process.server";
import { type CookiePolicy, cookiePolicy } from "./account";
import { storedSession } from "./account.schema";
import { countedFetch } from "./hosted-limits.server";

/** The one door to Supabase: nothing else imports its libraries. */
export type { SupabaseClient };

export type SupabaseSettings = {
  /** Base address of the project, without a trailing slash. */
  url: string;
  publishableKey: string;
  /** Past every rule of the project: never leaves the server. */
  secretKey: string;
  /** Given when the local gateway answers in this process; a hosted project is reached by the ordinary fetch. */
  fetch?: (request: Request) => Promise<Response>;
};

/** A client for one request, and how long the last refusal for haste asked to wait. */
export type RequestSupabase = {
  client: SupabaseClient;
  /** Seconds until another try makes sense, or null when nothing was refused for haste. */
  waitSeconds: () => number | null;
};

const provided = () => once("supabase settings", () => ({ settings: null as SupabaseSettings | null }));

/** Tells the accounts module where Supabase is; called by the starter before the first request. */
export function provideSupabase(settings: SupabaseSettings): void {
  provided().settings = settings;
}

function settings(): SupabaseSettings {
  const given = provided().settings;
  if (given) return given;
  const { SUPABASE_URL: url, SUPABASE_PUBLISHABLE_KEY: publishableKey, SUPABASE_SECRET_KEY: secretKey } = env();
  if (!url || !publishableKey || !secretKey) {
    throw new Error("Supabase is not configured: set SUPABASE_URL and its two keys, or start with local services.");
  }
  return { url, publishableKey, secretKey };
}

// Node 20 has no WebSocket of its own, and createClient throws without one although nothing here uses it.
const realtime = { transport: WebSocket as unknown as typeof globalThis.WebSocket };

/** The caller's address goes along only inside this process: from outside, the header would be anybody's claim. */
function fetchFor(
  clientAddress: string | null,
  onWait: (seconds: number) => void,
  userAgent?: string | undefined,
): typeof fetch {
  const { fetch: inProcess } = settings();
  const hosted = (request: Request) => (clientAddress ? countedFetch(request, clientAddress) : fetch(request));
  return async (input, init) => {
    const request = new Request(input, init);
    // Sessions are kept with the name of what they were opened with, which would else be this server.
    if (userAgent) request.headers.set("user-agent", userAgent);
    if (inProcess && clientAddress) request.headers.set("x-tandem-client-address", clientAddress);
    const response = await (inProcess ? inProcess(request) : hosted(request));
    if (response.status === 429) {
      const seconds = Number(response.headers.get("retry-after"));
      onWait(Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 60);
    }
    return response;
  };
}

const cookie = () => cookiePolicy(env().APP_ORIGIN);

/**
 * This request's client, made when first used; it reads the session from the Cookie header and hands every cookie it wants
 * set to `setCookie` as a whole Set-Cookie value.
 */
export function requestSupabase(input: {
  cookieHeader: string;
  clientAddress: string;
  userAgent?: string | undefined;
  setCookie: (header: string) => void;
}): RequestSupabase {
  let wait: number | null = null;
  let made: SupabaseClient | undefined;
  const make = () => {
    const { url, publishableKey } = settings();
    const policy = cookie();
    const jar = new Map(parseCookieHeader(input.cookieHeader).map(({ name, value }) => [name, value ?? ""]));
    return createServerClient(url, publishableKey, {
      realtime,
      global: { fetch: fetchFor(input.clientAddress, (seconds) => (wait = seconds), input.userAgent) },
      cookieOptions: { name: policy.name },
      cookies: {
        // The person's name and address have no business in a cookie.
        encode: "tokens-only",
        getAll: () => [...jar].map(([name, value]) => ({ name, value })),
        setAll: (cookies) => {
          for (const { name, value, options } of cookies) {
            const gone = options.maxAge === 0;
            if (gone) jar.delete(name);
            else jar.set(name, value);
            input.setCookie(sessionCookie(policy, name, gone ? null : value));
          }
        },
      },
    });
  };
  return {
    get client() {
      made ??= make();
      return made;
    },
    waitSeconds: () => wait,
  };
}

/** A Set-Cookie value; null takes the cookie away. The library itself asks for 400 days and for cookies scripts can read. */
function sessionCookie(policy: CookiePolicy, name: string, value: string | null): string {
  return serializeCookieHeader(name, value ?? "", {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: policy.secure,
    maxAge: value === null ? 0 : policy.maxAgeSeconds,
  });
}

/** A client that keeps no session and writes no cookie. */
const bareClient = (url: string, key: string, via: typeof fetch) =>
  createClient(url, key, {
    realtime,
    global: { fetch: via },
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });

const ignoreWait = () => undefined;

/** For what nobody asks, such as: e-mail me a link. */
export function anonymousSupabase(clientAddress: string): RequestSupabase {
  let wait: number | null = null;
  const { url, publishableKey } = settings();
  const via = fetchFor(clientAddress, (seconds) => (wait = seconds));
  return { client: bareClient(url, publishableKey, via), waitSeconds: () => wait };
}

/** The client that verifies tokens: one for all, so that the keys they are signed with are fetched once in a while. */
export function verifyingClient(): SupabaseClient {
  return once("supabase verifying client", () => {
    const { url, publishableKey } = settings();
    return bareClient(url, publishableKey, fetchFor(null, ignoreWait));
  });
}

/** The client with the secret key: past all rules, for the server's own storage work. */
export function serviceClient(): SupabaseClient {
  return once("supabase service client", () => {
    const { url, secretKey } = settings();
    return bareClient(url, secretKey, fetchFor(null, ignoreWait));
  });
}

/**
 * The session in a Cookie header as it stands there, not verified: its access token, and when that ends (milliseconds
 * since 1970, as the cookie says). Null when there is none, or what there is was cut or made up.
 */
export async function sessionIn(cookieHeader: string): Promise<{ accessToken: string; expiresAt: number } | null> {
  const { name } = cookie();
  if (!cookieHeader.includes(name)) return null;
  const cookies = new Map(parseCookieHeader(cookieHeader).map((entry) => [entry.name, entry.value]));
  const value = await combineChunks(name, (chunk) => cookies.get(chunk));
  if (!value?.startsWith("base64-")) return null;
  try {
    const session = storedSession.parse(JSON.parse(stringFromBase64URL(value.slice("base64-".length))));
    return { accessToken: session.access_token, expiresAt: session.expires_at * 1000 };
  } catch {
    return null;
  }
}

/** Whether Supabase did not answer, or asked to wait: such an error says nothing about a session or a password. */
export function isUnavailable(error: { name: string; status?: number | undefined }): boolean {
  return error.name === "AuthRetryableFetchError" || error.name === "AuthUnknownError" || error.status === 429;
}
