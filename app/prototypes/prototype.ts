import type { Actor, StaffRole } from "~/kernel/actor";

/** A prototype's version: how far it has come, and what may be done with it then. */

/**
 * `draft`: staff put files together. `published`: nothing about it changes any more, and staff alone see it. `released`: it is
 * shown to those named. `approved`: its review has ended, and nothing more is said about it.
 */
export const PHASES = ["draft", "published", "released", "approved"] as const;
export type Phase = (typeof PHASES)[number];

export const MOVES = ["edit", "publish", "release", "end-release", "comment", "note", "answer", "approve"] as const;
export type Move = (typeof MOVES)[number];

/** Where a move leads; a move that is not named is refused. Nothing leads back to a draft: a change is a new version. */
const TABLE: Readonly<Record<Phase, Partial<Record<Move, Phase>>>> = {
  draft: { edit: "draft", publish: "published", note: "draft" },
  published: { release: "released", note: "published" },
  released: {
    // One more reader, or one fewer; without any left it is staff's alone again.
    release: "released",
    "end-release": "published",
    comment: "released",
    note: "released",
    answer: "released",
    approve: "approved",
  },
  // Who it is shown to still changes; what was said and answered stays.
  approved: { release: "approved", "end-release": "approved" },
};

/** The phase after a move; null when the move is not to be made then. */
export const phaseAfter = (phase: Phase, move: Move): Phase | null => TABLE[phase][move] ?? null;

/** Whether anybody but staff could be shown a version in this phase. */
export const canBeSeen = (phase: Phase): boolean => phase === "released" || phase === "approved";

export type FileState = "uploading" | "checking" | "ready" | "refused";

/** Why a version cannot be published yet; null: it can. */
export type PublishRefusal = "not-a-draft" | "no-files" | "files-on-the-way";

/** A refused file is no part of a version, and stands in nobody's way. */
export function publishRefusal(phase: Phase, files: readonly { readonly state: FileState }[]): PublishRefusal | null {
  if (phaseAfter(phase, "publish") === null) return "not-a-draft";
  if (files.some(({ state }) => state === "uploading" || state === "checking")) return "files-on-the-way";
  return files.some(({ state }) => state === "ready") ? null : "no-files";
}

/** A release as it is stored: to all people of an account, or to those named, from a moment until it is ended. */
export type Release = {
  readonly accountId: string;
  /** null: everybody of the account. */
  readonly people: readonly string[] | null;
  readonly from: Date;
  readonly ended: Date | null;
};

/** Whether somebody is shown a version at this moment. Whoever is not, finds nothing there. */
export function isShown(release: Release, who: { accountId: string; personId: string }, at: Date): boolean {
  if (release.accountId !== who.accountId) return false;
  if (release.people !== null && !release.people.includes(who.personId)) return false;
  return release.from <= at && (release.ended === null || at < release.ended);
}

const holds = (actor: Actor, roles: readonly StaffRole[]): boolean =>
  actor.side === "staff" && actor.roles.some((role) => roles.includes(role));

/** Making prototypes and versions, and saying who is shown them. */
export const mayMake = (actor: Actor): boolean => holds(actor, ["designer", "manager", "admin"]);

/** Pins that staff alone see: an auditor changes nothing. */
export const mayNote = (actor: Actor): boolean =>
  holds(actor, ["designer", "pricing", "manager", "production", "support", "admin"]);

/** Pins and answers that both sides see. */
export function mayComment(actor: Actor): boolean {
  if (actor.side === "guest") return actor.rights !== "view";
  return actor.side === "client" ? actor.role !== "viewer" : mayNote(actor);
}
