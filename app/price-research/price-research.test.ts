import fc from "fast-check";
import { linearRegression, medianSorted, quantileRankSorted } from "simple-statistics";
import { expect, test } from "vitest";
import { answersResults, featureResults, lineResults, logitResults, meterResults } from "./analyst";
import { bootstrapAnswers, bootstrapOffers } from "./best-price-bootstrap";
import { fitLogit, logitShare } from "./demand-model";
import { hodgesLehmann, isEnough, leastSquares } from "./feature-price";
import { funnel } from "./funnel";
import { countAnswers, nextPrice, type ShownPrice } from "./gabor-granger";
import { marketAcceptance } from "./newton-miller-smith";
import { bookDemand, moneyAt } from "./order-book";
import { dkw95HalfWidth, wilson95 } from "./proportion";
import { PLACES, published } from "./published.fixture";
import { isTransitive, priceMeter } from "./van-westendorp";
import { lowerBoundMean, medianPrice, pooledShares } from "./yes-no";

const exxon = published.yesno.exxon_valdez_carson1992;
const gabor = published.yesno.gabor_granger_counts_only;
const meter = published.van_westendorp;

function expectClose(actual: unknown, expected: readonly (number | null)[]) {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries())
    expect((actual as number[])[index]).toBeCloseTo(value as number, PLACES - 1);
}

test("shares have the published interval of Wilson, and the ends of a scale stay on it", () => {
  for (const { k, n, lo, hi } of published.wilson95) {
    expect(wilson95(k, n).lo).toBeCloseTo(lo, PLACES);
    expect(wilson95(k, n).hi).toBeCloseTo(hi, PLACES);
  }
  expect(wilson95(0, 5).lo).toBe(0);
  expect(wilson95(5, 5).hi).toBe(1);
  expect(() => wilson95(6, 5)).toThrow(RangeError);
});

test("a whole curve has the published band of Dvoretzky, Kiefer and Wolfowitz", () => {
  for (const [n, half] of Object.entries(published.dkw95_halfwidth)) {
    expect(dkw95HalfWidth(Number(n))).toBeCloseTo(half, PLACES);
  }
});

test("yes and no at posted prices give the published estimates of the Exxon Valdez study", () => {
  const results = answersResults(exxon);
  expectClose(results.pava, exxon.pava);
  expect(results.lower_bound_mean).toBeCloseTo(exxon.lower_bound_mean, PLACES);
  expect(results.lower_bound_se).toBeCloseTo(exxon.lower_bound_se, PLACES);
  expectClose(results.lower_bound_ci95, exxon.lower_bound_ci95);
  expect(results.kristrom_mean_to_x_intercept).toBeCloseTo(exxon.kristrom_mean_to_x_intercept, PLACES);
  expect(results.median).toBeCloseTo(exxon.median, PLACES);
  expectClose(results.revenue_index, exxon.revenue_index);
  expect(results.argmax_revenue).toBe(exxon.argmax_revenue);
  expect(results).toMatchObject({ argmax_profit_c20: exxon.argmax_profit_c20 });
  const { value, tol } = exxon.bootstrap_P_best_120;
  expect(Math.abs((results.bootstrap_P_best["120"] ?? 0) - value)).toBeLessThanOrEqual(tol);
});

test("the best price of counts is what they say, not what their source printed: 14.99 by revenue, 19.99 at a cost of 6", () => {
  const results = answersResults(gabor);
  expectClose(results.revenue_index, gabor.revenue_index);
  expect(results.argmax_revenue).toBe(14.99);
  expect(results).toMatchObject({ argmax_profit_c6: 19.99 });
  expectClose(results.arc_elasticity, gabor.arc_elasticity);
  const { tol, ...odds } = gabor.bootstrap_P_best;
  for (const [price, value] of Object.entries(odds)) {
    expect(Math.abs((results.bootstrap_P_best[price] ?? 0) - value), price).toBeLessThanOrEqual(tol);
  }
});

