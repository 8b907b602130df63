import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type SupabaseClient, type SupabaseClientOptions } from "@supabase/supabase-js";
import { WebSocket } from "ws";
import { asSuperuser } from "../../../tests/database";
import { makeSecrets } from "../secrets";
import { createLocalSupabase, type LocalSupabase } from "./gateway";
import type { GatewayLog, LocalSupabaseOptions } from "./gateway-context";
import { ADDRESS_HEADER } from "./http";

/** A gateway on the test's own database and folder, and clients that reach it in process. For tests only. */
export type TestGateway = {
  gateway: LocalSupabase;
  dataDir: string;
  options: LocalSupabaseOptions;
  /** The unchanged supabase-js; `address` is where the browser is. */
  client: (settings?: { address?: string; flow?: "pkce" | "implicit"; token?: string }) => SupabaseClient;
  /** The client with the secret key. */
  admin: () => SupabaseClient;
  /** Everything the gateway logged as a warning or an error. */
  logged: { level: string; message: string; details: object }[];
  /** Moves the gateway's clock forward. */
  advance: (milliseconds: number) => void;
  stop: () => Promise<void>;
};

export async function startTestGateway(changed: Partial<LocalSupabaseOptions> = {}): Promise<TestGateway> {
  const databaseUrl = process.env.GATEWAY_DATABASE_URL;
  if (!databaseUrl) throw new Error("This helper needs the database of tests/database.ts");
  const { publishableKey, secretKey, jwtKey } = await makeSecrets();
  const dataDir = await mkdtemp(join(tmpdir(), "tandem-gateway-"));
  const logged: TestGateway["logged"] = [];
  const write = (level: string) => (details: object, message: string) => void logged.push({ level, message, details });
  const log: GatewayLog = { info: () => undefined, warn: write("warn"), error: write("error") };
  let ahead = 0;
  const options: LocalSupabaseOptions = {
    databaseUrl,
    dataDir,
    origin: "http://localhost:3000",
    publishableKey,
    secretKey,
    jwtKey,
    log,
    allowSignUp: true,
    now: () => new Date(Date.now() + ahead),
    ...changed,
  };
  const gateway = await createLocalSupabase(options);
  const connect = (key: string, address: string, auth: SupabaseClientOptions<"public">["auth"], token?: string) =>
    createClient(`${options.origin}/supabase`, key, {
      auth: { autoRefreshToken: false, detectSessionInUrl: false, ...auth },
      // Node 20 has no WebSocket of its own, and createClient throws without one.
      realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
      global: {
        ...(token ? { headers: { Authorization: `Bearer ${token}` } } : {}),
        fetch: (input, init) => {
          const request = new Request(input, init);
          request.headers.set(ADDRESS_HEADER, address);
          return gateway.fetch(request);
        },
      },
    });
  return {
    gateway,
    dataDir,
    options,
    client: ({ address = "192.0.2.1", flow = "implicit", token } = {}) => {
      const kept = new Map<string, string>();
      return connect(
        publishableKey,
        address,
        {
          flowType: flow,
          persistSession: true,
          storage: {
            getItem: (key) => kept.get(key) ?? null,
            setItem: (key, value) => void kept.set(key, value),
            removeItem: (key) => void kept.delete(key),
          },
        },
        token,
      );
    },
    admin: () => connect(secretKey, "192.0.2.254", { persistSession: false }),
    logged,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    stop: async () => {
      await gateway.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The newest letter to an address: its link's parts and its code. Throws when there is none. */
export async function newestLetter(recipient: string) {
  const [letter] = await asSuperuser<{ subject: string; html: string; body_text: string; language: string }>(
    "select subject, html, body_text, language from public.mail_outbox where recipient = $1 order by id desc limit 1",
    [recipient],
  );
  if (!letter) throw new Error(`No letter to ${recipient}`);
  const link = /https?:\/\/\S+/.exec(letter.body_text)?.[0];
  const parts = new URL(link ?? "http://none.invalid").searchParams;
  return {
    ...letter,
    link: link ?? null,
    token: parts.get("token_hash") ?? "",
    type: parts.get("type") as "magiclink",
    code: /(?<![\w-])\d{6}(?![\w-])/.exec(letter.body_text)?.[0] ?? "",
  };
}

/** How many letters an address has received. */
export async function lettersTo(recipient: string): Promise<number> {
  const [row] = await asSuperuser<{ n: number }>(
    "select count(*)::int as n from public.mail_outbox where recipient = $1",
    [recipient],
  );
  return row?.n ?? 0;
}
