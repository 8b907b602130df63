import type { ClientActor, ClientRole, StaffActor, StaffRole } from "~/kernel/actor";
import type { Locale } from "~/kernel/locale";
import type { Money } from "~/kernel/money";

/** In the order in which they are offered: what one may do grows less. */
export const CLIENT_ROLES = ["owner", "approver", "member", "viewer"] as const satisfies readonly ClientRole[];
export const STAFF_ROLES = [
  "designer",
  "pricing",
  "manager",
  "production",
  "support",
  "admin",
  "auditor",
] as const satisfies readonly StaffRole[];

export const NAME_MAX = 120;

/** A person in a list of an account's people. `limit`: only owners of the account, staff and the person read it. */
export type ClientPerson = {
  id: string;
  name: string;
  email: string | null;
  role: ClientRole;
  limit: Money | null;
  revision: number;
  createdAt: Date;
};

/** A member of staff in the list of staff. */
export type StaffPerson = {
  id: string;
  name: string;
  email: string | null;
  roles: StaffRole[];
  revision: number;
  createdAt: Date;
};

/** An invitation that is neither accepted nor taken back. `over`: its letter no longer opens anything. */
export type OpenInvitation = {
  id: string;
  email: string;
  role: ClientRole | null;
  staffRoles: StaffRole[] | null;
  language: Locale;
  inviter: string;
  sentAt: Date | null;
  expiresAt: Date;
  over: boolean;
};

/** One line of what happened to a person, newest first. */
export type PersonStep = {
  id: string;
  name: string;
  at: Date;
  who: string | null;
  from: string | null;
  to: string | null;
};

/** Whether the actor decides about the people of an account (null: about staff). */
export function mayDecideAbout(actor: ClientActor | StaffActor, accountId: string | null): boolean {
  if (actor.side === "client") return actor.accountId === accountId && actor.role === "owner";
  return actor.roles.some((role) => role === "admin" || (role === "manager" && accountId !== null));
}

/** Why a decision about a person was not taken. `by`: who was quicker, when somebody was and it is known. */
export type PersonRefused = {
  ok: false;
  why:
    | "not-found"
    | "removed-meanwhile"
    | "not-yours"
    | "not-oneself"
    | "changed-meanwhile"
    | "last-owner"
    | "last-admin";
  by: string | null;
};

/** The status a refused decision is answered with; what does not exist is thrown as 404 before. */
export const statusOfRefusal = (why: PersonRefused["why"]) => (why === "not-yours" ? 403 : 409);

/** Why somebody was not invited, or an invitation not sent again or taken back. */
export type InviteRefused = {
  ok: false;
  why: "not-found" | "not-yours" | "not-open" | "colleague-already" | "invited-already" | "too-often" | "too-many";
};

/** The status a refused invitation is answered with. */
export function statusOfInviteRefusal(why: InviteRefused["why"]): number {
  if (why === "not-yours") return 403;
  return why === "too-many" ? 429 : 409;
}

const DAY = 24 * 60 * 60 * 1000;

/** A letter of invitation opens an account for a week. */
export const invitationEnds = (now: Date) => new Date(now.getTime() + 7 * DAY);

/** Letters of one invitation, at most: somebody who did not answer five does not want a sixth. */
export const LETTERS_MAX = 5;

/** What the reader of a letter of invitation is shown; without the letter's token nobody is shown anything. */
export type Invitation = {
  outcome: "open" | "accepted" | "closed" | "revoked" | "expired" | "elsewhere";
  email: string;
  language: Locale;
  /** Null: an invitation to staff. */
  account: string | null;
  role: ClientRole | null;
  staffRoles: StaffRole[] | null;
  inviter: string;
  /** The name we know them by, when they were here before. */
  knownName: string | null;
};
