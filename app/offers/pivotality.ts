import { type BookOffer, type Clearing, type ClearingRules, clear, type Floors } from "./clearing";

/** A round whose price hangs on one account by more than this is thin. */
export const THIN_FROM = 0.05;

/**
 * How far the price of a round moves when one account had stayed away, over all accounts (the "pivotal" buyer of Vickrey 1961
 * and Clarke 1971, here as a warning and not as a payment).
 * In: the book with whose each offer is (id -> account), floors and rules as for `clear`. Out: null when the round fails as it
 * stands; `move` is the largest change as a share of the price, and 1 when the round would fail without that account.
 */
export function pivotality(
  book: readonly BookOffer[],
  accountOf: ReadonlyMap<string, string>,
  floors: Floors,
  rules: ClearingRules,
) {
  const whole = clear(book, floors, rules);
  if (whole.outcome === "failed") return null;
  let most = { account: null as string | null, move: 0 };
  for (const account of new Set(accountOf.values())) {
    const rest = book.filter(({ id }) => accountOf.get(id) !== account);
    const move = moved(whole.price, clear(rest, floors, rules));
    if (move > most.move) most = { account, move };
  }
  return { ...most, thin: most.move > THIN_FROM };
}

function moved(price: bigint, without: Clearing): number {
  if (without.outcome === "failed") return 1;
  const difference = without.price > price ? without.price - price : price - without.price;
  return Number(difference) / Number(price);
}
