import { randomBytes, randomUUID } from "node:crypto";
import { chmod, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import * as z from "zod";

const FILE = "secrets.json";

const secretsSchema = z.object({
  /** One password per database login; `superuser` is the cluster's own, never used by a running server. */
  databasePasswords: z.object({
    superuser: z.string().min(20),
    postgres: z.string().min(20),
    portal: z.string().min(20),
    staff: z.string().min(20),
    jobs: z.string().min(20),
    gateway: z.string().min(20),
  }),
  /** What browsers and the web server show to the gateway: identifies the project, permits nothing by itself. */
  publishableKey: z.string().startsWith("sb_publishable_"),
  /** Acts as service_role in the gateway. Never leaves the server. */
  secretKey: z.string().startsWith("sb_secret_"),
  /** ES256 private key that signs access tokens and storage links. */
  jwtKey: z.object({
    kty: z.literal("EC"),
    crv: z.literal("P-256"),
    x: z.string(),
    y: z.string(),
    d: z.string(),
    kid: z.string(),
    alg: z.literal("ES256"),
  }),
});

export type Secrets = z.infer<typeof secretsSchema>;
export type JwtKey = Secrets["jwtKey"];

/**
 * The secrets of this installation, kept in `<dataDir>/secrets.json` (mode 0600) and made on the first start.
 * Throws when the file is there but unreadable or not what we wrote: making new keys then would sign everybody out
 * and lock us out of the database, so that decision is left to a person.
 */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, FILE);
  const existing = await readSecrets(path);
  if (existing !== null) return existing;
  const made = await makeSecrets();
  await writeAtomically(dataDir, path, `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

async function readSecrets(path: string): Promise<Secrets | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  const parsed = secretsSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new Error(`${path} is damaged. Put back a copy of it; without one, move it and the data folder away.`);
  }
  await chmod(path, 0o600);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** New secrets for a new installation or for a test; nothing is written. */
export async function makeSecrets(): Promise<Secrets> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  return secretsSchema.parse({
    databasePasswords: {
      superuser: randomSecret(),
      postgres: randomSecret(),
      portal: randomSecret(),
      staff: randomSecret(),
      jobs: randomSecret(),
      gateway: randomSecret(),
    },
    publishableKey: `sb_publishable_${randomSecret()}`,
    secretKey: `sb_secret_${randomSecret()}`,
    jwtKey: { ...jwk, kid: randomUUID(), alg: "ES256" },
  });
}

/** 192 bits, safe in a URL. */
function randomSecret(): string {
  return randomBytes(24).toString("base64url");
}

async function writeAtomically(dir: string, path: string, text: string): Promise<void> {
  const temporary = join(dir, `.${FILE}.${process.pid}.${randomBytes(4).toString("hex")}`);
  const file = await open(temporary, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  const folder = await open(dir, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
