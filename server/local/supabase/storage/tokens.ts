import { errors, jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { Gateway } from "../gateway-context";
import { StorageRefusal } from "../http";

/** What a signed address allows: to read one object, or to upload one. */
type Purpose = "storage-read" | "storage-upload";

const schema = z.object({ url: z.string(), owner: z.string().nullable().optional(), upsert: z.boolean().optional() });
export type Signed = z.infer<typeof schema>;

/** A token for one object (`bucket/key`) and one purpose, good for `seconds`. */
export function signPlace(gateway: Gateway, purpose: Purpose, signed: Signed, seconds: number): Promise<string> {
  const now = Math.floor(gateway.now().getTime() / 1000);
  return new SignJWT(signed)
    .setProtectedHeader({ alg: "ES256", kid: gateway.jwtKey.kid })
    .setIssuer(`${gateway.url}/storage/v1`)
    .setAudience(purpose)
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(gateway.signingKey);
}

/** What a token says. Throws StorageRefusal 400 unless it is ours, in time, and for this purpose and object. */
export async function readPlace(
  gateway: Gateway,
  purpose: Purpose,
  token: string | null,
  place: { bucket: string; key: string },
): Promise<Signed> {
  try {
    const { payload } = await jwtVerify(token ?? "", gateway.verifyingKey, {
      algorithms: ["ES256"],
      issuer: `${gateway.url}/storage/v1`,
      audience: purpose,
      currentDate: gateway.now(),
    });
    const signed = schema.parse(payload);
    if (signed.url === `${place.bucket}/${place.key}`) return signed;
  } catch (error) {
    if (!(error instanceof errors.JOSEError || error instanceof z.ZodError)) throw error;
  }
  throw new StorageRefusal(400, "InvalidJWT", "The signature of this address is invalid or has expired");
}
