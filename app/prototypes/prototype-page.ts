import { type Phase, phaseAfter } from "./prototype";
import type { ReviewFile } from "./prototype-file";
import { type Overall, overallOf, type StageRule, stageResult, type Verdict } from "./verdict";

/** What pages of prototypes are given. Times are as JSON carries them. */

export const NAME_MAX = 140;
export const NOTES_MAX = 4_000;
export const STAGE_MAX = 80;

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
  waitsFor: { name: string; account: string | null; dueAt: string | null; late: boolean }[];
  openPins: number;
};

export type StageOnPage = {
  id: string;
  name: string;
  rule: StageRule;
  /** null: ours. */
  account: string | null;
  dueAt: string | null;
  late: boolean;
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

type Standing = { publishedAt: unknown; approvedAt: unknown };
/** How far a version has come, by what is stored of it. */
export function phaseOf({ publishedAt, approvedAt }: Standing, releases: number): Phase {
  if (publishedAt === null) return "draft";
  if (approvedAt !== null) return "approved";
  return releases > 0 ? (phaseAfter("published", "release") ?? "published") : "published";
}

/** What the stages of a version come to together. */
export const standsAt = (stages: readonly StageOnPage[]): Overall =>
  overallOf(stages.map(({ rule, reviewers }) => stageResult(rule, reviewers)));

/** Who could be shown a version, or answer for it. */
export type Choice = { id: string; name: string; mayAnswer: boolean };
export type ReleasePage = {
  prototype: { id: string; name: string };
  version: { id: string; number: number };
  isApproved: boolean;
  accounts: { id: string; name: string; shown: boolean }[];
  /** Whose people stand to choice: an account's, or our own; null: to be chosen yet. */
  chosen: { account: { id: string; name: string } | null; people: Choice[] } | null;
};
