import { inverse as inverseOf, Matrix, SingularValueDecomposition } from "ml-matrix";
import { Z95 } from "./proportion";

/** What one account said more for the variant with the feature than for the one without, in one unit of money. */
export type PairedDifference = number;

/**
 * The typical difference of accounts that priced both variants, and the interval of Wilcoxon's signed-rank test around it.
 * Hodges & Lehmann (1963), "Estimates of location based on rank tests", Ann. Math. Stat. 34, 598-611: the median of all means
 * of two. The interval counts as many of these means off both ends as the test allows: exactly up to 50 accounts, beyond by
 * the normal approximation (Hollander & Wolfe, "Nonparametric Statistical Methods", ch. 3).
 * Out: `confidence` is what the interval really reaches; with five accounts or fewer it cannot reach 95 %.
 * Throws RangeError without a difference.
 */
export function hodgesLehmann(differences: readonly PairedDifference[]) {
  const n = differences.length;
  if (n === 0) throw new RangeError("no account priced both");
  const means: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) means.push(((differences[i] as number) + (differences[j] as number)) / 2);
  }
  means.sort((a, b) => a - b);
  const { cut, confidence } = n <= 50 ? exactCut(n) : normalCut(n);
  const middle = (means.length - 1) / 2;
  const estimate = ((means[Math.floor(middle)] as number) + (means[Math.ceil(middle)] as number)) / 2;
  return { estimate, lo: means[cut] as number, hi: means[means.length - 1 - cut] as number, confidence, n };
}

/**
 * The price of each column by least squares, y = X beta + u.
 * In: X row by row (n rows of k numbers, n > k), y, and the account of each row. Out, per column: beta, its classical
 * standard error, the one that allows rows of one account to be alike (CR1: Liang & Zeger 1986 with the correction
 * G / (G - 1) * (n - 1) / (n - k); null without accounts or with one alone), and the variance inflation factor, by which the
 * other columns explain this one (null for a constant column). `sigma2` is the residual variance.
 * Throws RangeError when there are too few rows; out null when columns cannot be told apart.
 */
export function leastSquares(X: readonly (readonly number[])[], y: readonly number[], accounts?: readonly string[]) {
  const n = X.length;
  const k = X[0]?.length ?? 0;
  if (!(n > k && k > 0 && y.length === n)) throw new RangeError(`${n} rows are too few for ${k} columns`);
  const design = new Matrix(X.map((row) => [...row]));
  const gram = design.transpose().mmul(design);
  // Columns that stand for each other leave nothing to divide by, and rounding would make numbers of it.
  if (new SingularValueDecomposition(gram).condition > 1e12) return null;
  const inverse = inverseOf(gram);
  const beta = inverse.mmul(design.transpose()).mmul(Matrix.columnVector([...y]));
  const rest = Matrix.columnVector([...y]).sub(design.mmul(beta));
  const sigma2 = rest.dot(rest) / (n - k);
  return {
    beta: beta.to1DArray(),
    sigma2,
    se: inverse.diag().map((value) => Math.sqrt(sigma2 * value)),
    clusterSe: accounts ? clusterErrors(design, rest, inverse, accounts) : null,
    vif: inverse.diag().map((value, column) => {
      const values = design.getColumn(column);
      const mean = values.reduce((sum, one) => sum + one, 0) / n;
      const spread = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
      return spread === 0 ? null : value * spread;
    }),
  };
}

/** How many accounts with the option, and how far from a copy of the others it must be, before its price is shown at all. */
export const ENOUGH = { accountsPerOption: 10, varianceInflation: 5 } as const;

/** Whether the price of a column may be shown: enough accounts had the option, and the other columns do not stand for it. */
export function isEnough(accountsWithOption: number, varianceInflation: number | null): boolean {
  const apart = varianceInflation === null || varianceInflation < ENOUGH.varianceInflation;
  return accountsWithOption >= ENOUGH.accountsPerOption && apart;
}

function clusterErrors(design: Matrix, rest: Matrix, inverse: Matrix, accounts: readonly string[]): number[] | null {
  const { rows: n, columns: k } = design;
  const scores = new Map<string, Matrix>();
  for (const [row, account] of accounts.entries()) {
    const score: Matrix = scores.get(account) ?? new Matrix(1, k);
    scores.set(account, score);
    score.add(Matrix.mul(design.getRowVector(row), rest.get(row, 0)));
  }
  if (scores.size < 2) return null;
  const middle = new Matrix(k, k);
  for (const score of scores.values()) middle.add(score.transpose().mmul(score));
  const scale = (scores.size / (scores.size - 1)) * ((n - 1) / (n - k));
  const variance = inverse.mmul(middle).mmul(inverse);
  return variance.diag().map((value) => Math.sqrt(scale * value));
}

/** How many means to leave off each end so that at most 2.5 % lie beyond it, counting every way to sign the ranks 1 to n. */
function exactCut(n: number) {
  const most = (n * (n + 1)) / 2;
  const ways = new Float64Array(most + 1);
  ways[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = most; sum >= rank; sum--) ways[sum] = (ways[sum] as number) + (ways[sum - rank] as number);
  }
  const all = 2 ** n;
  let tail = 0;
  let cut = 0;
  while (tail + (ways[cut] as number) / all <= 0.025) tail += (ways[cut++] as number) / all;
  // With so few accounts even the widest interval misses 95 %: it is given with what it reaches.
  if (cut === 0) return { cut: 0, confidence: 1 - 2 / all };
  return { cut: cut - 1, confidence: 1 - 2 * tail };
}

function normalCut(n: number) {
  const mean = (n * (n + 1)) / 4;
  const spread = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24);
  return { cut: Math.max(0, Math.floor(mean - Z95 * spread) - 1), confidence: 0.95 };
}
