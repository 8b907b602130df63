import {
  type BookOffer,
  type Clearing,
  type ClearingRules,
  clear,
  clearAgain,
  type Floors,
  type Tier,
} from "./clearing";

/** A round as an analyst writes it: amounts in whole units of money, what depends on the quantity in words. */
export type WrittenRound = {
  /** Id, unit limit, quantity and, when fewer would do, the fewest. Earlier ones were active earlier. */
  readonly offers: readonly (readonly [string, number, number, ...number[]])[];
  readonly moq: number;
  readonly capacity: number;
  readonly fixed_cost: number;
  readonly unit_cost: number | string;
  readonly floor: number | string;
};

/** Six decimals of a unit of money are kept exactly. */
const SCALE = 1_000_000;
const CONDITION = /^(\d+(?:\.\d+)?)\s+if\s+(?:(\d+)\s*<=\s*)?Q\s*(<=|<|>=|=)\s*(\d+)(?:\s+else\s+(\d+(?:\.\d+)?))?$/;

/**
 * Reads "950 if Q<40; 850 if 40<=Q<60; 820 if Q=60" or "700 if Q<40 else 620": parts ascend by quantity, and the last one goes on.
 * Out: null when it is written otherwise.
 */
export function readTiers(written: number | string): Tier[] | null {
  if (typeof written === "number") return [{ from: 0, unit: scaled(written) }];
  const tiers: Tier[] = [];
  for (const part of written.split(";")) {
    const match = CONDITION.exec(part.trim());
    if (!match) return null;
    const [, unit, from, sign, bound, rest] = match;
    const begins = from ?? (sign === "<" || sign === "<=" ? "0" : bound);
    tiers.push({ from: Number(begins), unit: scaled(Number(unit)) });
    if (rest !== undefined) tiers.push({ from: Number(bound) + (sign === "<=" ? 1 : 0), unit: scaled(Number(rest)) });
  }
  return tiers;
}

/**
 * A round cleared for both objectives, with all its candidates, and what would come of each accepted offer's payment failing,
 * once with every offer content with one unit unless it says otherwise, and once all or nothing.
 * Out: null when a floor or cost is written in no way that `readTiers` knows.
 */
export function clearingTable(round: WrittenRound) {
  const floors = readTiers(round.floor);
  const costs = readTiers(round.unit_cost);
  if (!floors || !costs) return null;
  const rules = (kind: "max-contribution" | "max-units"): ClearingRules => ({
    minimum: round.moq,
    capacity: round.capacity,
    objective: kind === "max-units" ? { kind, marginPerUnit: 0n } : { kind },
    costs: { tiers: costs, deltas: {}, fixed: scaled(round.fixed_cost) },
  });
  const book = bookOf(round, ([, , , atLeast]) => atLeast ?? 1);
  const whole = bookOf(round, ([, , quantity]) => quantity);
  const floor: Floors = { tiers: floors, deltas: {} };
  const best = clear(book, floor, rules("max-contribution"));
  return {
    rows_p_D_Q_floor_feasible_rev_contrib: best.candidates.map((row) => [
      plain(row.price),
      row.demand,
      row.units,
      row.floor === null ? null : plain(row.floor),
      row.feasible,
      plain(row.revenue),
      plain(row.contribution),
    ]),
    max_contribution: outcome(best),
    max_units: outcome(clear(book, floor, rules("max-units"))),
    ...revenues(book, best),
    ...failures(book, floor, rules("max-contribution"), best, "_payment_fails"),
    all_or_nothing_variant: allOrNothing(whole, floor, rules("max-contribution")),
  };
}

function allOrNothing(book: readonly BookOffer[], floors: Floors, rules: ClearingRules) {
  const best = clear(book, floors, rules);
  const ids = best.outcome === "cleared" ? winners(best) : [];
  const lapses = ids.flatMap((id) => {
    const rest = clear(without(book, id), floors, rules);
    return rest.candidates.map((row) => [
      `${id}_fails_at_${plain(row.price)}`,
      { Q: row.units, contribution: plain(row.contribution) },
    ]);
  });
  return { ...atEach(best), max_contribution: outcome(best), ...Object.fromEntries(lapses) };
}

function failures(book: readonly BookOffer[], floors: Floors, rules: ClearingRules, best: Clearing, name: string) {
  if (best.outcome === "failed") return {};
  return Object.fromEntries(
    winners(best).map((id) => {
      const again = clearAgain(book, floors, rules, best, new Set([id]));
      return [`${id}${name}`, { max_contribution: outcome(again), ...atEach(again) }];
    }),
  );
}

function atEach({ candidates }: Clearing) {
  const feasible = candidates.filter((row) => row.feasible);
  return Object.fromEntries(
    feasible.map(({ price, units, floor, contribution }) => [
      `at_${plain(price)}`,
      { Q: units, floor: floor === null ? null : plain(floor), contribution: plain(contribution) },
    ]),
  );
}

/** What the same winners would pay if each paid their own limit, beside what they pay together. */
function revenues(book: readonly BookOffer[], best: Clearing) {
  if (best.outcome === "failed") return {};
  const limits = new Map(book.map(({ id, limit }) => [id, limit]));
  const own = best.allocations.reduce((sum, { id, units }) => sum + (limits.get(id) ?? 0n) * BigInt(units), 0n);
  return { pay_as_offer_revenue_same_winners: plain(own), uniform_revenue: plain(best.price * BigInt(best.units)) };
}

function outcome(clearing: Clearing) {
  if (clearing.outcome === "failed") return { failed: clearing.why };
  return { p: plain(clearing.price), Q: clearing.units, contribution: plain(clearing.contribution) };
}

function winners({ allocations }: Clearing): string[] {
  return allocations.filter(({ units }) => units > 0).map(({ id }) => id);
}

function without(book: readonly BookOffer[], id: string): BookOffer[] {
  return book.filter((offer) => offer.id !== id);
}

function bookOf(round: WrittenRound, atLeast: (offer: WrittenRound["offers"][number]) => number): BookOffer[] {
  return round.offers.map((offer, index) => ({
    id: offer[0],
    limit: scaled(offer[1]),
    adders: 0n,
    quantity: offer[2],
    atLeast: atLeast(offer),
    activeSince: index,
    configuration: "",
  }));
}

function scaled(amount: number): bigint {
  return BigInt(Math.round(amount * SCALE));
}

function plain(amount: bigint): number {
  return Number(amount) / SCALE;
}
