import { createTranslator } from "use-intl/core";
import type doorAccountsEnglish from "~/accounts/words/door/en";
import type accountsEnglish from "~/accounts/words/en";
import type guestEnglish from "~/accounts/words/guest/en";
import type accountPagesEnglish from "~/accounts/words/page/en";
import type staffAccountsEnglish from "~/accounts/words/staff/en";
import type catalogEnglish from "~/catalog/words/en";
import type staffCatalogEnglish from "~/catalog/words/staff/en";
import type collabEnglish from "~/collab/words/en";
import type decisionsEnglish from "~/decisions/words/en";
import type decisionPagesEnglish from "~/decisions/words/page/en";
import type ideasEnglish from "~/ideas/words/en";
import type ideaPagesEnglish from "~/ideas/words/page/en";
import type staffIdeasEnglish from "~/ideas/words/staff/en";
import { isLocale, LOCALE_TAGS, type Locale } from "~/kernel/locale";
import type notificationsEnglish from "~/notifications/words/en";
import type notificationPagesEnglish from "~/notifications/words/page/en";
import type staffNotificationsEnglish from "~/notifications/words/staff/en";
import type priceResearchEnglish from "~/price-research/words/en";
import type priceResearchPagesEnglish from "~/price-research/words/page/en";
import type staffPriceResearchEnglish from "~/price-research/words/staff/en";
import type prototypesEnglish from "~/prototypes/words/en";
import type prototypePagesEnglish from "~/prototypes/words/page/en";
import type staffPrototypesEnglish from "~/prototypes/words/staff/en";
import { troubleKind } from "~/ui/trouble-kind";
import type uiEnglish from "~/ui/words/en";
import { PAGE_WORDS } from "./page-words";

/** Every sentence of one language, by module. English decides which sentences there are and what they are given. */
export type Words = {
  ui: typeof uiEnglish;
  accounts: typeof accountsEnglish & typeof doorAccountsEnglish & typeof accountPagesEnglish & typeof guestEnglish;
  ideas: typeof ideasEnglish & typeof ideaPagesEnglish & typeof staffIdeasEnglish;
  catalog: typeof catalogEnglish & typeof staffCatalogEnglish;
  collab: typeof collabEnglish;
  decisions: typeof decisionsEnglish & typeof decisionPagesEnglish;
  notifications: typeof notificationsEnglish & typeof notificationPagesEnglish & typeof staffNotificationsEnglish;
  priceResearch: typeof priceResearchEnglish & typeof priceResearchPagesEnglish & typeof staffPriceResearchEnglish;
  prototypes: typeof prototypesEnglish & typeof prototypePagesEnglish & typeof staffPrototypesEnglish;
  staffAccounts: typeof staffAccountsEnglish;
};
export type Loading<Module extends keyof Words> = Record<Module, Promise<{ default: object }>>;
type Modules = Loading<Exclude<keyof Words, "staffAccounts" | "collab">>;

declare module "use-intl" {
  interface AppConfig {
    Messages: Words;
  }
}

/**
 * Where each language's sentences come from. Written out, because Vite makes one chunk per language of these imports
 * (`chunkOfWords` in vite.config.ts), and a browser downloads the one its person reads.
 */
const SOURCES: Record<Locale, () => Modules> = {
  en: () => ({
    ui: import("~/ui/words/en"),
    accounts: import("~/accounts/words/en"),
    ideas: import("~/ideas/words/en"),
    catalog: import("~/catalog/words/en"),
    decisions: import("~/decisions/words/en"),
    notifications: import("~/notifications/words/en"),
    priceResearch: import("~/price-research/words/en"),
    prototypes: import("~/prototypes/words/en"),
  }),
  uk: () => ({
    ui: import("~/ui/words/uk"),
    accounts: import("~/accounts/words/uk"),
    ideas: import("~/ideas/words/uk"),
    catalog: import("~/catalog/words/uk"),
    decisions: import("~/decisions/words/uk"),
    notifications: import("~/notifications/words/uk"),
    priceResearch: import("~/price-research/words/uk"),
    prototypes: import("~/prototypes/words/uk"),
  }),
  ru: () => ({
    ui: import("~/ui/words/ru"),
    accounts: import("~/accounts/words/ru"),
    ideas: import("~/ideas/words/ru"),
    catalog: import("~/catalog/words/ru"),
    decisions: import("~/decisions/words/ru"),
    notifications: import("~/notifications/words/ru"),
    priceResearch: import("~/price-research/words/ru"),
    prototypes: import("~/prototypes/words/ru"),
  }),
  zh: () => ({
    ui: import("~/ui/words/zh"),
    accounts: import("~/accounts/words/zh"),
    ideas: import("~/ideas/words/zh"),
    catalog: import("~/catalog/words/zh"),
    decisions: import("~/decisions/words/zh"),
    notifications: import("~/notifications/words/zh"),
    priceResearch: import("~/price-research/words/zh"),
    prototypes: import("~/prototypes/words/zh"),
  }),
};

