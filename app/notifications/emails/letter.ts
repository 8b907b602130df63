import { createElement } from "react";
import { LOCALE_TAGS } from "~/kernel/locale";
import { loadStaffWords } from "~/staff-words";
import { translatorOf } from "~/words";
import { type Letter, type LetterData, type Shown, sentenceOf, type Translate } from "./told";

/** More than this stands in Tandem: a letter is to be read, not archived. */
const MOST_IN_A_LETTER = 30;

/** Writes a letter in its recipient's language: as HTML that looks like the pages, and as text. */
export async function writeLetter(data: LetterData): Promise<Letter> {
  // What letters alone say stands where no customer's browser loads it.
  await loadStaffWords(data.language);
  const t = translatorOf(data.language);
  const told = data.notices.slice(0, MOST_IN_A_LETTER);
  const subject = oneLine(subjectOf(t, data));
  // What draws a letter is needed only where one is written: a start must not wait for it.
  const { NewsLetter } = await import("./news-letter");
  const { render } = await import("@react-email/render");
  const at = new Intl.DateTimeFormat(LOCALE_TAGS[data.language], {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: data.zone,
    // A letter is read anywhere, and passed on.
    timeZoneName: "short",
  });
  const news = told.map(({ path, facts, createdAt }) => ({
    facts,
    url: data.origin + path,
    at: at.format(createdAt),
    sentence: sentenceOf(t, data.language, facts),
  }));
  const more = data.notices.length - told.length;
  const shown = { ...data, subject, news, more, t };
  return { subject, html: await render(createElement(NewsLetter, shown)), text: textOf(shown) };
}

function subjectOf(t: Translate, { notices, daily, language }: LetterData): string {
  const count = notices.length;
  if (daily) return t("notifications.mail.daily", { count });
  const [first] = notices;
  if (first && count === 1) return sentenceOf(t, language, first.facts);
  const titles = new Set(notices.map(({ facts }) => facts.title));
  const [title] = titles;
  return titles.size === 1 && title
    ? t("notifications.mail.manyAbout", { count, title })
    : t("notifications.mail.many", { count });
}

/** A subject is one line, whatever a title holds: a line break in it would begin a header of somebody's making. */
function oneLine(text: string): string {
  const line = text
    .replace(/\p{C}+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return [...line].slice(0, 200).join("") || "Tandem";
}

function textOf({ t, name, email, news, more, settings, stopKind, stopAll }: Shown): string {
  return [
    t("notifications.mail.hello", { name }),
    ...news.map(({ sentence, facts, url, at }) =>
      [sentence, ...(facts.excerpt ? [`> ${facts.excerpt.replace(/\s*\n\s*/g, "\n> ")}`] : []), at, url].join("\n"),
    ),
    ...(more > 0 ? [t("notifications.mail.more", { count: more })] : []),
    "--",
    t("notifications.mail.why", { email }),
    `${t("notifications.mail.settings")}: ${settings}`,
    ...(stopKind ? [`${t("notifications.mail.stopKind")}: ${stopKind}`] : []),
    `${t("notifications.mail.stopAll")}: ${stopAll}`,
  ].join("\n\n");
}