test("shares that rise with the price are pooled, and a step stays at each price asked", () => {
  const steps = pooledShares([
    { price: 1, yes: 5, no: 5 },
    { price: 2, yes: 9, no: 1 },
    { price: 3, yes: 1, no: 9 },
  ]);
  expect(steps.map(({ share }) => share)).toEqual([0.7, 0.7, 0.1]);
  expect(() => pooledShares([{ price: 0, yes: 1, no: 1 }])).toThrow(RangeError);
});

test("pooled shares never rise, keep every answer, and bound the mean from below", () => {
  const answers = fc
    .array(fc.record({ gap: fc.integer({ min: 1, max: 50 }), yes: fc.nat(40), no: fc.nat(40) }), {
      minLength: 1,
      maxLength: 12,
    })
    .map((list) => {
      let price = 0;
      return list.map(({ gap, yes, no }) => {
        price += gap;
        return { price, yes: yes + no === 0 ? 1 : yes, no };
      });
    });
  fc.assert(
    fc.property(answers, (list) => {
      const steps = pooledShares(list);
      for (const [index, step] of steps.entries()) expect(step.share).toBeLessThanOrEqual(steps[index - 1]?.share ?? 1);
      const said = list.reduce((sum, { yes }) => sum + yes, 0);
      expect(steps.reduce((sum, { share, asked }) => sum + share * asked, 0)).toBeCloseTo(said, 6);
      const highest = list.at(-1)?.price ?? 0;
      const { mean } = lowerBoundMean(steps);
      expect(mean).toBeGreaterThanOrEqual(0);
      expect(mean).toBeLessThanOrEqual(highest + 1e-9);
      const median = medianPrice(steps);
      if (median !== null) expect(median).toBeLessThanOrEqual(highest);
    }),
  );
});

test("the price meter has the published points under both rules, and leaves contradictions out", () => {
  const results = meterResults(meter);
  expect(results.inclusive_linear).toEqual(meter.inclusive_linear);
  expect(results["r_pkg_1.3.3_linear"]).toEqual(meter["r_pkg_1.3.3_linear"]);
  expect(results.add_intransitive_row).toMatchObject({
    n_valid: 10,
    n_invalid: 1,
    inclusive_linear: meter.inclusive_linear,
    "r_pkg_1.3.3_linear": meter["r_pkg_1.3.3_linear"],
  });
  expect(isTransitive({ tooCheap: 1, cheap: 2, expensive: 2, tooExpensive: 3 })).toBe(false);
  expect(priceMeter([]).points.optimal).toBeNull();
});

test("the price meter agrees with shares counted by another library, whatever was answered", () => {
  const price = fc.integer({ min: 1, max: 60 });
  const row = fc.uniqueArray(price, { minLength: 4, maxLength: 4 }).map((four) => {
    const [tooCheap = 0, cheap = 0, expensive = 0, tooExpensive = 0] = four.sort((a, b) => a - b);
    return { tooCheap, cheap, expensive, tooExpensive };
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (answers) => {
      const { points, valid } = priceMeter(answers);
      expect(valid).toBe(answers.length);
      const dear = answers.map(({ tooExpensive }) => tooExpensive).sort((a, b) => a - b);
      const low = answers.map(({ tooCheap }) => tooCheap).sort((a, b) => a - b);
      const named = answers.flatMap((answer) => Object.values(answer));
      const optimal = points.optimal ?? Number.NaN;
      const after = Math.min(...named.filter((each) => each >= optimal));
      const before = Math.max(...named.filter((each) => each < optimal));
      // Between whole prices nobody named one, so that half a step away counts what lies at a price wholly or not at all.
      const isDearerThanLow = (at: number) =>
        quantileRankSorted(dear, at + 0.5) >= 1 - quantileRankSorted(low, at - 0.5) - 1e-9;
      expect(isDearerThanLow(after)).toBe(true);
      if (Number.isFinite(before)) expect(isDearerThanLow(before)).toBe(false);
    }),
  );
});

