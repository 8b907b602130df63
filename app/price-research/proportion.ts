/** The 97.5th percentile of the standard normal distribution: two sides of a 95 % interval. */
export const Z95 = 1.959963984540054;

export type Interval = { readonly lo: number; readonly hi: number };

/**
 * The 95 % score interval of a share, which stays within 0 and 1 and holds for small samples and for shares near the ends.
 * Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22, 209-212.
 * In: `k` of `n` (whole, 0 <= k <= n, n > 0). Out: both ends as shares of one.
 * Throws RangeError on other counts.
 */
export function wilson95(k: number, n: number): Interval {
  if (!(Number.isInteger(k) && Number.isInteger(n) && n > 0 && k >= 0 && k <= n)) {
    throw new RangeError(`${k} of ${n} is no share of a whole`);
  }
  const share = k / n;
  const square = Z95 * Z95;
  const middle = (share + square / (2 * n)) / (1 + square / n);
  const half = (Z95 * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n))) / (1 + square / n);
  // At k = 0 and k = n the bound is exactly 0 and 1; the sum in floating point is not.
  return { lo: k === 0 ? 0 : middle - half, hi: k === n ? 1 : middle + half };
}

/**
 * How far a whole curve of shares may lie from the truth, everywhere at once, with 95 % certainty.
 * Dvoretzky, Kiefer & Wolfowitz (1956) with the constant of Massart (1990), "The tight constant in the
 * Dvoretzky-Kiefer-Wolfowitz inequality", Ann. Probab. 18, 1269-1283: sqrt(ln(2 / 0.05) / (2 n)).
 * In: the number of independent units, here accounts (n >= 1). Out: half the width of the band, as a share of one.
 * Throws RangeError when there is no unit.
 */
export function dkw95HalfWidth(n: number): number {
  if (!(n >= 1)) throw new RangeError(`a band of ${n} units`);
  return Math.sqrt(Math.log(2 / 0.05) / (2 * n));
}
