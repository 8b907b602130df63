import { bootstrapAnswers } from "./best-price-bootstrap";
import { bestOnLine, bestOnLogit, fitLogit, type LogitCurve } from "./demand-model";
import { hodgesLehmann, leastSquares } from "./feature-price";
import type { AnswersEntry, FeatureEntry, LogitEntry, MeterEntry } from "./price-research.schema";
import { type MeterRule, type PriceMeter, priceMeter } from "./van-westendorp";
import {
  arcElasticities,
  bestPrice,
  kristromMean,
  lowerBoundMean,
  medianPrice,
  moneyPerPerson,
  type PriceAnswers,
  pooledShares,
} from "./yes-no";

/** The results of an analyst's entry, each under the name that published numbers carry. All amounts are in the entry's unit. */
export function answersResults(entry: AnswersEntry) {
  const answers = answersOf(entry);
  const steps = pooledShares(answers);
  const lower = lowerBoundMean(steps);
  const odds = bootstrapAnswers(answers, { draws: entry.draws, seed: entry.seed });
  const best = bestPrice(steps);
  return {
    pava: steps.map(({ share }) => share),
    lower_bound_mean: lower.mean,
    lower_bound_se: lower.error,
    lower_bound_ci95: [lower.lo, lower.hi],
    kristrom_mean_to_x_intercept: kristromMean(steps),
    median: medianPrice(steps),
    revenue_index: moneyPerPerson(steps),
    argmax_revenue: best,
    ...Object.fromEntries(
      costsOf(entry).flatMap((cost) => [
        [`profit_index_c${cost}`, moneyPerPerson(steps, cost)],
        [`argmax_profit_c${cost}`, bestPrice(steps, cost)],
      ]),
    ),
    arc_elasticity: arcElasticities(steps),
    bootstrap_P_best: Object.fromEntries(odds.map(({ price, wins }) => [price, wins])),
    bootstrap_expected_loss: Object.fromEntries(odds.map(({ price, expectedLoss }) => [price, expectedLoss])),
    [`bootstrap_P_best_${best}`]: { value: odds.find(({ price }) => price === best)?.wins ?? 0 },
  };
}

export function meterResults({ tc, ch, ex, te, add_intransitive_row: added }: MeterEntry) {
  const answers = tc.map((tooCheap, index) => meterOf(tooCheap, ch[index], ex[index], te[index]));
  const row = added && meterOf(added.tc, added.ch, added.ex, added.te);
  return { ...bothRules(answers), ...(row ? { add_intransitive_row: bothRules([...answers, row]) } : {}) };
}

/** In: a demand line as it is written, "200-0.5P". Out: null when it is none. */
export function lineResults(Q: string, c: number) {
  const match = /^\s*(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)?\s*\*?\s*P\s*$/i.exec(Q);
  if (!match) return null;
  const { price, units, contribution } = bestOnLine({ most: Number(match[1]), slope: Number(match[2] ?? 1) }, c);
  return { p: price, q: units, contribution };
}

/** Out: null when the answers of the entry have no curve of their own. */
export function logitResults(entry: LogitEntry) {
  const curve: LogitCurve | null = "a" in entry ? entry : fitLogit(answersOf(entry));
  if (!curve) return null;
  const { price, share, profit } = bestOnLogit(curve, entry.c);
  return { a: curve.a, b: curve.b, p: price, S: share, profit };
}

/** Out: null when the columns cannot be told apart. */
export function featureResults(entry: FeatureEntry) {
  if ("diffs" in entry) return hodgesLehmann(entry.diffs);
  const fit = leastSquares(entry.X, entry.y, entry.accounts);
  if (!fit) return null;
  return { beta: fit.beta, se: fit.se, sigma2: fit.sigma2, cluster_se: fit.clusterSe, vif: fit.vif };
}

function answersOf({ price, yes, no, n }: Pick<AnswersEntry, "price" | "yes" | "no" | "n">): PriceAnswers[] {
  return price.map((each, index) => {
    const said = yes[index] ?? 0;
    return { price: each, yes: said, no: no?.[index] ?? (n ?? said) - said };
  });
}

/** Costs stand in the entry, or in the names of the results that it comes with ("argmax_profit_c6"). */
function costsOf(entry: AnswersEntry): number[] {
  const named = Object.keys(entry).map((name) => /_c(\d+(?:\.\d+)?)$/.exec(name)?.[1]);
  const costs = [
    ...named.filter((cost) => cost !== undefined).map(Number),
    ...(entry.cost === undefined ? [] : [entry.cost]),
  ];
  return [...new Set(costs)];
}

function bothRules(answers: readonly PriceMeter[]) {
  const { valid, invalid } = priceMeter(answers);
  return {
    n_valid: valid,
    n_invalid: invalid,
    inclusive_linear: points("inclusive"),
    "r_pkg_1.3.3_linear": points("rPackage"),
  };
  function points(rule: MeterRule) {
    const found = priceMeter(answers, rule).points;
    return {
      PMC_original: found.pmcOriginal,
      PME_original: found.pmeOriginal,
      PMC_narrower: found.pmcNarrower,
      PME_narrower: found.pmeNarrower,
      IPP: found.indifference,
      OPP: found.optimal,
    };
  }
}

function meterOf(tooCheap: number, cheap = Number.NaN, expensive = Number.NaN, tooExpensive = Number.NaN): PriceMeter {
  return { tooCheap, cheap, expensive, tooExpensive };
}
