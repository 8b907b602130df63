import { type Place, SIDE } from "./pin";

/** What pins are on a review's page, and how its forms name their places. */

export const PIN_WORDS_MAX = 4_000;

/** Whose conversation a pin stands in: that of both sides, or staff's own. */
export const PIN_OF = ["shared", "staff"] as const;
export type PinOf = (typeof PIN_OF)[number];

export const PIN_LISTS = ["open", "resolved", "all"] as const;
export type PinList = (typeof PIN_LISTS)[number];

export type PinWords = {
  readonly id: string;
  readonly author: string;
  readonly side: "client" | "staff" | "guest";
  readonly body: string;
  readonly createdAt: string;
};

/** A pin in the list. */
export type Pin = {
  readonly id: string;
  readonly of: PinOf;
  /** Counted within its conversation, from 1. */
  readonly number: number;
  readonly fileId: string;
  readonly page: number | null;
  /** Null: it speaks of the whole file, or what it stood on is gone. */
  readonly place: Place | null;
  readonly carried: "carried" | "moved" | "orphaned" | null;
  readonly resolved: { readonly at: string; readonly by: string | null } | null;
  readonly revision: number;
  readonly author: string;
  readonly createdAt: string;
  /** The first words. */
  readonly says: string;
  /** How many words in all. */
  readonly said: number;
  /** Of the pin that is open: everything said there. */
  readonly all: readonly PinWords[] | null;
};

/** A pin on the picture. */
export type Marker = Pick<Pin, "id" | "of" | "number"> & { readonly place: Place; readonly resolved: boolean };

export type Pins = {
  readonly list: PinList;
  readonly counts: { readonly open: number; readonly resolved: number };
  readonly rows: readonly Pin[];
  /** Where the list goes on, towards the older ones. */
  readonly next: string | null;
  readonly markers: readonly Marker[];
};

/** So many parts are one in a hundred. */
const PERCENT = SIDE / 100;

/** A place as the fields of a form say it, in parts of a hundred: 12.345. */
export const percentOf = (parts: number): string => String(parts / PERCENT);
/** And back. */
export const partsOf = (percent: number): number => Math.round(percent * PERCENT);
