import { useLocale } from "use-intl";
import { LOCALE_TAGS, LOCALES, type Locale } from "~/kernel/locale";

/** The reader's language as our tables name it. */
export function useShortLocale(): Locale {
  const tag = useLocale();
  return LOCALES.find((locale) => LOCALE_TAGS[locale] === tag) ?? "en";
}
