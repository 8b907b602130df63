import type { Actor } from "~/kernel/actor";
import { briefRights, mayComment } from "./idea";

/** Comments on a passage of a brief or a thing on a board: one thread each. */

export type ThreadAbout = "brief" | "board" | "layer";

/** Where threads are kept: those that both sides read, or those about what staff drew for themselves. */
export type ThreadsOf = "shared" | "layer";
export const keptOf = (about: ThreadAbout): ThreadsOf => (about === "layer" ? "layer" : "shared");

/** Whether those threads exist for this actor. */
export const reaches = (actor: Actor, of: ThreadsOf): boolean => of === "shared" || actor.side === "staff";

/** What is listed: threads that are open and have a place, those whose passage or thing is gone, those that are resolved. */
export const THREAD_LISTS = ["open", "gone", "resolved"] as const;
export type ThreadList = (typeof THREAD_LISTS)[number];

export type ThreadPlace = "here" | "moved" | "gone";

/** One thing that was said about a passage. Its time comes as text: it was put together by the database. */
export type ThreadSaid = {
  id: string;
  body: string;
  /** Of the people who are mentioned, by id. */
  mentions: Readonly<Record<string, string>> | null;
  author: string;
  side: "client" | "staff" | "guest";
  createdAt: string;
  editedAt: string | null;
};

/** A thread in a list. */
export type Thread = {
  /** Of the newest comment, by which threads are in order. */
  id: string;
  threadId: string;
  /** Of a passage its ends; of a thing which one and what it was, by kind. */
  start: string;
  end: string;
  element: string | null;
  kind: string | null;
  quote: string;
  before: string;
  after: string;
  place: ThreadPlace;
  /** What stands there now, when it moved. */
  present: string | null;
  /** Whether the reader began it. */
  mine: boolean;
  resolved: { by: string; at: string } | null;
  revision: number;
  said: number;
  lastAuthor: string;
  lastAt: string;
  /** Everything that was said, oldest first; null while the thread is closed on the page. */
  all: readonly ThreadSaid[] | null;
};

export type Threads = {
  list: ThreadList;
  counts: Readonly<Record<ThreadList, number>>;
  rows: readonly Thread[];
  /** Where the next stretch begins; null at the end. */
  next: string | null;
};

/** What somebody looks at of them: which list, from where on, and which one is open. */
export type ThreadView = { list: ThreadList; before: string | null; open: string | null };
export const THREADS_UNSEEN: ThreadView = { list: "open", before: null, open: null };

export function listOf({ resolved, place }: Pick<Thread, "resolved" | "place">): ThreadList {
  return resolved ? "resolved" : place === "gone" ? "gone" : "open";
}

/** Resolving and opening again: who comments, but for guests. */
export function mayResolve(actor: Actor): boolean {
  return actor.side !== "guest" && mayComment(actor);
}

/** Saying where a passage stands now: who may write the brief, and whoever began the thread while they may comment. */
export function mayPlace(actor: Actor, thread: { mine: boolean }): boolean {
  return actor.side !== "guest" && (briefRights(actor) === "edit" || (mayComment(actor) && thread.mine));
}

/** What is said about one thing: how many comments, and the newest of its threads. */
export type ThingTalk = { said: number; thread: string };

/** How many comments there are about each thing, as far as open threads are listed, and which thread is the newest. */
export function talksOf(threads: Threads | null): ReadonlyMap<string, ThingTalk> {
  const talks = new Map<string, ThingTalk>();
  for (const { element, said, threadId, resolved, place } of threads?.rows ?? []) {
    if (!element || resolved || place === "gone") continue;
    const known = talks.get(element);
    talks.set(element, { said: said + (known?.said ?? 0), thread: known?.thread ?? threadId });
  }
  return talks;
}
