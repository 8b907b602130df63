import { createHmac } from "node:crypto";
import * as z from "zod";
import { inTransaction } from "../database";
import type { Gateway } from "../gateway-context";
import { AuthRefusal, addressOf, asWanted, emailSchema, json, readAnyJson } from "../http";
import { challengeSchema } from "./flow";
import { languageOf, sendLetter } from "./letters";
import { requireSmallMetadata } from "./metadata";
import { hashPassword, requireStrongPassword } from "./password";
import { mailToken, unlessTaken } from "./request-mail";
import { insertUser, userByEmail } from "./users";
import { answerAfter } from "./waiting";

const signUpSchema = challengeSchema.extend({
  email: emailSchema,
  password: z.string(),
  data: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * POST /signup: makes a login that works once its address is confirmed. The answer is built from the question alone, so
 * that it says nothing about who has a login already; the mailbox is told. Throws AuthRefusal 422 or 429.
 */
export async function handleSignUp(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  if (!gateway.allowSignUp) throw new AuthRefusal(422, "signup_disabled", "Signups not allowed for this instance");
  const body = await readAnyJson(request);
  requireEmail(body);
  const asked = asWanted(body, signUpSchema);
  const metadata = asked.data ?? {};
  requireStrongPassword(asked.password);
  requireSmallMetadata(metadata);
  const address = addressOf(request);
  await gateway.limits.spendAddress("signUp", address);
  await gateway.limits.spend("mail", { account: asked.email, address });

  const id = idFor(gateway, asked.email);
  await answerAfter(400, async () => {
    const passwordHash = await hashPassword(asked.password);
    const signUp = inTransaction(gateway.pool, async (db) => {
      const now = gateway.now();
      const known = await userByEmail(db, asked.email);
      if (known?.email_confirmed_at) {
        const link = new URL("/login", gateway.origin).href;
        await sendLetter(db, { kind: "existing", to: asked.email, language: languageOf(known), link });
        return;
      }
      if (known) {
        // Nobody proved this address yet: the password of whoever reads its mail last is the one that counts.
        await db.query(
          "update auth.users set encrypted_password = $2, raw_user_meta_data = $3, updated_at = $4 where id = $1",
          [known.id, passwordHash, metadata, now],
        );
      }
      const { rowCount: taken } = await db.query("select from auth.users where id = $1", [id]);
      const user = known
        ? { ...known, raw_user_meta_data: metadata }
        : await insertUser(db, {
            id: taken ? undefined : id,
            email: asked.email,
            passwordHash,
            confirmed: false,
            userMetadata: metadata,
            now,
          });
      await mailToken(gateway, db, { user, kind: "signup", challenge: asked, url });
    });
    await signUp.catch(unlessTaken);
  });
  return json(answerFor(gateway, id, asked.email, metadata));
}

/** Neither phones nor logins without any address exist here. Throws AuthRefusal 422. */
function requireEmail(body: unknown): void {
  if (typeof body !== "object" || body === null || "email" in body) return;
  const [code, message] =
    "phone" in body
      ? ["phone_provider_disabled", "Phone signups are disabled"]
      : ["anonymous_provider_disabled", "Anonymous sign-ins are disabled"];
  throw new AuthRefusal(422, code, message);
}

function answerFor(gateway: Gateway, id: string, email: string, metadata: object): object {
  const now = gateway.now().toISOString();
  const identity = { sub: id, email, email_verified: false, phone_verified: false };
  return {
    id,
    aud: "authenticated",
    role: "authenticated",
    email,
    phone: "",
    confirmation_sent_at: now,
    app_metadata: { provider: "email", providers: ["email"] },
    user_metadata: metadata,
    identities: [
      {
        identity_id: id,
        id,
        user_id: id,
        identity_data: identity,
        provider: "email",
        created_at: now,
        updated_at: now,
      },
    ],
    created_at: now,
    updated_at: now,
    is_anonymous: false,
  };
}

/** The same id for the same address every time, whether the address is new, waiting to be confirmed or in use. */
function idFor(gateway: Gateway, email: string): string {
  const hex = createHmac("sha256", gateway.jwtKey.d).update(`user:${email}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
