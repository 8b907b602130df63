import { requirePersonCalling } from "../caller";
import { inTransaction, type Queryable } from "../database";
import type { Gateway } from "../gateway-context";
import { AuthRefusal, json } from "../http";
import type { AccessClaims } from "./access-token";
import { type UserRow, userById, userJson } from "./users";

/** A person who calls with a good token of a session that still exists. */
export type Person = { user: UserRow; claims: AccessClaims };

/**
 * Who calls. Throws AuthRefusal 401 or 403: no token, a bad one (`bad_jwt`), or one of a session that was ended
 * (`session_not_found`): signing out counts at once, not when the token runs out.
 */
export async function requireSession(gateway: Gateway, db: Queryable, request: Request): Promise<Person> {
  const claims = await requirePersonCalling(gateway, request);
  const { rows } = await db.query<{ aal: "aal1" | "aal2" }>(
    "select aal::text as aal from auth.sessions where id = $1 and user_id = $2",
    [claims.session_id, claims.sub],
  );
  const session = rows[0];
  const user = session ? await userById(db, claims.sub) : null;
  if (!session || !user)
    throw new AuthRefusal(403, "session_not_found", "Session from session_id claim in JWT does not exist");
  // The session may have lost its second factor since the token was signed.
  return { user, claims: { ...claims, aal: session.aal } };
}

/** GET /user. */
export async function handleGetUser(gateway: Gateway, request: Request): Promise<Response> {
  const { user } = await requireSession(gateway, gateway.pool, request);
  return json(userJson(user));
}

/** POST /logout: ends this session (`local`), the person's other ones (`others`) or all (`global`, the default). */
export async function handleLogout(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  const claims = await requirePersonCalling(gateway, request);
  const scope = url.searchParams.get("scope") ?? "global";
  const ended: Record<string, string> = {
    global: "delete from auth.sessions where user_id = $1 and $2::uuid is not null",
    local: "delete from auth.sessions where user_id = $1 and id = $2",
    others: "delete from auth.sessions where user_id = $1 and id <> $2",
  };
  const statement = Object.hasOwn(ended, scope) ? ended[scope] : undefined;
  if (!statement) throw new AuthRefusal(400, "validation_failed", `Unsupported logout scope "${scope}"`);
  await inTransaction(gateway.pool, (db) => db.query(statement, [claims.sub, claims.session_id]));
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
}
