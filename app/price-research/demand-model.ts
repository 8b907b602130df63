import type { PriceAnswers } from "./yes-no";

/** A demand line Q(p) = most - slope p: `most` units at price 0, `slope` units fewer for each unit of money more. */
export type DemandLine = { readonly most: number; readonly slope: number };

/**
 * The price with the most contribution (p - cost) Q(p) on a demand line, half way between the cost and the price at which
 * nobody buys: p = (most / slope + cost) / 2, with Q never below 0 (Varian, "Intermediate Microeconomics", ch. 25).
 * Throws RangeError unless demand falls.
 */
export function bestOnLine({ most, slope }: DemandLine, cost: number) {
  if (!(slope > 0 && most > 0)) throw new RangeError("demand is to fall with the price");
  const price = (most / slope + cost) / 2;
  const units = Math.max(0, most - slope * price);
  return { price, units, contribution: (price - cost) * units };
}

/** The share that buys at p: S(p) = 1 / (1 + exp(-(a - b p))), b > 0. */
export type LogitCurve = { readonly a: number; readonly b: number };

/** The share that buys at this price. */
export function logitShare({ a, b }: LogitCurve, price: number): number {
  return 1 / (1 + Math.exp(-(a - b * price)));
}

/**
 * The price with the most (p - cost) S(p) on a logit curve: p = cost + (1 + W(exp(a - b cost - 1))) / b, with W the function
 * of Lambert (Corless et al. 1996; the first-order condition is b (p - cost)(1 - S) = 1, as in Train, "Discrete Choice
 * Methods with Simulation", ch. 3). Profit is for one person asked. Throws RangeError unless demand falls.
 */
export function bestOnLogit(curve: LogitCurve, cost: number) {
  const { a, b } = curve;
  if (!(b > 0)) throw new RangeError("demand is to fall with the price");
  const price = cost + (1 + lambertOfExp(a - b * cost - 1)) / b;
  const share = logitShare(curve, price);
  return { price, share, profit: (price - cost) * share };
}

/**
 * The logit curve that makes the answers most likely (Newton's method on the log-likelihood; McCullagh & Nelder,
 * "Generalized Linear Models", ch. 4). Out: null where there is none: all or nobody said yes, one price parts them exactly,
 * only one price was asked, or demand does not fall.
 */
export function fitLogit(answers: readonly PriceAnswers[]): LogitCurve | null {
  let a = 0;
  let b = 0;
  const widest = answers.reduce((most, { price }) => Math.max(most, price), 0);
  for (let step = 0; step < 100; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 0, 0, 0];
    for (const { price, yes, no } of answers) {
      // In units of the highest price: the two numbers sought are then of one size, whatever the currency.
      const x = price / widest;
      const share = 1 / (1 + Math.exp(-(a - b * x)));
      const rest = yes - (yes + no) * share;
      const weight = (yes + no) * share * (1 - share);
      ga += rest;
      gb -= rest * x;
      haa += weight;
      hab -= weight * x;
      hbb += weight * x * x;
    }
    const det = haa * hbb - hab * hab;
    if (!(det > 1e-12)) return null;
    const da = (hbb * ga - hab * gb) / det;
    const db = (haa * gb - hab * ga) / det;
    a += da;
    b += db;
    if (Math.abs(a) > 500 || Math.abs(b) > 500) return null;
    if (Math.abs(da) + Math.abs(db) < 1e-12) return b > 0 ? { a, b: b / widest } : null;
  }
  return null;
}

/** The w > 0 with w + ln w = x, which is W(exp(x)) without an exp that overflows. */
function lambertOfExp(x: number): number {
  let w = x > 1 ? x - Math.log(x) : Math.exp(x) / (1 + Math.exp(x));
  for (let step = 0; step < 100; step++) {
    const next = w - (w + Math.log(w) - x) / (1 + 1 / w);
    if (!(next > 0)) w /= 2;
    else if (Math.abs(next - w) <= 1e-15 * next) return next;
    else w = next;
  }
  return w;
}
