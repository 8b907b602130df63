import fc from "fast-check";
import { expect, test } from "vitest";
import { published } from "~/price-research/published.fixture";
import {
  type BookOffer,
  baseLimit,
  type ClearingRules,
  clear,
  clearAgain,
  type Floors,
  type Objective,
} from "./clearing";
import { clearedByHand } from "./clearing-oracle.fixture";
import { clearingTable, readTiers } from "./clearing-table";
import { pivotality } from "./pivotality";

const round = published.pooled_run as Parameters<typeof clearingTable>[0] & typeof published.pooled_run;

function offer(id: string, limit: number, quantity: number, more: Partial<BookOffer> = {}): BookOffer {
  return {
    id,
    limit: BigInt(limit),
    adders: 0n,
    quantity,
    atLeast: 1,
    activeSince: 0,
    configuration: "plain",
    ...more,
  };
}

const FLOORS: Floors = { tiers: [{ from: 0, unit: 100n }], deltas: {} };
const RULES: ClearingRules = {
  minimum: 10,
  capacity: 30,
  objective: { kind: "max-units", marginPerUnit: 0n },
  costs: { tiers: [{ from: 0, unit: 80n }], deltas: {}, fixed: 0n },
};

const unitsOf = (clearing: ReturnType<typeof clear>) =>
  Object.fromEntries(clearing.allocations.map(({ id, units }) => [id, units]));

test("the worked example clears as published: 950 for 55 units, 900 for 60 when O2's payment fails", () => {
  const table = clearingTable(round);
  expect(table?.rows_p_D_Q_floor_feasible_rev_contrib).toEqual(round.rows_p_D_Q_floor_feasible_rev_contrib);
  expect(table).toMatchObject({
    max_contribution: round.max_contribution,
    max_units: round.max_units,
    pay_as_offer_revenue_same_winners: round.pay_as_offer_revenue_same_winners,
    uniform_revenue: round.uniform_revenue,
    O2_payment_fails: round.O2_payment_fails,
    all_or_nothing_variant: round.all_or_nothing_variant,
  });
});

test("the floor tier that makes a lower price infeasible", () => {
  const rows = clearingTable(round)?.rows_p_D_Q_floor_feasible_rev_contrib ?? [];
  expect(rows.find(([price]) => price === 900)).toMatchObject({ 4: true });
  expect(rows.find(([price]) => price === 800)).toMatchObject({ 3: 820, 4: false });
});

test("capacity cuts an all-or-nothing offer while a later smaller one fits", () => {
  const book = [offer("a", 200, 20), offer("b", 190, 15, { atLeast: 15 }), offer("c", 180, 10, { atLeast: 10 })];
  const cleared = clear(book, FLOORS, RULES);
  expect(unitsOf(cleared)).toEqual({ a: 20, b: 0, c: 10 });
  expect(cleared.allocations.map(({ state }) => state)).toEqual(["allocated", "standby", "allocated"]);
});

test("a partial offer takes the rest if that is at least its minimum", () => {
  const book = (atLeast: number) => [offer("a", 200, 24), offer("b", 190, 10, { atLeast })];
  expect(unitsOf(clear(book(6), FLOORS, RULES))).toEqual({ a: 24, b: 6 });
  expect(unitsOf(clear(book(7), FLOORS, RULES))).toEqual({ a: 24, b: 0 });
});

test("equal limits go in time order, then by id", () => {
  const book = [
    offer("z", 200, 20, { activeSince: 1 }),
    offer("b", 200, 20, { activeSince: 2 }),
    offer("a", 200, 20, { activeSince: 2 }),
  ];
  expect(unitsOf(clear(book, FLOORS, RULES))).toEqual({ z: 20, a: 10, b: 0 });
});

test("a minimum lost to a lapsed payment fails the round, and says which", () => {
  const book = [offer("a", 200, 8), offer("b", 190, 4)];
  const cleared = clear(book, FLOORS, RULES);
  expect(cleared.outcome).toBe("cleared");
  expect(clearAgain(book, FLOORS, RULES, cleared, new Set(["a"]))).toMatchObject({
    outcome: "failed",
    why: "minimum-missed",
  });
  expect(clear([], FLOORS, RULES)).toMatchObject({ outcome: "failed", why: "no-offers" });
  expect(clear([offer("a", 99, 30)], FLOORS, RULES)).toMatchObject({ outcome: "failed", why: "below-floor" });
});

