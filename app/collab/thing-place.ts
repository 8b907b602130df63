import type { OutlineItem, OutlineKind } from "./board-outline";

/** What a comment on a thing of a board holds on to: the thing, and a fingerprint of what it was. */
export type ThingAnchor = { readonly element: string; readonly kind: string; readonly quote: string };

/** Where such a thing is now. `present`: what it says now, when somebody has to look whether it is still that thing. */
export type ThingPlace =
  | { readonly is: "here" | "gone" }
  | { readonly is: "moved"; readonly kind: OutlineKind; readonly present: string };

/** No more of what a thing says is kept. */
export const THING_QUOTE_MAX = 2_000;

/** What of a thing's words is kept with a comment on it. */
export const quoteOf = ({ says }: Pick<OutlineItem, "says">): string => says.trim().slice(0, THING_QUOTE_MAX);

/**
 * Where the thing of a comment is: there wherever it was moved to; "moved" when it is of another kind or its words became
 * others, which somebody looks at; "gone" when nothing of that id stands on the board any more, and never some other thing.
 * In: `sharesWords` says whether one text became the other.
 */
export function placeOfThing(
  kept: ThingAnchor,
  items: ReadonlyMap<string, OutlineItem>,
  sharesWords: (one: string, other: string) => boolean,
): ThingPlace {
  const item = items.get(kept.element);
  if (!item) return { is: "gone" };
  const present = quoteOf(item);
  // A thing that said nothing and is given words is not another thing by that.
  const isAlike = kept.quote === "" || present === kept.quote || (present !== "" && sharesWords(kept.quote, present));
  if (item.kind === kept.kind && isAlike) return { is: "here" };
  return { is: "moved", kind: item.kind, present };
}
