import { randomUUID } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import QRCode from "qrcode";
import * as z from "zod";
import { inTransaction, isDuplicate, type Queryable } from "../database";
import type { Gateway } from "../gateway-context";
import { AuthRefusal, addressOf, json, readJson, uuidSchema } from "../http";
import { type Person, requireSession } from "./account";
import { addMethod, renewSession } from "./sessions";
import { hasSecondFactor } from "./users";

const MAX_FACTORS = 10;
const CHALLENGE_MS = 5 * 60_000;
/** A code of the step before or after counts: clocks differ, and people type slowly. */
const WINDOW = 1;

const enrollSchema = z.object({
  factor_type: z.string().default("totp"),
  friendly_name: z.string().trim().max(100).nullish(),
  issuer: z.string().trim().max(100).nullish(),
});
const verifySchema = z.object({ challenge_id: uuidSchema, code: z.string().max(20) });

type Factor = { id: string; status: "verified" | "unverified"; secret: string; friendly_name: string | null };

/** POST /factors: a new secret for an authenticator app. It guards nothing until its first code was right. */
export async function handleEnroll(gateway: Gateway, request: Request): Promise<Response> {
  const person = await requireSession(gateway, gateway.pool, request);
  const { user, claims } = person;
  const asked = await readJson(request, enrollSchema);
  if (asked.factor_type !== "totp") {
    const known = asked.factor_type === "phone" || asked.factor_type === "webauthn";
    throw new AuthRefusal(
      known ? 422 : 400,
      known ? `mfa_${asked.factor_type}_enroll_not_enabled` : "validation_failed",
      "Only factors of type totp can be enrolled here",
    );
  }
  // Else a stolen password would be enough to add a factor of the thief's.
  if (hasSecondFactor(user) && claims.aal !== "aal2") throw tooLow("AAL2 required to enroll a new factor");
  const id = randomUUID();
  const secret = new Secret({ size: 20 });
  const name = asked.friendly_name ?? "";
  await inTransaction(gateway.pool, async (db) => {
    await db.query("select from auth.users where id = $1 for update", [user.id]);
    // Somebody who closed the page before the first code starts anew.
    await db.query("delete from auth.mfa_factors where user_id = $1 and status = 'unverified' and created_at < $2", [
      user.id,
      new Date(gateway.now().getTime() - CHALLENGE_MS),
    ]);
    const { rows } = await db.query<{ n: number }>(
      "select count(*)::int as n from auth.mfa_factors where user_id = $1",
      [user.id],
    );
    if ((rows[0]?.n ?? 0) >= MAX_FACTORS) {
      throw new AuthRefusal(422, "too_many_enrolled_mfa_factors", "Maximum number of enrolled factors reached");
    }
    await insertFactor(db, { id, userId: user.id, name, secret: secret.base32, now: gateway.now() });
  });
  const uri = totp(secret.base32, asked.issuer || "Tandem", user.email ?? user.id).toString();
  return json({
    id,
    type: "totp",
    friendly_name: name,
    totp: { qr_code: await QRCode.toString(uri, { type: "svg" }), secret: secret.base32, uri },
  });
}

/** POST /factors/:id/challenge: opens five minutes in which a code counts. */
export async function handleChallenge(gateway: Gateway, request: Request, _url: URL, id: string): Promise<Response> {
  const { user } = await requireSession(gateway, gateway.pool, request);
  await ownFactor(gateway.pool, user.id, id);
  const challenge = randomUUID();
  const now = gateway.now();
  await gateway.pool.query("delete from auth.mfa_challenges where factor_id = $1 and created_at < $2", [
    id,
    new Date(now.getTime() - 2 * CHALLENGE_MS),
  ]);
  await gateway.pool.query(
    "insert into auth.mfa_challenges (id, factor_id, created_at, ip_address) values ($1, $2, $3, $4)",
    [challenge, id, now, addressOf(request)],
  );
  return json({ id: challenge, type: "totp", expires_at: Math.floor((now.getTime() + CHALLENGE_MS) / 1000) });
}

/**
 * POST /factors/:id/verify: a SESSION of level aal2 for the right code. Each code counts once, each challenge once.
 * The first right code turns the factor on and ends the person's sessions of the lower level.
 */
export async function handleVerifyFactor(gateway: Gateway, request: Request, _url: URL, id: string): Promise<Response> {
  const person = await requireSession(gateway, gateway.pool, request);
  const asked = await readJson(request, verifySchema);
  const refund = await gateway.limits.spend("factor", { account: id, address: addressOf(request) });
  const session = await inTransaction(gateway.pool, (db) => stepUp(gateway, db, person, { ...asked, id }));
  await refund();
  return json(session);
}

