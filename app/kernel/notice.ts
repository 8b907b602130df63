import type { Side } from "./actor";
import type { Locale } from "./locale";
import type { SystemTx } from "./system-tx.server";

/** What a module tells people: which event concerns whom, and in what words. How they hear of it is notifications' business. */

/** What a person chooses about: how they want to hear of it. */
export const NOTICE_KINDS = [
  "comment",
  "mention",
  "status",
  "support",
  "merge",
  "invitation",
  "idea",
  "decision",
  "survey",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The sentence of a notice, by its key in the words of notifications. */
export type NoticeSentence =
  | "commented"
  | "mentioned"
  | "moved"
  | "supported"
  | "merged"
  | "unmerged"
  | "joined"
  | "suggested"
  | "asked"
  | "notYet"
  | "agreed"
  | "priced";

/** A name that is written in each language. */
export type Names = Readonly<Record<Locale, string>>;

/** What the sentence is filled in with. All of it is text: whoever shows it escapes it. */
export type NoticeFacts = {
  readonly says: NoticeSentence;
  /** What it is about, as its reader may know it. */
  readonly title: string;
  /** Who did it; null where the reader may not know. */
  readonly who: string | null;
  /** The beginning of what was said. */
  readonly excerpt?: string;
  /** A step from one status to another. */
  readonly from?: Names;
  readonly to?: Names;
  /** What it was merged into, or parted from. */
  readonly other?: string;
};

/**
 * One person is to be told of an event. `subjectId` is the thing of the event's kind by which this person knows it, which
 * need not be the one it happened to; `path` leads to it, on that person's side.
 */
export type Notice = {
  readonly personId: string;
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly path: string;
  readonly facts: NoticeFacts;
};

/** An event as notices are made of it. */
export type ToldEvent = {
  readonly id: string;
  readonly name: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly accountId: string | null;
  readonly actorId: string | null;
  readonly actorSide: Side | "system";
  readonly audience: "both" | "staff";
  readonly facts: Readonly<Record<string, unknown>>;
};

/**
 * What a module gives to the worker for its kind of subject. Whatever it answers, nobody is told of their own doing, no
 * client of an event for staff, and nobody who was removed.
 */
export type NoticeSource = {
  /** Whom to tell of an event, once each. Of several reasons to tell one person the first counts. */
  noticesOf(tx: SystemTx, event: ToldEvent): Promise<readonly Notice[]>;
  /** Who of these may see the subject at this moment: asked again before anything is mailed. */
  mayStillSee(tx: SystemTx, subjectId: string, personIds: readonly string[]): Promise<readonly string[]>;
};
