import { findRuns } from "~/kernel/search-tokens";

/** A text in which the words that somebody searched for stand out. `search`: as it was typed; empty marks nothing. */
export function Marked({ text, search }: { text: string; search: string }) {
  if (search === "") return text;
  let at = 0;
  return findRuns(text, search).map((run) => {
    const key = at;
    at += run.text.length;
    if (!run.found) return run.text;
    return (
      <mark key={key} className="rounded-sm bg-accent-soft text-inherit">
        {run.text}
      </mark>
    );
  });
}
