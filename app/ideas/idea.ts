import type { RoomAccess, RoomPart } from "~/collab/room";
import type { Actor, StaffRole } from "~/kernel/actor";
import { type IdeaStatus, movesFrom, type Status } from "./idea-status";

/** A suggestion for a product, from an account to the maker, and what became of it. */

export const TITLE_MAX = 140;
export const BODY_MAX = 20_000;
export const COMMENT_MAX = 5_000;

const MOVERS: readonly StaffRole[] = ["designer", "manager", "admin"];
const holds = (actor: Actor, roles: readonly StaffRole[]) =>
  actor.side === "staff" && actor.roles.some((role) => roles.includes(role));
const worksHere = (actor: Actor) => actor.side === "staff" && actor.roles.some((role) => role !== "auditor");

/** A viewer reads, and so does an auditor; a guest has a task on one idea that is there already. */
export function maySubmit(actor: Actor): boolean {
  return actor.side === "client" && actor.role !== "viewer";
}

export function mayComment(actor: Actor): boolean {
  return actor.side === "guest" ? actor.rights !== "view" : maySubmit(actor) || worksHere(actor);
}

/** Internal notes: staff only, and an auditor changes nothing. */
export function mayNote(actor: Actor): boolean {
  return worksHere(actor);
}

export function mayMoveStatus(actor: Actor): boolean {
  return holds(actor, MOVERS);
}

/** Saying that one needs it too: the same who suggest. */
export function maySupport(actor: Actor): boolean {
  return maySubmit(actor);
}

/** What staff decide about an idea: merging, tags, its owner, support on behalf of an account. */
export function mayShape(actor: Actor): boolean {
  return holds(actor, MOVERS);
}

/** What statuses there are and what they are called. */
export function mayEditStatuses(actor: Actor): boolean {
  return holds(actor, ["admin"]);
}

/** Who says whether other customers see an idea: its author while they may write, an owner of its account, and staff who shape. */
export function mayShare(actor: Actor, idea: { authorId: string }): boolean {
  if (actor.side === "client") return maySubmit(actor) && (actor.role === "owner" || actor.personId === idea.authorId);
  return mayShape(actor);
}

/** What an actor who may see the idea may do with its brief. */
export function briefRights(actor: Actor): RoomAccess {
  if (actor.side === "guest") return actor.rights;
  return maySubmit(actor) || holds(actor, MOVERS) ? "edit" : "view";
}

/** The same of one of its rooms: the board is as the brief, and what staff draw beside it is theirs alone. */
export function roomRights(actor: Actor, part: RoomPart): RoomAccess {
  return part === "staff-layer" && actor.side !== "staff" ? "none" : briefRights(actor);
}

type Known = readonly Pick<Status, "id" | "kind" | "retired">[];

/** The statuses this actor may give an idea that stands at `status`. */
export function movesFor(actor: Actor, status: IdeaStatus, all: Known): readonly IdeaStatus[] {
  return mayMoveStatus(actor) ? movesFrom(status, all).map(({ id }) => id) : [];
}

export type MoveRefusal = "not-yours-to-move" | "moved-meanwhile" | "no-such-move" | "merged";

/**
 * Whether an idea may go to another status. The request quotes the revision its author was looking at; a move from any other
 * one is refused, since its author decided about something else. What was merged goes where the other idea goes.
 */
export function judgeMove(
  actor: Actor,
  idea: { status: IdeaStatus; revision: number; merged: boolean },
  request: { to: IdeaStatus; revision: number },
  all: Known,
): { ok: true } | { ok: false; why: MoveRefusal } {
  if (!mayMoveStatus(actor)) return { ok: false, why: "not-yours-to-move" };
  if (request.revision !== idea.revision) return { ok: false, why: "moved-meanwhile" };
  if (idea.merged) return { ok: false, why: "merged" };
  if (!movesFrom(idea.status, all).some(({ id }) => id === request.to)) return { ok: false, why: "no-such-move" };
  return { ok: true };
}

export const IMAGE_MAX_BYTES = 10 * 1024 * 1024;
export type ImageRefusal = "no-file" | "too-large" | "not-an-image" | "may-not-write";

// ------------------------------------------------------------------ what pages show

/** An idea in a list. */
export type IdeaRow = {
  id: string;
  title: string;
  status: IdeaStatus;
  author: string;
  commentCount: number;
  createdAt: Date;
  lastActivityAt: Date;
};

/** An idea in a list over all accounts. */
export type StaffIdeaRow = IdeaRow & { accountId: string; account: string };

/** The beginning of what a client said, in a list over all accounts. */
export type ClientComment = {
  id: string;
  ideaId: string;
  title: string;
  author: string;
  byGuest: boolean;
  account: string;
  body: string;
  createdAt: Date;
};

/** News are counted up to this; it stands for as many or more. */
export const NEWS_COUNTED = 100;

/** What is news to the people of an account, of all that the log tells them. */
export const NEWS = [
  "idea.submitted",
  "idea.commented",
  "idea.status_changed",
  "idea.visibility_changed",
  "idea.supported",
  "idea.merged",
  "idea.unmerged",
  "idea.split",
  "idea.product_changed",
] as const;

/** Something that happened to an idea of the account, or to one of others that it supports. */
export type News = {
  id: string;
  name: (typeof NEWS)[number];
  ideaId: string;
  title: string;
  who: string | null;
  side: string;
  happenedAt: Date;
  /** A status, who sees it, or the name of a product. */
  from: string | null;
  to: string | null;
  /** Of two ideas that a line tells of, it is the one that the other came into, or came out of. */
  second: boolean;
  /** Staff put it down for somebody of the account. */
  onBehalf: boolean;
};

/** Something said that its reader is expected to answer. */
export type Waiting = {
  id: string;
  title: string;
  commentId: string;
  createdAt: Date;
  who: string | null;
  body: string;
  /** The reader is mentioned in it; else it is our last word on an idea of theirs. */
  mentioned: boolean;
};
