/** The test cards of Stripe's documentation (docs.stripe.com/testing), each known by its number alone. */
export interface TestCard {
  readonly number: string;
  readonly brand: "visa" | "mastercard";
  readonly country: string;
  /** The name of a payment method that stands for it: `pm_card_…`. */
  readonly token: string;
  /** Why a charge is refused; null when it goes through. */
  readonly declined: Decline | null;
  /** Refused already when it is kept for later. */
  readonly refusedAtSetup: boolean;
  /** Asks its holder: always, or unless it was set up for payments without them. */
  readonly asks: "always" | "unless-set-up" | null;
  /** What becomes of it later. */
  readonly later: "disputed" | "refund-fails" | null;
}

export interface Decline {
  readonly code: string;
  readonly decline_code?: string;
  readonly message: string;
}

const declined = (decline_code: string, message = "Your card was declined."): Decline => ({
  code: "card_declined",
  decline_code,
  message,
});

const card = (number: string, token: string, more: Partial<TestCard> = {}): TestCard => ({
  number,
  token: `pm_card_${token}`,
  brand: number.startsWith("5") ? "mastercard" : "visa",
  country: "US",
  declined: null,
  refusedAtSetup: more.declined !== undefined,
  asks: null,
  later: null,
  ...more,
});

export const CARDS: readonly TestCard[] = [
  card("4242424242424242", "visa"),
  card("5555555555554444", "mastercard"),
  card("4000000000000002", "visa_chargeDeclined", { declined: declined("generic_decline") }),
  card("4000000000009995", "visa_chargeDeclinedInsufficientFunds", {
    declined: declined("insufficient_funds", "Your card has insufficient funds."),
  }),
  card("4000000000000069", "chargeDeclinedExpiredCard", {
    declined: { code: "expired_card", message: "Your card has expired." },
  }),
  card("4000000000000127", "chargeDeclinedIncorrectCvc", {
    declined: { code: "incorrect_cvc", message: "Your card's security code is incorrect." },
  }),
  card("4000000000000119", "chargeDeclinedProcessingError", {
    declined: {
      code: "processing_error",
      message: "An error occurred while processing your card. Try again in a little bit.",
    },
  }),
  card("4000002760003184", "authenticationRequired", { asks: "always", country: "DE" }),
  card("4000002500003155", "authenticationRequiredOnSetup", { asks: "unless-set-up", country: "DE" }),
  card("4000000000000341", "chargeCustomerFail", { declined: declined("generic_decline"), refusedAtSetup: false }),
  card("4000000000000259", "createDispute", { later: "disputed" }),
  card("4000000000005126", "refundFail", { later: "refund-fails" }),
];

export const cardOfNumber = (number: string): TestCard | undefined =>
  CARDS.find((card) => card.number === number.replace(/[\s-]/g, ""));
export const cardOfToken = (token: string): TestCard | undefined => CARDS.find((card) => card.token === token);

/** Whether a number of a card has the check digit of ISO/IEC 7812 (Luhn). */
export function isCardNumber(number: string): boolean {
  const digits = number.replace(/[\s-]/g, "");
  if (!/^\d{12,19}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
