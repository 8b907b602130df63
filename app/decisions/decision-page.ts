import type { BoardElement } from "~/collab/board-element";
import type { Asked, Move, State } from "./decision";
import type { SourceKind, Standing } from "./source";

/** What the pages of decisions show, and how long its words may be. */

export const TITLE_MAX = 140;
export const REASON_MAX = 4_000;
export const REJECTED_MAX = 20;
/** All of them together, in bytes, as the database counts. */
export const REJECTED_BYTES = 16_000;
export const NOT_YET_MAX = 2_000;
export const ASKED_MAX = 20;

/** What a list is narrowed to: a state, or what its reader is asked and has not answered. */
export const LISTS = ["mine", "draft", "asked", "not-yet", "agreed"] as const;
export type List = (typeof LISTS)[number];

/** An alternative a line, as they are typed. */
export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** The address of a list. */
export function listAddress(path: string, { list, idea }: { list: List | null; idea: string | null }): string {
  const query = new URLSearchParams();
  if (list) query.set("state", list);
  if (idea) query.set("idea", idea);
  return query.size > 0 ? `${path}?${query}` : path;
}

/** A decision in a list. */
export type DecisionRow = {
  id: string;
  title: string;
  state: State;
  idea: string;
  account: string;
  madeBy: string;
  createdAt: Date;
  asked: number;
  agreed: number;
  /** Whether its reader is asked and has not answered. */
  waits: boolean;
};

/** A decision on the thread of its idea. */
export type DecisionBead = { id: string; title: string; state: State; by: string; at: string };

/** A decision that its reader is asked about, on their home. */
export type WaitingDecision = { id: string; title: string; by: string; at: string };

export type Signatory = Asked & { name: string };

export type RevisionView = {
  id: string;
  number: number;
  title: string;
  reason: string;
  rejected: readonly string[];
  askedAt: Date | null;
  askedBy: string | null;
  /** Of the words that everybody signs, in hexadecimal; null for a draft. */
  hash: string | null;
  asked: readonly Signatory[];
};

export type SourceView = {
  id: string;
  kind: SourceKind;
  objectId: string;
  /** Of a thing of the board: which one, and as it was drawn. */
  element: string | null;
  drawn: readonly BoardElement[] | null;
  quote: string;
  /** Null where nobody knows. */
  author: string | null;
  authorId: string | null;
  writtenAt: Date;
  sha256: string;
  /** What stands there now; null: it is gone. */
  present: { readonly text: string; readonly drawn: readonly BoardElement[] | null } | null;
  standing: Standing;
};

/** A line of the log. `says`: what somebody answered. */
export const STEPS = [
  "decision.made",
  "decision.worded",
  "decision.asked",
  "decision.answered",
  "decision.agreed",
  "decision.reopened",
] as const;
export type Step = {
  id: string;
  name: (typeof STEPS)[number];
  who: string | null;
  says: string | null;
  revision: string | null;
  happenedAt: Date;
};

/** Somebody who could be asked. `near`: of the account, or has had to do with this. */
export type Choice = {
  id: string;
  name: string;
  side: "client" | "staff";
  near: boolean;
  /** Suggested: whoever is quoted, the reader, and those who were asked about the revision before. */
  chosen: boolean;
};

/** A decision at its newest revision, with the earlier ones, newest first. */
export type DecisionPageData = Omit<RevisionView, "id"> & {
  id: string;
  accountId: string;
  account: string;
  ideaId: string;
  idea: string;
  madeBy: string;
  createdAt: Date;
  state: State;
  moves: readonly Move[];
  sources: readonly SourceView[];
  before: readonly RevisionView[];
  history: readonly Step[];
  mayMake: boolean;
  /** What its reader may answer now: what they were asked and did not sign. */
  mayAnswer: boolean;
  me: string;
  /** Whom its reader may ask; null when nobody is asked now. */
  people: readonly Choice[] | null;
};

/** What a decision could quote. */
export type Quotable = { id: string; text: string; author: string; writtenAt: Date };

/** A thing of the board that a decision will quote. */
export type QuotedThing = { element: string; text: string; drawn: readonly BoardElement[] };

/** The page on which a decision is made. */
export type MakingPageData = {
  idea: { id: string; title: string };
  /** What it will quote; null: it is to be chosen yet, of these. */
  said: Quotable | null;
  thing: QuotedThing | "thing-gone" | "board-unread" | null;
  passage: { thread: string; text: string } | null;
  choices: readonly Quotable[];
  mayMake: boolean;
  me: string;
};
