/** Money is a whole number of minor units with its currency (ISO 4217): JPY has no decimals, EUR two, KWD three. */
export type Money = { readonly minor: bigint; readonly currency: string };

/** The currencies that people here may choose; whatever else stands in the database is still shown rightly. */
export const CURRENCIES = [
  "EUR",
  "USD",
  "GBP",
  "CHF",
  "UAH",
  "PLN",
  "CZK",
  "SEK",
  "NOK",
  "DKK",
  "CNY",
  "JPY",
  "KRW",
  "AED",
  "KWD",
] as const;

/** How many decimals a currency has. */
export function decimalsOf(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

// Spaces of every width and apostrophes group digits in one place or another.
const GROUPING = /[\s\u00a0\u202f'’]/g;
/** As many digits as any amount of ours has before the decimals. */
const MOST_DIGITS = 12;

/**
 * Reads an amount as people type it: "2000", "2 000,50", "2000.5". A comma and a point both begin the decimals, so neither
 * groups digits: whoever types "2,000" for EUR is asked again rather than understood wrongly.
 * Out: the minor units; null when it is no amount of this currency.
 */
export function readAmount(typed: string, currency: string): bigint | null {
  const decimals = decimalsOf(currency);
  const match = /^(\d+)(?:[.,](\d+))?$/.exec(typed.trim().replace(GROUPING, ""));
  if (!match) return null;
  const [, whole = "", part = ""] = match;
  if (whole.length > MOST_DIGITS || part.length > decimals) return null;
  return BigInt(whole + part.padEnd(decimals, "0"));
}

/** The amount alone, as it stands in a field: with all decimals of its currency, a point before them, no grouping. */
export function writeAmount({ minor, currency }: Money): string {
  const decimals = decimalsOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const sign = minor < 0n ? "-" : "";
  return decimals === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-decimals)}`;
}

/** The amount with its currency, as a reader of this language (BCP 47) expects it. */
export function showMoney({ minor, currency }: Money, language: string): string {
  const format = new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay: "code" });
  // A decimal text is formatted exactly, where a number would be rounded beyond 15 digits.
  return format.format(writeAmount({ minor, currency }) as Intl.StringNumericLiteral);
}
