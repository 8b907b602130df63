import { LOCALE_TAGS, type Locale } from "~/kernel/locale";
import { showMoney } from "~/kernel/money";
import { useLocale } from "~/ui/intl";

/** How figures are written for the reader: amounts in minor units, shares as per cent. */
export function useNumbers(currency = "EUR") {
  const language = LOCALE_TAGS[useLocale() as Locale];
  const share = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  return {
    money: (minor: number) => showMoney({ minor: BigInt(Math.round(minor)), currency }, language),
    percent: (part: number) => share.format(part),
  };
}
