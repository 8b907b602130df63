import type { ReviewFile } from "./prototype-file";
import type { StageRule, Verdict } from "./verdict";

/** What pages of prototypes are given. Times are as JSON carries them. */

export type VersionLine = { id: string; number: number; publishedAt: string | null; approvedAt: string | null };

/** A version with its files, as somebody sees it to whom it is shown. */
export type Review = {
  prototype: { id: string; name: string; ideaId: string; ideaTitle: string | null; revision: number };
  version: VersionLine & { notes: string; fingerprint: string | null; revision: number };
  versions: VersionLine[];
  files: ReviewFile[];
};

export type PrototypeRow = {
  id: string;
  name: string;
  ideaId: string;
  idea: string;
  /** Of the newest version; null: there is none yet. */
  number: number | null;
  publishedAt: Date | null;
  approvedAt: Date | null;
  shownTo: string[];
  waitsFor: { name: string; account: string | null; dueAt: string | null }[];
  openPins: number;
};

export type StageOnPage = {
  id: string;
  name: string;
  rule: StageRule;
  /** null: ours. */
  account: string | null;
  dueAt: string | null;
  openedAt: string | null;
  completedAt: string | null;
  reviewers: {
    id: string;
    name: string;
    decides: boolean;
    verdict: Verdict | null;
    words: string | null;
    givenAt: string | null;
  }[];
};
export type VersionOnPage = VersionLine & {
  notes: string;
  fingerprint: string | null;
  revision: number;
  files: ReviewFile[];
  openPins: number;
  releases: { id: string; account: string; accountId: string; from: string; people: string[] | null }[];
  openings: { name: string; at: string }[];
  stages: StageOnPage[];
};
export type RawStaffPrototype = {
  id: string;
  name: string;
  ideaId: string;
  idea: string;
  madeBy: string;
  createdAt: Date;
  versions: VersionOnPage[];
};
export type StaffPrototype = RawStaffPrototype & { mayMake: boolean };
