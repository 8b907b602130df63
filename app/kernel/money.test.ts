import fc from "fast-check";
import { expect, test } from "vitest";
import { CURRENCIES, decimalsOf, readAmount, showMoney, writeAmount } from "./money";

test("a currency has the decimals that ISO 4217 gives it", () => {
  expect(["JPY", "KRW", "EUR", "UAH", "CNY", "KWD"].map(decimalsOf)).toEqual([0, 0, 2, 2, 2, 3]);
});

test.each([
  ["2000", "EUR", 200_000n],
  ["2 000,50", "EUR", 200_050n],
  ["2000.5", "EUR", 200_050n],
  [" 2\u202f000 ", "UAH", 200_000n],
  ["1'250.25", "CHF", 125_025n],
  ["2000", "JPY", 2_000n],
  ["1.234", "KWD", 1_234n],
  ["0", "KWD", 0n],
])("“%s” in %s is understood", (typed, currency, minor) => {
  expect(readAmount(typed, currency)).toBe(minor);
});

test.each([
  ["2,000", "EUR"],
  ["1.234.567", "EUR"],
  ["2000.5", "JPY"],
  ["1.2345", "KWD"],
  ["-5", "EUR"],
  ["1e3", "EUR"],
  ["", "EUR"],
  ["12 apples", "EUR"],
  ["1234567890123", "EUR"],
])("“%s” in %s is asked again rather than understood wrongly", (typed, currency) => {
  expect(readAmount(typed, currency)).toBeNull();
});

test("an amount in a field is read back as it was, to the last minor unit", () => {
  const amounts = fc.bigInt({ min: 0n, max: 999_999_999_999n });
  fc.assert(
    fc.property(amounts, fc.constantFrom(...CURRENCIES), (minor, currency) => {
      expect(readAmount(writeAmount({ minor, currency }), currency)).toBe(minor);
    }),
  );
});

test("an amount is shown with all its decimals and its currency, however large", () => {
  expect(showMoney({ minor: 200_000n, currency: "EUR" }, "en-GB")).toBe("EUR\u00a02,000.00");
  expect(showMoney({ minor: 2_000n, currency: "JPY" }, "en-GB")).toBe("JPY\u00a02,000");
  expect(showMoney({ minor: 1_234n, currency: "KWD" }, "en-GB")).toBe("KWD\u00a01.234");
  expect(showMoney({ minor: 9_007_199_254_740_993_01n, currency: "EUR" }, "en-GB")).toContain(
    "9,007,199,254,740,993.01",
  );
});
