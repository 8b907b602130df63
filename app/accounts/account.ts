import type { Side } from "~/kernel/actor";
import type { FormFailure } from "~/kernel/form";

/** Where a person of either side starts. */
export function homeOf(side: Side): "/" | "/staff" {
  return side === "staff" ? "/staff" : "/";
}

const ELSEWHERE = "http://elsewhere.invalid";
// Pages that would only send the person round in a circle, or do something by being opened.
const NEVER_NEXT = /^\/(?:login|logout|confirm|confirm-identity|forgot|guest|api|supabase)(?:[/?#]|$)/;

/**
 * A path on this origin, or nothing: for whatever a link or a form says about where to go.
 * In: any value. Out: path, query and fragment as a browser would read them, or null when they could lead elsewhere.
 */
export function ownPath(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 2000) return null;
  // Browsers drop tabs and newlines and read a backslash as a slash: none of them belongs in a path of ours.
  if (!/^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(value) || !URL.canParse(value, ELSEWHERE)) return null;
  const url = new URL(value, ELSEWHERE);
  // "/.//evil.example" is ours until it is normalised, so the answer is looked at again.
  if (url.origin !== ELSEWHERE || url.pathname.startsWith("//")) return null;
  // Harmless as they stand, but whoever decodes them once too often would be led away; no path of ours has any.
  if (/%(?:[01]|7f|5c)|^\/%2f/i.test(url.pathname)) return null;
  return url.pathname + url.search + url.hash;
}

/** The place to go on to after signing in: a path of our own, and none that would lead back here. Else null. */
export function safeNext(next: unknown): string | null {
  const path = ownPath(next);
  return path && !NEVER_NEXT.test(path) ? path : null;
}

/** Where somebody who has just signed in goes: `next` when it is safe and on their side, their home otherwise. */
export function afterSignIn(side: Side, next: unknown): string {
  const path = safeNext(next);
  if (!path) return homeOf(side);
  if (path === "/new-password") return path;
  const staffPage = /^\/staff(?:[/?#]|$)/.test(path);
  return staffPage === (side === "staff") ? path : homeOf(side);
}

/** What a request asked for: the page's path with its query, and whether a browser wants to show the answer as a page. */
export type Asked = { path: string; document: boolean };

/**
 * Reads a request the way the person means it: Remix fetches `/ideas.data?_routes=…` when they go to `/ideas`.
 * In: method, the request's url from its first slash, and header values by lower-case name.
 */
export function whatWasAsked(request: {
  method: string;
  url: string;
  header: (name: string) => string | undefined;
}): Asked {
  const reads = request.method === "GET" || request.method === "HEAD";
  // Sec-Fetch-Dest says "empty" of a page that comes by way of the offline worker; scripts and images ask for no HTML.
  const document = reads && (request.header("accept") ?? "").includes("text/html");
  if (!request.url.startsWith("/") || !URL.canParse(request.url.replace(/^\/+/, "/"), ELSEWHERE)) {
    return { path: "/", document };
  }
  const url = new URL(request.url.replace(/^\/+/, "/"), ELSEWHERE);
  const pathname = url.pathname.replace(/\.data$/, "");
  url.searchParams.delete("_routes");
  url.searchParams.delete("index");
  return { path: (pathname === "/_root" ? "/" : pathname) + url.search, document };
}

/** What an e-mailed link is for. */
export const LINK_TYPES = ["magiclink", "email", "recovery", "signup", "invite", "email_change"] as const;
export type LinkType = (typeof LINK_TYPES)[number];

/** Whether somebody who comes by this link still has to choose a password. */
export const leadsToPassword = (type: LinkType) => type === "recovery" || type === "invite";

/** Characters of a new password, at least. */
export const PASSWORD_MIN = 10;
/** Bytes of a password that a hosted Supabase reads; what lies behind them would not count. */
const PASSWORD_BYTES = 72;

/** Whether a password is longer than what is compared when signing in. */
export const isTooLong = (password: string) => new TextEncoder().encode(password).length > PASSWORD_BYTES;

/** Why somebody was not signed in, or their new password not taken. `wait` says for how many seconds. */
export type Refusal =
  | { ok: false; why: "wait"; seconds: number }
  | {
      ok: false;
      why:
        | "wrong-login"
        | "wrong-code"
        | "wrong-app-code"
        | "wrong-recovery-code"
        | "wrong-password"
        | "link-over"
        | "no-access"
        | "weak-password"
        | "same-password"
        | "long-password";
    };

/** What a page of signing in knows when the person stays on it; `sent`: the address a message went to. */
export type Answer = {
  failure: FormFailure | null;
  refusal: Refusal | null;
  sent: string | null;
  /** Where the person wanted to go, from the form. */
  next: string | null;
};

/**
 * The answer to a form, whoever gave it: what is refused before a page's own action runs (too many requests) arrives as the
 * bare failure. In: action data. Out: undefined when there is none.
 */
export function answerOf(data: Answer | FormFailure | undefined): Answer | undefined {
  if (!data || !("ok" in data)) return data;
  return { failure: data, refusal: null, sent: null, next: safeNext(data.values.next) };
}

/** How the session cookie is named and marked, which follows from the address people use. */
export type CookiePolicy = { name: string; secure: boolean; maxAgeSeconds: number };

const DAY = 24 * 60 * 60;

/**
 * In: APP_ORIGIN. `__Host-` makes the browser refuse the cookie from another subdomain, over http or for a part of the site.
 * It lives for 30 days and is renewed whenever the session is: somebody away for longer signs in again.
 */
export function cookiePolicy(appOrigin: string): CookiePolicy {
  const secure = appOrigin.startsWith("https://");
  return { name: secure ? "__Host-tandem-session" : "tandem-session", secure, maxAgeSeconds: 30 * DAY };
}

/** One entry of a token's `amr` claim: how the person proved who they are, and when (Unix seconds). */
export type Proof = string | { method: string; timestamp: number };

/** The ways of signing in that Supabase Auth opens by mail alone. A second factor, for example, is none of them. */
const THROUGH_THE_MAILBOX: ReadonlySet<string> = new Set([
  "otp",
  "magiclink",
  "recovery",
  "invite",
  "email/signup",
  "email_change",
]);

/** When the person last proved that they read this mailbox (by link or code), or null when they came by password alone. */
export function mailboxProvedAt(proofs: readonly Proof[] | undefined): Date | null {
  let latest = 0;
  for (const proof of proofs ?? []) {
    if (typeof proof === "string" || !THROUGH_THE_MAILBOX.has(proof.method)) continue;
    latest = Math.max(latest, proof.timestamp);
  }
  return latest > 0 ? new Date(latest * 1000) : null;
}

/**
 * When the person last proved who they are in this session: by their second factor when they have one, else in any way that
 * opens a session. Null when the token says nothing of it.
 */
export function identityProvedAt(proofs: readonly Proof[] | undefined, hasSecondFactor: boolean): Date | null {
  let latest = 0;
  for (const proof of proofs ?? []) {
    if (typeof proof === "string" || (hasSecondFactor && proof.method !== "totp")) continue;
    // Refreshing a token proves nothing about who holds it.
    if (proof.method !== "token_refresh") latest = Math.max(latest, proof.timestamp);
  }
  return latest > 0 ? new Date(latest * 1000) : null;
}

/**
 * What somebody with a living session still has to do before they are anybody: prove the second factor they have, or set up
 * the one that is asked of them. Null when nothing is left.
 */
export function stepBefore(session: {
  hasSecondFactor: boolean;
  passedSecondFactor: boolean;
  needsSecondFactor: boolean;
}): "prove" | "enrol" | null {
  if (session.hasSecondFactor) return session.passedSecondFactor ? null : "prove";
  return session.needsSecondFactor ? "enrol" : null;
}

const TEN_MINUTES = 10 * 60 * 1000;

/** What touches roles or money is done within ten minutes of proving who one is. */
export function isRecentProof(provedAt: Date | null, now: Date): boolean {
  return provedAt !== null && now.getTime() - provedAt.getTime() < TEN_MINUTES;
}

const HALF_AN_HOUR = 30 * 60 * 1000;

/** A new password is chosen within half an hour of proving the mailbox: an open session alone must not be enough. */
export function mayChoosePassword(provedAt: Date | null, now: Date): boolean {
  return provedAt !== null && now.getTime() - provedAt.getTime() < HALF_AN_HOUR;
}
