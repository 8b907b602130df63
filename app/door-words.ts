import type { Locale } from "~/kernel/locale";
import { addWords, gatherWords, type Loading, loadWords, pageLocale } from "./words";

/** What stands at the doors alone: signing in, accepting an invitation. Whoever is inside never loads them. */
export const DOOR_SOURCES: Record<Locale, () => Loading<"accounts">> = {
  en: () => ({ accounts: import("~/accounts/words/door/en") }),
  uk: () => ({ accounts: import("~/accounts/words/door/uk") }),
  ru: () => ({ accounts: import("~/accounts/words/door/ru") }),
  zh: () => ({ accounts: import("~/accounts/words/door/zh") }),
};

/** What stands on the pages of guests alone, who need nothing of the doors. */
export const GUEST_SOURCES: Record<Locale, () => Loading<"accounts">> = {
  en: () => ({ accounts: import("~/accounts/words/guest/en") }),
  uk: () => ({ accounts: import("~/accounts/words/guest/uk") }),
  ru: () => ({ accounts: import("~/accounts/words/guest/ru") }),
  zh: () => ({ accounts: import("~/accounts/words/guest/zh") }),
};

/**
 * Adds the sentences of the doors in the page's language; a route that shows one waits for this before it is there. On the
 * server every sentence is there already. Throws when the browser cannot reach us.
 */
export const loadDoorWords = (): Promise<void> => alongWith(DOOR_SOURCES);

/** The same of the pages of guests. */
export const loadGuestWords = (): Promise<void> => alongWith(GUEST_SOURCES);

async function alongWith(sources: typeof DOOR_SOURCES): Promise<void> {
  if (typeof document === "undefined") return;
  const locale = pageLocale();
  const [, words] = await Promise.all([loadWords(locale), gatherWords(sources[locale]())]);
  addWords(locale, words);
}
