import type { Locale } from "~/kernel/locale";
import { addWords, gatherWords, type Loading, loadWords } from "./words";

/** Sentences that stand on staff's pages or in letters alone: a customer's browser never loads them. */
type StaffModules = Loading<"staffAccounts" | "ideas" | "catalog" | "notifications" | "priceResearch" | "prototypes">;

/** What staff's own pages and letters add to those, under the same names; a chunk of its own per language. */
const STAFF_SOURCES: Record<Locale, () => StaffModules> = {
  en: () => ({
    staffAccounts: import("~/accounts/words/staff/en"),
    ideas: import("~/ideas/words/staff/en"),
    catalog: import("~/catalog/words/staff/en"),
    notifications: import("~/notifications/words/staff/en"),
    priceResearch: import("~/price-research/words/staff/en"),
    prototypes: import("~/prototypes/words/staff/en"),
  }),
  uk: () => ({
    staffAccounts: import("~/accounts/words/staff/uk"),
    ideas: import("~/ideas/words/staff/uk"),
    catalog: import("~/catalog/words/staff/uk"),
    notifications: import("~/notifications/words/staff/uk"),
    priceResearch: import("~/price-research/words/staff/uk"),
    prototypes: import("~/prototypes/words/staff/uk"),
  }),
  ru: () => ({
    staffAccounts: import("~/accounts/words/staff/ru"),
    ideas: import("~/ideas/words/staff/ru"),
    catalog: import("~/catalog/words/staff/ru"),
    notifications: import("~/notifications/words/staff/ru"),
    priceResearch: import("~/price-research/words/staff/ru"),
    prototypes: import("~/prototypes/words/staff/ru"),
  }),
  zh: () => ({
    staffAccounts: import("~/accounts/words/staff/zh"),
    ideas: import("~/ideas/words/staff/zh"),
    catalog: import("~/catalog/words/staff/zh"),
    notifications: import("~/notifications/words/staff/zh"),
    priceResearch: import("~/price-research/words/staff/zh"),
    prototypes: import("~/prototypes/words/staff/zh"),
  }),
};

const withStaffs = new Set<Locale>();

/** Adds the sentences of staff's own pages, once. Throws when the browser cannot reach us. */
export async function loadStaffWords(locale: Locale): Promise<void> {
  const [, staffs] = await Promise.all([loadWords(locale), gatherWords(STAFF_SOURCES[locale]())]);
  if (withStaffs.has(locale)) return;
  addWords(locale, staffs);
  withStaffs.add(locale);
}

/** Whether the sentences of staff's own pages are here. */
export const hasStaffWords = (locale: Locale) => withStaffs.has(locale);
