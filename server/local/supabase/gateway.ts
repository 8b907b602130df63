import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { RequestHandler } from "express";
import { type CryptoKey, importJWK } from "jose";
import { Pool } from "pg";
import type { JwtKey } from "../secrets";
import { handleAuth } from "./auth/routes";
import type { Gateway, LocalSupabaseOptions } from "./gateway-context";
import { AuthRefusal, json, StorageRefusal } from "./http";
import { createLimits } from "./limits";
import { mountGateway } from "./mount";
import { sweep } from "./storage/disk";
import { handleStorage } from "./storage/routes";

export type LocalSupabase = {
  /** Answers a request to `<origin>/supabase/...`; give it to supabase-js as `global.fetch`. Never throws. */
  fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /** The same for browsers, to be mounted at /supabase. */
  mount: () => RequestHandler;
  close: () => Promise<void>;
};

const BASE = "/supabase";

/**
 * Stands in for Supabase Auth and Storage on one machine: the same protocol to the same clients, state in Postgres (the
 * layout of a hosted project) and files under `<dataDir>/storage`.
 */
export async function createLocalSupabase(options: LocalSupabaseOptions): Promise<LocalSupabase> {
  const origin = options.origin.replace(/\/+$/, "");
  const pool = new Pool({ connectionString: options.databaseUrl, max: 8, application_name: "supabase-gateway" });
  // A connection that breaks is replaced; without a listener it would end the process. In use, its query tells.
  pool
    .on("error", (error) => options.log.warn({ error: error.message }, "The gateway lost a database connection"))
    .on("connect", (client) => client.on("error", () => undefined));
  const gateway: Gateway = {
    pool,
    url: `${origin}${BASE}`,
    origin,
    publishableKey: options.publishableKey,
    secretKey: options.secretKey,
    jwtKey: options.jwtKey,
    ...(await importKeys(options.jwtKey)),
    storageDir: join(options.dataDir, "storage"),
    limits: createLimits(pool, options.limits),
    log: options.log,
    now: options.now ?? (() => new Date()),
    allowSignUp: options.allowSignUp ?? false,
  };
  await mkdir(gateway.storageDir, { recursive: true, mode: 0o700 });
  const sweeping = sweep(gateway).catch((error: unknown) => {
    options.log.warn({ err: error }, "Left-over uploads could not be cleared away");
  });

  const answer: LocalSupabase["fetch"] = async (input, init) => {
    const request = input instanceof Request && init === undefined ? input : new Request(input, init);
    return handle(gateway, request);
  };
  return { fetch: answer, mount: () => mountGateway(gateway, answer), close: () => sweeping.then(() => pool.end()) };
}

async function importKeys({ d, ...open }: JwtKey): Promise<{ signingKey: CryptoKey; verifyingKey: CryptoKey }> {
  const [signingKey, verifyingKey] = await Promise.all([importJWK({ d, ...open }, "ES256"), importJWK(open, "ES256")]);
  if (signingKey instanceof Uint8Array || verifyingKey instanceof Uint8Array) throw new Error("Not an ES256 key");
  return { signingKey, verifyingKey };
}

async function handle(gateway: Gateway, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.startsWith(`${BASE}/`) ? url.pathname.slice(BASE.length) : url.pathname;
  try {
    if (path.startsWith("/auth/v1/")) return await handleAuth(gateway, request, url, path.slice("/auth/v1".length));
    if (path.startsWith("/storage/v1/")) {
      return await handleStorage(gateway, request, url, path.slice("/storage/v1".length));
    }
    return json({ message: "There is no such service here" }, 404);
  } catch (error) {
    if (error instanceof AuthRefusal || error instanceof StorageRefusal) return error.toResponse();
    gateway.log.error({ err: error, method: request.method, path }, "The gateway failed");
    return json({ code: "unexpected_failure", statusCode: "500", error: "Internal", message: "Internal error" }, 500, {
      "x-supabase-api-version": "2024-01-01",
    });
  }
}