async function stepUp(
  gateway: Gateway,
  db: Queryable,
  { user, claims }: Person,
  asked: { id: string; challenge_id: string; code: string },
) {
  const now = gateway.now();
  const factor = await ownFactor(db, user.id, asked.id);
  // Turning the first factor on needs no second one; another one is turned on by somebody who has.
  if (factor.status === "unverified" && hasSecondFactor(user) && claims.aal !== "aal2") {
    throw tooLow("AAL2 required to verify a new factor");
  }
  const { rowCount: open } = await db.query(
    "select from auth.mfa_challenges where id = $1 and factor_id = $2 and verified_at is null and created_at > $3",
    [asked.challenge_id, factor.id, new Date(now.getTime() - CHALLENGE_MS)],
  );
  if (!open) {
    throw new AuthRefusal(422, "mfa_challenge_expired", "MFA challenge has expired, verify against another challenge");
  }
  const generator = totp(factor.secret, "Tandem", user.email ?? user.id);
  const delta = /^\d{6}$/.test(asked.code)
    ? generator.validate({ token: asked.code, window: WINDOW, timestamp: now.getTime() })
    : null;
  const step = delta === null ? null : Math.floor(now.getTime() / 1000 / generator.period) + delta;
  const { rows: used } = await db.query<{ step: string | null }>(
    "select max(otp_code::bigint) as step from auth.mfa_challenges where factor_id = $1 and verified_at is not null",
    [factor.id],
  );
  if (step === null || step <= Number(used[0]?.step ?? 0)) {
    throw new AuthRefusal(422, "mfa_verification_failed", "Invalid TOTP code entered");
  }
  // The step is kept in place of a code, so that whoever looked over a shoulder cannot use it again.
  await db.query("update auth.mfa_challenges set verified_at = $2, otp_code = $3 where id = $1", [
    asked.challenge_id,
    now,
    String(step),
  ]);
  await db.query("update auth.mfa_factors set status = 'verified', updated_at = $2 where id = $1", [factor.id, now]);
  await db.query("update auth.sessions set aal = 'aal2', factor_id = $2, updated_at = $3 where id = $1", [
    claims.session_id,
    factor.id,
    now,
  ]);
  await addMethod(db, claims.session_id, "totp", now);
  if (factor.status === "unverified") {
    await db.query("delete from auth.sessions where user_id = $1 and aal = 'aal1'", [user.id]);
  }
  return renewSession(gateway, db, { userId: user.id, sessionId: claims.session_id });
}

/** DELETE /factors/:id. Turning a working factor off takes that factor. */
export async function handleUnenroll(gateway: Gateway, request: Request, _url: URL, id: string): Promise<Response> {
  const { user, claims } = await requireSession(gateway, gateway.pool, request);
  const factor = await ownFactor(gateway.pool, user.id, id);
  if (factor.status === "verified" && claims.aal !== "aal2") throw tooLow("AAL2 required to unenroll verified factor");
  await inTransaction(gateway.pool, (db) => removeFactor(db, user.id, id));
  return json({ id });
}

/** Takes a factor away; sessions that were raised by it fall back. */
export async function removeFactor(db: Queryable, userId: string, id: string): Promise<void> {
  await db.query("delete from auth.mfa_factors where id = $1 and user_id = $2", [id, userId]);
  await db.query("update auth.sessions set aal = 'aal1', factor_id = null where user_id = $1 and factor_id = $2", [
    userId,
    id,
  ]);
  await db.query(
    `delete from auth.mfa_amr_claims c using auth.sessions s
     where s.id = c.session_id and s.user_id = $1 and s.aal = 'aal1' and c.authentication_method = 'totp'`,
    [userId],
  );
}

/** The factor, locked: two codes for one factor come one after the other. Throws AuthRefusal 404. */
async function ownFactor(db: Queryable, userId: string, id: string): Promise<Factor> {
  const { rows } = await db.query<Factor>(
    `select id, status, secret, friendly_name from auth.mfa_factors
     where id = $1 and user_id = $2 and factor_type = 'totp' for update`,
    [id, userId],
  );
  if (!rows[0]) throw new AuthRefusal(404, "mfa_factor_not_found", "Factor not found");
  return rows[0];
}

async function insertFactor(
  db: Queryable,
  made: { id: string; userId: string; name: string; secret: string; now: Date },
): Promise<void> {
  try {
    await db.query(
      `insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, secret, created_at, updated_at)
       values ($1, $2, $3, 'totp', 'unverified', $4, $5, $5)`,
      [made.id, made.userId, made.name, made.secret, made.now],
    );
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new AuthRefusal(
      422,
      "mfa_factor_name_conflict",
      `A factor with the friendly name "${made.name}" for this user already exists`,
    );
  }
}

function totp(secret: string, issuer: string, label: string): TOTP {
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: "SHA1", digits: 6, period: 30 });
}

function tooLow(message: string): AuthRefusal {
  return new AuthRefusal(403, "insufficient_aal", message);
}
