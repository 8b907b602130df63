import { data } from "@remix-run/node";
import { asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { recordEvent } from "~/kernel/events.server";
import { type FormFailure, refuseForm } from "~/kernel/form";
import {
  type Answer,
  afterSignIn,
  isTooLong,
  type LinkType,
  leadsToPassword,
  mayChoosePassword,
  type Refusal,
  safeNext,
} from "./account";
import { WAITING_PAGES } from "./session.server";
import { anonymousSupabase, isUnavailable, type RequestSupabase } from "./supabase.server";
import type { Visitor } from "./visitor";
import { visitorOf } from "./visitors.server";

/** The parts of a request's context that signing in and out works with. */
export type SignInContext = { supabase: RequestSupabase; visitor: Visitor; clientAddress: string; origin: string };

type SignedIn = { ok: true; to: string };
type AuthFailure = { name: string; status?: number | undefined; code?: string | undefined; message: string };

const refuse = (why: Exclude<Refusal["why"], "wait">): Refusal => ({ ok: false, why });

/** A refusal for haste, or an error of ours when Supabase did not answer; null when the person's input is to blame. */
function hasteOrTrouble(error: AuthFailure, supabase: RequestSupabase): Refusal | null {
  if (error.status === 429) return { ok: false, why: "wait", seconds: supabase.waitSeconds() ?? 60 };
  if (isUnavailable(error)) throw error;
  return null;
}

/** The session is made; is its person still one of ours? If not, it is ended again before anybody uses it. */
async function admit(context: SignInContext, accessToken: string, next: unknown): Promise<SignedIn | Refusal> {
  const visitor = await visitorOf(accessToken);
  if (visitor.actor) return { ok: true, to: afterSignIn(visitor.actor.side, next) };
  if (visitor.waiting) {
    const on = safeNext(next);
    return {
      ok: true,
      to: `${WAITING_PAGES[visitor.waiting.step]}${on ? `?${new URLSearchParams({ next: on })}` : ""}`,
    };
  }
  await context.supabase.client.auth.signOut({ scope: "local" });
  return refuse("no-access");
}

/**
 * Signs in by password and sets the session's cookies.
 * Out: where to go on; or "wrong-login" (the same for known and unknown addresses), "wait", or "no-access" for somebody
 * whose password is right and who was removed.
 */
export async function signIn(
  context: SignInContext,
  form: { email: string; password: string; next?: string | undefined },
): Promise<SignedIn | Refusal> {
  const { data, error } = await context.supabase.client.auth.signInWithPassword({
    email: form.email,
    password: form.password,
  });
  if (!error) return admit(context, data.session.access_token, form.next);
  if (error.code === "user_banned") return refuse("no-access");
  return hasteOrTrouble(error, context.supabase) ?? refuse("wrong-login");
}

/**
 * Sends a message with a link and a 6-digit code. Out: ok for unknown addresses as well, so that the answer tells nobody
 * who has a login; or "wait".
 */
export async function mailSignIn(
  context: SignInContext,
  form: { email: string; next?: string | undefined },
): Promise<{ ok: true } | Refusal> {
  const supabase = anonymousSupabase(context.clientAddress);
  const { error } = await supabase.client.auth.signInWithOtp({
    email: form.email,
    options: { shouldCreateUser: false, emailRedirectTo: context.origin + (safeNext(form.next) ?? "/") },
  });
  return mailOutcome(error, supabase);
}

// What Supabase says of an address that it sends nothing to.
const NO_SUCH_LOGIN = new Set([
  "otp_disabled",
  "signup_disabled",
  "user_not_found",
  "user_banned",
  "email_address_invalid",
]);

/** Nobody learns whether there is a login; what went wrong with us is thrown. */
function mailOutcome(error: AuthFailure | null, supabase: RequestSupabase): { ok: true } | Refusal {
  if (!error || NO_SUCH_LOGIN.has(error.code ?? "")) return { ok: true };
  const refusal = hasteOrTrouble(error, supabase);
  if (refusal) return refusal;
  throw error;
}

/** Sends a message with a link for choosing a new password. Out: as mailSignIn. */
export async function mailNewPassword(
  context: SignInContext,
  form: { email: string },
): Promise<{ ok: true } | Refusal> {
  const supabase = anonymousSupabase(context.clientAddress);
  const { error } = await supabase.client.auth.resetPasswordForEmail(form.email, {
    redirectTo: `${context.origin}/new-password`,
  });
  return mailOutcome(error, supabase);
}

/** Signs in by the code of a message. Out: where to go on; or "wrong-code", "wait", "no-access". */
export async function signInByCode(
  context: SignInContext,
  form: { email: string; code: string; next?: string | undefined },
): Promise<SignedIn | Refusal> {
  if (!/^\d{6}$/.test(form.code)) return refuse("wrong-code");
  const { data, error } = await context.supabase.client.auth.verifyOtp({
    email: form.email,
    token: form.code,
    type: "email",
  });
  if (data.session) return admit(context, data.session.access_token, form.next);
  return (error && hasteOrTrouble(error, context.supabase)) || refuse("wrong-code");
}

/**
 * Signs in by an e-mailed link, which works once; another session of this browser is replaced.
 * Out: where to go on (the page for a new password when the link is for that); or "link-over", "wait", "no-access".
 */
export async function signInByLink(
  context: SignInContext,
  link: { token_hash: string; type: LinkType; next?: string | undefined },
): Promise<SignedIn | Refusal> {
  const { data, error } = await context.supabase.client.auth.verifyOtp({
    token_hash: link.token_hash,
    type: link.type,
  });
  if (data.session) {
    return admit(context, data.session.access_token, leadsToPassword(link.type) ? "/new-password" : link.next);
  }
  return (error && hasteOrTrouble(error, context.supabase)) || refuse("link-over");
}

/**
 * Gives the person a new password; Supabase ends their other sessions with it.
 * Out: ok; "link-over" when this session does not (or no longer) prove that they read their mailbox; "weak-password",
 * "same-password", "long-password" or "wait".
 */
export async function choosePassword(
  context: SignInContext,
  form: { password: string },
): Promise<{ ok: true } | Refusal> {
  const { visitor, supabase } = context;
  if (!visitor.actor || !mayChoosePassword(visitor.mailboxProvedAt, now())) return refuse("link-over");
  if (isTooLong(form.password)) return refuse("long-password");
  const { error } = await supabase.client.auth.updateUser({ password: form.password });
  if (error) {
    if (error.code === "weak_password") return refuse("weak-password");
    if (error.code === "same_password") return refuse("same-password");
    const refusal = hasteOrTrouble(error, supabase);
    if (refusal) return refusal;
    throw error;
  }
  const { actor } = visitor;
  const accountId = actor.side === "client" ? actor.accountId : null;
  await asActor(actor, (tx) =>
    recordEvent(tx, actor, "person.password_chosen", { kind: "person", id: actor.personId, accountId }, {}),
  );
  return { ok: true };
}

/** Ends this browser's session, for every tab and at the server, and takes its cookies away. Never refuses. */
export async function signOut(context: SignInContext): Promise<void> {
  const { error } = await context.supabase.client.auth.signOut({ scope: "local" });
  if (error && isUnavailable(error)) throw error;
}

/** The page again, with what was typed and why it was refused. Status 429 with Retry-After for haste, 422 for the rest. */
export function refused(form: FormData, refusal: Refusal) {
  const failure = refuseForm(form, {});
  const answer: Answer = { failure, refusal, sent: null, next: safeNext(failure.values.next) };
  if (refusal.why !== "wait") return data(answer, 422);
  return data(answer, { status: 429, headers: { "Retry-After": String(refusal.seconds) } });
}

/** The page again, with what was typed and the fields that are wrong. */
export function mistyped(failure: FormFailure) {
  const answer: Answer = { failure, refusal: null, sent: null, next: safeNext(failure.values.next) };
  return data(answer, 422);
}

/** The page that says a message is on its way to this address. In: what else was typed, where it is to stay. */
export function mailSent(form: { email: string; next?: string | undefined }, typed?: FormData) {
  const failure = typed ? refuseForm(typed, {}) : null;
  const answer: Answer = { failure, refusal: null, sent: form.email, next: safeNext(form.next) };
  return data(answer);
}
