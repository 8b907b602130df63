import { type Carried, ORPHANED } from "./carrying";
import { moved, type Place, SIDE } from "./pin";

/** Carries pins from one version of a document to the next, by the page and by the words around them. */

/** A word and where its beginning stands, in parts of the page's sides (pin.ts); in the order in which one reads. */
export type Word = { readonly text: string; readonly x: number; readonly y: number };
export type Page = readonly Word[];
/** `page` counts from 0. */
export type PagePlace = Place & { readonly page: number };

/** As many words around a pin as tell it from other passages. */
const QUOTED = 12;
const FEWEST = 3;
/** Words that may have come between those quoted. */
const GAP = 4;
/** So much of the quote is still there: nothing was changed. */
const SAME = 0.9;
/** So much, and somebody should look. */
const RESEMBLES = 0.6;
const CLEARLY = 0.1;
/** In parts of a side: no further than words wander when a document is set anew. */
const STAYS = SIDE / 100;

type Found = {
  readonly page: number;
  readonly start: number;
  readonly score: number;
  readonly x: number;
  readonly y: number;
};

/** What becomes of a pin. Null: there are too few words around it to go by; then the page is a picture like any other. */
export function carryOnPages(
  old: readonly Page[],
  fresh: readonly Page[],
  place: PagePlace,
): Carried<PagePlace> | null {
  const quote = quoteAround(old[place.page] ?? [], place);
  if (quote.length < FEWEST) return null;
  const found = findAll(fresh, quote);
  const stands = found.find((one) => one.page === place.page && one.score >= SAME && stays(one));
  const [best, next] = found;
  if (!best || best.score < RESEMBLES) return ORPHANED;
  const only = !(next && next.score > best.score - CLEARLY) && findAll(old, quote).filter(isSame).length === 1;
  // Where a passage stands more than once, only its page tells it, and pages count differently once there are others.
  if (stands) return { kind: only || old.length === fresh.length ? "carried" : "moved", place: placed(place, stands) };
  if (!only) return ORPHANED;
  return { kind: isSame(best) && stays(best) ? "carried" : "moved", place: placed(place, best) };
}

const isSame = ({ score }: Found): boolean => score >= SAME;
const stays = ({ x, y }: Found): boolean => Math.abs(x) <= STAYS && Math.abs(y) <= STAYS;

/** The passage around the word that is nearest to the middle of a place; it begins earlier where the page ends. */
function quoteAround(page: Page, { x, y, width, height }: Place): Page {
  const away = page.map((word) => Math.hypot(word.x - x - width / 2, word.y - y - height / 2));
  const nearest = away.indexOf(Math.min(...away));
  const from = Math.max(0, Math.min(nearest - QUOTED / 2, page.length - QUOTED));
  return page.slice(from, from + QUOTED);
}

/** Where a quote is found, the fullest first; what overlaps is found once. */
function findAll(pages: readonly Page[], quote: Page): readonly Found[] {
  const all = pages.flatMap((page, number) =>
    page.flatMap((word, start) => {
      if (!quote.slice(0, GAP + 1).some(({ text }) => text === word.text)) return [];
      const pairs = pairsOf(quote, page.slice(start, start + quote.length + GAP));
      const score = pairs.length / quote.length;
      if (score < RESEMBLES - CLEARLY) return [];
      const x = median(pairs.map(([was, is]) => is.x - was.x));
      const y = median(pairs.map(([was, is]) => is.y - was.y));
      return [{ page: number, start, score, x, y }];
    }),
  );
  const kept: Found[] = [];
  for (const one of all.sort((a, b) => b.score - a.score)) {
    const overlaps = (other: Found) => other.page === one.page && Math.abs(other.start - one.start) < quote.length;
    if (!kept.some(overlaps)) kept.push(one);
  }
  return kept;
}

/** The longest row of words that both have in one order. */
function pairsOf(quote: Page, passage: Page): readonly (readonly [Word, Word])[] {
  const lengths = Array.from({ length: quote.length + 1 }, () => new Array<number>(passage.length + 1).fill(0));
  const length = (q: number, p: number) => lengths[q]?.[p] ?? 0;
  for (let q = quote.length - 1; q >= 0; q--) {
    for (let p = passage.length - 1; p >= 0; p--) {
      const alike = quote[q]?.text === passage[p]?.text;
      const row = lengths[q] ?? [];
      row[p] = alike ? length(q + 1, p + 1) + 1 : Math.max(length(q + 1, p), length(q, p + 1));
    }
  }
  const pairs: (readonly [Word, Word])[] = [];
  for (let q = 0, p = 0; ; ) {
    const [was, is] = [quote[q], passage[p]];
    if (!was || !is) return pairs;
    if (was.text === is.text) {
      pairs.push([was, is]);
      q++;
      p++;
    } else if (length(q + 1, p) >= length(q, p + 1)) q++;
    else p++;
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, two) => one - two)[Math.floor(values.length / 2)] ?? 0;

const placed = ({ page: _, ...place }: PagePlace, { page, x, y }: Found): PagePlace => ({
  ...moved(place, { x, y }),
  page,
});
