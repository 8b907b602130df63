import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import type { Queryable } from "../database";
import type { Gateway } from "../gateway-context";
import { AuthRefusal } from "../http";

/** Between the e-mail being asked for and the link being opened. */
const FLOW_MS = 7 * 24 * 3_600_000;
/** Between the redirect back and the exchange of its code. */
const CODE_MS = 5 * 60_000;

/** What auth-js sends along when its flow is PKCE. */
export const challengeSchema = z.object({
  code_challenge: z.string().min(43).max(128).nullish(),
  code_challenge_method: z.enum(["s256", "S256", "plain"]).nullish(),
});
export type Challenge = z.infer<typeof challengeSchema>;

/** Remembers the challenge of whoever asked for an e-mail. False when they did not send one. */
export async function beginFlow(
  gateway: Gateway,
  db: Queryable,
  flow: { userId: string; method: string; challenge: Challenge },
): Promise<boolean> {
  if (!flow.challenge.code_challenge) return false;
  const now = gateway.now();
  await db.query("delete from auth.flow_state where created_at < $1", [new Date(now.getTime() - FLOW_MS)]);
  await db.query(
    `insert into auth.flow_state (id, user_id, auth_code, code_challenge_method, code_challenge, provider_type,
       created_at, updated_at, authentication_method)
     values ($1, $2, $3, $4, $5, 'email', $6, $6, $7)`,
    [
      randomUUID(),
      flow.userId,
      // Nobody knows it: a code is made when the link was opened.
      digest(randomBytes(32).toString("base64url")),
      (flow.challenge.code_challenge_method ?? "s256").toLowerCase(),
      flow.challenge.code_challenge,
      now,
      flow.method,
    ],
  );
  return true;
}

/** The code that goes back to the browser in the address, for the newest flow of this kind. Throws 404. */
export async function issueFlowCode(
  gateway: Gateway,
  db: Queryable,
  flow: { userId: string; method: string },
): Promise<string> {
  const code = randomBytes(32).toString("base64url");
  const { rowCount } = await db.query(
    `update auth.flow_state set auth_code = $3, auth_code_issued_at = $4, updated_at = $4
     where id = (select id from auth.flow_state where user_id = $1 and authentication_method = $2
       order by created_at desc limit 1)`,
    [flow.userId, flow.method, digest(code), gateway.now()],
  );
  if (!rowCount) throw new AuthRefusal(404, "flow_state_not_found", "invalid flow state, no valid flow state found");
  return code;
}

/**
 * Trades a code and the browser's secret for the user who opened the link. The code is gone after the first try, right
 * or wrong, so the transaction must commit. Throws nothing: an AuthRefusal comes back as the value.
 */
export async function finishFlow(
  gateway: Gateway,
  db: Queryable,
  code: string,
  verifier: string,
): Promise<{ userId: string; method: string } | AuthRefusal> {
  const { rows } = await db.query<{
    user_id: string;
    authentication_method: string;
    code_challenge: string;
    code_challenge_method: string;
    auth_code_issued_at: Date;
  }>(
    `delete from auth.flow_state where auth_code = $1 and auth_code_issued_at is not null
     returning user_id, authentication_method, code_challenge, code_challenge_method, auth_code_issued_at`,
    [digest(code)],
  );
  const flow = rows[0];
  if (!flow) return new AuthRefusal(404, "flow_state_not_found", "invalid flow state, no valid flow state found");
  if (gateway.now().getTime() - flow.auth_code_issued_at.getTime() > CODE_MS) {
    return new AuthRefusal(403, "flow_state_expired", "invalid flow state, flow state has expired");
  }
  const shown =
    flow.code_challenge_method === "plain" ? verifier : createHash("sha256").update(verifier).digest("base64url");
  const same = shown.length === flow.code_challenge.length;
  if (!same || !timingSafeEqual(Buffer.from(shown), Buffer.from(flow.code_challenge))) {
    return new AuthRefusal(400, "bad_code_verifier", "code challenge does not match previously saved code verifier");
  }
  return { userId: flow.user_id, method: flow.authentication_method };
}

function digest(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}
