import type { Actor, GuestActor, GuestRights } from "~/kernel/actor";
import type { FormFailure } from "~/kernel/form";
import type { Locale } from "~/kernel/locale";

/** Guests: people without a login, let in to one object for a while by a link that was mailed to them. */

export const GUEST_RIGHTS = ["view", "comment", "edit"] as const satisfies readonly GuestRights[];
/** For how many days somebody is invited, and by how many an invitation is extended. */
export const GUEST_DAYS = [7, 14, 30, 90] as const;
export const EXTENSION_DAYS = 14;
export const GUEST_NAME_MAX = 120;

/** What a grant opens. */
export type GuestObject = { kind: "idea"; id: string; accountId: string; name: string };

/** Who invites guests to an object of this account: its owner; of staff those who shape. */
export function mayInviteGuests(actor: Actor, accountId: string): boolean {
  if (actor.side === "client") return actor.role === "owner" && actor.accountId === accountId;
  return actor.side === "staff" && actor.roles.some((role) => ["designer", "manager", "admin"].includes(role));
}

/** A guest as those who invite see them. */
export type GuestRow = {
  id: string;
  email: string;
  name: string;
  rights: GuestRights;
  expiresAt: Date;
  revokedAt: Date | null;
  lastSeenAt: Date | null;
  invitedBy: string;
  revision: number;
};

/** Where an invitation stands at this moment. */
export function guestState(
  guest: Pick<GuestRow, "expiresAt" | "revokedAt">,
  now: Date,
): "open" | "expired" | "revoked" {
  if (guest.revokedAt) return "revoked";
  return guest.expiresAt <= now ? "expired" : "open";
}

export type GuestListPage = {
  object: GuestObject;
  guests: readonly (GuestRow & { state: "open" | "expired" | "revoked" })[];
  mayInvite: boolean;
  /** Staff who may erase what names a guest. */
  mayErase: boolean;
};

/** What the page of guests was answered. `sent`: the address an invitation goes to. */
export type GuestsAnswer = {
  done: "mailed" | "extended" | "ended" | "changed" | "erased" | null;
  sent: string | null;
  failure: FormFailure | null;
};

/** A guest in a browser that showed the grant to be theirs. */
export type GuestSeat = { actor: GuestActor; name: string; account: string; language: Locale; expiresAt: Date };

/** What the page behind a link knows after a form was sent. */
export type GuestDoorAnswer = { codeSent: boolean; failure: FormFailure | null };
