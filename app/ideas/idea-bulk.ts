import type { MoveRefusal } from "./idea";
import type { IdeaStatus } from "./idea-status";

/** One change of many ideas: each is judged by itself, and those that may not change stay as they are. */

export type Ticked = { id: string; revision: number };

export type BulkChange =
  | { what: "status"; to: IdeaStatus }
  | { what: "owner"; owner: string | null }
  | { what: "tag" | "untag"; tag: string }
  | { what: "merge"; into: string };

/** `unchanged`: it is as asked for already. `merged-already`: it, or what it should go into, was merged before. */
export type BulkRefusal = Exclude<MoveRefusal, "not-yours-to-move"> | "not-found" | "unchanged" | "merged-already";

/** An idea that stayed as it was: why, and who changed it meanwhile, where somebody did. */
export type LeftAlone = { id: string; title: string; status: IdeaStatus; why: BulkRefusal; by: string | null };

export type BulkOutcome =
  | { ok: false; why: "not-yours-to-change" | "too-many" | "no-such-choice" }
  | { ok: true; change: BulkChange; changed: number; left: readonly LeftAlone[] };
