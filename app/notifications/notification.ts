import type { Names, NoticeFacts, NoticeKind, NoticeSentence } from "~/kernel/notice";
import { NOTICE_KINDS } from "~/kernel/notice";

/** When and how a person hears of something. Everything here is a rule; nothing reads a clock. */

export const HOWS = ["instant", "daily", "off"] as const;
export type How = (typeof HOWS)[number];

/** What somebody gets who chose nothing: what waits for them at once, what is good to know once a day. */
export const DEFAULT_HOW: Record<NoticeKind, How> = {
  comment: "instant",
  mention: "instant",
  status: "instant",
  support: "daily",
  merge: "daily",
  invitation: "instant",
  idea: "daily",
  decision: "instant",
  survey: "instant",
};

export const isNoticeKind = (value: unknown): value is NoticeKind => NOTICE_KINDS.some((kind) => kind === value);

/** What a person chose, over the defaults. Hours are of `zone`; quiet hours reach from the first to before the second. */
export type Wishes = {
  readonly mailOff: boolean;
  readonly choices: Readonly<Partial<Record<NoticeKind, How>>>;
  readonly quiet: { readonly from: number; readonly to: number } | null;
  readonly digestHour: number;
  readonly zone: string;
};

export const DEFAULT_DIGEST_HOUR = 8;

/** How a person wants to hear by mail of a kind of thing. */
export function howOf(kind: NoticeKind, wishes: Pick<Wishes, "mailOff" | "choices">): How {
  return wishes.mailOff ? "off" : (wishes.choices[kind] ?? DEFAULT_HOW[kind]);
}

/**
 * When a notice of that moment goes out by mail: after the time in which a burst is collected, or with the next daily
 * digest; never within quiet hours.
 */
export function dueAt(how: "instant" | "daily", at: Date, wishes: Omit<Wishes, "choices">, delaySeconds: number): Date {
  const due =
    how === "daily" ? nextHour(at, wishes.digestHour, wishes.zone) : new Date(at.getTime() + delaySeconds * 1000);
  return afterQuiet(due, wishes);
}

/** The moment itself, or the end of the quiet hours that it lies in. */
export function afterQuiet(at: Date, { quiet, zone }: Pick<Wishes, "quiet" | "zone">): Date {
  if (!quiet || quiet.from === quiet.to) return at;
  const { hour } = localTime(at, zone);
  const within = quiet.from < quiet.to ? hour >= quiet.from && hour < quiet.to : hour >= quiet.from || hour < quiet.to;
  return within ? nextHour(at, quiet.to, zone) : at;
}

const DAY_MS = 86_400_000;

/**
 * The first moment after `after` at which clocks of a zone show that full hour. An hour that a change of clocks leaves out
 * counts when the clocks have jumped over it; one that comes twice counts once.
 */
export function nextHour(after: Date, hour: number, zone: string): Date {
  const { year, month, day } = localTime(after, zone);
  for (let days = 0; days < 3; days++) {
    const candidate = momentOf(Date.UTC(year, month - 1, day + days, hour), zone);
    if (candidate.getTime() > after.getTime()) return candidate;
  }
  throw new Error("A day has more than two days");
}

/** The moment at which clocks of a zone show what `wall` shows in UTC. */
function momentOf(wall: number, zone: string): Date {
  const before = wall - offsetAt(wall - DAY_MS, zone);
  const later = wall - offsetAt(wall + DAY_MS, zone);
  // Before a change of clocks the old offset is right; where both would do, the first of the two hours is meant.
  for (const moment of [before, later].sort((a, b) => a - b)) {
    if (moment + offsetAt(moment, zone) === wall) return new Date(moment);
  }
  return new Date(before);
}

function offsetAt(moment: number, zone: string): number {
  const { year, month, day, hour, minute, second } = localTime(new Date(moment), zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(at: Date, zone: string) {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const options = {
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  } as const;
  let made: Intl.DateTimeFormat;
  try {
    made = new Intl.DateTimeFormat("en", { ...options, timeZone: zone });
  } catch {
    // A zone that this machine's edition of the world does not know.
    made = new Intl.DateTimeFormat("en", { ...options, timeZone: "UTC" });
  }
  formats.set(zone, made);
  return made;
}

/** A notice as pages show it; statuses are in the reader's language, empty where there are none. */
export type NoticeRow = {
  id: string;
  subjectId: string;
  path: string;
  says: NoticeSentence;
  title: string;
  who: string | null;
  excerpt: string | null;
  other: string | null;
  from: string;
  to: string;
  read: boolean;
  createdAt: Date;
};

/** What the bell shows on every page: how many are unread (100: that many or more), and about what. */
export type Bell = { unread: number; subjects: readonly string[] };
export const MOST_COUNTED = 100;

/** A person's choices, as the page of settings shows them. */
export type Settings = {
  choices: Record<NoticeKind, How>;
  mailOff: boolean;
  quiet: { from: number; to: number } | null;
  digestHour: number;
};

/** Reads facts as the database kept them; what is missing is left out rather than shown as a hole. */
export function factsOf(kept: unknown): NoticeFacts {
  const facts = (typeof kept === "object" && kept !== null ? kept : {}) as Partial<NoticeFacts>;
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const names = (value: unknown): Names | undefined =>
    typeof value === "object" && value !== null ? (value as Names) : undefined;
  const excerpt = text(facts.excerpt);
  const other = text(facts.other);
  const from = names(facts.from);
  const to = names(facts.to);
  return {
    says: facts.says ?? "suggested",
    title: text(facts.title) ?? "",
    who: text(facts.who) ?? null,
    ...(excerpt !== undefined && { excerpt }),
    ...(other !== undefined && { other }),
    ...(from && { from }),
    ...(to && { to }),
  };
}

const TOKEN = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([a-z_]{1,40})\.([\w-]{43})$/;

/** What an unsubscribe link is about: a person, a kind of letter or all of them, and the proof that we wrote it. */
export type Unsubscription = { personId: string; kind: NoticeKind | "all"; proof: string };

/** Reads the last part of an unsubscribe link; null when it is none. Whether it is ours, the database says. */
export function readUnsubscription(token: string): Unsubscription | null {
  const [, personId, kind, proof] = TOKEN.exec(token) ?? [];
  if (!personId || !proof || !(kind === "all" || isNoticeKind(kind))) return null;
  return { personId, kind, proof };
}

/** The last part of an unsubscribe link. */
export const unsubscribeToken = ({ personId, kind, proof }: Unsubscription) => `${personId}.${kind}.${proof}`;
