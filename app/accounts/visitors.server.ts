import type { ClientActor, StaffActor } from "~/kernel/actor";
import { now } from "~/kernel/clock";
import { isLocale } from "~/kernel/locale";
import { identityProvedAt, mailboxProvedAt, type Proof, stepBefore } from "./account";
import { whoami } from "./account.queries.server";
import { asViewer, viewCookie, viewNamed } from "./account-views.server";
import {
  isUnavailable,
  type RequestSupabase,
  requestSupabase,
  type SupabaseClient,
  sessionIn,
  verifyingClient,
} from "./supabase.server";
import type { Visitor, VisitorPerson } from "./visitor";

/** The door to who asks: from the cookies of a request to a person, once per request. */

const NOBODY: Visitor = { actor: null };

// As early as the library itself renews; a session that is fresh needs no client at all.
const RENEW_BEFORE_MS = 90_000;

/**
 * Finds out who asks, once per request and before Remix: three loaders that each refresh one expired token would end the
 * session. A session that was revoked, and a person who was removed, are nobody from the next request on.
 *
 * In: the Cookie header, the caller's address (limits are counted by it), and where Set-Cookie values go. Without
 * `setCookie` (the upgrade to a socket) nothing is refreshed, since the new refresh token would be lost and its reuse would
 * end the session: an expired token is then nobody, the browser asks for /api/session and tries again.
 * Throws when Supabase or the database does not answer, or asks to wait: then nobody knows who asks, and nobody is signed out.
 */
export async function resolveVisitor(input: {
  cookieHeader: string | undefined;
  clientAddress: string;
  /** What the browser calls itself: the list of one's sessions shows it. */
  userAgent?: string | undefined;
  setCookie?: (header: string) => void;
}): Promise<{ visitor: Visitor; supabase: RequestSupabase }> {
  const { setCookie, clientAddress } = input;
  const cookieHeader = input.cookieHeader ?? "";
  const held: string[] = [];
  let direct = false;
  const supabase = requestSupabase({
    cookieHeader,
    clientAddress,
    userAgent: input.userAgent,
    setCookie: (header) => (direct ? setCookie?.(header) : held.push(header)),
  });
  const session = await sessionIn(cookieHeader);
  const renew = session && setCookie && session.expiresAt - now().getTime() < RENEW_BEFORE_MS;
  const accessToken = renew ? await freshAccessToken(supabase.client) : session?.accessToken;
  direct = true;
  for (const header of held) setCookie?.(header);
  const visitor = accessToken ? await visitorOf(accessToken) : NOBODY;
  const view = viewNamed(cookieHeader);
  if (!view) return { visitor, supabase };
  const viewer = await asViewer(visitor, view);
  if (!viewer) setCookie?.(viewCookie(null));
  return { visitor: viewer ?? visitor, supabase };
}

/** The actor of somebody who was let in before, as they are now; null when their session or their view has ended. */
export async function actorAgain(visitor: Exclude<Visitor, { actor: null }>): Promise<ClientActor | StaffActor | null> {
  const { actor, sessionId, mailboxProvedAt: provedAt, viewing } = visitor;
  const again = await visitorOfSession(actor.userId, sessionId, provedAt);
  if (!viewing) return again.actor;
  return (await asViewer(again, viewing.id))?.actor ?? null;
}

/** The session's access token, refreshed when it is about to expire; null when the session is over. */
async function freshAccessToken(client: SupabaseClient): Promise<string | null> {
  const { data, error } = await client.auth.getSession();
  if (data.session) return data.session.access_token;
  // The session may well live: its cookies, held back until now, stay as they are.
  if (error && isUnavailable(error)) throw error;
  return null;
}

/**
 * The person behind an access token. Out: nobody when the token is forged, expired or of a revoked session, or its person
 * was removed. The keys that tokens are signed with are fetched once and kept.
 */
export async function visitorOf(accessToken: string): Promise<Visitor> {
  const claims = await verifiedClaims(accessToken);
  if (!claims || !UUID.test(claims.sub) || !UUID.test(claims.session_id)) return NOBODY;
  const proofs = claims.amr as Proof[] | undefined;
  return visitorOfSession(claims.sub, claims.session_id, mailboxProvedAt(proofs), proofs);
}

/**
 * The person of a session that was proved before, as they are now; nobody when it was revoked or they were removed. For
 * sockets, which outlive access tokens. In: what the token said then.
 */
export async function visitorOfSession(
  userId: string,
  sessionId: string,
  provedAt: Date | null,
  proofs?: readonly Proof[],
): Promise<Visitor> {
  const person = await whoami(userId, sessionId);
  // Staff without a role are nobody too: the database would refuse their every transaction.
  if (!person || (person.side === "staff" && person.staffRoles.length === 0)) return NOBODY;
  const { personId } = person;
  const { hasSecondFactor } = person;
  const who: ClientActor | StaffActor =
    person.side === "staff"
      ? { side: "staff", userId, personId, roles: person.staffRoles }
      : { side: "client", userId, personId, accountId: person.accountId, role: person.role };
  const shown: VisitorPerson = {
    id: personId,
    name: person.displayName,
    side: person.side,
    accountName: person.side === "client" ? person.accountName : null,
    locale: isLocale(person.language) ? person.language : null,
    zone: person.zone,
  };
  const step = stepBefore(person);
  if (step) return { actor: null, waiting: { step, who, person: shown, sessionId } };
  const byToken = identityProvedAt(proofs, hasSecondFactor);
  return {
    actor: who,
    person: shown,
    sessionId,
    mailboxProvedAt: provedAt,
    identityProvedAt: later(byToken, person.provedAt),
    hasSecondFactor,
  };
}

function later(a: Date | null, b: Date | null): Date | null {
  return a && b ? (a > b ? a : b) : (a ?? b);
}

// The project's own keys are signed tokens too, of nobody and without a session.
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Claims = NonNullable<Awaited<ReturnType<SupabaseClient["auth"]["getClaims"]>>["data"]>["claims"];

/** Tokens verified lately, newest last. A signature does not change; whether its session lives is asked every time. */
const verified = new Map<string, Claims>();
const VERIFIED_KEPT = 2_000;

async function verifiedClaims(accessToken: string): Promise<Claims | null> {
  const known = verified.get(accessToken);
  if (known && known.exp * 1000 > Date.now()) return known;
  verified.delete(accessToken);
  const { auth } = verifyingClient();
  // What is no token at all makes the library throw while it reads it; only an answer can be an error worth passing on.
  const { data, error } = await auth.getClaims(accessToken).catch(() => ({ data: null, error: null }));
  if (error && isUnavailable(error)) throw error;
  if (!data) return null;
  verified.set(accessToken, data.claims);
  const [oldest] = verified.keys();
  if (verified.size > VERIFIED_KEPT && oldest !== undefined) verified.delete(oldest);
  return data.claims;
}
