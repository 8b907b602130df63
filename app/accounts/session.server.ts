import { redirect } from "@remix-run/node";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { now } from "~/kernel/clock";
import { env } from "~/kernel/env.server";
import { isLocale, type Locale } from "~/kernel/locale";
import {
  type Asked,
  homeOf,
  identityProvedAt,
  isRecentProof,
  mailboxProvedAt,
  type Proof,
  safeNext,
  stepBefore,
} from "./account";
import { currentView, whoami } from "./account.queries.server";
import {
  isUnavailable,
  type RequestSupabase,
  requestSupabase,
  type SupabaseClient,
  sessionIn,
  verifyingClient,
} from "./supabase.server";

/** The person behind a session, as pages need them. */
export type VisitorPerson = {
  id: string;
  name: string;
  side: "client" | "staff";
  accountName: string | null;
  locale: Locale | null;
  /** IANA name of the zone times are shown in. */
  zone: string;
};

/**
 * Somebody whose session lives and who is nobody yet: they have to prove their second factor, or to set one up, since an admin
 * asks it of staff. No page, socket or stream is theirs before.
 */
export type Waiting = {
  step: "prove" | "enrol";
  who: ClientActor | StaffActor;
  person: VisitorPerson;
  sessionId: string;
};

/** Staff who look at the portal as one of its customers: as whom, until when, and who they are themselves. */
export type Viewing = { id: string; accountId: string; accountName: string; endsAt: Date; staff: StaffActor };

/** Who asks: nobody, or a person with a living session. */
export type Visitor =
  | { actor: null; waiting?: Waiting }
  | {
      actor: ClientActor | StaffActor;
      person: VisitorPerson;
      sessionId: string;
      /** When this session proved that the person reads their mailbox; null after a password alone. */
      mailboxProvedAt: Date | null;
      /** When the person last proved in this session who they are: by their second factor when they have one. */
      identityProvedAt: Date | null;
      hasSecondFactor: boolean;
      /** There while a member of staff looks as a customer: actor and person are then that customer's, without a name. */
      viewing?: Viewing;
    };

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
  const view = VIEW_COOKIE_VALUE.exec(cookieHeader)?.[1];
  if (!view) return { visitor, supabase };
  const viewer = await asViewer(visitor, view);
  if (!viewer) setCookie?.(viewCookie(null));
  return { visitor: viewer ?? visitor, supabase };
}

const VIEW_COOKIE_VALUE = /(?:^|;\s*)tandem-view=([0-9a-f-]{36})(?:;|$)/;
const NOBODYS_ID = "00000000-0000-0000-0000-000000000000";

/** The Set-Cookie value of a view; null takes it away. It names the view alone, which is of no use without its session. */
export function viewCookie(view: string | null): string {
  const secure = env().APP_ORIGIN.startsWith("https:") ? "; Secure" : "";
  return `tandem-view=${view ?? ""}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${view ? 30 * 60 : 0}${secure}`;
}

