import { redirect } from "@remix-run/node";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { now } from "~/kernel/clock";
import { env } from "~/kernel/env.server";
import { type Asked, homeOf, isRecentProof, safeNext } from "./account";
import type { Visitor, VisitorPerson, Waiting } from "./visitor";

/** The guards: each route says with one of them, before anything else, for whom it is there. */

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
 * For what touches roles, money or whole records, after the page's own guard: goes on when the person proved within ten
 * minutes who they are (by their second factor when they have one); else sends them to do so.
 * In an action the browser sends the form along (307), and it is done once they have proved it. In a loader of what is no
 * page, `back` is the page they come back to.
 */
export async function requireRecentProof(context: GuardContext, { back }: { back?: string } = {}): Promise<void> {
  const { visitor, asked } = context;
  if (!visitor.actor) throw toSignIn(context);
  if (isRecentProof(visitor.identityProvedAt, now())) return;
  const next = safeNext(back ?? asked.path) ?? homeOf(visitor.actor.side);
  throw redirect(`/confirm-identity?${new URLSearchParams({ next })}`, back === undefined ? 307 : 302);
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
