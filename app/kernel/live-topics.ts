/** So much has changed that a page asks for all it shows. */
export const EVERYTHING = "*";
/** Something that all customers share may have changed. */
export const SHARED = "shared";

/** What a change of one thing is called: the thing itself, and its kind. `idea:<id>` and `ideas`. */
export function topicsOf(kind: string, id: string): string[] {
  return [`${kind}:${id}`, `${kind}s`];
}

/** Whether a page that shows `topics` must ask again after these were told. What is shared is ideas. */
export function concerns(told: readonly string[], topics: readonly string[]): boolean {
  if (told.includes(EVERYTHING)) return true;
  const shared = told.includes(SHARED);
  return topics.some((topic) => told.includes(topic) || (shared && topic.startsWith("idea")));
}
