import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import type { Queryable } from "../database";
import { AuthRefusal } from "../http";

/** OWASP's first choice for argon2id, which is the library's default kind: 19 MiB, two passes. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const MIN_PASSWORD_LENGTH = 10;
/** Longer input only costs us time; bcrypt of old dumps reads 72 bytes anyway. */
const MAX_PASSWORD_BYTES = 512;

/** An argon2id hash with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON);
}

/** Throws AuthRefusal 422 `weak_password` for a password that is too short or absurdly long. */
export function requireStrongPassword(password: string): void {
  const tooShort = [...password].length < MIN_PASSWORD_LENGTH;
  if (!tooShort && Buffer.byteLength(password) <= MAX_PASSWORD_BYTES) return;
  const message = tooShort
    ? `Password should be at least ${MIN_PASSWORD_LENGTH} characters.`
    : `Password should be at most ${MAX_PASSWORD_BYTES} bytes.`;
  throw new AuthRefusal(422, "weak_password", message, { body: { weak_password: { reasons: ["length"], message } } });
}

let decoy: Promise<string> | undefined;

/**
 * Whether `password` is the one behind `stored`: argon2id, or bcrypt as it comes in dumps from a hosted project.
 * Without a stored hash it works just as long on a decoy and says no, so that time does not tell who has a login.
 */
export async function isPassword(db: Queryable, stored: string | null, password: string): Promise<boolean> {
  const usable = Buffer.byteLength(password) <= MAX_PASSWORD_BYTES ? password : "";
  if (stored?.startsWith("$argon2")) return (await verify(stored, usable)) && usable === password;
  if (stored && /^\$2[aby]\$/.test(stored)) {
    // pgcrypto knows $2a$; $2b$ and $2y$ name the same computation.
    const hash = stored.replace(/^\$2[by]\$/, "$2a$");
    const { rows } = await db.query<{ same: boolean }>("select extensions.crypt($1, $2) = $2 as same", [usable, hash]);
    return rows[0]?.same === true && usable === password;
  }
  decoy ??= hashPassword(randomBytes(16).toString("hex"));
  await verify(await decoy, usable);
  return false;
}

/** Whether a right password should be hashed again, because its hash is an old kind. */
export function isOldHash(stored: string): boolean {
  return !stored.startsWith("$argon2id$");
}

/** Checks that a hash handed in by an administrator is one we can verify. Throws AuthRefusal 400. */
export function requireKnownHash(stored: string): void {
  if (/^\$argon2id?\$v=\d+\$m=\d+,t=\d+,p=\d+\$[\w+/]+\$[\w+/]+$/.test(stored)) return;
  if (/^\$2[aby]\$\d{2}\$[./\w]{53}$/.test(stored)) return;
  throw new AuthRefusal(400, "validation_failed", "password_hash must be an argon2 or bcrypt hash");
}
