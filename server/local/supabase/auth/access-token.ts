import { errors, jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { JwtKey } from "../../secrets";
import type { Gateway } from "../gateway-context";
import { AuthRefusal } from "../http";

/** How long an access token is good for. */
export const ACCESS_TOKEN_SECONDS = 3600;

const claimsSchema = z.object({
  sub: z.uuid(),
  session_id: z.uuid(),
  role: z.literal("authenticated"),
  aal: z.enum(["aal1", "aal2"]),
  exp: z.number(),
});

/** What an access token of ours says about its bearer; all other claims ride along for RLS. */
export type AccessClaims = z.infer<typeof claimsSchema> & Record<string, unknown>;

/** How a session proved itself: method and when, in seconds since 1970. */
export type Amr = { method: string; timestamp: number }[];

/** The public half of the signing key, as `/.well-known/jwks.json` shows it. */
export function publicKeys({ kty, crv, x, y, kid, alg }: JwtKey): { keys: object[] } {
  return { keys: [{ kty, crv, x, y, kid, alg, use: "sig", key_ops: ["verify"] }] };
}

/** Signs an access token (ES256, one hour) in the layout of Supabase Auth. */
export async function signAccessToken(
  gateway: Gateway,
  subject: {
    userId: string;
    email: string;
    appMetadata: unknown;
    userMetadata: unknown;
    sessionId: string;
    aal: string;
    amr: Amr;
  },
): Promise<{ token: string; expiresAt: number }> {
  const issuedAt = Math.floor(gateway.now().getTime() / 1000);
  const expiresAt = issuedAt + ACCESS_TOKEN_SECONDS;
  const token = await new SignJWT({
    email: subject.email,
    phone: "",
    app_metadata: subject.appMetadata ?? {},
    user_metadata: subject.userMetadata ?? {},
    role: "authenticated",
    aal: subject.aal,
    amr: subject.amr,
    session_id: subject.sessionId,
    is_anonymous: false,
  })
    .setProtectedHeader({ alg: "ES256", kid: gateway.jwtKey.kid, typ: "JWT" })
    .setIssuer(issuer(gateway))
    .setAudience("authenticated")
    .setSubject(subject.userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(gateway.signingKey);
  return { token, expiresAt };
}

/** The claims of an access token. Throws AuthRefusal 403 `bad_jwt` when it is forged, expired or not an access token. */
export async function readAccessToken(gateway: Gateway, token: string): Promise<AccessClaims> {
  try {
    const { payload } = await jwtVerify(token, gateway.verifyingKey, {
      algorithms: ["ES256"],
      issuer: issuer(gateway),
      audience: "authenticated",
      currentDate: gateway.now(),
    });
    return { ...payload, ...claimsSchema.parse(payload) };
  } catch (error) {
    if (!(error instanceof errors.JOSEError || error instanceof z.ZodError)) throw error;
    throw new AuthRefusal(403, "bad_jwt", "invalid JWT: it is expired or was not signed here");
  }
}

function issuer(gateway: Gateway): string {
  return `${gateway.url}/auth/v1`;
}
