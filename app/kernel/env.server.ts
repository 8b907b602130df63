import { createPrivateKey } from "node:crypto";
import { isIP } from "node:net";
import * as z from "zod";
import { once } from "./process.server";

/** What the installation was told wrongly, one sentence for each setting, naming it. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ConfigurationError";
  }
}

const text = z.string().trim().min(1);
const onOff = z.enum(["0", "1"]).transform((value) => value === "1");
const port = z.coerce.number({ error: "must be a number" }).int().min(1).max(65535);
const postgresUrl = text.regex(/^postgres(ql)?:\/\//, "must begin with postgres://");
/** The names of networks that Express knows. */
const NETWORKS: readonly string[] = ["loopback", "linklocal", "uniquelocal"];
/** 32 bytes as base64url. */
const coordinate = z.string().regex(/^[\w-]{43}$/);
const jwtKey = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: coordinate,
  y: coordinate,
  d: coordinate,
  kid: text,
  alg: z.literal("ES256"),
});
const webUrl = z.url({ protocol: /^https?$/, error: "must be an http or https address" });

const settings = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  PORT: port.default(3000),
  HOST: text.default("127.0.0.1"),
  DATA_DIR: text.default(".data"),
  APP_ORIGIN: webUrl.transform((value) => new URL(value).origin).optional(),
  DATABASE_URL: postgresUrl.optional(),
  STAFF_DATABASE_URL: postgresUrl.optional(),
  JOBS_DATABASE_URL: postgresUrl.optional(),
  GATEWAY_DATABASE_URL: postgresUrl.optional(),
  MIGRATION_DATABASE_URL: postgresUrl.optional(),
  SUPABASE_URL: webUrl.optional(),
  SUPABASE_PUBLISHABLE_KEY: text.optional(),
  SUPABASE_SECRET_KEY: text.optional(),
  LOCAL_JWT_KEY: text
    .refine(isSigningKey, {
      error: "must be the private ES256 key as JSON, with kty, crv, x, y, d, kid and alg",
    })
    .optional(),
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .refine((proxies) => proxies.every(isProxy), {
      error: "must list addresses or networks, as in 10.0.0.0/8, 192.0.2.7",
    }),
  PHOTO_MAX_MB: z.coerce.number({ error: "must be a number" }).int().min(1).max(100).default(25),
  FILE_MAX_MB: z.coerce.number({ error: "must be a number" }).int().min(1).max(100).default(50),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp or smtps address" }).optional(),
  MAIL_FROM: text.default("Tandem <tandem@localhost>"),
  MAIL_BOUNCE_SECRET: z.string().trim().min(32, { error: "must have at least 32 characters" }).optional(),
  STRIPE_SECRET_KEY: text.regex(/^[rs]k_(test|live)_/, "must be a secret or restricted key of Stripe").optional(),
  STRIPE_WEBHOOK_SECRET: text.regex(/^whsec_/, "must begin with whsec_").optional(),
  STRIPE_PREVIOUS_WEBHOOK_SECRET: text.regex(/^whsec_/, "must begin with whsec_").optional(),
  STRIPE_HOST: text.optional(),
  STRIPE_PORT: port.optional(),
  STRIPE_PROTOCOL: z.enum(["http", "https"]).optional(),
  LOCAL_STRIPE_PORT: port.optional(),
  LOCAL_STRIPE_WEBHOOK_URL: webUrl.optional(),
  NOTICE_MAIL_DELAY_SECONDS: z.coerce.number({ error: "must be a number" }).int().min(0).max(3600).default(60),
  NAMED_STATEMENTS: onOff.default(true),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "must be a redis or rediss address" }).optional(),
  COLLAB_URL: z
    .url({ protocol: /^(https?|wss?)$/, error: "must be an https or wss address" })
    .transform((value) => new URL(value).origin.replace(/^http/, "ws"))
    .optional(),
  COLLAB_SECRET: z.string().trim().min(32, { error: "must have at least 32 characters" }).optional(),
  METRICS_TOKEN: z.string().trim().min(16, { error: "must have at least 16 characters" }).optional(),
  ALLOW_LOCAL_SERVICES: onOff.default(false),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).optional(),
});

/** Settings as read, before the starter has filled in what local services supply. */
export type Settings = z.output<typeof settings>;

const FROM_LOCAL_SERVICES = [
  "APP_ORIGIN",
  "DATABASE_URL",
  "STAFF_DATABASE_URL",
  "JOBS_DATABASE_URL",
  "SUPABASE_PUBLISHABLE_KEY",
  "SUPABASE_SECRET_KEY",
] as const;
type FromLocalServices = (typeof FROM_LOCAL_SERVICES)[number];

