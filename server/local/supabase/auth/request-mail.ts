import * as z from "zod";
import { inTransaction, type Queryable } from "../database";
import type { Gateway } from "../gateway-context";
import { AuthRefusal, addressOf, asWanted, emailSchema, json, readAnyJson, readJson } from "../http";
import { beginFlow, type Challenge, challengeSchema } from "./flow";
import { confirmLink, type LetterKind, languageOf, sendLetter } from "./letters";
import { issueToken, type TokenKind } from "./one-time";
import { insertUser, isBanned, type UserRow, userByEmail } from "./users";
import { answerAfter } from "./waiting";

/** Long enough for the work of a known address, so that an unknown one takes as long. */
const ANSWER_AFTER_MS = 250;

const otpSchema = challengeSchema.extend({
  email: emailSchema,
  data: z.record(z.string(), z.unknown()).nullish(),
  create_user: z.boolean().default(true),
});
const recoverSchema = challengeSchema.extend({ email: emailSchema });
const resendSchema = challengeSchema.extend({ email: emailSchema, type: z.enum(["signup", "email_change"]) });

/** POST /otp: a link and a code for signing in. `{}` whether or not somebody has this address. */
export async function handleOtp(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  const asked = asWanted(withoutPhone(await readAnyJson(request)), otpSchema);
  return quietly(gateway, request, asked.email, async () => {
    await inTransaction(gateway.pool, async (db) => {
      const known = await userByEmail(db, asked.email);
      const newcomer = !known && asked.create_user && gateway.allowSignUp;
      const user = newcomer
        ? await insertUser(db, {
            email: asked.email,
            passwordHash: null,
            confirmed: false,
            userMetadata: asked.data ?? {},
            now: gateway.now(),
          })
        : known;
      if (user) await mailToken(gateway, db, { user, kind: "magiclink", challenge: asked, url });
    });
  });
}

/** POST /recover: a link and a code for choosing a new password. `{}` whether or not somebody has this address. */
export async function handleRecover(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  const asked = await readJson(request, recoverSchema);
  return quietly(gateway, request, asked.email, async () => {
    await inTransaction(gateway.pool, async (db) => {
      const user = await userByEmail(db, asked.email);
      if (user) await mailToken(gateway, db, { user, kind: "recovery", challenge: asked, url });
    });
  });
}

/** POST /resend: the letter of a sign-up or of a change of address once more. `{}` in any case. */
export async function handleResend(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  const asked = asWanted(withoutPhone(await readAnyJson(request)), resendSchema);
  return quietly(gateway, request, asked.email, async () => {
    await inTransaction(gateway.pool, async (db) => {
      const user = await userByEmail(db, asked.email);
      if (!user) return;
      if (asked.type === "signup") {
        if (!user.email_confirmed_at) await mailToken(gateway, db, { user, kind: "signup", challenge: asked, url });
      } else if (user.email_change) {
        await mailEmailChange(gateway, db, { user, newEmail: user.email_change, challenge: asked, url });
      }
    });
  });
}

/** Counts the letter, does the work, and answers the same after the same time whatever came of it. */
async function quietly(
  gateway: Gateway,
  request: Request,
  email: string,
  work: () => Promise<void>,
): Promise<Response> {
  await gateway.limits.spend("mail", { account: email, address: addressOf(request) });
  await answerAfter(ANSWER_AFTER_MS, () => work().catch(unlessTaken));
  return json({});
}

/** Somebody made a login with this address in the same moment; their letter is on its way. */
export function unlessTaken(error: unknown): void {
  if (!(error instanceof AuthRefusal && error.code === "email_exists")) throw error;
}

/** Makes a token of this kind and mails it, as link and as code. Somebody who is banned gets nothing. */
export async function mailToken(
  gateway: Gateway,
  db: Queryable,
  letter: {
    user: UserRow;
    kind: TokenKind & LetterKind;
    challenge: Challenge;
    url: URL;
    /** Where to, when not to the user's own address. */
    to?: string;
    /** The new address, in letters about one. */
    email?: string;
  },
): Promise<void> {
  const { user, kind, url } = letter;
  const to = letter.to ?? user.email;
  if (!to || isBanned(user, gateway.now())) return;
  const pkce = await beginFlow(gateway, db, { userId: user.id, method: kind, challenge: letter.challenge });
  const { token, code } = await issueToken(gateway, db, { kind, userId: user.id, email: to, pkce });
  const link = confirmLink(gateway, { token, kind, redirectTo: url.searchParams.get("redirect_to") });
  await sendLetter(db, {
    kind,
    to,
    language: languageOf(user),
    code,
    ...(kind === "reauthentication" ? {} : { link }),
    ...(letter.email ? { email: letter.email } : {}),
  });
}

/**
 * Asks both the old and the new mailbox to agree to a change of address. An address that somebody else has gets no
 * letter, and the answer does not tell.
 */
export async function mailEmailChange(
  gateway: Gateway,
  db: Queryable,
  change: { user: UserRow; newEmail: string; challenge: Challenge; url: URL },
): Promise<void> {
  const { user, newEmail, challenge, url } = change;
  await db.query(
    "update auth.users set email_change = $2, email_change_confirm_status = 0, updated_at = $3 where id = $1",
    [user.id, newEmail, gateway.now()],
  );
  const about = { user, url, email: newEmail };
  await mailToken(gateway, db, { ...about, kind: "email_change_current", challenge });
  if (await userByEmail(db, newEmail)) return;
  await mailToken(gateway, db, { ...about, kind: "email_change_new", challenge, to: newEmail });
}

/** The body as it is. Throws AuthRefusal 400 when it asks for a text message: there is nothing here that sends one. */
function withoutPhone(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("phone" in body)) return body;
  throw new AuthRefusal(400, "phone_provider_disabled", "Unsupported phone provider");
}
