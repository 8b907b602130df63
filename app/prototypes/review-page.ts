import type { PinList, Pins } from "./pin-page";
import type { FileKind, Rendition, ReviewFile } from "./prototype-file";
import type { Overall, StageRule, Verdict } from "./verdict";

/** What the page of a review shows. */

/** A file that can be looked at. */
export type ShownFile = Pick<ReviewFile, "id" | "name" | "address" | "pages" | "renditions"> & { kind: FileKind };

export type StageReviewer = {
  readonly id: string;
  readonly name: string;
  readonly decides: boolean;
  readonly mine: boolean;
  readonly verdict: Verdict | null;
  readonly words: string;
  readonly at: string | null;
};

export type Stage = {
  readonly id: string;
  readonly name: string;
  readonly rule: StageRule;
  readonly dueAt: string | null;
  readonly opened: boolean;
  /** Of staff's own stage: null. */
  readonly account: string | null;
  readonly reviewers: readonly StageReviewer[];
  readonly overall: Overall;
  readonly complete: boolean;
  /** Whether its reader may answer in it now. */
  readonly mayAnswer: boolean;
};

export type VersionRef = {
  readonly id: string;
  readonly number: number;
  readonly approved: boolean;
  readonly draft: boolean;
};

export type ReviewPageData = {
  readonly id: string;
  readonly name: string;
  /** Null: not one that its reader sees. */
  readonly idea: { readonly id: string; readonly title: string } | null;
  readonly version: VersionRef & { readonly notes: string; readonly publishedAt: string | null };
  readonly versions: readonly VersionRef[];
  readonly files: readonly ShownFile[];
  /** Which of them is shown. */
  readonly file: ShownFile | null;
  readonly page: number;
  readonly stages: readonly Stage[];
  readonly overall: Overall;
  readonly pins: Pins;
  /** The pin that is open. */
  readonly open: string | null;
  /** Staff: those whom the version is shown to, and whose conversation this is. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[] | null;
  readonly account: string | null;
  /** Why nothing more is said here; null: its reader may. */
  readonly silent: "may-not" | "review-closed" | null;
  readonly me: string;
};

/** A prototype in a list: what is shown of it, newest first. */
export type ShownRow = {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly approved: boolean;
  readonly publishedAt: Date | null;
  readonly openPins: number;
  /** Whether its reader is asked for a verdict and has given none. */
  readonly waits: boolean;
};

/** What of a review's page its address names. */
export type LookedAt = {
  version?: number;
  file?: string | null;
  page?: number;
  pins?: PinList;
  pin?: string | null;
  account?: string | null;
};

/** The address of a review's page as its reader sees it, but for what is named: another pin, page, file or list. */
export function reviewAddress(path: string, data: ReviewPageData, other: LookedAt): string {
  const { version, file, page, pins, open, account, accounts } = data;
  const now = { version: version.number, file: file?.id ?? null, page, pins: pins.list, pin: open };
  const asked: LookedAt = { ...now, account: accounts === null ? null : account, ...other };
  const query = new URLSearchParams();
  // Of another version nothing is known but its number, of another file nothing but its name.
  const isHere = asked.version === version.number;
  query.set("version", String(asked.version));
  if (isHere && asked.file) query.set("file", asked.file);
  if (isHere && asked.page !== undefined && asked.page > 1) query.set("page", String(asked.page));
  if (asked.pins !== undefined && asked.pins !== "open") query.set("pins", asked.pins);
  if (isHere && asked.pin) query.set("pin", asked.pin);
  if (asked.account) query.set("account", asked.account);
  return `${path}?${query}`;
}

/** Where a pin stands open on its review's page. In: that page; whose conversation it is, where the page has several. */
export function pinAddress(
  path: string,
  pin: {
    readonly id: string;
    readonly version: number;
    readonly fileId: string;
    readonly page: number | null;
    readonly accountId: string | null;
  },
): string {
  const query = new URLSearchParams({ version: String(pin.version), file: pin.fileId, pin: pin.id });
  if (pin.page !== null && pin.page > 1) query.set("page", String(pin.page));
  if (pin.accountId !== null) query.set("account", pin.accountId);
  return `${path}?${query}#pin-${pin.id}`;
}

/** What is drawn of a file for its page, widest last. */
export const drawnOf = (file: ShownFile, page: number): Rendition[] =>
  file.renditions.filter((one) => one.page === page).sort((one, two) => one.width - two.width);