test("offers of different options compare on what they leave for the base, and each pays its posted adders", () => {
  const floors: Floors = { tiers: [{ from: 0, unit: 100n }], deltas: { steel: 30n } };
  const steel = offer("steel", 190, 10, { adders: 40n, configuration: "steel" });
  const cleared = clear([offer("plain", 160, 10), steel], floors, RULES);
  expect(cleared).toMatchObject({ outcome: "cleared", price: 150n, units: 20 });
  expect(cleared.allocations.map(({ id, pays }) => [id, pays])).toEqual([
    ["plain", 150n],
    ["steel", 190n],
  ]);
  // An option whose floor is not covered by its adder lifts the floor of the whole price.
  const dear: Floors = { tiers: [{ from: 0, unit: 100n }], deltas: { steel: 91n } };
  expect(clear([offer("plain", 160, 10), steel], dear, RULES)).toMatchObject({
    outcome: "cleared",
    price: 160n,
    units: 10,
  });
});

test("an offer of 0, below 0, of no whole number or written twice stops the clearing rather than entering it", () => {
  for (const wrong of [
    offer("a", 0, 1),
    offer("a", -1, 1),
    offer("a", 1, 0),
    offer("a", 1, 1.5),
    offer("a", 1, 2, { atLeast: 3 }),
  ]) {
    expect(() => clear([wrong], FLOORS, RULES)).toThrow(RangeError);
  }
  expect(() => clear([offer("a", 200, 1), offer("a", 200, 1)], FLOORS, RULES)).toThrow(RangeError);
});

const money = fc.integer({ min: 1, max: 60 }).map((value) => value * 5);
const anOffer = fc
  .record({
    limit: money,
    adders: fc.constantFrom(0, 10),
    quantity: fc.integer({ min: 1, max: 9 }),
    least: fc.integer({ min: 1, max: 9 }),
    since: fc.nat(3),
    steel: fc.boolean(),
  })
  .map(({ limit, adders, quantity, least, since, steel }) => ({
    limit: BigInt(limit + adders),
    adders: BigInt(adders),
    quantity,
    atLeast: Math.min(least, quantity),
    activeSince: since,
    configuration: steel ? "steel" : "plain",
  }));
const aBook = fc
  .array(anOffer, { maxLength: 12 })
  .map((list) => list.map((one, index) => ({ ...one, id: `o${index}` })));
const tiers = fc.tuple(money, money, fc.integer({ min: 2, max: 20 })).map(([low, high, from]) => [
  { from: 0, unit: BigInt(Math.max(low, high)) },
  { from, unit: BigInt(Math.min(low, high)) },
]);
const someFloors = fc.record({ tiers, deltas: fc.constantFrom({}, { steel: 15n }, { steel: -5n }) });
const objective: fc.Arbitrary<Objective> = fc.constantFrom(
  { kind: "max-contribution" },
  { kind: "max-units", marginPerUnit: 3n },
  { kind: "lowest-feasible" },
);
const someRules = fc.record({
  minimum: fc.nat(15),
  capacity: fc.integer({ min: 1, max: 40 }),
  objective,
  costs: fc.record({ tiers, deltas: fc.constantFrom({}, { steel: 8n }), fixed: fc.constantFrom(0n, 100n) }),
});

test("the price, the units and who is in are those of the rules followed word by word", () => {
  fc.assert(
    fc.property(aBook, someFloors, someRules, (book, floors, rules) => {
      const cleared = clear(book, floors, rules);
      const byHand = clearedByHand(book, floors, rules);
      if (cleared.outcome === "failed") {
        expect(byHand).toBeNull();
        return;
      }
      expect(byHand).toMatchObject({ price: cleared.price, units: cleared.units, contribution: cleared.contribution });
      const given = cleared.allocations.filter(({ units }) => units > 0).map(({ id, units }) => [id, units]);
      expect(new Map(given as [string, number][])).toEqual(byHand?.filled);
    }),
    { numRuns: 2000 },
  );
});

