import { useLocale } from "use-intl";
import { type Money, showMoney } from "~/kernel/money";

/** An amount as the reader's language writes it, never broken over two lines. */
export function Amount({ money }: { money: Money }) {
  const locale = useLocale();
  // Browsers and our server may know different editions of how a language writes money.
  return (
    <span className="whitespace-nowrap tabular" suppressHydrationWarning>
      {showMoney(money, locale)}
    </span>
  );
}
