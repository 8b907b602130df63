import type { PriceMeter } from "./van-westendorp";

/** A consistent price meter and how likely, as shares of one, the person is to buy at their cheap and at their expensive price. */
export type MeterWithIntent = PriceMeter & { readonly buysAtCheap: number; readonly buysAtExpensive: number };

/**
 * Expected buyers and revenue at each named price. Newton, Miller & Smith (1993), "A market acceptance extension to
 * traditional price sensitivity measurement", AMA Advanced Research Techniques Forum: a person buys with probability 0 up to
 * their too cheap and from their too expensive price on, and on straight lines between these and the two prices asked about.
 * Out: the lowest price first; `reach` is the mean probability, `revenue` the price times it; and the prices with the most of
 * each, of equals the lowest. Throws RangeError without an answer.
 */
export function marketAcceptance(answers: readonly MeterWithIntent[]) {
  if (answers.length === 0) throw new RangeError("nobody answered");
  const named = answers.flatMap(({ tooCheap, cheap, expensive, tooExpensive }) => [
    tooCheap,
    cheap,
    expensive,
    tooExpensive,
  ]);
  const prices = [...new Set(named)].sort((a, b) => a - b);
  const steps = prices.map((price) => {
    const reach = answers.reduce((sum, answer) => sum + probability(answer, price), 0) / answers.length;
    return { price, reach, revenue: price * reach };
  });
  const top = (kind: "reach" | "revenue") =>
    steps.reduce((best, step) => (step[kind] > best[kind] ? step : best)).price;
  return { steps, bestForReach: top("reach"), bestForRevenue: top("revenue") };
}

function probability(answer: MeterWithIntent, price: number): number {
  const { tooCheap, cheap, expensive, tooExpensive, buysAtCheap, buysAtExpensive } = answer;
  if (price <= tooCheap || price >= tooExpensive) return 0;
  const between = (from: number, to: number, a: number, b: number) => a + ((b - a) * (price - from)) / (to - from);
  if (price <= cheap) return between(tooCheap, cheap, 0, buysAtCheap);
  if (price <= expensive) return between(cheap, expensive, buysAtCheap, buysAtExpensive);
  return between(expensive, tooExpensive, buysAtExpensive, 0);
}
