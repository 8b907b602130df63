import type { Locale } from "~/kernel/locale";
import { DOOR_SOURCES, GUEST_SOURCES } from "./door-words";
import { PAGE_WORDS } from "./page-words";
import { loadStaffWords } from "./staff-words";
import { addWords, gatherWords, loadEditorWords } from "./words";

/** Every sentence of a language, for the server. */
export async function loadAllWords(locale: Locale): Promise<void> {
  await loadStaffWords(locale);
  addWords(locale, await gatherWords(DOOR_SOURCES[locale]()));
  addWords(locale, await gatherWords(GUEST_SOURCES[locale]()));
  const pages = Object.entries(PAGE_WORDS).map(([module, words]) => [module, words[locale]()]);
  addWords(locale, await gatherWords(Object.fromEntries(pages)));
  await loadEditorWords(locale);
}
