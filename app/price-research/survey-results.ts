import { bootstrapOffers } from "./best-price-bootstrap";
import { ENOUGH } from "./feature-price";
import { countAnswers, highestPrice, nextPrice, type ShownPrice } from "./gabor-granger";
import { type Interval, wilson95 } from "./proportion";
import { isTransitive, type MeterPoints, type PriceMeter, priceMeter } from "./van-westendorp";

/** What the answers to a survey come to. Prices are in minor units; shares between 0 and 1. */

/** One answer, and whose it is: the unit of uncertainty is the account, since colleagues know of each other. */
export type Stated<T> = { readonly account: string; readonly said: T };

export type MeterStep = { readonly price: number } & Readonly<Record<keyof PriceMeter, number>>;
export type MeterFigures = {
  readonly accounts: number;
  readonly valid: number;
  readonly excluded: number;
  readonly points: MeterPoints;
  /** The four curves, at every price that somebody named. */
  readonly steps: readonly MeterStep[];
  readonly thin: boolean;
};

/** In: whole answers. Out: the points and curves of the consistent ones, by the inclusive rule. */
export function meterFigures(answers: readonly Stated<PriceMeter>[]): MeterFigures {
  const valid = answers.filter(({ said }) => isTransitive(said));
  const { points, invalid } = priceMeter(answers.map(({ said }) => said));
  const prices = [...new Set(valid.flatMap(({ said }) => Object.values(said)))].sort((a, b) => a - b);
  const share = (says: (meter: PriceMeter) => boolean) => valid.filter(({ said }) => says(said)).length / valid.length;
  const accounts = accountsIn(valid);
  return {
    accounts,
    valid: valid.length,
    excluded: invalid,
    points,
    steps: prices.map((price) => ({
      price,
      tooCheap: share(({ tooCheap }) => price <= tooCheap),
      cheap: share(({ cheap }) => price <= cheap),
      expensive: share(({ expensive }) => price >= expensive),
      tooExpensive: share(({ tooExpensive }) => price >= tooExpensive),
    })),
    thin: accounts < ENOUGH.accountsPerOption,
  };
}

export type LadderStep = {
  readonly price: number;
  /** The share of people who would buy at this price. */
  readonly share: number;
  /** Accounts of which at least half of those who answered would, and what that says of all accounts. */
  readonly accounts: number;
  readonly interval: Interval;
  /** Minor units a person asked. */
  readonly revenue: number;
  /** The same less what one piece costs; null when nobody said what that is. */
  readonly contribution: number | null;
  /** In which share of draws this price brings most: of contribution when the cost is known, of revenue else. */
  readonly wins: number;
};
export type LadderFigures = {
  readonly accounts: number;
  readonly valid: number;
  /** Those who stopped before their highest price was known. */
  readonly excluded: number;
  readonly steps: readonly LadderStep[];
  /** The best price of the answers themselves; null without any. */
  readonly best: { readonly revenue: number; readonly contribution: number | null } | null;
  readonly thin: boolean;
};

/**
 * In: the prices of the survey, everybody's answers, what one piece costs (null: not said), and a seed: the same one gives the
 * same figures. Intervals are of accounts (`wilson95`), and accounts are drawn again, each with all of its people
 * (`bootstrapOffers`): colleagues who answer alike are no further evidence.
 */
export function ladderFigures(
  prices: readonly number[],
  answers: readonly Stated<readonly ShownPrice[]>[],
  { cost, seed }: { cost: number | null; seed: number },
): LadderFigures {
  const {
    answers: counted,
    whole,
    unfinished,
  } = countAnswers(
    prices,
    answers.map(({ said }) => said),
  );
  const tops = answers
    .filter(({ said }) => nextPrice(prices, said) === null)
    .map(({ account, said }) => ({ account, top: highestPrice(said) ?? 0 }));
  const byAccount = new Map<string, number[]>();
  for (const { account, top } of tops) byAccount.set(account, [...(byAccount.get(account) ?? []), top]);
  const [first] = tops;
  if (!first) return { accounts: 0, valid: 0, excluded: unfinished, steps: [], best: null, thin: true };
  const odds = bootstrapOffers(
    [
      ...tops.map(({ account, top }) => ({ account, limit: top, quantity: 1 })),
      // So that a price which is nobody's highest is a candidate, too.
      ...prices.map((limit) => ({ account: first.account, limit, quantity: 0 })),
    ],
    { seed, cost: cost ?? 0 },
  );
  const steps = counted.map(({ price, yes }): LadderStep => {
    const share = yes / whole;
    const buying = [...byAccount.values()].filter(
      (people) => people.filter((top) => top >= price).length * 2 >= people.length,
    ).length;
    return {
      price,
      share,
      accounts: buying,
      interval: wilson95(buying, byAccount.size),
      revenue: share * price,
      contribution: cost === null ? null : share * (price - cost),
      wins: odds.find((one) => one.price === price)?.wins ?? 0,
    };
  });
  const most = (by: (step: LadderStep) => number) => steps.reduce((a, b) => (by(b) > by(a) ? b : a)).price;
  return {
    accounts: byAccount.size,
    valid: whole,
    excluded: unfinished,
    steps,
    best: {
      revenue: most(({ revenue }) => revenue),
      contribution: cost === null ? null : most(({ contribution }) => contribution ?? 0),
    },
    thin: byAccount.size < ENOUGH.accountsPerOption,
  };
}

const accountsIn = (answers: readonly Stated<unknown>[]) => new Set(answers.map(({ account }) => account)).size;
