import { createContext, type ReactNode, useContext } from "react";
import type * as library from "use-intl";
import { _createCache, _createIntlFormatters, createTranslator } from "use-intl/core";

/**
 * What the pages import as `use-intl` (an alias in vite.config.ts). The library's own hooks make a translator for every
 * component and new formats for every page; here both are made once for a language, its sentences and a zone. They hold
 * nothing of the reader but these.
 */

type Sentences = Parameters<typeof createTranslator>[0]["messages"] & object;
type Speech = {
  readonly locale: string;
  readonly timeZone: string | undefined;
  readonly messages: Sentences;
  readonly said: Map<string, unknown>;
};

const Speaking = createContext<Speech | null>(null);

const cache = _createCache();
const formats = _createIntlFormatters(cache);
const speeches = new WeakMap<Sentences, Map<string, Speech>>();

function speechOf(messages: Sentences, locale: string, timeZone: string | undefined): Speech {
  const known = speeches.get(messages) ?? new Map<string, Speech>();
  speeches.set(messages, known);
  const key = `${locale} ${timeZone}`;
  const speech = known.get(key) ?? { locale, timeZone, messages, said: new Map() };
  known.set(key, speech);
  return speech;
}

function useSpeech(): Speech {
  const speech = useContext(Speaking);
  if (!speech) throw new Error("Sentences were asked for outside of an IntlProvider.");
  return speech;
}

/** Gives the sentences of a language to what is inside; the zone stays that of what is outside unless it is given. */
export function IntlProvider({
  locale,
  messages,
  timeZone,
  children,
}: {
  locale: string;
  messages: object;
  timeZone?: string;
  children: ReactNode;
}) {
  const outside = useContext(Speaking);
  const speech = speechOf(messages as Sentences, locale, timeZone ?? outside?.timeZone);
  return <Speaking.Provider value={speech}>{children}</Speaking.Provider>;
}

function useNamed(namespace?: string): unknown {
  const { locale, timeZone, messages, said } = useSpeech();
  const key = namespace ?? "";
  const known = said.get(key);
  if (known) return known;
  const made = createTranslator({
    locale,
    messages,
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(namespace === undefined ? {} : { namespace }),
    _cache: cache,
    _formatters: formats,
  } as Parameters<typeof createTranslator>[0]);
  said.set(key, made);
  return made;
}

/** The sentences of one group, or of all. */
export const useTranslations = useNamed as typeof library.useTranslations;

/** The BCP 47 tag of the page's language. */
export const useLocale: typeof library.useLocale = () => useSpeech().locale;

/** The zone in which the reader is told the time. */
export const useTimeZone: typeof library.useTimeZone = () => useSpeech().timeZone;
