import { findRuns } from "~/kernel/search-tokens";

const BEFORE = 24;
const LENGTH = 96;

/**
 * The part of a text that shows what was found: from a little before the first word that was typed, on one line. In: the text
 * and what was typed. Out: at most about a hundred characters, with … where something was left out.
 */
export function foundIn(text: string, typed: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const runs = findRuns(line, typed);
  const before = runs.slice(
    0,
    Math.max(
      0,
      runs.findIndex(({ found }) => found),
    ),
  );
  const at = before.reduce((sum, run) => sum + run.text.length, 0);
  const from = at <= BEFORE ? 0 : beginningNear(line, at - BEFORE);
  const part = [...line.slice(from)].slice(0, LENGTH).join("");
  return `${from > 0 ? "… " : ""}${part}${from + part.length < line.length ? " …" : ""}`;
}

/** Where a part of a line may begin that is to begin near here: behind a space, or, where words have none, between characters. */
function beginningNear(line: string, at: number): number {
  const word = line.lastIndexOf(" ", at) + 1;
  if (at - word < BEFORE) return word;
  return /[\uDC00-\uDFFF]/.test(line.charAt(at)) ? at - 1 : at;
}
