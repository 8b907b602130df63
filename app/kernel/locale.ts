/** The languages people read Tandem in. English is the source of every sentence. */
export const LOCALES = ["en", "uk", "ru", "zh"] as const;
export type Locale = (typeof LOCALES)[number];

/** How each language calls itself: the same in every language, so that one finds one's own. */
export const LOCALE_NAMES: Record<Locale, string> = { en: "English", uk: "Українська", ru: "Русский", zh: "简体中文" };

/** The BCP 47 tag that numbers, dates and the `lang` attribute use. English is British: day before month, 24 hours. */
export const LOCALE_TAGS: Record<Locale, string> = { en: "en-GB", uk: "uk-UA", ru: "ru-RU", zh: "zh-Hans-CN" };

/** Is this one of our languages? Cookies and forms are free text until asked. */
export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/**
 * The language of a page: the person's setting, then the cookie, then what the browser asks for, then English.
 * Values that are not one of ours are passed over.
 */
export function pickLocale(wishes: {
  person?: string | null | undefined;
  cookie?: string | null | undefined;
  acceptLanguage?: string | null | undefined;
}): Locale {
  if (isLocale(wishes.person)) return wishes.person;
  if (isLocale(wishes.cookie)) return wishes.cookie;
  return fromAcceptLanguage(wishes.acceptLanguage ?? "") ?? "en";
}

/**
 * The language of a page that is the same for everybody, from its address: `/uk/roadmap`. Null for every other page. Such a
 * page knows neither who reads it nor what their browser keeps, so that others may keep it and show it again.
 */
export function publicLocale(path: string): Locale | null {
  const language = /^\/([a-z]{2})\/roadmap(?:\.data)?\/?$/.exec(path)?.[1];
  return isLocale(language) ? language : null;
}

function fromAcceptLanguage(header: string): Locale | undefined {
  const wishes = header
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean);
      return { language: tag.split("-")[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return LOCALES.find((locale) => locale === wishes.find(({ language }) => isLocale(language))?.language);
}

/** Light, dark, or whatever the device says. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The theme of a page from its cookie; anything else follows the device. */
export function pickTheme(cookie: string | null | undefined): Theme {
  return THEMES.find((theme) => theme === cookie) ?? "system";
}