test("demand lines and logit curves have the published best prices", () => {
  for (const { Q, c, p, q, contribution } of published.linear_demand) {
    expect(lineResults(Q, c)).toEqual({ p, q, contribution });
  }
  expect(lineResults("200+P", 1)).toBeNull();
  for (const entry of published["logit_S=1/(1+exp(-(a-bp)))"]) {
    const results = logitResults(entry);
    expect(results?.p).toBeCloseTo(entry.p, PLACES - 1);
    expect(results?.S).toBeCloseTo(entry.S, PLACES);
    expect(results?.profit).toBeCloseTo(entry.profit, PLACES - 1);
  }
});

test("a logit curve is found again from the answers that it makes, in any currency's size", () => {
  for (const size of [1, 1000]) {
    const curve = { a: 4, b: 0.08 / size };
    const answers = [10, 30, 50, 70, 90].map((price) => {
      const yes = Math.round(1e6 * logitShare(curve, price * size));
      return { price: price * size, yes, no: 1e6 - yes };
    });
    expect(fitLogit(answers)?.a).toBeCloseTo(4, 3);
    expect((fitLogit(answers)?.b ?? 0) * size).toBeCloseTo(0.08, 5);
  }
  expect(fitLogit([{ price: 1, yes: 10, no: 0 }])).toBeNull();
  expect(
    fitLogit([
      { price: 1, yes: 9, no: 0 },
      { price: 2, yes: 0, no: 9 },
    ]),
  ).toBeNull();
});

test("the price of a feature has the published least squares, and the published median of paired accounts", () => {
  const fit = featureResults(published.feature_price_ols) as { beta: number[]; se: number[]; sigma2: number };
  expectClose(fit.beta, published.feature_price_ols.beta);
  expectClose(fit.se, published.feature_price_ols.se);
  expect(fit.sigma2).toBeCloseTo(published.feature_price_ols.sigma2, PLACES);
  const paired = hodgesLehmann(published.feature_price_paired_hodges_lehmann.diffs);
  expect(paired.estimate).toBe(published.feature_price_paired_hodges_lehmann.estimate);
  // Five accounts reach 93.75 % at most: 2 of the 32 ways to sign their ranks lie outside.
  expect(paired).toMatchObject({ lo: 28, hi: 40, confidence: 0.9375 });
});

test("one column beside a constant is the straight line of another library", () => {
  const points = fc.uniqueArray(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
    selector: ([x]) => x,
    minLength: 4,
    maxLength: 20,
  });
  fc.assert(
    fc.property(points, (list) => {
      const fit = leastSquares(
        list.map(([x]) => [1, x]),
        list.map(([, y]) => y),
      );
      const line = linearRegression(list);
      expect(fit?.beta[0]).toBeCloseTo(line.b, 6);
      expect(fit?.beta[1]).toBeCloseTo(line.m, 6);
    }),
  );
});

test("columns that stand for each other have no price, and few accounts are not enough", () => {
  const copies = [1, 2, 3, 4, 5].map((x) => [1, x, 2 * x]);
  expect(leastSquares(copies, [1, 2, 3, 4, 5])).toBeNull();
  const twins = leastSquares(
    [
      [1, 0],
      [1, 1],
      [1, 0],
      [1, 1],
    ],
    [1, 3, 1, 3.5],
    ["a", "a", "b", "b"],
  );
  expect(twins?.vif).toEqual([null, expect.closeTo(1, 9)]);
  expect(twins?.clusterSe?.every((error) => error >= 0)).toBe(true);
  expect(isEnough(9, 1)).toBe(false);
  expect(isEnough(10, 5)).toBe(false);
  expect(isEnough(10, 4.9)).toBe(true);
});

test("the median of paired means agrees with another library, and its interval holds it", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1, maxLength: 40 }), (list) => {
      const means = list.flatMap((a, i) => list.slice(i).map((b) => (a + b) / 2)).sort((a, b) => a - b);
      const { estimate, lo, hi, confidence } = hodgesLehmann(list);
      expect(estimate).toBeCloseTo(medianSorted(means), 9);
      expect(lo).toBeLessThanOrEqual(estimate);
      expect(hi).toBeGreaterThanOrEqual(estimate);
      if (list.length > 5) expect(confidence).toBeGreaterThanOrEqual(0.95);
    }),
  );
});

