import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { canonicalJson, type FloorSchedule, scheduleDocument } from "./floor-schedule";

/**
 * What is shown of a floor before a round: SHA-256 over its canonical JSON and 32 random bytes. It says nothing about the floor, and
 * no other floor has the same.
 */
export type Commitment = { document: string; nonce: Buffer; fingerprint: Buffer };

const NONCE_BYTES = 32;

const fingerprintOf = (document: string, nonce: Buffer) =>
  createHash("sha256").update(document, "utf8").update(nonce).digest();

/** Commits a schedule, with a new nonce unless one is given. */
export function commitFloors(schedule: FloorSchedule, nonce: Buffer = randomBytes(NONCE_BYTES)): Commitment {
  if (nonce.byteLength !== NONCE_BYTES) throw new RangeError("a nonce has 32 bytes");
  const document = canonicalJson(scheduleDocument(schedule));
  return { document, nonce, fingerprint: fingerprintOf(document, nonce) };
}

export type Verified = "match" | "mismatch" | "not-json" | "not-a-nonce" | "not-a-fingerprint";

/**
 * Whether a schedule, in whatever order and spacing its JSON came, and its nonce are what was committed.
 * @param nonce @param fingerprint 64 hexadecimal digits each, as people paste them
 */
export function verifyFloors(json: string, nonce: string, fingerprint: string): Verified {
  const secret = hex(nonce);
  if (!secret) return "not-a-nonce";
  const shown = hex(fingerprint);
  if (!shown) return "not-a-fingerprint";
  const document = rewritten(json);
  if (document === null) return "not-json";
  return timingSafeEqual(fingerprintOf(document, secret), shown) ? "match" : "mismatch";
}

function hex(pasted: string): Buffer | null {
  const digits = pasted.replace(/\s/g, "");
  return /^[0-9a-f]{64}$/i.test(digits) ? Buffer.from(digits, "hex") : null;
}

function rewritten(json: string): string | null {
  try {
    return canonicalJson(JSON.parse(json));
  } catch {
    return null;
  }
}
