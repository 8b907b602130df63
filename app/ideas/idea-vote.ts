import type { OutlineItem } from "~/collab/board-outline";
import type { Actor } from "~/kernel/actor";
import { mayComment, mayShape, roomRights } from "./idea";

/** A dot vote about what stands on an idea's board: everybody has some dots and gives them to things. */

export const QUESTION_MAX = 140;
export const DOTS_MOST = 10;
export const DOTS_USUAL = 3;

/** What one thing got. `item` is null when it had left the board by then. */
export type VoteResult = { id: string; item: Pick<OutlineItem, "kind" | "says"> | null; dots: number };

/** How many dots there are, by the id of the thing. */
export type Dots = Readonly<Record<string, number>>;

/** The newest vote about a board. Its times come as text: it was put together by the database. */
export type BoardVote = {
  id: string;
  question: string;
  dotsEach: number;
  revision: number;
  begunBy: string;
  begunAt: string;
  closed: { by: string; at: string; result: readonly VoteResult[] } | null;
  dots: Dots;
  /** The reader's own. */
  mine: Dots;
};

/** What the page of a board shows of votes, and what its reader may do about them. */
export type VotePart = { vote: BoardVote | null; mayVote: boolean; mayBegin: boolean; mayClose: boolean };

/** Why somebody's part in a vote was not taken. */
export type VoteRefusal =
  | "may-not"
  | "too-often"
  | "vote-open"
  | "vote-closed"
  | "no-dots-left"
  | "no-dot-here"
  | "thing-gone"
  | "board-unread";

/** How many dots these are in all. */
export const dotsIn = (dots: Dots): number => Object.values(dots).reduce((all, some) => all + some, 0);

/** How many dots the reader still has. A closed vote takes none. */
export function dotsLeft({ dotsEach, mine, closed }: Pick<BoardVote, "dotsEach" | "mine" | "closed">): number {
  return closed ? 0 : Math.max(0, dotsEach - dotsIn(mine));
}

/** Own dots on things that are no longer on the board: the ids, once each. */
export function strayDots({ mine }: Pick<BoardVote, "mine">, onBoard: ReadonlySet<string>): string[] {
  return Object.keys(mine).filter((id) => !onBoard.has(id));
}

/** What a vote comes to: most dots first, things with as many in the order of the board, what is gone last among them. */
export function resultOf(dots: Dots, items: readonly OutlineItem[]): VoteResult[] {
  const places = new Map(items.map((item, place) => [item.id, { item, place }]));
  return Object.entries(dots)
    .filter(([, count]) => count > 0)
    .map(([id, count]) => {
      const { item, place } = places.get(id) ?? { item: null, place: items.length };
      return { item: item && { kind: item.kind, says: item.says }, dots: count, place, id };
    })
    .sort((one, two) => two.dots - one.dots || one.place - two.place || (one.id < two.id ? -1 : 1))
    .map(({ id, item, dots: count }) => ({ id, item, dots: count }));
}

/** Giving dots: whoever may comment. */
export const mayVote = (actor: Actor): boolean => mayComment(actor);

/** Beginning a vote: who draws on the board, but for guests. */
export const mayBeginVote = (actor: Actor): boolean => actor.side !== "guest" && roomRights(actor, "board") === "edit";

/** Closing one: staff who decide about ideas. */
export const mayCloseVote = (actor: Actor): boolean => mayShape(actor);
