import type { ClientActor, GuestRights, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { recordEvent } from "~/kernel/events.server";
import { parseForm, refuseForm } from "~/kernel/form";
import { limiter } from "~/kernel/limits.server";
import type { Locale } from "~/kernel/locale";
import {
  EXTENSION_DAYS,
  type GuestListPage,
  type GuestObject,
  type GuestsAnswer,
  guestState,
  mayInviteGuests,
} from "./guest";
import * as queries from "./guest.queries.server";
import { guestChangeForm, guestForm, inviteGuestForm } from "./guest.schema";
import { isOfClosedAccount } from "./open-accounts.server";
import { mayManageAccounts } from "./staff-account";

/** Inviting guests to an object, and showing them out. Whether the object exists for the actor is the caller's to know. */

const GUESTS_SHOWN = 100;
const DAY = 24 * 60 * 60 * 1000;

/** Everybody who was invited to an object. */
export async function viewGuests(actor: ClientActor | StaffActor, object: GuestObject): Promise<GuestListPage> {
  const guests = await asActor(actor, (tx) => queries.listGuests(tx, object, GUESTS_SHOWN));
  const at = now();
  return {
    object,
    guests: guests.map((guest) => ({ ...guest, state: guestState(guest, at) })),
    mayInvite: mayInviteGuests(actor, object.accountId),
    mayErase: mayErase(actor),
  };
}

const mayErase = (actor: ClientActor | StaffActor) => actor.side === "staff" && mayManageAccounts(actor);

// Each invitation is a letter in our name.
const invitations = limiter("guest.inviter", { points: 40, seconds: 3600 });

type Refused =
  | "is-person"
  | "done-already"
  | "not-yours"
  | "not-open"
  | "invited-already"
  | "too-often"
  | "changed-meanwhile"
  | "not-found";

async function invite(
  actor: ClientActor | StaffActor,
  object: GuestObject,
  wish: { email: string; name: string; language: Locale; rights: GuestRights; days: number },
): Promise<{ ok: true } | { ok: false; why: Refused }> {
  if ((await invitations.take(actor.personId)) !== null) return { ok: false, why: "too-often" };
  const { email, name: displayName, language, rights } = wish;
  const expiresAt = new Date(now().getTime() + wish.days * DAY);
  const { accountId } = object;
  try {
    await asActor(actor, async (tx) => {
      const grant = { email, displayName, language, rights, expiresAt, createdBy: actor.personId };
      const id = await queries.insertGrant(tx, object, grant);
      const facts = { object: object.id, kind: object.kind, rights, until: expiresAt.toISOString() };
      await recordEvent(tx, actor, "guest.invited", { kind: "guest", id, accountId }, facts);
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "23505")
      return { ok: false, why: "invited-already" };
    if (isOfClosedAccount(error)) return { ok: false, why: "not-open" };
    throw error;
  }
  return { ok: true };
}

const MOVES = {
  again: { done: "mailed", event: "guest.link_renewed" },
  extend: { done: "extended", event: "guest.extended" },
  revoke: { done: "ended", event: "guest.revoked" },
} as const;

async function change(
  actor: ClientActor | StaffActor,
  object: GuestObject,
  wish: { move: keyof typeof MOVES; guest: string; revision: number },
): Promise<{ ok: true } | { ok: false; why: Refused }> {
  if (wish.move === "again" && (await invitations.take(actor.personId)) !== null)
    return { ok: false, why: "too-often" };
  return asActor(actor, async (tx) => {
    const grant = await queries.findGrant(tx, object, wish.guest);
    if (!grant) return { ok: false, why: "not-found" };
    const at = now();
    const from = Math.max(at.getTime(), grant.expiresAt.getTime());
    const changes = {
      again: { linkAskedAt: at },
      extend: { expiresAt: new Date(from + EXTENSION_DAYS * DAY) },
      revoke: { revokedAt: at, revokedBy: actor.personId },
    };
    const seen = { id: grant.id, revision: wish.revision };
    if (!(await queries.changeGrant(tx, seen, changes[wish.move]))) return { ok: false, why: "changed-meanwhile" };
    const subject = { kind: "guest", id: grant.id, accountId: object.accountId };
    await recordEvent(tx, actor, MOVES[wish.move].event, subject, { object: object.id, kind: object.kind });
    return { ok: true };
  });
}

/** What a guest may do, and for how long, from now on; what they have open follows within a second. */
function changeRights(
  actor: ClientActor | StaffActor,
  object: GuestObject,
  wish: { guest: string; revision: number; rights: GuestRights; days: number | "as-before" },
): Promise<{ ok: true } | { ok: false; why: Refused }> {
  return asActor(actor, async (tx) => {
    const grant = await queries.findGrant(tx, object, wish.guest);
    if (!grant) return { ok: false, why: "not-found" };
    const expiresAt = wish.days === "as-before" ? grant.expiresAt : new Date(now().getTime() + wish.days * DAY);
    const seen = { id: grant.id, revision: wish.revision };
    if (!(await queries.changeGrant(tx, seen, { rights: wish.rights, expiresAt }))) {
      return { ok: false, why: "changed-meanwhile" };
    }
    const subject = { kind: "guest", id: grant.id, accountId: object.accountId };
    const what = { rights: { from: grant.rights, to: wish.rights }, until: expiresAt.toISOString() };
    await recordEvent(tx, actor, "guest.changed", subject, { object: object.id, kind: object.kind, ...what });
    return { ok: true };
  });
}

/** Takes a guest's name and address from everything that has them, wherever that address was invited. */
function erase(
  actor: ClientActor | StaffActor,
  object: GuestObject,
  guest: string,
): Promise<{ ok: true } | { ok: false; why: Refused }> {
  return asActor(actor, async (tx) => {
    if (!(await queries.findGrant(tx, object, guest))) return { ok: false, why: "not-found" };
    const verdict = await queries.eraseGuest(tx, guest);
    if (verdict !== "ok") return { ok: false, why: verdict };
    const subject = { kind: "guest", id: guest, accountId: object.accountId };
    await recordEvent(tx, actor, "guest.erased", subject, { object: object.id, kind: object.kind }, null, "staff");
    return { ok: true };
  });
}

const refusedRole = { ok: false, why: "not-yours" } as const;

const isMove = (intent: unknown): intent is keyof typeof MOVES =>
  typeof intent === "string" && Object.hasOwn(MOVES, intent);

/** Answers the forms of the page of guests. Out: what the page shows, and the status it is shown with. */
export async function answerGuests(
  actor: ClientActor | StaffActor,
  object: GuestObject,
  typed: FormData,
): Promise<{ answer: GuestsAnswer; status: number }> {
  const refuse = (why: Refused) => {
    const errors = why === "invited-already" ? { email: why } : { "": why === "not-yours" ? "not-allowed" : why };
    const status = why === "not-yours" ? 403 : why === "too-often" ? 429 : 422;
    return { answer: { done: null, sent: null, failure: refuseForm(typed, errors) }, status };
  };
  const intent = typed.get("intent");
  if (intent === "erase") {
    const form = parseForm(typed, guestForm);
    if (!form.ok) return { answer: { done: null, sent: null, failure: form }, status: 422 };
    const outcome = mayErase(actor) ? await erase(actor, object, form.value.guest) : refusedRole;
    return outcome.ok ? { answer: { done: "erased", sent: null, failure: null }, status: 200 } : refuse(outcome.why);
  }
  if (!mayInviteGuests(actor, object.accountId)) return refuse("not-yours");
  if (isMove(intent)) {
    const form = parseForm(typed, guestForm);
    if (!form.ok) return { answer: { done: null, sent: null, failure: form }, status: 422 };
    const outcome = await change(actor, object, { move: intent, ...form.value });
    return outcome.ok
      ? { answer: { done: MOVES[intent].done, sent: null, failure: null }, status: 200 }
      : refuse(outcome.why);
  }
  if (intent === "change") {
    const form = parseForm(typed, guestChangeForm);
    if (!form.ok) return { answer: { done: null, sent: null, failure: form }, status: 422 };
    const outcome = await changeRights(actor, object, form.value);
    return outcome.ok ? { answer: { done: "changed", sent: null, failure: null }, status: 200 } : refuse(outcome.why);
  }
  const form = parseForm(typed, inviteGuestForm);
  if (!form.ok) return { answer: { done: null, sent: null, failure: form }, status: 422 };
  const outcome = await invite(actor, object, form.value);
  return outcome.ok
    ? { answer: { done: null, sent: form.value.email, failure: null }, status: 200 }
    : refuse(outcome.why);
}
