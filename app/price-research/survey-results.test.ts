import { expect, test } from "vitest";
import { drawChart } from "~/kernel/chart";
import { stateOf, step } from "./survey";
import { ladderFigures, meterFigures } from "./survey-results";

const at = new Date("2026-03-01T12:00:00Z");
const day = (n: number) => new Date(at.getTime() + n * 86_400_000);

test("a survey is a draft until it opens, and closes by hand or at its time", () => {
  const times = { openedAt: day(-1), closesAt: day(1), closedAt: null };
  expect(stateOf({ ...times, openedAt: null }, at)).toBe("draft");
  expect(stateOf(times, at)).toBe("open");
  expect(stateOf({ ...times, closedAt: at }, at)).toBe("closed");
  expect(stateOf({ ...times, closesAt: at }, at)).toBe("closed");
});

test("a ladder ends when the highest price is known, and takes no other price than the one that is due", () => {
  const prices = [1000, 2000, 3000];
  expect(step(prices, [], { price: 1000, buys: true })).toEqual({ ok: false, why: "changed" });
  const first = step(prices, [], { price: 2000, buys: true });
  expect(first).toMatchObject({ ok: true, isLast: false });
  if (!first.ok) return;
  expect(step(prices, first.shown, { price: 3000, buys: false })).toMatchObject({ ok: true, isLast: true });
});

const meter = (account: string, tooCheap: number, cheap: number, expensive: number, tooExpensive: number) => ({
  account,
  said: { tooCheap, cheap, expensive, tooExpensive },
});

test("the curves of a price meter fall for what is cheap and rise for what is dear, each price counted as it was named", () => {
  const figures = meterFigures([meter("a", 10, 20, 30, 40), meter("a", 20, 30, 40, 50), meter("b", 40, 20, 30, 10)]);
  expect(figures).toMatchObject({ valid: 2, excluded: 1, accounts: 1, thin: true });
  const share = (price: number) => figures.steps.find((one) => one.price === price);
  expect(share(10)).toMatchObject({ tooCheap: 1, cheap: 1, expensive: 0, tooExpensive: 0 });
  expect(share(30)).toMatchObject({ tooCheap: 0, cheap: 0.5, expensive: 0.5, tooExpensive: 0 });
  expect(share(50)).toMatchObject({ tooCheap: 0, cheap: 0, expensive: 1, tooExpensive: 1 });
  expect(figures.points.indifference).toBe(30);
});

const buysUpTo = (account: string, prices: readonly number[], top: number) => ({
  account,
  said: prices.map((price) => ({ price, buys: price <= top })),
});

test("an account counts once, however many of its people answer; the dearest price is not the best one", () => {
  const prices = [100, 200, 300];
  const answers = [
    buysUpTo("a", prices, 200),
    buysUpTo("a", prices, 200),
    buysUpTo("a", prices, 0),
    buysUpTo("b", prices, 300),
    { account: "c", said: [{ price: 200, buys: true }] },
  ];
  const figures = ladderFigures(prices, answers, { cost: null, seed: 1 });
  expect(figures).toMatchObject({ accounts: 2, valid: 4, excluded: 1, thin: true, best: { revenue: 200 } });
  expect(figures.steps.map(({ share, accounts }) => [share, accounts])).toEqual([
    [0.75, 2],
    [0.75, 2],
    [0.25, 1],
  ]);
  expect(figures.steps.reduce((all, { wins }) => all + wins, 0)).toBeCloseTo(1);
  // With a piece that costs 190 hardly anything is left at 200, and the dear price is the best.
  const dear = ladderFigures(prices, answers, { cost: 190, seed: 1 });
  expect(dear.best).toEqual({ revenue: 200, contribution: 300 });
  expect(ladderFigures(prices, answers, { cost: 190, seed: 1 })).toEqual(dear);
});

test("a chart without a dot is none, and one dot has a place", () => {
  const axes = { x: String, y: String };
  expect(drawChart({ ...axes, series: [{ key: "a", dots: [] }] })).toBeNull();
  const chart = drawChart({ ...axes, series: [{ key: "a", dots: [[5, 0.5]] }] });
  expect(chart?.lines[0]?.dots[0]?.every(Number.isFinite)).toBe(true);
  expect(chart?.yTicks.map(({ label }) => label)).toEqual(["0", "0.25", "0.5", "0.75", "1"]);
});