/** The visitor as the customer they look as; null when that view has ended, or was never theirs. */
async function asViewer(visitor: Visitor, view: string): Promise<Visitor | null> {
  if (!visitor.actor) return null;
  const { actor: staff, person, sessionId } = visitor;
  if (staff.side !== "staff") return null;
  const lasting = await currentView(view, staff.userId, sessionId);
  if (!lasting) return null;
  const { accountId, accountName, endsAt } = lasting;
  return {
    ...visitor,
    actor: { side: "client", userId: staff.userId, personId: NOBODYS_ID, accountId, role: "viewer", view },
    person: { ...person, id: NOBODYS_ID, side: "client", accountName },
    identityProvedAt: null,
    viewing: { id: view, accountId, accountName, endsAt, staff },
  };
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

/** What the guards look at. */
export type GuardContext = { visitor: Visitor; asked: Asked };

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

function toSignIn({ asked, visitor }: GuardContext): Response {
  const step = !visitor.actor && visitor.waiting ? WAITING_PAGES[visitor.waiting.step] : "/login";
  const next = safeNext(asked.path);
  return redirect(next && next !== "/" ? `${step}?next=${encodeURIComponent(next)}` : step);
}

/** Where somebody goes who is signed in by half. */
export const WAITING_PAGES = { prove: "/login/second-factor", enrol: "/login/enrol" } as const;

/** For the pages of signing in that come after the password: who waits for this step. Others are sent where they belong. */
export async function requireHalfSignedIn(
  { visitor }: GuardContext,
  step: Waiting["step"] = "prove",
): Promise<Waiting> {
  if (visitor.actor) throw redirect(homeOf(visitor.actor.side));
  if (visitor.waiting?.step === step) return visitor.waiting;
  throw redirect(visitor.waiting ? WAITING_PAGES[visitor.waiting.step] : "/login");
}

/** For the page on which staff set up the factor that is asked of them, and which then shows them their recovery codes. */
export async function requireEnroller(context: GuardContext): Promise<{ name: string; done: boolean }> {
  const { visitor } = context;
  if (visitor.actor && visitor.hasSecondFactor) return { name: visitor.person.name, done: true };
  return { name: (await requireHalfSignedIn(context, "enrol")).person.name, done: false };
}

/**
 * For `_portal.*`: the client who asks. Nobody is sent to sign in; for staff the page does not exist, except that the
 * front door shows them to theirs.
 */
export async function requireClient(context: GuardContext): Promise<ClientActor> {
  const { actor } = context.visitor;
  if (!actor) throw toSignIn(context);
  if (actor.side === "client") return actor;
  if (context.asked.path === "/" && context.asked.document) throw redirect(homeOf("staff"));
  throw notThere();
}

/** For `staff.*`: the member of staff who asks. Nobody is sent to sign in; for a client the page does not exist. */
export async function requireStaff(context: GuardContext): Promise<StaffActor> {
  const { actor } = context.visitor;
  if (!actor) throw toSignIn(context);
  // Who looks as a customer sees what the customer sees, until they say that they have seen enough.
  if (actor.side === "client" && actor.view) throw redirect(homeOf("client"));
  if (actor.side !== "staff") throw notThere();
  return actor;
}

/** For `api.*` and pages of both sides: whoever is signed in. Nobody is sent to sign in when opening a page, else told 401. */
export async function requirePerson(context: GuardContext): Promise<ClientActor | StaffActor> {
  const { actor } = context.visitor;
  if (actor) return actor;
  throw context.asked.document ? toSignIn(context) : new Response(null, { status: 401, statusText: "Unauthorized" });
}

/**
 * For what touches roles or money, after the page's own guard: goes on when the person proved within ten minutes who they are
 * (by their second factor when they have one); else sends them to do so, with the way back.
 */
export async function requireRecentProof(context: GuardContext): Promise<void> {
  const { visitor, asked } = context;
  if (!visitor.actor) throw toSignIn(context);
  if (isRecentProof(visitor.identityProvedAt, now())) return;
  throw redirect(
    `/confirm-identity?${new URLSearchParams({ next: safeNext(asked.path) ?? homeOf(visitor.actor.side) })}`,
  );
}

/** For `_auth.*`: somebody who is signed in already is sent home. */
export async function requireNobody(context: GuardContext): Promise<void> {
  const { actor } = context.visitor;
  if (actor) throw redirect(homeOf(actor.side));
}

/** For `dev.*`: with a hosted Supabase there is nothing to look at, and the page does not exist. */
export async function requireLocal(): Promise<void> {
  if (env().SUPABASE_URL) throw notThere();
}

/** The person whom a guard has let in. Throws before one has: a mistake of ours. */
export function personBehind({ visitor }: GuardContext): VisitorPerson {
  if (!visitor.actor) throw new Error("There is no person before a guard has let one in.");
  return visitor.person;
}

/** The session that asks, of a person whom a guard has let in. Throws before one has: a mistake of ours. */
export function sessionBehind({ visitor }: GuardContext): string {
  if (!visitor.actor) throw new Error("There is no session before a guard has let somebody in.");
  return visitor.sessionId;
}
