import { createHash, createHmac, randomBytes, randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import type { Queryable } from "../database";
import type { Gateway } from "../gateway-context";

/** What a one-time token is for; a token of one kind opens nothing of another. */
export type TokenKind =
  | "signup"
  | "invite"
  | "magiclink"
  | "recovery"
  | "email_change_new"
  | "email_change_current"
  | "reauthentication";

/** A slot of auth.one_time_tokens, the column of auth.users that keeps the code's hash, and how long both last. */
const SLOTS = {
  signup: { slot: "confirmation_token", column: "confirmation_token", sentAt: "confirmation_sent_at", hours: 1 },
  invite: { slot: "confirmation_token", column: "confirmation_token", sentAt: "invited_at", hours: 7 * 24 },
  magiclink: { slot: "recovery_token", column: "recovery_token", sentAt: "recovery_sent_at", hours: 1 },
  recovery: { slot: "recovery_token", column: "recovery_token", sentAt: "recovery_sent_at", hours: 1 },
  email_change_new: {
    slot: "email_change_token_new",
    column: "email_change_token_new",
    sentAt: "email_change_sent_at",
    hours: 1,
  },
  email_change_current: {
    slot: "email_change_token_current",
    column: "email_change_token_current",
    sentAt: "email_change_sent_at",
    hours: 1,
  },
  reauthentication: {
    slot: "reauthentication_token",
    column: "reauthentication_token",
    sentAt: "reauthentication_sent_at",
    hours: 1,
  },
} as const satisfies Record<TokenKind, { slot: string; column: string; sentAt: string; hours: number }>;

/** Wrong codes after which a code is worthless. */
const CODE_TRIES = 5;

/** A link's token that leads to a PKCE code instead of a session begins like this, as on a hosted project. */
const PKCE_PREFIX = "pkce_";

/** How many hours a token of this kind is good for. */
export function hoursValid(kind: TokenKind): number {
  return SLOTS[kind].hours;
}

/** Whether whoever shows this token began by PKCE. */
export function isPkceToken(token: string): boolean {
  return token.startsWith(PKCE_PREFIX);
}

/**
 * Makes a token (256 bits, for a link) and a code (six digits, to type); both open the same thing, once. An older one of
 * the same slot stops working. Only hashes are kept; the code's under our key, since a million guesses are no work.
 */
export async function issueToken(
  gateway: Gateway,
  db: Queryable,
  made: { kind: TokenKind; userId: string; email: string; pkce?: boolean },
): Promise<{ token: string; code: string }> {
  const { slot, column, sentAt } = SLOTS[made.kind];
  const now = gateway.now();
  const token = `${made.pkce ? PKCE_PREFIX : ""}${randomBytes(32).toString("base64url")}`;
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  // Two letters asked for at once come one after the other; the later one counts.
  await db.query("select from auth.users where id = $1 for update", [made.userId]);
  await db.query("delete from auth.one_time_tokens where user_id = $1 and token_type = $2", [made.userId, slot]);
  await db.query(
    `insert into auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $6)`,
    [randomUUID(), made.userId, slot, tokenHash(made.kind, token), made.email, now.toISOString()],
  );
  await db.query(`update auth.users set ${column} = $2, ${sentAt} = $3, updated_at = $3 where id = $1`, [
    made.userId,
    codeHash(gateway, made.kind, made.userId, code),
    now,
  ]);
  return { token, code };
}

/** Uses up a link's token: whose it was and what for, or null. Of parallel calls one gets it. */
export async function consumeToken(
  gateway: Gateway,
  db: Queryable,
  token: string,
  kinds: readonly TokenKind[],
): Promise<{ kind: TokenKind; userId: string } | null> {
  for (const kind of kinds) {
    const { slot, column } = SLOTS[kind];
    const { rows } = await db.query<{ user_id: string }>(
      `delete from auth.one_time_tokens where token_hash = $1 and token_type = $2 and created_at > $3 returning user_id`,
      [tokenHash(kind, token), slot, oldest(gateway, kind)],
    );
    const userId = rows[0]?.user_id;
    if (userId === undefined) continue;
    await db.query(`update auth.users set ${column} = '' where id = $1`, [userId]);
    return { kind, userId };
  }
  return null;
}

/** Whether a link's token would still work; nothing is used up. */
export async function isTokenGood(
  gateway: Gateway,
  db: Queryable,
  token: string,
  kinds: readonly TokenKind[],
): Promise<boolean> {
  for (const kind of kinds) {
    const { rowCount } = await db.query(
      "select from auth.one_time_tokens where token_hash = $1 and token_type = $2 and created_at > $3",
      [tokenHash(kind, token), SLOTS[kind].slot, oldest(gateway, kind)],
    );
    if (rowCount) return true;
  }
  return false;
}

/**
 * Uses up a typed code. A wrong one counts, and the fifth wrong one makes the code worthless: the transaction must
 * commit whatever the answer.
 */
export async function consumeCode(
  gateway: Gateway,
  db: Queryable,
  userId: string,
  code: string,
  kinds: readonly TokenKind[],
): Promise<TokenKind | null> {
  for (const kind of kinds) {
    const { slot, column } = SLOTS[kind];
    const { rows } = await db.query<{ id: string; code_hash: string }>(
      `select t.id, u.${column} as code_hash from auth.one_time_tokens t join auth.users u on u.id = t.user_id
       where t.user_id = $1 and t.token_type = $2 and t.created_at > $3 for update of t`,
      [userId, slot, oldest(gateway, kind)],
    );
    const row = rows[0];
    if (!row) continue;
    if (isSameHash(row.code_hash, codeHash(gateway, kind, userId, code))) {
      await dropToken(db, row.id, userId, column);
      return kind;
    }
    // Another kind may share the slot and fit; only the last one tried counts the miss.
    if (kinds.slice(kinds.indexOf(kind) + 1).some((other) => SLOTS[other].slot === slot)) continue;
    const counted = await db.query<{ tries: number }>(
      `insert into gateway.code_tries (token_id, tries) values ($1, 1)
       on conflict (token_id) do update set tries = gateway.code_tries.tries + 1 returning tries`,
      [row.id],
    );
    if ((counted.rows[0]?.tries ?? 0) >= CODE_TRIES) await dropToken(db, row.id, userId, column);
  }
  return null;
}

/** Makes every outstanding token of these kinds worthless. */
export async function dropTokens(db: Queryable, userId: string, kinds: readonly TokenKind[]): Promise<void> {
  await db.query("delete from auth.one_time_tokens where user_id = $1 and token_type::text = any ($2)", [
    userId,
    kinds.map((kind) => SLOTS[kind].slot),
  ]);
  const columns = [...new Set(kinds.map((kind) => `${SLOTS[kind].column} = ''`))];
  await db.query(`update auth.users set ${columns.join(", ")} where id = $1`, [userId]);
}

async function dropToken(db: Queryable, id: string, userId: string, column: string): Promise<void> {
  await db.query("delete from auth.one_time_tokens where id = $1", [id]);
  await db.query(`update auth.users set ${column} = '' where id = $1`, [userId]);
}

function oldest(gateway: Gateway, kind: TokenKind): string {
  return new Date(gateway.now().getTime() - SLOTS[kind].hours * 3_600_000).toISOString();
}

function tokenHash(kind: TokenKind, token: string): string {
  return createHash("sha256").update(`${kind}:${token}`).digest("hex");
}

function codeHash(gateway: Gateway, kind: TokenKind, userId: string, code: string): string {
  return createHmac("sha256", gateway.jwtKey.d).update(`code:${kind}:${userId}:${code}`).digest("hex");
}

function isSameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
