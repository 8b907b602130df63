import { AuthRefusal } from "../http";

/** It rides in every access token and so in every request's cookie, and browsers cut those off at 4 KB each. */
const LIMIT_BYTES = 4096;

/** Throws AuthRefusal 400 for more user metadata than a cookie should carry. */
export function requireSmallMetadata(metadata: object): void {
  if (Buffer.byteLength(JSON.stringify(metadata)) <= LIMIT_BYTES) return;
  throw new AuthRefusal(400, "validation_failed", `User metadata must stay below ${LIMIT_BYTES} bytes`);
}

/** Old metadata with what is new; a null takes a field away. */
export function mergedMetadata(old: object | null, changes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...old, ...changes }).filter(([, value]) => value !== null));
}
