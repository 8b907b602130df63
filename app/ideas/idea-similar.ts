import type { IdeaStatus } from "./idea-status";

/** An idea that is like what somebody is typing. */
export type SimilarIdea = {
  id: string;
  title: string;
  status: IdeaStatus;
  accounts: number;
  people: number;
  /** Of the reader's own account; else of another one, and visible to all customers. */
  own: boolean;
  /** The reader supports it already. */
  supported: boolean;
};

export const SIMILAR_MAX = 5;
/** Fewer letters than this say nothing yet; of Chinese two are a word. */
export const SIMILAR_FROM = 3;

/**
 * The likest ideas worth showing: those that come near the best one. Beside an idea that shares three words, one that shares
 * a single common word only distracts.
 */
export function worthShowing<S extends { score: number }>(found: readonly S[]): S[] {
  const best = found[0]?.score ?? 0;
  return found.filter(({ score }) => score >= best * 0.4).slice(0, SIMILAR_MAX);
}

/** How much of the text is looked at beside the title. */
export const SIMILAR_TEXT = 200;

/** Whether enough was typed to look. */
export function isEnough(typed: string): boolean {
  const text = typed.trim();
  return text.length >= SIMILAR_FROM || /\p{Script=Han}{2}/u.test(text);
}
