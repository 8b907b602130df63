import { createHash, createHmac, randomBytes, randomUUID } from "node:crypto";
import { inTransaction, type Queryable } from "../database";
import type { Gateway } from "../gateway-context";
import { AuthRefusal } from "../http";
import { ACCESS_TOKEN_SECONDS, type Amr, signAccessToken } from "./access-token";
import { isBanned, requireUser, type UserRow, userById, userJson } from "./users";

/** Parallel requests of one page may show the same old refresh token; after this long it was stolen. */
const REUSE_WINDOW_MS = 10_000;
/** A session nobody used for so long is over. */
const IDLE_MS = 30 * 24 * 3600 * 1000;
/** More steps than parallel requests make within the window. */
const MAX_STEPS = 20;

/** What a sign-in answers: the SESSION of auth-js. */
export type SessionJson = Record<string, unknown>;
export type Device = { address: string; agent: string };

/** Opens a session for a person who proved by `method` who they are, and answers with its tokens. */
export async function openSession(
  gateway: Gateway,
  db: Queryable,
  user: UserRow,
  method: string,
  device: Device,
): Promise<SessionJson> {
  requireNotBanned(gateway, user);
  const now = gateway.now();
  const sessionId = randomUUID();
  await db.query(
    `insert into auth.sessions (id, user_id, created_at, updated_at, aal, refreshed_at, user_agent, ip)
     values ($1, $2, $3, $3, 'aal1', $4, $5, $6)`,
    [sessionId, user.id, now, now.toISOString(), device.agent, device.address],
  );
  await addMethod(db, sessionId, method, now);
  await db.query("update auth.users set last_sign_in_at = $2, updated_at = $2 where id = $1", [user.id, now]);
  await db.query("update auth.identities set last_sign_in_at = $2 where user_id = $1 and provider = 'email'", [
    user.id,
    now,
  ]);
  const refreshToken = randomBytes(32).toString("base64url");
  await insertRefreshToken(db, { token: refreshToken, parent: null, userId: user.id, sessionId, now });
  return sessionJson(gateway, db, { userId: user.id, sessionId, refreshToken });
}

/** Notes another way in which this session proved itself. */
export async function addMethod(db: Queryable, sessionId: string, method: string, now: Date): Promise<void> {
  await db.query(
    `insert into auth.mfa_amr_claims (id, session_id, created_at, updated_at, authentication_method)
     values ($1, $2, $3, $3, $4)
     on conflict (session_id, authentication_method) do update set updated_at = excluded.updated_at`,
    [randomUUID(), sessionId, now, method],
  );
}

/** Ends every older refresh token of a session and gives it a new one: after a step up to a second factor. */
export async function renewSession(
  gateway: Gateway,
  db: Queryable,
  session: { userId: string; sessionId: string },
): Promise<SessionJson> {
  const now = gateway.now();
  await db.query(
    "update auth.refresh_tokens set revoked = true, updated_at = $2 where session_id = $1 and not revoked",
    [session.sessionId, now],
  );
  const refreshToken = randomBytes(32).toString("base64url");
  await insertRefreshToken(db, { token: refreshToken, parent: null, ...session, now });
  return sessionJson(gateway, db, { ...session, refreshToken });
}

type TokenRow = { session_id: string; user_id: string; revoked: boolean; updated_at: Date; refreshed_at: Date };

/**
 * Trades a refresh token for the next one. The next one is derived from it under our key, so that requests that race
 * with the same token all receive the same next one although only hashes are kept. A token shown again later than ten
 * seconds after its trade is in two hands: the whole session ends.
 * Throws AuthRefusal 400: `refresh_token_not_found`, `refresh_token_already_used`, `session_expired`, `user_banned`.
 */
