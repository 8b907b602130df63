/** What one person answers: at which price it is too cheap to be good, cheap, expensive, too expensive. One unit of money. */
export type PriceMeter = {
  readonly tooCheap: number;
  readonly cheap: number;
  readonly expensive: number;
  readonly tooExpensive: number;
};

/**
 * - `inclusive`: a price that somebody named counts as what they called it: at 10, "cheap from 10 down" is cheap.
 * - `rPackage`: as the R package pricesensitivitymeter 1.3.3 counts: a price is no longer cheap for whoever named it, and
 *   each curve is 0 up to the least and 1 from the greatest answer of its kind on.
 */
export type MeterRule = "inclusive" | "rPackage";

/** Prices where two curves meet; null where they do not. "Narrower" compares with the plain curves, not their opposites. */
export type MeterPoints = Readonly<
  Record<"pmcOriginal" | "pmeOriginal" | "pmcNarrower" | "pmeNarrower" | "indifference" | "optimal", number | null>
>;

type Curve = (price: number) => number;

/** Whoever calls a lower price dearer than a higher one contradicts themselves: equal neighbours do so, too. */
export function isTransitive({ tooCheap, cheap, expensive, tooExpensive }: PriceMeter): boolean {
  return tooCheap < cheap && cheap < expensive && expensive < tooExpensive;
}

/**
 * The Price Sensitivity Meter: van Westendorp (1976), "NSS Price Sensitivity Meter: a new approach to study consumer
 * perception of prices", Proc. 29th ESOMAR Congress, 139-167.
 * The point of marginal cheapness is where "too cheap" meets "not cheap" (original) or "expensive" (narrower), that of
 * marginal expensiveness where "too expensive" meets "not expensive" or "cheap", indifference where "cheap" meets
 * "expensive", and the optimal price where "too cheap" meets "too expensive". Between named prices the curves are straight.
 * In: answers in any order. Out: points from the consistent ones, and how many were consistent and how many not.
 */
export function priceMeter(answers: readonly PriceMeter[], rule: MeterRule = "inclusive") {
  const valid = answers.filter(isTransitive);
  const named = (kind: keyof PriceMeter) => valid.map((answer) => answer[kind]);
  const falling = rule === "inclusive" ? shareAtLeast : (values: number[]) => opposite(ecdfOfPackage(values));
  const rising = rule === "inclusive" ? shareAtMost : ecdfOfPackage;
  const tooCheap = falling(named("tooCheap"));
  const cheap = falling(named("cheap"));
  const expensive = rising(named("expensive"));
  const tooExpensive = rising(named("tooExpensive"));
  const prices = [...new Set(valid.flatMap((answer) => Object.values(answer)))].sort((a, b) => a - b);
  const points: MeterPoints = {
    pmcOriginal: meeting(prices, opposite(cheap), tooCheap),
    pmeOriginal: meeting(prices, tooExpensive, opposite(expensive)),
    pmcNarrower: meeting(prices, expensive, tooCheap),
    pmeNarrower: meeting(prices, tooExpensive, cheap),
    indifference: meeting(prices, expensive, cheap),
    optimal: meeting(prices, tooExpensive, tooCheap),
  };
  return { valid: valid.length, invalid: answers.length - valid.length, points };
}

/** Where the rising curve first reaches the falling one, on the line between two named prices. */
function meeting(prices: readonly number[], rising: Curve, falling: Curve): number | null {
  let before: { price: number; gap: number } | null = null;
  for (const price of prices) {
    const gap = rising(price) - falling(price);
    if (gap >= -1e-12) {
      if (!before || gap < 1e-12) return price;
      return before.price + ((price - before.price) * -before.gap) / (gap - before.gap);
    }
    before = { price, gap };
  }
  return null;
}

const opposite =
  (curve: Curve): Curve =>
  (price) =>
    1 - curve(price);

function shareAtMost(values: readonly number[]): Curve {
  const sorted = [...values].sort((a, b) => a - b);
  return (price) => countBelow(sorted, price, true) / sorted.length;
}

function shareAtLeast(values: readonly number[]): Curve {
  const sorted = [...values].sort((a, b) => a - b);
  return (price) => 1 - countBelow(sorted, price, false) / sorted.length;
}

function ecdfOfPackage(values: readonly number[]): Curve {
  const atMost = shareAtMost(values);
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return (price) => (price <= least ? 0 : atMost(price));
}

/** How many of the ascending values are below the price, or at it when `inclusive`. */
function countBelow(sorted: readonly number[], price: number, inclusive: boolean): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const value = sorted[middle] as number;
    if (value < price || (inclusive && value === price)) from = middle + 1;
    else to = middle;
  }
  return from;
}