test("nobody pays above their limit or gets fewer than they would take; the floor, the minimum and the capacity hold", () => {
  fc.assert(
    fc.property(aBook, someFloors, someRules, (book, floors, rules) => {
      const cleared = clear(book, floors, rules);
      if (cleared.outcome === "failed") return;
      expect(cleared.units).toBeLessThanOrEqual(rules.capacity);
      expect(cleared.units).toBeGreaterThanOrEqual(rules.minimum);
      for (const { id, units, pays } of cleared.allocations) {
        const one = book.find((each) => each.id === id) as BookOffer;
        if (units === 0) continue;
        expect(pays).toBeLessThanOrEqual(one.limit);
        expect(units).toBeGreaterThanOrEqual(one.atLeast);
        const tier = floors.tiers.filter(({ from }) => from <= cleared.units).at(-1)?.unit ?? 0n;
        const delta = (floors.deltas as Record<string, bigint>)[one.configuration] ?? 0n;
        expect(pays).toBeGreaterThanOrEqual(tier + delta);
      }
    }),
    { numRuns: 2000 },
  );
});

test("clearing twice, or the same book in another order, gives the identical result", () => {
  const shuffled = aBook.chain((book) =>
    fc.tuple(fc.constant(book), fc.shuffledSubarray(book, { minLength: book.length })),
  );
  fc.assert(
    fc.property(shuffled, someFloors, someRules, ([book, other], floors, rules) => {
      expect(clear(other, floors, rules)).toEqual(clear(book, floors, rules));
    }),
  );
});

test("the price never rises after a lapse, however many payments lapse", () => {
  fc.assert(
    fc.property(
      aBook,
      someFloors,
      someRules,
      fc.array(fc.nat(11), { minLength: 1, maxLength: 4 }),
      (book, floors, rules, gone) => {
        const lapsed = new Set<string>();
        let cleared = clear(book, floors, rules);
        for (const index of gone) {
          if (cleared.outcome === "failed") return;
          lapsed.add(`o${index}`);
          const again = clearAgain(book, floors, rules, cleared, lapsed);
          if (again.outcome === "cleared") expect(again.price).toBeLessThanOrEqual(cleared.price);
          cleared = again;
        }
      },
    ),
  );
});

test("ten times the offers take about ten times as long: nothing is looked at once a price", () => {
  const bookOf = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      offer(`o${index}`, 1 + ((index * 7919) % (count * 3)), 3 + (index % 5), { atLeast: 1 + (index % 3) }),
    );
  const timed = (count: number) => {
    const book = bookOf(count);
    const rules = { ...RULES, capacity: count };
    // Of the processor: what else runs on the machine makes a clock's time longer.
    const times = [1, 2, 3].map(() => {
      const from = process.cpuUsage();
      clear(book, FLOORS, rules);
      const { user, system } = process.cpuUsage(from);
      return user + system;
    });
    return Math.min(...times);
  };
  timed(1_000);
  // Quadratic work would take a hundred times as long.
  expect(timed(50_000) / timed(5_000)).toBeLessThan(50);
}, 30_000);

test("a round that hangs on one account is thin", () => {
  const book = [offer("a", 200, 20), offer("b", 150, 20)];
  const owners = new Map([
    ["a", "A"],
    ["b", "B"],
  ]);
  const rules: ClearingRules = { ...RULES, capacity: 40, objective: { kind: "lowest-feasible" } };
  expect(pivotality(book, owners, FLOORS, rules)).toEqual({ account: "B", move: 50 / 150, thin: true });
  const many = Array.from({ length: 30 }, (_, index) => offer(`m${index}`, 150, 1));
  expect(pivotality(many, new Map(many.map(({ id }) => [id, id])), FLOORS, rules)).toMatchObject({ thin: false });
  expect(pivotality([], new Map(), FLOORS, rules)).toBeNull();
});

test("amounts by quantity are read as they are written, and nothing else is", () => {
  expect(readTiers("700 if Q<40 else 620")?.map(({ from }) => from)).toEqual([0, 40]);
  expect(readTiers("950 if Q<40; 850 if 40<=Q<60; 820 if Q=60")?.map(({ from }) => from)).toEqual([0, 40, 60]);
  expect(readTiers(12.5)).toEqual([{ from: 0, unit: 12_500_000n }]);
  expect(readTiers("free")).toBeNull();
});

test("base limits leave the adders out", () => {
  expect(baseLimit(offer("a", 190, 1, { adders: 40n }))).toBe(150n);
});