/** The sentences of the editor, which come with it. */
const EDITOR_SOURCES: Record<Locale, () => Loading<"collab">> = {
  en: () => ({ collab: import("~/collab/words/en") }),
  uk: () => ({ collab: import("~/collab/words/uk") }),
  ru: () => ({ collab: import("~/collab/words/ru") }),
  zh: () => ({ collab: import("~/collab/words/zh") }),
};

const loaded = new Map<Locale, Words>();

/** As it is written, or as the build has parsed it (`compiledWords` in vite.config.ts): then one with places is a list. */
type Sentence = string | readonly unknown[];
type Sentences = { readonly [key: string]: Sentence | Sentences };

const isGroup = (value: Sentence | Sentences | undefined): value is Sentences =>
  typeof value === "object" && !Array.isArray(value);

/** What both hold; where both have a group of one name, its sentences come together. */
export function together(some: Sentences, more: Sentences): Sentences {
  const joined: { [key: string]: Sentence | Sentences } = { ...some };
  for (const [key, value] of Object.entries(more)) {
    const known = joined[key];
    joined[key] = isGroup(known) && isGroup(value) ? together(known, value) : value;
  }
  return joined;
}

/** What several modules hold, under their names. */
export async function gatherWords(modules: Record<string, Promise<{ default: object }>>): Promise<object> {
  const pairs = Object.entries(modules).map(async ([name, words]) => [name, (await words).default]);
  // Each language is checked against English in its own file; here only the names of the modules come together.
  return Object.fromEntries(await Promise.all(pairs));
}

/** The sentences of a language, loaded once. Throws when the browser cannot reach us. */
export async function loadWords(locale: Locale): Promise<Words> {
  if (!loaded.has(locale)) {
    const words = (await gatherWords(SOURCES[locale]())) as Words;
    // Another call may have been quicker, and have had more added to it since.
    if (!loaded.has(locale)) loaded.set(locale, words);
  }
  return loadedWords(locale);
}

/**
 * Adds the sentences of a module's own pages in the page's language; as with the doors, what shows one waits for this. Throws
 * when the browser cannot reach us.
 */
export async function loadPageWords(module: keyof typeof PAGE_WORDS): Promise<void> {
  if (typeof document === "undefined") return;
  const locale = pageLocale();
  const [, words] = await Promise.all([loadWords(locale), PAGE_WORDS[module][locale]()]);
  addWords(locale, { [module]: words.default });
}

/** Adds the sentences of the editor. Throws when the browser cannot reach us. */
export async function loadEditorWords(locale: Locale): Promise<void> {
  const [, editors] = await Promise.all([loadWords(locale), gatherWords(EDITOR_SOURCES[locale]())]);
  addWords(locale, editors);
}

/** The language of the page in this browser, whose sentences its first scripts load; English before there is one. */
export function pageLocale(): Locale {
  const written = typeof document === "undefined" ? undefined : document.documentElement.dataset.locale;
  return isLocale(written) ? written : "en";
}

/** Adds sentences to those of a language that is loaded. */
export function addWords(locale: Locale, more: object): void {
  loaded.set(locale, together(loadedWords(locale), more as Sentences) as Words);
}

/** The sentences of a language that was loaded before. Throws when it was not: rendering cannot wait. */
export function loadedWords(locale: Locale): Words {
  const words = loaded.get(locale);
  if (!words) throw new Error(`The words of ${locale} were not loaded before they were needed.`);
  return words;
}

/** Made once for a language and the sentences that are loaded of it. */
const translators = new WeakMap<Words, ReturnType<typeof translatorFor>>();

const translatorFor = (locale: Locale, messages: Words) =>
  createTranslator({ locale: LOCALE_TAGS[locale], messages, timeZone: "UTC" });

/** A translator outside React, for `meta`. In: the page's language, which is loaded before anything is rendered. */
export function translatorOf(locale: Locale) {
  const messages = loadedWords(locale);
  const translator = translators.get(messages) ?? translatorFor(locale, messages);
  translators.set(messages, translator);
  return translator;
}

/** The title of a page that is not there, not allowed or broken, for the `meta` of a route with an error boundary. */
export function troubleTitle(error: unknown, matches: readonly { id: string; data?: unknown }[]): string {
  const reader = matches.find(({ id }) => id === "root")?.data as { locale: Locale } | undefined;
  return `${translatorOf(reader?.locale ?? "en")(`ui.trouble.${troubleKind(error)}Title`)} · Tandem`;
}
