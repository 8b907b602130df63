import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { published } from "../app/price-research/published.fixture";

/** Runs the command as an analyst does, the entry on standard input. */
async function research(command: string, entry: unknown) {
  const child = spawn(process.execPath, ["--import", "tsx", "server/price-research.ts", command], { stdio: "pipe" });
  child.stdin.end(typeof entry === "string" ? entry : JSON.stringify(entry));
  const [out, err, code] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    new Promise<number | null>((resolve) => child.on("close", resolve)),
  ]);
  return { out, err, code };
}

async function readAll(stream: NodeJS.ReadableStream) {
  let text = "";
  for await (const chunk of stream) text += chunk;
  return text;
}

/** Numbers as they were printed, inside whatever holds them. */
function asPrinted(value: unknown): unknown {
  if (typeof value === "number") return expect.closeTo(value, 3);
  if (Array.isArray(value)) return value.map(asPrinted);
  if (typeof value !== "object" || value === null) return value;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asPrinted(each)])),
  );
}

const { bootstrap_P_best_120, ...exxon } = published.yesno.exxon_valdez_carson1992;
const { bootstrap_P_best, warning, ...gabor } = published.yesno.gabor_granger_counts_only;
const inputs = ["price", "yes", "no", "n", "tc", "ch", "ex", "te", "add_intransitive_row", "offers", "moq", "capacity"];
inputs.push("fixed_cost", "unit_cost", "floor", "partial", "X_cols", "X", "y", "diffs");

test.concurrent.each([
  ["wilson", published.wilson95, published.wilson95],
  ["dkw", published.dkw95_halfwidth, published.dkw95_halfwidth],
  ["yes-no", published.yesno.exxon_valdez_carson1992, exxon],
  ["gabor-granger", published.yesno.gabor_granger_counts_only, gabor],
  ["van-westendorp", published.van_westendorp, published.van_westendorp],
  ["linear", published.linear_demand, published.linear_demand],
  [
    "logit",
    published["logit_S=1/(1+exp(-(a-bp)))"],
    published["logit_S=1/(1+exp(-(a-bp)))"].map(({ c, ...rest }) => rest),
  ],
  ["feature-price", published.feature_price_ols, published.feature_price_ols],
  ["feature-price", published.feature_price_paired_hodges_lehmann, published.feature_price_paired_hodges_lehmann],
  ["clear", published.pooled_run, published.pooled_run],
])(
  "`price-research -- %s` prints published results under their names",
  { timeout: 60_000 },
  async (command, entry, results) => {
    const { out, code, err } = await research(command, entry);
    expect(err).toBe("");
    expect(code).toBe(0);
    const wanted = Array.isArray(results)
      ? results
      : Object.fromEntries(Object.entries(results).filter(([name]) => !inputs.includes(name)));
    expect(JSON.parse(out)).toEqual(asPrinted(wanted));
  },
);

test("how sure the best price is, stands within what was published", { timeout: 60_000 }, async () => {
  const { out } = await research("yes-no", published.yesno);
  const results = JSON.parse(out);
  const sure = results.exxon_valdez_carson1992.bootstrap_P_best_120.value;
  expect(Math.abs(sure - bootstrap_P_best_120.value)).toBeLessThanOrEqual(bootstrap_P_best_120.tol);
  for (const price of ["14.99", "19.99"] as const) {
    const odds = results.gabor_granger_counts_only.bootstrap_P_best[price];
    expect(Math.abs(odds - bootstrap_P_best[price])).toBeLessThanOrEqual(bootstrap_P_best.tol);
  }
  expect(warning).toContain("wrong");
});

test.concurrent.each([
  ["wilson", "{", "Standard input holds no JSON."],
  ["wilson", { k: 3 }, "This is no entry of the command: n:"],
  ["wilson", { k: 3, n: 2 }, "This entry has no answer: 3 of 2 is no share of a whole."],
  ["guess", {}, "Use: npm run -s price-research -- <yes-no|"],
  ["clear", { ...published.pooled_run, floor: "cheap" }, "floor and unit_cost: a number"],
])("`price-research -- %s` refuses %j in one sentence", { timeout: 60_000 }, async (command, entry, sentence) => {
  const { err, out, code } = await research(command, entry);
  expect(code).toBe(1);
  expect(out + err).toContain(sentence);
});
