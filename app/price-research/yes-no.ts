import { Z95 } from "./proportion";

/** How many said yes and no to one posted price. Prices in any one unit of money; counts of accounts or persons. */
export type PriceAnswers = { readonly price: number; readonly yes: number; readonly no: number };

/** One price with the share that would pay it, once shares never rise with the price. */
export type PriceStep = { readonly price: number; readonly share: number; readonly asked: number };

/**
 * Shares of yes made non-increasing in the price: neighbours that rise are pooled, weighted by how many were asked.
 * Ayer, Brunk, Ewing, Reid & Silverman (1955), "An empirical distribution function for sampling with incomplete
 * information", Ann. Math. Stat. 26, 641-647 (pool adjacent violators). After pooling a step stays at every price asked.
 * In: answers at ascending, different prices above 0, somebody asked at each. Throws RangeError otherwise.
 */
export function pooledShares(answers: readonly PriceAnswers[]): PriceStep[] {
  checkAnswers(answers);
  const pools: { yes: number; asked: number; prices: number }[] = [];
  for (const { yes, no } of answers) {
    let pool = { yes, asked: yes + no, prices: 1 };
    for (let last = pools.at(-1); last && last.yes * pool.asked < pool.yes * last.asked; last = pools.at(-1)) {
      pools.pop();
      pool = { yes: last.yes + pool.yes, asked: last.asked + pool.asked, prices: last.prices + pool.prices };
    }
    pools.push(pool);
  }
  const shares = pools.flatMap((pool) => Array.from({ length: pool.prices }, () => pool.yes / pool.asked));
  return answers.map(({ price, yes, no }, index) => ({ price, share: shares[index] ?? 0, asked: yes + no }));
}

/**
 * The least that the mean willingness to pay can be: everybody pays just the highest price they are known to accept.
 * Turnbull (1976); Haab & McConnell (1997), "Referendum models and negative willingness to pay", JEEM 32, 251-270, whose
 * variance is sum of S(1 - S) / T times the squared distance to the price before.
 * Out: the mean, its standard error and a normal 95 % interval, in the unit of the prices.
 */
export function lowerBoundMean(steps: readonly PriceStep[]) {
  let mean = 0;
  let variance = 0;
  let before = 0;
  for (const { price, share, asked } of steps) {
    mean += share * (price - before);
    variance += ((share * (1 - share)) / asked) * (price - before) ** 2;
    before = price;
  }
  const error = Math.sqrt(variance);
  return { mean, error, lo: mean - Z95 * error, hi: mean + Z95 * error };
}

/**
 * The mean under straight lines between the steps, from everybody at price 0 down to nobody, where the last line meets the
 * axis. Kriström (1990), "A non-parametric approach to the estimation of welfare measures in discrete response valuation
 * studies", Land Economics 66, 135-139. Out: null when the last line does not fall, so that nobody knows where it ends.
 */
export function kristromMean(steps: readonly PriceStep[]): number | null {
  let area = 0;
  let before: Omit<PriceStep, "asked"> = { price: 0, share: 1 };
  let fall = 0;
  for (const step of steps) {
    area += ((before.share + step.share) / 2) * (step.price - before.price);
    fall = (before.share - step.share) / (step.price - before.price);
    before = step;
  }
  if (before.share === 0) return area;
  if (fall <= 0) return null;
  return area + before.share ** 2 / (2 * fall);
}

/**
 * The price that half would pay, on the same straight lines. Out: null when more than half would pay the highest price asked.
 */
export function medianPrice(steps: readonly PriceStep[]): number | null {
  let before: Omit<PriceStep, "asked"> = { price: 0, share: 1 };
  for (const step of steps) {
    if (step.share <= 0.5) {
      return before.price + ((before.share - 0.5) / (before.share - step.share)) * (step.price - before.price);
    }
    before = step;
  }
  return null;
}

/** What one person asked brings on average at each price, less what the thing costs: (price - cost) times the share. */
export function moneyPerPerson(steps: readonly PriceStep[], cost = 0): number[] {
  return steps.map(({ price, share }) => (price - cost) * share);
}

/** The price with the most money per person; of equals the lowest, which keeps more people. */
export function bestPrice(steps: readonly PriceStep[], cost = 0): number {
  const money = moneyPerPerson(steps, cost);
  return steps[money.indexOf(Math.max(...money))]?.price ?? Number.NaN;
}

/**
 * By how much the share moves when the price moves, between neighbours, each change measured against the middle of both ends
 * (arc elasticity; Allen 1934). Out: one number fewer than there are steps; NaN where both shares are 0.
 */
export function arcElasticities(steps: readonly PriceStep[]): number[] {
  return steps.slice(1).map((step, index) => {
    const before = steps[index] as PriceStep;
    const share = (step.share - before.share) / ((step.share + before.share) / 2);
    return share / ((step.price - before.price) / ((step.price + before.price) / 2));
  });
}

function checkAnswers(answers: readonly PriceAnswers[]): void {
  let before = 0;
  if (answers.length === 0) throw new RangeError("no price was asked");
  for (const { price, yes, no } of answers) {
    if (!(price > before)) throw new RangeError("prices are to ascend from above 0");
    if (!(Number.isInteger(yes) && Number.isInteger(no) && yes >= 0 && no >= 0 && yes + no > 0)) {
      throw new RangeError(`${yes} yes and ${no} no are no counts of answers`);
    }
    before = price;
  }
}
