import { diffArrays } from "diff";

/** What stays, goes and comes when one list becomes another: the smallest step, as far as it is worth looking for. */

/** Beyond so many differences everything counts as changed: looking for fewer would hold up other pages. */
const MOST_DIFFERENCES = 3_000;

/** A stretch of both lists: the same in both, or what goes there and what comes instead. */
export type Stretch<T> = { same: readonly [T, T][] } | { gone: readonly T[]; come: readonly T[] };

/** In: both lists, and a name for each of their members by which equal ones are known. */
export function stretches<T>(before: readonly T[], after: readonly T[], nameOf: (one: T) => string): Stretch<T>[] {
  const changes = diffArrays(before.map(nameOf), after.map(nameOf), { maxEditLength: MOST_DIFFERENCES });
  if (!changes) return [{ gone: before, come: after }];
  const found: Stretch<T>[] = [];
  let [at, to] = [0, 0];
  let gap: { gone: T[]; come: T[] } | null = null;
  for (const { value, added, removed } of changes) {
    const count = value.length;
    if (!added && !removed) {
      found.push({ same: before.slice(at, at + count).map((one, index): [T, T] => [one, after[to + index] ?? one]) });
      gap = null;
      at += count;
      to += count;
      continue;
    }
    if (!gap) {
      gap = { gone: [], come: [] };
      found.push(gap);
    }
    if (removed) {
      gap.gone = [...gap.gone, ...before.slice(at, at + count)];
      at += count;
    } else {
      gap.come = [...gap.come, ...after.slice(to, to + count)];
      to += count;
    }
  }
  return found;
}

/** What becomes of a gap: a member goes, comes, or becomes another that is like it. */
export type Step<T> = { from: T; to: T } | { from: T; to: null } | { from: null; to: T };

/** Pairs what goes with what comes, in their order, where one is like the other. */
export function steps<T>(gone: readonly T[], come: readonly T[], alike: (from: T, to: T) => boolean): Step<T>[] {
  const found: Step<T>[] = [];
  let next = 0;
  let waiting: Step<T>[] = [];
  // What goes stands before what comes in its place.
  const upTo = (end: number) => {
    for (const from of gone.slice(next, end)) found.push({ from, to: null });
    for (const step of waiting) found.push(step);
    waiting = [];
  };
  for (const to of come) {
    const at = gone.findIndex((from, index) => index >= next && alike(from, to));
    const from = gone[at];
    if (from === undefined) {
      waiting.push({ from: null, to });
      continue;
    }
    upTo(at);
    found.push({ from, to });
    next = at + 1;
  }
  upTo(gone.length);
  return found;
}

/** A text as words, what stands between them, and single signs of scripts that part no words. Joined they are the text. */
export const wordsOf = (text: string): string[] =>
  text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}_]+|\s+|[^\s]/gu) ?? [];

/** Whether one is called a word when differences are counted. */
export const isWord = (token: string): boolean => /[\p{L}\p{N}]/u.test(token);

/** Whether two texts share half of their words: then one became the other. */
export function shareWords(one: string, other: string): boolean {
  const [mine, theirs] = [wordsOf(one).filter(isWord), wordsOf(other).filter(isWord)];
  if (mine.length === 0 && theirs.length === 0) return true;
  const left = new Map<string, number>();
  for (const word of mine) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of theirs) {
    const there = left.get(word) ?? 0;
    if (there > 0) shared += 1;
    left.set(word, there - 1);
  }
  return shared * 4 >= mine.length + theirs.length;
}
