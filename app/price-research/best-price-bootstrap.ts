import { drawIndex, type Random, seededRandom } from "./random";
import { moneyPerPerson, type PriceAnswers, pooledShares } from "./yes-no";

export type Draws = {
  /** How often the sample is drawn again; 2,000 at least for a figure that is shown. */
  readonly draws?: number | undefined;
  /** The same seed gives the same figures. */
  readonly seed?: number | undefined;
  /** What one unit costs, in the unit of the prices. */
  readonly cost?: number | undefined;
};

/** How one candidate did over all draws: the share of draws it won, and what choosing it instead of the winner cost on average. */
export type PriceOdds = { readonly price: number; readonly wins: number; readonly expectedLoss: number };

/** What one account would pay for each of how many units. */
export type AccountLimit = { readonly account: string; readonly limit: number; readonly quantity: number };

/**
 * How sure the best of the prices asked is, when each price was asked of other people: they are drawn again with replacement
 * price by price (Efron 1979, "Bootstrap methods: another look at the jackknife", Ann. Stat. 7, 1-26), and shares are pooled
 * before the money per person is compared. Of equals the lowest price wins.
 */
export function bootstrapAnswers(answers: readonly PriceAnswers[], options: Draws = {}): PriceOdds[] {
  const { draws = 2000, seed = 1, cost = 0 } = options;
  const random = seededRandom(seed);
  return tally(
    answers.map(({ price }) => price),
    draws,
    () => {
      const again = answers.map(({ price, yes, no }) => {
        const drawn = drawYes(random, yes + no, yes / (yes + no));
        return { price, yes: drawn, no: yes + no - drawn };
      });
      return moneyPerPerson(pooledShares(again), cost);
    },
  );
}

/**
 * The same for offers: whole accounts are drawn, with all that they offered, since one account's offers are not independent.
 * Candidates are the distinct limits; the money at p is (p - cost) times the units offered at p or more.
 */
export function bootstrapOffers(offers: readonly AccountLimit[], options: Draws = {}): PriceOdds[] {
  const { draws = 2000, seed = 1, cost = 0 } = options;
  const random = seededRandom(seed);
  const prices = [...new Set(offers.map(({ limit }) => limit))].sort((a, b) => a - b);
  const place = new Map(prices.map((price, index) => [price, index]));
  const accounts = new Map<string, number>();
  for (const { account } of offers) if (!accounts.has(account)) accounts.set(account, accounts.size);
  const owner = Int32Array.from(offers, ({ account }) => accounts.get(account) as number);
  const column = Int32Array.from(offers, ({ limit }) => place.get(limit) as number);
  const quantity = Float64Array.from(offers, (offer) => offer.quantity);
  const times = new Int32Array(accounts.size);
  const units = new Float64Array(prices.length);
  const money = new Array<number>(prices.length);
  return tally(prices, draws, () => {
    times.fill(0);
    for (let drawn = 0; drawn < times.length; drawn++) {
      const account = drawIndex(random, times.length);
      times[account] = (times[account] as number) + 1;
    }
    units.fill(0);
    for (let index = 0; index < owner.length; index++) {
      const at = column[index] as number;
      units[at] = (units[at] as number) + (quantity[index] as number) * (times[owner[index] as number] as number);
    }
    let demand = 0;
    for (let index = prices.length - 1; index >= 0; index--) {
      demand += units[index] as number;
      money[index] = ((prices[index] as number) - cost) * demand;
    }
    return money;
  });
}

function tally(prices: readonly number[], draws: number, moneyOfOneDraw: () => readonly number[]): PriceOdds[] {
  const wins = new Float64Array(prices.length);
  const loss = new Float64Array(prices.length);
  for (let draw = 0; draw < draws; draw++) {
    const money = moneyOfOneDraw();
    let best = 0;
    for (let index = 1; index < money.length; index++) {
      if ((money[index] as number) > (money[best] as number)) best = index;
    }
    wins[best] = (wins[best] as number) + 1;
    const most = money[best] as number;
    for (let index = 0; index < money.length; index++) {
      loss[index] = (loss[index] as number) + most - (money[index] as number);
    }
  }
  return prices.map((price, index) => ({
    price,
    wins: (wins[index] as number) / draws,
    expectedLoss: (loss[index] as number) / draws,
  }));
}

function drawYes(random: Random, asked: number, share: number): number {
  let yes = 0;
  for (let person = 0; person < asked; person++) if (random() < share) yes++;
  return yes;
}
