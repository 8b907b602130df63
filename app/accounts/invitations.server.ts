import type { ClientActor, ClientRole, StaffActor, StaffRole } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { recordEvent } from "~/kernel/events.server";
import { limiter } from "~/kernel/limits.server";
import type { Locale } from "~/kernel/locale";
import * as queries from "./invitation.queries.server";
import { isOfClosedAccount } from "./open-accounts.server";
import { type InviteRefused, invitationEnds, mayDecideAbout } from "./person";

/** The door to invitations, for those who invite; who accepts one comes through acceptance.server.ts. */

/** Somebody to be invited: into an account with a role, or (accountId null) to staff with roles. */
export type InvitationWish = { email: string; language: Locale } & (
  | { accountId: string; role: ClientRole }
  | { accountId: null; staffRoles: StaffRole[] }
);

/** The account that staff invite into: its name, and whether it is open; undefined when there is none. */
export function accountToInvite(staff: StaffActor, id: string) {
  return asActor(staff, (tx) => queries.accountToInvite(tx, id));
}

// Each invitation is a letter in our name, by whoever sends it, and in the same mailbox, whoever sends it.
const invitationsOfPerson = limiter("invitation.inviter", { points: 40, seconds: 3600 });
const invitationsToAddress = limiter("invitation.address", { points: 10, seconds: 24 * 3600 });

/** Counts a letter to this address. Out: whether there were too many, by this person or to that mailbox. */
async function isTooMany(actor: ClientActor | StaffActor, email: string): Promise<boolean> {
  const waits = await Promise.all([
    invitationsOfPerson.take(actor.personId),
    invitationsToAddress.take(email.toLowerCase()),
  ]);
  return waits.some((seconds) => seconds !== null);
}

/**
 * Invites somebody by mail. An address that belongs to another account is invited like any other: that it does is told to
 * whoever reads its mail, and to nobody else.
 */
export async function invite(
  actor: ClientActor | StaffActor,
  wish: InvitationWish,
): Promise<{ ok: true; id: string } | InviteRefused> {
  const { accountId, email } = wish;
  if (actor.side === "client" && actor.accountId !== accountId) return { ok: false, why: "not-found" };
  if (!mayDecideAbout(actor, accountId)) return { ok: false, why: "not-yours" };
  if (await isTooMany(actor, email)) return { ok: false, why: "too-many" };
  try {
    return await insertInvitation(actor, wish);
  } catch (error) {
    if (isOfClosedAccount(error)) return { ok: false, why: "not-open" };
    throw error;
  }
}

function insertInvitation(
  actor: ClientActor | StaffActor,
  wish: InvitationWish,
): Promise<{ ok: true; id: string } | InviteRefused> {
  const { accountId, email, language } = wish;
  return asActor(actor, async (tx) => {
    if (await queries.isOneOfUs(tx, accountId, email)) return { ok: false, why: "colleague-already" };
    const role = wish.accountId === null ? null : wish.role;
    const staffRoles = wish.accountId === null ? wish.staffRoles : null;
    const id = await queries.insertInvitation(tx, {
      accountId,
      email,
      role,
      staffRoles,
      language,
      invitedBy: actor.personId,
      expiresAt: invitationEnds(now()),
    });
    if (!id) return { ok: false, why: "invited-already" };
    // The address is no fact of the log, which outlives a person's wish to be forgotten.
    const facts = { role: role ?? staffRoles?.join(" ") };
    await recordEvent(tx, actor, "person.invited", { kind: "invitation", id, accountId }, facts);
    return { ok: true, id };
  });
}

/** Has another letter written, which is good for a week again; the one before it opens nothing any more. */
export function inviteAgain(actor: ClientActor | StaffActor, id: string): Promise<{ ok: true } | InviteRefused> {
  return asActor(actor, async (tx) => {
    const open = await queries.findOpenInvitation(tx, id);
    if (!open) return { ok: false, why: "not-found" };
    if (!mayDecideAbout(actor, open.accountId)) return { ok: false, why: "not-yours" };
    if (await isTooMany(actor, open.email)) return { ok: false, why: "too-many" };
    const asked = await queries.askForLetter(tx, id, invitationEnds(now()));
    return asked ? { ok: true } : { ok: false, why: "too-often" };
  });
}

/** Takes an invitation back: its letter opens nothing from now on. */
export function revokeInvitation(actor: ClientActor | StaffActor, id: string): Promise<{ ok: true } | InviteRefused> {
  return asActor(actor, async (tx) => {
    const open = await queries.findOpenInvitation(tx, id);
    if (!open) return { ok: false, why: "not-found" };
    const { accountId } = open;
    if (!mayDecideAbout(actor, accountId)) return { ok: false, why: "not-yours" };
    if (!(await queries.takeBack(tx, id, actor.personId, now()))) return { ok: false, why: "not-found" };
    await recordEvent(tx, actor, "person.invitation_revoked", { kind: "invitation", id, accountId }, {});
    return { ok: true };
  });
}
