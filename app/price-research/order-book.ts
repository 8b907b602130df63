import { dkw95HalfWidth, wilson95 } from "./proportion";

/** One account's price for so many units, in one unit of money. */
export type BookEntry = { readonly account: string; readonly limit: number; readonly quantity: number };

/**
 * What stands behind one price. `units`: D(p), all that is offered at p or more. `offers`: S(p), the share of offers at p or
 * more. `accounts`: the share of accounts with such an offer, with its own interval (`lo`, `hi`), which is the unit that
 * uncertainty counts; `ofSeen` is the same share of all accounts that saw the page, null when nobody counted them.
 */
export type BookStep = {
  readonly price: number;
  readonly units: number;
  readonly offers: number;
  readonly accounts: number;
  readonly lo: number;
  readonly hi: number;
  readonly ofSeen: number | null;
};

/**
 * Order-book demand and acceptance at each distinct limit, the lowest price first, with the Wilson interval of each point and
 * the half width of the DKW band around the whole curve (both over accounts).
 * In: the book, and how many accounts saw the page, at least those in the book. Throws RangeError on an empty book.
 */
export function bookDemand(book: readonly BookEntry[], accountsThatSaw?: number) {
  const best = new Map<string, number>();
  for (const { account, limit } of book) best.set(account, Math.max(limit, best.get(account) ?? limit));
  const accounts = best.size;
  if (accounts === 0) throw new RangeError("an empty book has no demand");
  const tops = [...best.values()].sort((a, b) => b - a);
  const sorted = [...book].sort((a, b) => b.limit - a.limit);
  const steps: BookStep[] = [];
  let units = 0;
  let within = 0;
  for (const [index, { limit, quantity }] of sorted.entries()) {
    units += quantity;
    if (sorted[index + 1]?.limit === limit) continue;
    while (within < accounts && (tops[within] as number) >= limit) within++;
    steps.push({
      price: limit,
      units,
      offers: (index + 1) / sorted.length,
      accounts: within / accounts,
      ...wilson95(within, accounts),
      ofSeen: accountsThatSaw === undefined ? null : within / accountsThatSaw,
    });
  }
  return { accounts, offers: sorted.length, bandHalfWidth: dkw95HalfWidth(accounts), steps: steps.reverse() };
}

/** What a price would bring: revenue p Q(p), and contribution (p - c(Q)) Q - F with the unit cost at that quantity. */
export function moneyAt(price: number, units: number, unitCost: (units: number) => number, fixedCost = 0) {
  const revenue = price * units;
  return { revenue, contribution: revenue - unitCost(units) * units - fixedCost };
}
