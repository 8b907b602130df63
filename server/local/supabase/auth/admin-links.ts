import * as z from "zod";
import { requireServerCalling } from "../caller";
import { inTransaction, type Queryable } from "../database";
import type { Gateway } from "../gateway-context";
import { AuthRefusal, emailSchema, json, readJson } from "../http";
import { safeRedirect } from "./letters";
import { requireSmallMetadata } from "./metadata";
import { issueToken, type TokenKind } from "./one-time";
import { hashPassword, requireStrongPassword } from "./password";
import { mailToken } from "./request-mail";
import { insertUser, requireUser, type UserRow, userByEmail, userJson } from "./users";

const metadataSchema = z.record(z.string(), z.unknown()).nullish();
const inviteSchema = z.object({ email: emailSchema, data: metadataSchema });
const linkSchema = z.object({
  type: z.enum(["signup", "invite", "magiclink", "recovery", "email_change_current", "email_change_new"]),
  email: emailSchema,
  new_email: emailSchema.optional(),
  password: z.string().optional(),
  data: metadataSchema,
  redirect_to: z.string().max(2000).nullish(),
});
type LinkWish = z.infer<typeof linkSchema>;

/** POST /invite: a login without a password, and a letter with which its owner accepts and chooses one. */
export async function handleInvite(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  await requireServerCalling(gateway, request);
  const { email, data } = await readJson(request, inviteSchema);
  const user = await inTransaction(gateway.pool, async (db) => {
    const invited = await newcomer(gateway, db, { email, data, passwordHash: null });
    await mailToken(gateway, db, { user: invited, kind: "invite", challenge: {}, url });
    return requireUser(db, invited.id);
  });
  return json(userJson(user));
}

/**
 * POST /admin/generate_link: the link and code that a letter would carry, for a server that sends its own. The action
 * link leads to a page with a button.
 */
export async function handleGenerateLink(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  await requireServerCalling(gateway, request);
  const asked = await readJson(request, linkSchema);
  const redirect = safeRedirect(gateway, asked.redirect_to ?? url.searchParams.get("redirect_to")).href;
  const passwordHash = await signUpHash(asked);
  const made = await inTransaction(gateway.pool, async (db) => {
    const { user, kind, email } = await subject(gateway, db, asked, passwordHash);
    const { token, code } = await issueToken(gateway, db, { kind, userId: user.id, email });
    return { user: await requireUser(db, user.id), kind, token, code };
  });
  const type = made.kind.startsWith("email_change") ? "email_change" : made.kind;
  const link = new URL(`${gateway.url}/auth/v1/verify`);
  link.search = new URLSearchParams({ token: made.token, type, redirect_to: redirect }).toString();
  return json({
    ...userJson(made.user),
    action_link: link.href,
    email_otp: made.code,
    hashed_token: made.token,
    redirect_to: redirect,
    verification_type: asked.type,
  });
}

async function signUpHash(asked: LinkWish): Promise<string | null> {
  if (asked.type !== "signup") return null;
  if (!asked.password) throw new AuthRefusal(400, "validation_failed", "Signup requires a valid password");
  requireStrongPassword(asked.password);
  return hashPassword(asked.password);
}

/** Whom a link is for, made first where its kind makes a login. Throws AuthRefusal 404 or 422. */
async function subject(
  gateway: Gateway,
  db: Queryable,
  asked: LinkWish,
  passwordHash: string | null,
): Promise<{ user: UserRow; kind: TokenKind; email: string }> {
  const { type, email } = asked;
  if (type === "signup" || type === "invite") {
    return { user: await newcomer(gateway, db, { email, data: asked.data, passwordHash }), kind: type, email };
  }
  const user = await userByEmail(db, email);
  if (!user) throw new AuthRefusal(404, "user_not_found", "User with this email not found");
  if (type === "magiclink" || type === "recovery") return { user, kind: type, email };
  const { new_email: newEmail } = asked;
  if (!newEmail) throw new AuthRefusal(400, "validation_failed", "A change of address needs a new_email");
  if (await userByEmail(db, newEmail)) {
    throw new AuthRefusal(422, "email_exists", "A user with this email address has already been registered");
  }
  // The two links of one change are asked for one after the other: the second must not undo the first.
  if (user.email_change !== newEmail) {
    await db.query("update auth.users set email_change = $2, email_change_confirm_status = 0 where id = $1", [
      user.id,
      newEmail,
    ]);
  }
  return { user, kind: type, email: type === "email_change_new" ? newEmail : email };
}

/** A new login, or one whose address nobody has confirmed yet. Throws AuthRefusal 422 `email_exists`. */
async function newcomer(
  gateway: Gateway,
  db: Queryable,
  wish: { email: string; data: z.infer<typeof metadataSchema>; passwordHash: string | null },
): Promise<UserRow> {
  const metadata = wish.data ?? {};
  requireSmallMetadata(metadata);
  const known = await userByEmail(db, wish.email);
  if (!known) {
    const { email, passwordHash } = wish;
    return insertUser(db, { email, passwordHash, confirmed: false, userMetadata: metadata, now: gateway.now() });
  }
  if (known.email_confirmed_at) {
    throw new AuthRefusal(422, "email_exists", "A user with this email address has already been registered");
  }
  await db.query(
    `update auth.users set encrypted_password = coalesce($2, encrypted_password),
       raw_user_meta_data = coalesce(raw_user_meta_data, '{}') || $3::jsonb where id = $1`,
    [known.id, wish.passwordHash, metadata],
  );
  return requireUser(db, known.id);
}
