import { invalid } from "./problem";

/** Written with two decimals that must be zero (docs.stripe.com/currencies#special-cases). */
const WHOLE_ONLY = ["isk", "ugx"];
/** With three decimals, of which the last must be zero. */
const TENS_ONLY = ["bhd", "jod", "kwd", "omr", "tnd"];
const MOST = 99_999_999;

/** @throws Problem when an amount, in the smallest unit, cannot be charged in a currency */
export function requireAmount(amount: number, currency: string, param: string): void {
  if (amount < 1) {
    throw invalid("This value must be greater than or equal to 1.", { code: "parameter_invalid_integer", param });
  }
  if (amount > MOST) {
    throw invalid(`Amount must be no more than ${MOST}`, { code: "amount_too_large", param });
  }
  const step = WHOLE_ONLY.includes(currency) ? 100 : TENS_ONLY.includes(currency) ? 10 : 1;
  if (amount % step !== 0) {
    throw invalid(`Invalid amount: amounts in ${currency} must be evenly divisible by ${step}.`, { param });
  }
}
