import { createHash, randomBytes, randomInt } from "node:crypto";
import { redirect } from "@remix-run/node";
import type { Actor, GuestActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { env } from "~/kernel/env.server";
import { recordEvent } from "~/kernel/events.server";
import { limiter } from "~/kernel/limits.server";
import { asSystem, type SystemTx } from "~/kernel/system-tx.server";
import { guestCodeLetter } from "./emails/guest";
import type { GuestSeat } from "./guest";
import * as queries from "./guest.queries.server";
import { queueLetter } from "./invitation.queries.server";
import { hashOf } from "./invitation-token.server";
import { type GuardContext, requirePerson } from "./session.server";

/**
 * The guests' door. Whoever holds a link shows in each browser once, by a code mailed to where the invitation went, that the
 * mailbox is theirs: a link that was passed on opens nothing. The browser then carries a key of its own, and only that key
 * opens the object.
 */

const asDoor = "the guests' door";
const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

/** What the door looks at; `guestKey`: what the browser's cookie of this door holds. */
export type GuestContext = GuardContext & { guestKey: string | null };

const cookieName = () => (env().APP_ORIGIN.startsWith("https:") ? "__Host-tandem-guest" : "tandem-guest");

/** The key in a Cookie header; null when there is none, or what there is was never one of ours. */
export function guestKeyIn(cookieHeader: string | undefined): string | null {
  const pair = cookieHeader?.split(/;\s*/).find((one) => one.startsWith(`${cookieName()}=`));
  const value = pair?.slice(pair.indexOf("=") + 1) ?? "";
  return /^[\w-]{43}$/.test(value) ? value : null;
}

function keyCookie(key: string): string {
  const secure = env().APP_ORIGIN.startsWith("https:") ? "; Secure" : "";
  return `${cookieName()}=${key}; Path=/; Max-Age=${120 * 24 * 60 * 60}; HttpOnly; SameSite=Lax${secure}`;
}

const seatOf = (row: queries.SeatRow): GuestSeat => ({
  actor: {
    side: "guest",
    grantId: row.grantId,
    accountId: row.accountId,
    rights: row.rights,
    object: { kind: row.objectKind, id: row.objectId },
  },
  name: row.displayName,
  account: row.accountName,
  language: row.language,
  expiresAt: row.expiresAt,
});

const SEEN_AGAIN_MS = 60_000;

/**
 * For `guest.*`: the guest behind a link, in a browser that showed it to be theirs. Another browser is sent to the door; a
 * link that opens nothing (never, or not any more) is a page that does not exist.
 */
export async function requireGuest(context: GuestContext, token: string | undefined): Promise<GuestSeat> {
  const tokenHash = hashOf(token ?? "");
  const rows = context.guestKey ? await queries.grantsOfBrowser(hashOf(context.guestKey)) : [];
  const row = rows.find((one) => one.tokenHash?.equals(tokenHash));
  if (row) {
    const at = now();
    if (!row.lastSeenAt || at.getTime() - row.lastSeenAt.getTime() > SEEN_AGAIN_MS) {
      await asSystem(asDoor, (tx) => queries.markSeen(tx, row.grantId, at));
    }
    return seatOf(row);
  }
  if (await queries.grantOfLink(tokenHash)) throw redirect(`/guest/${token}`);
  throw notThere();
}

/**
 * For files and whatever else both people and guests read: those who may be asking, at least one. Nobody is sent to sign in,
 * as by requirePerson.
 */
export async function requireReaders(context: GuestContext): Promise<readonly Actor[]> {
  const { actor } = context.visitor;
  const guests = context.guestKey
    ? (await queries.grantsOfBrowser(hashOf(context.guestKey))).map((row) => seatOf(row).actor)
    : [];
  if (actor) return [actor, ...guests];
  return guests.length > 0 ? guests : [await requirePerson(context)];
}

/** How a browser is known that carries this key. */
export const browserOf = (key: string): Buffer => hashOf(key);

/** The guest of an object in a browser; null when there is none (any more). For sockets. */
export async function guestOfBrowser(browser: Buffer, objectId: string): Promise<GuestSeat | null> {
  const row = (await queries.grantsOfBrowser(browser)).find((one) => one.objectId === objectId);
  return row ? seatOf(row) : null;
}

/**
 * What a link leads to in this browser: straight in, or to a code. Undefined when it opens nothing. It tells nothing of the
 * invitation, since nobody knows yet who is looking.
 */
export async function viewGuestLink(
  context: GuestContext,
  token: string | undefined,
): Promise<"in" | "code" | undefined> {
  const tokenHash = hashOf(token ?? "");
  const rows = context.guestKey ? await queries.grantsOfBrowser(hashOf(context.guestKey)) : [];
  if (rows.some((one) => one.tokenHash?.equals(tokenHash))) return "in";
  return (await queries.grantOfLink(tokenHash)) ? "code" : undefined;
}

const CODE_MINUTES = 10;
const CODE_TRIES = 5;
const codesOfGrant = limiter("guest.code.grant", { points: 5, seconds: 900 });
const codesOfAddress = limiter("guest.code.address", { points: 20, seconds: 900 });
const triesOfGrant = limiter("guest.try.grant", { points: 20, seconds: 900 });

/** The hash names the grant, so that a code is good for one alone. */
const codeHash = (grantId: string, code: string) => createHash("sha256").update(`${grantId} ${code}`).digest();

/** Mails a code to where the invitation went. Out: null, or the seconds to wait. */
export async function mailGuestCode(
  context: { clientAddress: string },
  token: string | undefined,
): Promise<number | null> {
  const link = await queries.grantOfLink(hashOf(token ?? ""));
  if (!link) throw notThere();
  const waits = await Promise.all([codesOfGrant.take(link.grantId), codesOfAddress.take(context.clientAddress)]);
  const wait = Math.max(...waits.map((seconds) => seconds ?? 0));
  if (wait > 0) return wait;
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const expiresAt = new Date(now().getTime() + CODE_MINUTES * 60_000);
  await asSystem(asDoor, async (tx) => {
    const grant = await queries.lockGrant(tx, link.grantId);
    if (!grant) return;
    await queries.keepCode(tx, link.grantId, { hash: codeHash(link.grantId, code), expiresAt });
    const { email: recipient, language } = grant;
    await queueLetter(tx, { recipient, language, ...guestCodeLetter({ language, code }) });
  });
  return null;
}

export type Entry = { ok: true; headers: { "Set-Cookie": string } } | { ok: false; why: "wrong" | "too-often" };

/**
 * Enters by a mailed code, which works once. Out: the browser's key as a cookie. Every other code is refused in the same
 * words; "too-often": nothing was tried. Throws 404 when the link opens nothing.
 */
export async function enterByCode(context: GuestContext, token: string | undefined, code: string): Promise<Entry> {
  const link = await queries.grantOfLink(hashOf(token ?? ""));
  if (!link) throw notThere();
  const { grantId } = link;
  // Before the code is looked at: one that is tried in haste is still good a little later.
  if ((await triesOfGrant.take(grantId)) !== null) return { ok: false, why: "too-often" };
  const entry = await enter(context, grantId, (tx) =>
    queries.takeCode(tx, grantId, { hash: codeHash(grantId, code), at: now(), tries: CODE_TRIES }),
  );
  return entry ?? { ok: false, why: "wrong" };
}

/** Lets a browser in when `proved` says so, and notes that it was let in. */
async function enter(
  context: GuestContext,
  grantId: string,
  proved: (tx: SystemTx) => Promise<boolean>,
): Promise<Extract<Entry, { ok: true }> | null> {
  // A key that opened something before stays, so that one browser holds several invitations.
  const known = context.guestKey && (await queries.grantsOfBrowser(hashOf(context.guestKey))).length > 0;
  const key = known && context.guestKey ? context.guestKey : randomBytes(32).toString("base64url");
  const done = await asSystem(asDoor, async (tx) => {
    const grant = await queries.lockGrant(tx, grantId);
    if (!grant) throw notThere();
    if (!(await proved(tx))) return false;
    await queries.bindBrowser(tx, grantId, hashOf(key));
    await queries.markSeen(tx, grantId, now());
    const subject = { kind: "guest", id: grantId, accountId: grant.accountId };
    await recordEvent(tx, null, "guest.entered", subject, { first: !grant.opened });
    return true;
  });
  return done ? { ok: true, headers: { "Set-Cookie": keyCookie(key) } } : null;
}

/** How a guest is called from now on, beside what they wrote before, too. */
export async function nameGuest(guest: GuestActor, name: string): Promise<void> {
  await asActor(guest, (tx) => queries.nameGuest(tx, guest.grantId, name));
}
