import type { PriceAnswers } from "./yes-no";

/** What one person answered so far: the prices they were shown and whether they would buy. */
export type ShownPrice = { readonly price: number; readonly buys: boolean };

/**
 * The next price to show one person, half way into what is still open, so that the highest price they would pay is found in
 * the fewest questions. Gabor & Granger (1966), "Price as an indicator of quality", Economica 33, 43-70, asked a fixed list;
 * halving it is the adaptive form.
 * In: the prices of the survey in any order, and the answers so far. Out: null when the highest price is known.
 */
export function nextPrice(prices: readonly number[], shown: readonly ShownPrice[]): number | null {
  const open = stillOpen(prices, shown);
  // The upper middle first: whoever would pay it need not be asked about any of those below.
  return open.length === 0 ? null : (open[Math.floor(open.length / 2)] as number);
}

/** The highest price this person would pay, as far as their answers say; null when none. */
export function highestPrice(shown: readonly ShownPrice[]): number | null {
  return shown.reduce<number | null>((most, { price, buys }) => (buys && price > (most ?? 0) ? price : most), null);
}

/**
 * Counts of all persons at every price: whoever would pay more would pay less. Persons who have not answered to their end are
 * left out and counted. Out: answers as `pooledShares` takes them.
 */
export function countAnswers(prices: readonly number[], persons: readonly (readonly ShownPrice[])[]) {
  const sorted = [...new Set(prices)].sort((a, b) => a - b);
  const whole = persons.filter((shown) => nextPrice(sorted, shown) === null);
  const tops = whole.map(highestPrice);
  const answers = sorted.map((price): PriceAnswers => {
    const yes = tops.filter((top) => top !== null && top >= price).length;
    return { price, yes, no: whole.length - yes };
  });
  return { answers, whole: whole.length, unfinished: persons.length - whole.length };
}

function stillOpen(prices: readonly number[], shown: readonly ShownPrice[]): number[] {
  const paid = highestPrice(shown) ?? Number.NEGATIVE_INFINITY;
  const refused = shown.reduce(
    (least, { price, buys }) => (buys ? least : Math.min(least, price)),
    Number.POSITIVE_INFINITY,
  );
  return [...new Set(prices)].filter((price) => price > paid && price < refused).sort((a, b) => a - b);
}
