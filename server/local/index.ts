import { type AddressInfo, createServer, isIP } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { env, type Settings } from "~/kernel/env.server";
import { portProblem } from "../claim";
import type { StripeSandbox } from "./stripe/index";
import type { HookLog } from "./stripe/webhooks";

/** What runs on this machine in place of an outside service. */
export interface LocalServices {
  /** Brings the database to this version. Null when nobody told us the role that may. */
  readonly adminUrl: string | null;
  /** Whether the database is ours alone, made here. */
  readonly ownDatabase: boolean;
  /** Starts what stands in for Stripe, once the database is of this version. Null: Stripe itself is configured, or nobody is. */
  readonly startStripe: ((log: HookLog) => Promise<StripeSandbox>) | null;
  stop(): Promise<void>;
}

/**
 * Starts what stands in for each outside service that is not configured, and puts the addresses and keys of all into
 * the environment, where env() reads them: from then on nothing can tell a stand-in from the service.
 * @param dataDir absolute path; the caller has claimed it
 */
export async function startLocalServices(
  settings: Settings,
  dataDir: string,
  log: (message: string) => void,
): Promise<LocalServices> {
  const given: Record<string, string | undefined> = {
    APP_ORIGIN: originOf(settings),
  };
  if (!settings.SUPABASE_URL) {
    const { loadSecrets } = await import("./secrets");
    const secrets = await loadSecrets(dataDir);
    given.SUPABASE_PUBLISHABLE_KEY = settings.SUPABASE_PUBLISHABLE_KEY ?? secrets.publishableKey;
    given.SUPABASE_SECRET_KEY = settings.SUPABASE_SECRET_KEY ?? secrets.secretKey;
    given.LOCAL_JWT_KEY = settings.LOCAL_JWT_KEY ?? JSON.stringify(secrets.jwtKey);
  }
  const postgres = settings.DATABASE_URL ? null : await startPostgres(dataDir, log);
  if (postgres) {
    given.DATABASE_URL = postgres.urls.portal;
    given.STAFF_DATABASE_URL = postgres.urls.staff;
    given.JOBS_DATABASE_URL = postgres.urls.jobs;
    given.GATEWAY_DATABASE_URL = postgres.urls.gateway;
  }
  const adminUrl = postgres?.urls.admin ?? settings.MIGRATION_DATABASE_URL ?? null;
  const gatewayUrl = postgres?.urls.gateway ?? settings.GATEWAY_DATABASE_URL ?? null;
  const stripe =
    standsInForStripe(settings) && adminUrl && gatewayUrl
      ? await prepareStripe(settings, dataDir, { adminUrl, gatewayUrl })
      : null;
  Object.assign(given, stripe?.given);
  for (const [name, value] of Object.entries(given)) if (value !== undefined) process.env[name] = value;
  env();
  return {
    adminUrl,
    ownDatabase: postgres !== null,
    startStripe: stripe?.start ?? null,
    stop: async () => {
      if (!postgres) return;
      // A closed pool's connections are still saying goodbye; cut off, each would write a line into the log.
      await pause(50);
      await postgres.stop();
    },
  };
}

async function startPostgres(dataDir: string, log: (message: string) => void) {
  const { startLocalPostgres } = await import("./postgres");
  return startLocalPostgres({ dataDir, log });
}

/** A key of Stripe's means Stripe; in production a stand-in serves only where somebody said that it may. */
export function standsInForStripe({ STRIPE_SECRET_KEY, NODE_ENV, ALLOW_LOCAL_SERVICES }: Settings): boolean {
  return !STRIPE_SECRET_KEY && (NODE_ENV !== "production" || ALLOW_LOCAL_SERVICES);
}

/**
 * Where the stand-in for Stripe will listen, with which keys, and its start. Its port is held until then, so that nobody else is
 * given it while the database is brought to this version.
 */
async function prepareStripe(
  settings: Settings,
  dataDir: string,
  { adminUrl, gatewayUrl }: { adminUrl: string; gatewayUrl: string },
) {
  const { loadSecrets } = await import("./secrets");
  const { makeSandboxTables, sandboxKeys, startStripeSandbox } = await import("./stripe/index");
  const { secretKey, webhookSecret } = sandboxKeys((await loadSecrets(dataDir)).secretKey);
  const { port, letGo } = await holdPort(settings.LOCAL_STRIPE_PORT ?? 0);
  return {
    given: {
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_HOST: "127.0.0.1",
      STRIPE_PORT: String(port),
      STRIPE_PROTOCOL: "http",
    },
    start: async (log: HookLog) => {
      await makeSandboxTables(adminUrl);
      await letGo();
      const webhookUrl = settings.LOCAL_STRIPE_WEBHOOK_URL ?? `${originOf(settings)}/api/stripe/events`;
      return startStripeSandbox({ databaseUrl: gatewayUrl, port, secretKey, webhookSecret, webhookUrl, log });
    },
  };
}

/** Takes a port of this machine, any free one for 0, until it is let go. */
async function holdPort(wanted: number): Promise<{ port: number; letGo: () => Promise<void> }> {
  const holder = createServer((socket) => socket.destroy()).unref();
  await new Promise<void>((resolve, reject) => {
    holder.once("error", (error) => reject(portProblem(error, "127.0.0.1", wanted, "LOCAL_STRIPE_PORT")));
    holder.listen({ host: "127.0.0.1", port: wanted, exclusive: true }, resolve);
  });
  return {
    port: (holder.address() as AddressInfo).port,
    letGo: () => new Promise<void>((resolve) => holder.close(() => resolve())),
  };
}

/** Where people reach this installation: as configured, else on this machine. */
export function originOf({ APP_ORIGIN, HOST, PORT }: Settings): string {
  return APP_ORIGIN ?? `http://${hostInUrl(HOST)}:${PORT}`;
}

/** Whether only this machine can reach what listens on a host. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/**
 * Whether people reach this installation on this machine alone. A loopback HOST does not say so: a proxy may stand in
 * front of it, and then APP_ORIGIN is its name.
 */
export function isForThisMachine(settings: Settings): boolean {
  const { hostname } = new URL(originOf(settings));
  return isLoopback(settings.HOST) && isLoopback(hostname.replace(/^\[|\]$/g, ""));
}

/** A host as it stands in an address that a browser on this machine can open. */
function hostInUrl(host: string): string {
  if (isLoopback(host) || host === "0.0.0.0" || host === "::") return "localhost";
  return isIP(host) === 6 ? `[${host}]` : host;
}