/** The complete configuration of a running process. Without SUPABASE_URL the local gateway answers for Supabase. */
export type Env = Settings & Record<FromLocalServices, string>;

/**
 * Reads settings from environment variables; an empty variable counts as absent. Throws ConfigurationError naming every
 * setting that is malformed, half given, or missing in production.
 */
export function readSettings(source: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    throw new ConfigurationError(
      parsed.error.issues.map((issue) => `${issue.path.join(".")} is not usable: ${issue.message}.`),
    );
  }
  const problems = [...missingInProduction(parsed.data), ...missingTogether(parsed.data)];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return parsed.data;
}

/**
 * Settings of this process before local services are there. NODE_ENV is what it was at the first call: the starter then
 * tells libraries "production", so that React renders with its fast half on a developer's machine too.
 */
export function currentSettings(): Settings {
  const mode = once("NODE_ENV as started", () => ({ NODE_ENV: process.env.NODE_ENV }));
  return readSettings({ ...process.env, ...mode });
}

/** The configuration of this process, read once. Throws ConfigurationError when a setting is missing or malformed. */
export function env(): Env {
  return once("env", () => {
    const read = currentSettings();
    const missing = FROM_LOCAL_SERVICES.filter((name) => !read[name]);
    if (missing.length > 0) {
      throw new ConfigurationError(missing.map((name) => `${name} is missing: set it, or start with \`npm start\`.`));
    }
    return read as Env;
  });
}

/** Whether Express takes it for a proxy: an address, a network with the length of its prefix, or a network's name. */
function isProxy(written: string): boolean {
  if (NETWORKS.includes(written)) return true;
  const [address = "", length, ...rest] = written.split("/");
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0 || address.includes("%") || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) >= 1 && Number(length) <= bits);
}

/** Whether a text is the private half of an ES256 key, with its name, as a JWK. */
function isSigningKey(json: string): boolean {
  try {
    createPrivateKey({ key: jwtKey.parse(JSON.parse(json)), format: "jwk" });
    return true;
  } catch {
    return false;
  }
}

function missingTogether(read: Settings): string[] {
  const problems: string[] = [];
  // In production both are needed, and whoever sets nothing is to hear of everything at once.
  const hosted = read.NODE_ENV === "production" && !read.ALLOW_LOCAL_SERVICES;
  if (read.DATABASE_URL || hosted) {
    for (const name of ["STAFF_DATABASE_URL", "JOBS_DATABASE_URL"] as const) {
      if (!read[name])
        problems.push(`${name} is missing: with DATABASE_URL set, every login role needs its own address.`);
    }
  }
  if (read.SUPABASE_URL || hosted) {
    for (const name of ["SUPABASE_PUBLISHABLE_KEY", "SUPABASE_SECRET_KEY"] as const) {
      if (!read[name]) problems.push(`${name} is missing: SUPABASE_URL needs the keys of that project.`);
    }
  } else if (read.DATABASE_URL && !read.GATEWAY_DATABASE_URL) {
    problems.push(
      "GATEWAY_DATABASE_URL is missing: without SUPABASE_URL the local gateway keeps sign-ins in your database.",
    );
  }
  if (read.STRIPE_SECRET_KEY && !read.STRIPE_WEBHOOK_SECRET) {
    problems.push(
      "STRIPE_WEBHOOK_SECRET is missing: with STRIPE_SECRET_KEY set, what Stripe tells us is checked with it.",
    );
  }
  for (const name of ["REDIS_URL", "COLLAB_URL"] as const) {
    if (read[name] && !read.COLLAB_SECRET) {
      problems.push(`COLLAB_SECRET is missing: with ${name} set, all processes of live editing need the same one.`);
    }
  }
  if (read.COLLAB_URL?.startsWith("ws:") && read.APP_ORIGIN?.startsWith("https:")) {
    problems.push("COLLAB_URL is not usable: a page over https opens no socket without TLS.");
  }
  return problems;
}

function missingInProduction(read: Settings): string[] {
  if (read.NODE_ENV !== "production") return [];
  const problems: string[] = [];
  if (!read.APP_ORIGIN) problems.push("APP_ORIGIN is missing: the address people reach this installation at.");
  if (read.ALLOW_LOCAL_SERVICES) return problems;
  const needed = {
    DATABASE_URL: "production keeps its data in your PostgreSQL",
    SUPABASE_URL: "production signs people in through your Supabase",
    SMTP_URL: "production sends mail",
  } as const;
  for (const [name, why] of Object.entries(needed)) {
    if (!read[name as keyof typeof needed]) {
      problems.push(`${name} is missing: ${why}. ALLOW_LOCAL_SERVICES=1 allows a local stand-in instead.`);
    }
  }
  return problems;
}
