import type { Locale } from "~/kernel/locale";
import type { NoticeFacts } from "~/kernel/notice";
import type { translatorOf } from "~/words";

/** A letter of news: what it tells, and to whom. `stopKind`: all of it is of one kind, and this link ends that kind. */
export type LetterData = {
  language: Locale;
  zone: string;
  daily: boolean;
  name: string;
  email: string;
  notices: readonly { path: string; facts: NoticeFacts; createdAt: Date }[];
  /** APP_ORIGIN: links begin with it. */
  origin: string;
  settings: string;
  stopKind: string | null;
  stopAll: string;
};

export type Letter = { subject: string; html: string; text: string };

export type Translate = ReturnType<typeof translatorOf>;

/** What is told, one sentence, as text. */
export function sentenceOf(t: Translate, language: Locale, facts: NoticeFacts): string {
  const { says, title } = facts;
  return t.markup(`notifications.says.${says}`, {
    ...statusesOf(language, facts),
    who: () => facts.who ?? t("notifications.says.somebody"),
    about: () => quoted(language, title),
    other: () => (facts.other === undefined ? t("notifications.says.anotherIdea") : quoted(language, facts.other)),
  });
}

/** A title in the quotation marks of a language. */
const quoted = (language: Locale, title: string) =>
  language === "uk" || language === "ru" ? `«${title}»` : `“${title}”`;

/** The two statuses of a step, in a language; empty where there is none. */
export function statusesOf(language: Locale, { from, to }: NoticeFacts): { from: string; to: string } {
  return { from: from?.[language] ?? "", to: to?.[language] ?? "" };
}

/** What the template draws. */
export type Shown = LetterData & {
  subject: string;
  news: readonly { facts: NoticeFacts; url: string; at: string; sentence: string }[];
  /** How many more there are than the letter tells. */
  more: number;
  t: Translate;
};
