import * as z from "zod";
import { inTransaction } from "../database";
import type { Gateway } from "../gateway-context";
import { AuthRefusal, addressOf, emailSchema, json, readJson } from "../http";
import { finishFlow } from "./flow";
import { hashPassword, isOldHash, isPassword } from "./password";
import { type Device, openSession, refreshSession } from "./sessions";
import { methodOf } from "./token-types";
import { requireUser, userByEmail } from "./users";
import { failAfter } from "./waiting";

const passwordSchema = z.object({ email: emailSchema, password: z.string() });
const refreshSchema = z.object({ refresh_token: z.string().min(1).max(512) });
const pkceSchema = z.object({ auth_code: z.string().min(1).max(512), code_verifier: z.string().min(1).max(512) });

/** Where a session was opened from, for the person's list of sessions. */
export function deviceOf(request: Request): Device {
  return { address: addressOf(request), agent: (request.headers.get("user-agent") ?? "").slice(0, 500) };
}

/** POST /token: a SESSION for a password, a refresh token or a PKCE code. */
export async function handleToken(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  switch (url.searchParams.get("grant_type")) {
    case "password":
      return json(await signInWithPassword(gateway, request));
    case "refresh_token": {
      const { refresh_token: shown } = await readJson(request, refreshSchema);
      await gateway.limits.spendAddress("refresh", addressOf(request));
      return json(await refreshSession(gateway, shown));
    }
    case "pkce":
      return json(await exchangeCode(gateway, request));
    default:
      throw new AuthRefusal(400, "validation_failed", "unsupported_grant_type");
  }
}

/**
 * The same answer and the same time for a wrong password and for an address nobody has; also from a login that has no
 * password. Every try counts before the password is looked at, a right one is given back.
 */
async function signInWithPassword(gateway: Gateway, request: Request): Promise<object> {
  const { email, password } = await readJson(request, passwordSchema);
  const refund = await gateway.limits.spend("password", { account: email, address: addressOf(request) });
  const user = await failAfter(250, async () => {
    const found = await userByEmail(gateway.pool, email);
    const right = await isPassword(gateway.pool, found?.encrypted_password || null, password);
    return right ? found : null;
  });
  if (!user) throw new AuthRefusal(400, "invalid_credentials", "Invalid login credentials");
  await refund();
  if (!user.email_confirmed_at) throw new AuthRefusal(400, "email_not_confirmed", "Email not confirmed");
  const rehashed = isOldHash(user.encrypted_password ?? "") ? await hashPassword(password) : null;
  return inTransaction(gateway.pool, async (db) => {
    if (rehashed) {
      await db.query("update auth.users set encrypted_password = $2 where id = $1 and encrypted_password = $3", [
        user.id,
        rehashed,
        user.encrypted_password,
      ]);
    }
    return openSession(gateway, db, user, "password", deviceOf(request));
  });
}

async function exchangeCode(gateway: Gateway, request: Request): Promise<object> {
  const { auth_code: code, code_verifier: verifier } = await readJson(request, pkceSchema);
  await gateway.limits.spendAddress("refresh", addressOf(request));
  const flow = await inTransaction(gateway.pool, (db) => finishFlow(gateway, db, code, verifier));
  if (flow instanceof AuthRefusal) throw flow;
  return inTransaction(gateway.pool, async (db) =>
    openSession(gateway, db, await requireUser(db, flow.userId), methodOf(flow.method), deviceOf(request)),
  );
}
