import { generateKeyBetween } from "fractional-indexing";
import { type BoardElement, cleanElement } from "./board-element";
import type { BoardChange } from "./board-elements";
import { cleanLink, LINK_KINDS, linkOf, type Named, type ThingLink } from "./thing-link";

/** Cards on a board that lead to other things: ideas, and whatever else gets a row in the table of kinds. */

/** What an address of ours leads to, as customers or staff copy it; null when it is none of these things' pages. */
export function linkFrom(address: string, origin: string): ThingLink | null {
  const typed = address.trim();
  if (typed.length > 2_000 || /\s/.test(typed) || !URL.canParse(typed, origin)) return null;
  const url = new URL(typed, origin);
  if (url.origin !== origin) return null;
  const [, staff, pages, id, more] = /^(\/staff)?\/([a-z]+)\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
  for (const [kind, named] of Object.entries<Named>(LINK_KINDS)) {
    if (named.pages !== pages || (more && !(staff && more === named.below))) continue;
    const link = cleanLink({ kind, id: named.query ? url.searchParams.get(named.query) : id });
    if (link) return link;
  }
  return null;
}

/** How wide a text is, in letters: a Chinese one takes the room of two. */
const wide = (text: string) => [...text].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0);

/** A text in so many lines at most, each so many letters wide at most; … says that there is more. */
export function linesOf(text: string, letters: number, most: number): string[] {
  const lines = [""];
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && wide(`${last} ${word}`) <= letters) {
      lines[lines.length - 1] = `${last} ${word}`;
      continue;
    }
    // A word that fits no line, as a Chinese sentence, breaks where the line ends.
    let line = "";
    if (last !== "") lines.push(line);
    for (const sign of word) {
      if (line !== "" && wide(line + sign) > letters) {
        lines[lines.length - 1] = line;
        lines.push("");
        line = "";
      }
      line += sign;
    }
    lines[lines.length - 1] = line;
  }
  if (lines.length <= most) return lines;
  return lines.slice(0, most).map((line, at) => (at === most - 1 ? `${line}…` : line));
}

/** How large a card is; its words stand in it for whoever may read them. */
export const CARD = { width: 260, height: 110 } as const;
const GAP = 24;

/** Puts a card there, at a place or beside what is there. Out: nothing when it leads nowhere. */
export function addCard(
  elements: readonly BoardElement[],
  link: ThingLink,
  at: { readonly x: number; readonly y: number } | null,
  newId: () => string,
): BoardChange {
  const beside = elements.filter(({ type }) => type !== "frame");
  const place = at ?? {
    x: beside.length > 0 ? Math.max(...beside.map(({ x, width }) => x + width)) + GAP : 0,
    y: elements.length > 0 ? Math.min(...elements.map(({ y }) => y)) : 0,
  };
  const card = cleanElement({
    id: newId(),
    type: "rectangle",
    index: generateKeyBetween(elements.at(-1)?.index ?? null, null),
    ...place,
    ...CARD,
    strokeColor: "#1e1e1e",
    backgroundColor: "#e9ecef",
    strokeWidth: 1,
    roughness: 0,
    roundness: { type: 3 },
    customData: { link },
  });
  return { added: card && linkOf(card) ? [card] : [], changed: new Map(), removed: [] };
}
