import { createHash, randomBytes } from "node:crypto";

/** What a letter of invitation carries (256 bits), and what is kept of it. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashOf(token) };
}

/** What is kept of a token: enough to know it again, and not to make it. */
export const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();