test("the same seed draws the same figures, and another seed others", () => {
  const answers = [
    { price: 10, yes: 40, no: 10 },
    { price: 15, yes: 27, no: 23 },
  ];
  const drawn = (seed: number) => bootstrapAnswers(answers, { draws: 500, seed });
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
  expect(drawn(7).reduce((sum, { wins }) => sum + wins, 0)).toBeCloseTo(1, 9);
});

test("accounts are drawn whole: one account's many offers never make a price surer", () => {
  const once = [
    { account: "a", limit: 10, quantity: 6 },
    { account: "b", limit: 12, quantity: 5 },
  ];
  const parted = [
    ...[1, 2, 3].map(() => ({ account: "a", limit: 10, quantity: 2 })),
    { account: "b", limit: 12, quantity: 5 },
  ];
  expect(bootstrapOffers(parted, { seed: 3 })).toEqual(bootstrapOffers(once, { seed: 3 }));
});

test("order-book demand counts units, offers and accounts at a price or more", () => {
  const { steps, accounts, bandHalfWidth } = bookDemand(
    [
      { account: "a", limit: 12, quantity: 5 },
      { account: "a", limit: 10, quantity: 1 },
      { account: "b", limit: 10, quantity: 2 },
    ],
    8,
  );
  expect(accounts).toBe(2);
  expect(bandHalfWidth).toBe(dkw95HalfWidth(2));
  expect(steps).toMatchObject([
    { price: 10, units: 8, offers: 1, accounts: 1, ofSeen: 0.25 },
    { price: 12, units: 5, offers: 1 / 3, accounts: 0.5, ofSeen: 0.125 },
  ]);
  expect(moneyAt(950, 55, (units) => (units < 40 ? 700 : 620), 4000)).toEqual({
    revenue: 52_250,
    contribution: 14_150,
  });
});

test("an adaptive survey finds the highest price anybody would pay in as few questions as halving takes", () => {
  const prices = Array.from({ length: 15 }, (_, index) => index + 1);
  for (const limit of [0, 1, 7, 8, 15]) {
    const shown: ShownPrice[] = [];
    for (let price = nextPrice(prices, shown); price !== null; price = nextPrice(prices, shown)) {
      shown.push({ price, buys: price <= limit });
    }
    expect(shown.length).toBeLessThanOrEqual(4);
    const { answers, whole } = countAnswers(prices, [shown]);
    expect(whole).toBe(1);
    expect(answers.filter(({ yes }) => yes === 1)).toHaveLength(limit);
  }
  expect(countAnswers(prices, [[]])).toMatchObject({ whole: 0, unfinished: 1 });
});

test("market acceptance runs on straight lines between what one person said", () => {
  const { steps, bestForRevenue } = marketAcceptance([
    { tooCheap: 10, cheap: 20, expensive: 30, tooExpensive: 40, buysAtCheap: 0.8, buysAtExpensive: 0.4 },
    { tooCheap: 15, cheap: 25, expensive: 30, tooExpensive: 40, buysAtCheap: 0.6, buysAtExpensive: 0.6 },
  ]);
  expect(steps.map(({ price }) => price)).toEqual([10, 15, 20, 25, 30, 40]);
  expectClose(
    steps.map(({ reach }) => reach),
    [0, 0.2, 0.55, 0.6, 0.5, 0],
  );
  expect(bestForRevenue).toBe(25);
});

test("the funnel counts who came how far, and why the rest went no further", () => {
  const steps = funnel([{ reached: "accepted" }, { reached: "seen", reason: "too dear" }, { reached: "active" }]);
  expect(steps[0]).toEqual({ stage: "seen", reached: 3, ofAll: 1, ofBefore: 1, reasons: { "too dear": 1 } });
  expect(steps[1]).toMatchObject({ reached: 2, ofAll: 2 / 3, ofBefore: 2 / 3 });
  expect(steps.at(-1)).toMatchObject({ reached: 1, ofBefore: 1 });
});
