import { LOCALE_TAGS, LOCALES, type Locale } from "~/kernel/locale";

/** Where an idea stands. Statuses are rows that admins edit; what one is worth is said by its kind. */

export const STATUS_KINDS = ["new", "signal", "intent", "done", "declined"] as const;
export type StatusKind = (typeof STATUS_KINDS)[number];

/** The id of a status: a slug that never changes, whatever it is called. */
export type IdeaStatus = string;
export const STATUS_ID = /^[a-z][a-z0-9_]{0,39}$/;
export const STATUS_NAME_MAX = 40;

/** A status in one language, as pages show it. A retired one is given to no idea any more; the history still tells of it. */
export type Status = { id: IdeaStatus; kind: StatusKind; name: string; retired: boolean };

/** A status in every language. */
export type StatusRow = {
  id: IdeaStatus;
  key: string;
  kind: StatusKind;
  names: Readonly<Record<Locale, string>>;
  position: number;
  retired: boolean;
  revision: number;
};

/** What admins say of a status. */
export type StatusWish = { names: Record<Locale, string>; kind: StatusKind; position: number };

export type StatusRefusal =
  | "may-not"
  | "changed-meanwhile"
  | "last-new"
  | "no-replacement"
  | "too-many-ideas"
  /** One in use took the name of the one that would come back. */
  | "name-in-use"
  | "not-found";

/** The languages in which a status would be called like another one in use: nobody could tell the two apart there. */
export function takenNames(
  wanted: { id: IdeaStatus | null; names: StatusWish["names"] },
  all: readonly Pick<StatusRow, "id" | "names" | "retired">[],
): Locale[] {
  const others = all.filter(({ id, retired }) => !retired && id !== wanted.id);
  const plain = (name: string, locale: Locale) => name.normalize("NFKC").toLocaleLowerCase(LOCALE_TAGS[locale]);
  return LOCALES.filter((locale) =>
    others.some(({ names }) => plain(names[locale], locale) === plain(wanted.names[locale], locale)),
  );
}

/** Statuses as people of one language read them. */
export function inLanguage(rows: readonly StatusRow[], locale: Locale): Status[] {
  return rows.map(({ id, kind, names, retired }) => ({ id, kind, name: names[locale], retired }));
}

/**
 * What a status is worth. A signal says that somebody looks, an intent that we want to; neither is a promise. Only a dated
 * obligation is one, and no status turns into one.
 */
export type Weight = "signal" | "intent" | "outcome";
export const WEIGHT: Record<StatusKind, Weight> = {
  new: "signal",
  signal: "signal",
  intent: "intent",
  done: "outcome",
  declined: "outcome",
};

/** From which kind an idea may go to which. Done and declined are not graves: both lead back, in the open. */
const MOVES: Record<StatusKind, readonly StatusKind[]> = {
  new: ["new", "signal", "intent", "declined"],
  signal: ["new", "signal", "intent", "declined"],
  intent: ["signal", "intent", "done", "declined"],
  done: ["intent", "done"],
  declined: ["signal", "declined"],
};

/** The statuses an idea may be given that stands at `from`, in the order admins gave them. */
export function movesFrom<S extends Pick<Status, "id" | "kind" | "retired">>(from: IdeaStatus, all: readonly S[]): S[] {
  const kind = all.find(({ id }) => id === from)?.kind;
  if (!kind) return [];
  return all.filter((status) => !status.retired && status.id !== from && MOVES[kind].includes(status.kind));
}
