import * as z from "zod";
import { inTransaction, type Queryable } from "../database";
import type { Gateway } from "../gateway-context";
import { AuthRefusal, addressOf, emailSchema, json, readJson } from "../http";
import { deviceOf } from "./grants";
import { languageOf, sendLetter } from "./letters";
import { consumeCode, consumeToken, type TokenKind } from "./one-time";
import { openSession } from "./sessions";
import { kindsOf, methodOf, tokenTypeSchema } from "./token-types";
import { changeEmail, confirmEmail, requireUser, userByEmail } from "./users";
import { failAfter } from "./waiting";

const byLink = z.object({ type: tokenTypeSchema, token_hash: z.string().min(1).max(200) });
const byCode = z.object({ type: tokenTypeSchema, email: emailSchema, token: z.string().trim().min(1).max(200) });

/** The first of two mailboxes agreed to a change of address. */
export const HALF_CHANGED = {
  msg: "Confirmation link accepted. Please proceed to confirm link sent to the other email",
  code: "200",
};

/** POST /verify from a client: a SESSION for the token of a link or for a typed code. Throws AuthRefusal 403, 429. */
export async function handleVerify(gateway: Gateway, request: Request): Promise<Response> {
  const asked = await readJson(request, z.union([byLink, byCode]));
  const account = "email" in asked ? asked.email : `link:${asked.token_hash}`;
  const refund = await gateway.limits.spend("code", { account, address: addressOf(request) });
  // A wrong code returns null instead of throwing: that it was tried must be committed.
  const outcome = await failAfter(100, () =>
    inTransaction(gateway.pool, async (db) => {
      const found =
        "email" in asked
          ? await findByCode(gateway, db, asked)
          : await consumeToken(gateway, db, asked.token_hash, kindsOf(asked.type));
      if (!found) return null;
      const session = await honour(gateway, db, found, (user) =>
        openSession(gateway, db, user, methodOf(found.kind), deviceOf(request)),
      );
      return session ?? HALF_CHANGED;
    }),
  );
  if (outcome === null) throw expired();
  await refund();
  return json(outcome);
}

export function expired(): AuthRefusal {
  return new AuthRefusal(403, "otp_expired", "Token has expired or is invalid");
}

async function findByCode(
  gateway: Gateway,
  db: Queryable,
  asked: z.infer<typeof byCode>,
): Promise<{ kind: TokenKind; userId: string } | null> {
  const user = await userByEmail(db, asked.email);
  const changing = asked.type === "email_change" && !user ? await userChangingTo(db, asked.email) : null;
  const userId = user?.id ?? changing;
  if (!userId) return null;
  const kinds: readonly TokenKind[] =
    asked.type === "email_change" ? [changing ? "email_change_new" : "email_change_current"] : kindsOf(asked.type);
  const kind = await consumeCode(gateway, db, userId, asked.token, kinds);
  return kind && { kind, userId };
}

async function userChangingTo(db: Queryable, email: string): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    `select u.id from auth.users u join auth.one_time_tokens t on t.user_id = u.id
     where u.email_change = $1 and t.token_type = 'email_change_token_new' and u.deleted_at is null
     order by t.created_at desc limit 1`,
    [email],
  );
  return rows[0]?.id ?? null;
}

/**
 * Does what a used-up token promised: confirms the address, or half or all of a change of address. Then `open` makes the
 * session; null when the other mailbox has yet to agree.
 */
export async function honour<T>(
  gateway: Gateway,
  db: Queryable,
  found: { kind: TokenKind; userId: string },
  open: (user: Awaited<ReturnType<typeof requireUser>>) => Promise<T>,
): Promise<T | null> {
  const now = gateway.now();
  const { kind, userId } = found;
  const user = await requireUser(db, userId);
  if (kind === "email_change_new" || kind === "email_change_current") {
    const half = kind === "email_change_new" ? 1 : 2;
    const { rows } = await db.query<{ before: number }>(
      `update auth.users u set email_change_confirm_status = $2 from
         (select id, email_change_confirm_status as before from auth.users where id = $1 for update) old
       where u.id = old.id returning old.before`,
      [userId, half],
    );
    const before = rows[0]?.before ?? 0;
    if (before === 0 || before === half || !user.email_change) return null;
    await changeEmail(db, userId, user.email_change, now);
    const letter = { kind: "email_changed", language: languageOf(user), email: user.email_change } as const;
    if (user.email) await sendLetter(db, { ...letter, to: user.email });
  } else {
    // Whoever chose a password for an unproven address may be somebody else than who reads its mail.
    if (!user.email_confirmed_at && kind !== "signup") {
      await db.query("update auth.users set encrypted_password = '' where id = $1", [userId]);
    }
    await confirmEmail(db, userId, now);
  }
  return open(await requireUser(db, userId));
}
