import type { BoardDifference, ElementChange } from "~/collab/board-difference";
import type { BoardElement } from "~/collab/board-element";
import type { OutlineItem } from "~/collab/board-outline";
import type { RichDoc } from "~/collab/rich-text";
import type { RoomPart } from "~/collab/room";

/** A version of an idea's brief or board: what it said at a moment, and who had written it. */

export const VERSION_NAME_MAX = 100;
const PARTS: readonly RoomPart[] = ["brief", "board", "staff-layer"];

/** Why there is a version: a pause or a new day, a person's wish, or a restoring: what was there before it, and after it. */
export type VersionReason = "pause" | "day" | "named" | "before" | "restored";

/** How long nobody writes until it is a pause, in milliseconds. */
const PAUSE = 5 * 60_000;
const DAY = 24 * 60 * 60_000;

/** Until when what nobody kept must have been written so that it is kept now; `since`: so for what began to be written. */
export function dueBefore(moment: Date): { last: Date; since: Date } {
  const midnight = new Date(Math.floor(moment.getTime() / DAY) * DAY);
  return { last: new Date(moment.getTime() - PAUSE), since: midnight };
}

/** Which part of an idea a page of versions is about; null when there is no such part. */
export const partOf = (text: string | null): RoomPart | null =>
  text === null ? "brief" : (PARTS.find((part) => part === text) ?? null);

/** Somebody who wrote. Whom nobody knows any more has no name. */
export type Writer = { id: string; name: string | null };

export type VersionRow = {
  id: string;
  reason: VersionReason;
  name: string | null;
  madeAt: Date;
  madeBy: string | null;
  writers: readonly Writer[];
};

export type VersionsPageData = {
  idea: { id: string; title: string };
  part: RoomPart;
  parts: readonly RoomPart[];
  versions: { rows: readonly VersionRow[]; next: string | null };
  mayEdit: boolean;
};

/** What of a version is looked at: itself, what it brought, or what has changed since. */
export const VIEWS = ["text", "before", "present"] as const;
export type VersionView = (typeof VIEWS)[number];

type Pictures = {
  part: "board" | "staff-layer";
  /** From below to above. */
  before: readonly BoardElement[];
  after: readonly BoardElement[];
  difference: BoardDifference;
  items: readonly { item: OutlineItem; change: ElementChange | null; by: readonly Writer[] }[];
};

export type VersionShown =
  | { part: "brief"; doc: RichDoc; people: readonly Writer[]; added: number; removed: number }
  | Pictures;

export type VersionPageData = {
  idea: { id: string; title: string };
  part: RoomPart;
  version: VersionRow & { restoredFrom: Date | null };
  view: VersionView;
  /** Null: there is none before it. */
  before: { id: string; madeAt: Date } | null;
  shown: VersionShown;
  mayEdit: boolean;
};

export type VersionRefusal = "may-not-edit" | "too-often" | "same" | "full" | "damaged" | "never-opened";