export async function refreshSession(gateway: Gateway, shown: string): Promise<SessionJson> {
  const outcome = await inTransaction(gateway.pool, async (db) => {
    const now = gateway.now();
    const found = await findToken(db, shown);
    if (!found) throw new AuthRefusal(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found");
    const user = await userById(db, found.user_id);
    if (!user) throw new AuthRefusal(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found");
    requireNotBanned(gateway, user);
    const end = async (refusal: AuthRefusal) => {
      await db.query("delete from auth.sessions where id = $1", [found.session_id]);
      return refusal;
    };
    if (now.getTime() - found.refreshed_at.getTime() > IDLE_MS) {
      return end(new AuthRefusal(400, "session_expired", "Invalid Refresh Token: Session Expired"));
    }
    if (found.revoked && now.getTime() - found.updated_at.getTime() > REUSE_WINDOW_MS) {
      gateway.log.warn(
        { userId: found.user_id, sessionId: found.session_id },
        "A used refresh token came back: session ended",
      );
      return end(new AuthRefusal(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used"));
    }
    const session = { userId: found.user_id, sessionId: found.session_id };
    const refreshToken = found.revoked
      ? await currentToken(gateway, db, shown)
      : await nextToken(gateway, db, { shown, ...session, now });
    // Cut by a step up to a second factor, within the window: whoever shows this token was merely late.
    if (refreshToken === null) {
      throw new AuthRefusal(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used");
    }
    return sessionJson(gateway, db, { ...session, refreshToken });
  });
  // The end of the session is committed; only then is it told.
  if (outcome instanceof AuthRefusal) throw outcome;
  return outcome;
}

/** The token's row, its session locked: two trades of one session come one after the other. */
async function findToken(db: Queryable, token: string): Promise<TokenRow | null> {
  await db.query(
    `select from auth.sessions where id = (select session_id from auth.refresh_tokens where token = $1) for update`,
    [digest(token)],
  );
  const { rows } = await db.query<TokenRow>(
    `select r.session_id, s.user_id, r.revoked, r.updated_at, s.refreshed_at at time zone 'utc' as refreshed_at
     from auth.refresh_tokens r join auth.sessions s on s.id = r.session_id where r.token = $1`,
    [digest(token)],
  );
  return rows[0] ?? null;
}

async function nextToken(
  gateway: Gateway,
  db: Queryable,
  trade: { shown: string; userId: string; sessionId: string; now: Date },
): Promise<string> {
  const next = derive(gateway, trade.shown);
  await db.query("update auth.refresh_tokens set revoked = true, updated_at = $2 where token = $1", [
    digest(trade.shown),
    trade.now,
  ]);
  await insertRefreshToken(db, { ...trade, token: next, parent: digest(trade.shown) });
  await db.query("update auth.sessions set refreshed_at = $2, updated_at = $3 where id = $1", [
    trade.sessionId,
    trade.now.toISOString(),
    trade.now,
  ]);
  return next;
}

/** The token that stands at the end of the trades that began with `shown`; null when that chain was cut. */
async function currentToken(gateway: Gateway, db: Queryable, shown: string): Promise<string | null> {
  let token = shown;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    token = derive(gateway, token);
    const row = await findToken(db, token);
    if (!row) return null;
    if (!row.revoked) return token;
  }
  return null;
}

async function insertRefreshToken(
  db: Queryable,
  made: { token: string; parent: string | null; userId: string; sessionId: string; now: Date },
): Promise<void> {
  await db.query(
    `insert into auth.refresh_tokens (instance_id, token, user_id, revoked, created_at, updated_at, parent, session_id)
     values ('00000000-0000-0000-0000-000000000000', $1, $2, false, $3, $3, $4, $5)`,
    [digest(made.token), made.userId, made.now, made.parent, made.sessionId],
  );
}

async function sessionJson(
  gateway: Gateway,
  db: Queryable,
  session: { userId: string; sessionId: string; refreshToken: string },
): Promise<SessionJson> {
  const user = await requireUser(db, session.userId);
  const { rows } = await db.query<{ aal: string; amr: Amr }>(
    `select s.aal::text as aal, (
       select coalesce(json_agg(json_build_object('method', c.authentication_method,
         'timestamp', floor(extract(epoch from c.updated_at))) order by c.updated_at desc), '[]')
       from auth.mfa_amr_claims c where c.session_id = s.id) as amr
     from auth.sessions s where s.id = $1`,
    [session.sessionId],
  );
  const { token, expiresAt } = await signAccessToken(gateway, {
    userId: user.id,
    email: user.email ?? "",
    appMetadata: user.raw_app_meta_data,
    userMetadata: user.raw_user_meta_data,
    sessionId: session.sessionId,
    aal: rows[0]?.aal ?? "aal1",
    amr: rows[0]?.amr ?? [],
  });
  return {
    access_token: token,
    token_type: "bearer",
    expires_in: ACCESS_TOKEN_SECONDS,
    expires_at: expiresAt,
    refresh_token: session.refreshToken,
    user: userJson(user),
  };
}

function requireNotBanned(gateway: Gateway, user: UserRow): void {
  if (isBanned(user, gateway.now())) throw new AuthRefusal(400, "user_banned", "User is banned");
}

function derive(gateway: Gateway, token: string): string {
  return createHmac("sha256", gateway.jwtKey.d).update(`refresh:${token}`).digest("base64url");
}

function digest(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
