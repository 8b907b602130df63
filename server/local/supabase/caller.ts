import { createHash, timingSafeEqual } from "node:crypto";
import { type AccessClaims, readAccessToken } from "./auth/access-token";
import type { Gateway } from "./gateway-context";
import { AuthRefusal } from "./http";

/** Who sends a request: nobody in particular, a signed-in person, or the server with the secret key. */
export type Caller = { role: "anon" } | { role: "authenticated"; claims: AccessClaims } | { role: "service_role" };

/**
 * Reads the headers `apikey` and `Authorization`. A person's token wins over the key; the key alone is either nobody or
 * the server. Throws AuthRefusal 401 without a right key, 403 `bad_jwt` for a token that is expired or not ours.
 */
export async function callerOf(gateway: Gateway, request: Request): Promise<Caller> {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1]?.trim();
  const key = request.headers.get("apikey") ?? bearer ?? "";
  const keyRole = roleOfKey(gateway, key);
  if (bearer && bearer !== key && roleOfKey(gateway, bearer) === null) {
    // The person's own token says enough; the key only names the project.
    if (keyRole === null && request.headers.has("apikey")) throw wrongKey();
    return { role: "authenticated", claims: await readAccessToken(gateway, bearer) };
  }
  if (keyRole === null) {
    if (bearer && !request.headers.has("apikey")) {
      return { role: "authenticated", claims: await readAccessToken(gateway, bearer) };
    }
    throw wrongKey();
  }
  return { role: keyRole };
}

/** The claims of the person who calls. Throws AuthRefusal 401 `no_authorization` for anybody else. */
export async function requirePersonCalling(gateway: Gateway, request: Request): Promise<AccessClaims> {
  const caller = await callerOf(gateway, request);
  if (caller.role === "authenticated") return caller.claims;
  throw new AuthRefusal(401, "no_authorization", "This endpoint requires a Bearer token");
}

/** Throws AuthRefusal 401 or 403 unless the caller holds the secret key. */
export async function requireServerCalling(gateway: Gateway, request: Request): Promise<void> {
  const caller = await callerOf(gateway, request);
  if (caller.role !== "service_role") throw new AuthRefusal(403, "not_admin", "User not allowed");
}

function roleOfKey(gateway: Gateway, key: string): "anon" | "service_role" | null {
  if (isSame(key, gateway.secretKey)) return "service_role";
  return isSame(key, gateway.publishableKey) ? "anon" : null;
}

function wrongKey(): AuthRefusal {
  return new AuthRefusal(401, "no_authorization", "Invalid API key");
}

/** Compares hashes, so that the time taken says nothing about the key. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
