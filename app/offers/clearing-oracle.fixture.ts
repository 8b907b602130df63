import { type BookOffer, baseLimit, type ClearingRules, type Floors, tierAt } from "./clearing";

/** The rules of clearing word by word, price by price, for small books: slow, and without the shortcuts of `clear`. */
export function clearedByHand(book: readonly BookOffer[], floors: Floors, rules: ClearingRules) {
  const prices = [...new Set(book.map(baseLimit))].filter((p) => rules.notAbove === undefined || p <= rules.notAbove);
  const tables = prices.map((price) => {
    const eligible = book
      .filter((offer) => baseLimit(offer) >= price)
      .sort(
        (a, b) =>
          Number(baseLimit(b) - baseLimit(a)) ||
          a.activeSince - b.activeSince ||
          (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
      );
    const filled = new Map<string, number>();
    let left = rules.capacity;
    for (const { id, quantity, atLeast } of eligible) {
      const units = quantity <= left ? quantity : left >= atLeast ? left : 0;
      if (units > 0) filled.set(id, units);
      left -= units;
    }
    const units = rules.capacity - left;
    const winners = book.filter(({ id }) => filled.has(id));
    const covers = winners.every(
      ({ adders, configuration }) =>
        price + adders >= tierAt(floors.tiers, units) + (floors.deltas[configuration] ?? 0n),
    );
    const contribution =
      winners.reduce((sum, { id, adders, configuration }) => {
        const cost = tierAt(rules.costs.tiers, units) + (rules.costs.deltas[configuration] ?? 0n);
        return sum + BigInt(filled.get(id) ?? 0) * (price + adders - cost);
      }, 0n) - rules.costs.fixed;
    const margin = rules.objective.kind === "max-units" ? rules.objective.marginPerUnit * BigInt(units) : null;
    const feasible = units > 0 && units >= rules.minimum && price > 0n && covers;
    return { price, units, contribution, filled, allowed: feasible && (margin === null || contribution >= margin) };
  });
  const worth = (table: (typeof tables)[number]) => {
    if (rules.objective.kind === "max-contribution") return table.contribution;
    return rules.objective.kind === "max-units" ? BigInt(table.units) : -table.price;
  };
  const allowed = tables.filter((table) => table.allowed);
  const most = allowed.map(worth).reduce((a, b) => (b > a ? b : a), allowed[0] ? worth(allowed[0]) : 0n);
  const best = allowed.filter((table) => worth(table) === most).sort((a, b) => (a.price < b.price ? -1 : 1))[0];
  return best ?? null;
}
