import * as z from "zod";
import { inTransaction } from "../database";
import type { Gateway } from "../gateway-context";
import { AuthRefusal, addressOf, emailSchema, json, readJson } from "../http";
import { type Person, requireSession } from "./account";
import { challengeSchema } from "./flow";
import { languageOf, sendLetter } from "./letters";
import { mergedMetadata, requireSmallMetadata } from "./metadata";
import { consumeCode, dropTokens } from "./one-time";
import { hashPassword, isPassword, requireStrongPassword } from "./password";
import { mailEmailChange, mailToken } from "./request-mail";
import { hasSecondFactor, requireUser, userJson } from "./users";

/** Whoever read their mail or gave their password so recently may choose a new password without showing it again. */
const PROOF_MS = 3_600_000;

const updateSchema = challengeSchema.extend({
  email: emailSchema.optional(),
  password: z.string().optional(),
  current_password: z.string().max(1000).optional(),
  nonce: z.string().max(20).optional(),
  data: z.record(z.string(), z.unknown()).nullish(),
});
type Update = z.infer<typeof updateSchema>;

/**
 * PUT /user: the person's own metadata, password or address.
 * Throws AuthRefusal: 401 `insufficient_aal`, 400 `reauthentication_needed`, 422 `same_password`, `weak_password`, …
 */
export async function handleUpdateUser(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  const person = await requireSession(gateway, gateway.pool, request);
  const wish = await readJson(request, updateSchema);
  const { user, claims } = person;
  const address = addressOf(request);
  const newEmail = wish.email !== undefined && wish.email !== user.email ? wish.email : null;
  if ((newEmail || wish.password !== undefined) && hasSecondFactor(user) && claims.aal !== "aal2") {
    throw new AuthRefusal(
      401,
      "insufficient_aal",
      "AAL2 session is required to update email or password when MFA is enabled.",
    );
  }
  const metadata = wish.data ? mergedMetadata(user.raw_user_meta_data, wish.data) : null;
  if (metadata) requireSmallMetadata(metadata);
  const passwordHash =
    wish.password === undefined ? null : await newPassword(gateway, person, wish, wish.password, address);
  if (newEmail) {
    await gateway.limits.spend("mail", { account: newEmail, address });
    await gateway.limits.spend("mail", { account: user.email ?? user.id, address });
  }
  const updated = await inTransaction(gateway.pool, async (db) => {
    const now = gateway.now();
    if (metadata) {
      await db.query("update auth.users set raw_user_meta_data = $2, updated_at = $3 where id = $1", [
        user.id,
        metadata,
        now,
      ]);
    }
    if (passwordHash) {
      await db.query("update auth.users set encrypted_password = $2, updated_at = $3 where id = $1", [
        user.id,
        passwordHash,
        now,
      ]);
      // Whoever knew the old password, or holds an old link, is out.
      await db.query("delete from auth.sessions where user_id = $1 and id <> $2", [user.id, claims.session_id]);
      await dropTokens(db, user.id, ["recovery", "reauthentication"]);
      const link = new URL("/forgot", gateway.origin).href;
      if (user.email)
        await sendLetter(db, { kind: "password_changed", to: user.email, language: languageOf(user), link });
    }
    if (newEmail) await mailEmailChange(gateway, db, { user, newEmail, challenge: wish, url });
    return requireUser(db, user.id);
  });
  return json(userJson(updated));
}

async function newPassword(
  gateway: Gateway,
  person: Person,
  wish: Update,
  password: string,
  address: string,
): Promise<string> {
  const { user } = person;
  requireStrongPassword(password);
  await requireProof(gateway, person, wish, address);
  if (user.encrypted_password && (await isPassword(gateway.pool, user.encrypted_password, password))) {
    throw new AuthRefusal(422, "same_password", "New password should be different from the old password.");
  }
  return hashPassword(password);
}

/** An open session alone, on a screen somebody left, must not be enough to take the login over. */
async function requireProof(gateway: Gateway, person: Person, wish: Update, address: string): Promise<void> {
  const { user, claims } = person;
  if (!user.encrypted_password) return;
  if (wish.current_password !== undefined) {
    const refund = await gateway.limits.spend("password", { account: user.email ?? user.id, address });
    if (!(await isPassword(gateway.pool, user.encrypted_password, wish.current_password))) {
      throw new AuthRefusal(400, "invalid_credentials", "Current password is not right");
    }
    return refund();
  }
  const { nonce } = wish;
  if (nonce !== undefined) {
    const refund = await gateway.limits.spend("code", { account: user.email ?? user.id, address });
    const kind = await inTransaction(gateway.pool, (db) =>
      consumeCode(gateway, db, user.id, nonce, ["reauthentication"]),
    );
    if (kind === null) throw new AuthRefusal(422, "reauthentication_not_valid", "Nonce has expired or is invalid");
    return refund();
  }
  const { rowCount } = await gateway.pool.query(
    `select from auth.mfa_amr_claims where session_id = $1 and updated_at > $2
       and authentication_method in ('recovery', 'invite', 'otp', 'email_change')`,
    [claims.session_id, new Date(gateway.now().getTime() - PROOF_MS)],
  );
  if (!rowCount) {
    throw new AuthRefusal(400, "reauthentication_needed", "Password update requires reauthentication.");
  }
}

/** GET /reauthenticate: mails a code that proves, when a password is changed, that the person reads their mail. */
export async function handleReauthenticate(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  const { user } = await requireSession(gateway, gateway.pool, request);
  await gateway.limits.spend("mail", { account: user.email ?? user.id, address: addressOf(request) });
  await inTransaction(gateway.pool, (db) =>
    mailToken(gateway, db, { user, kind: "reauthentication", challenge: {}, url }),
  );
  return json({});
}
