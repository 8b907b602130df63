import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { LOCALE_TAGS, type Locale } from "~/kernel/locale";
import en from "./words/en";
import ru from "./words/ru";
import uk from "./words/uk";
import zh from "./words/zh";

const say = (locale: Locale, messages: typeof en | typeof uk) =>
  createTranslator({ locale: LOCALE_TAGS[locale], messages: messages as typeof en, timeZone: "UTC" });
const speakers = { en: say("en", en), uk: say("uk", uk), ru: say("ru", ru), zh: say("zh", zh) };

const COUNTS = [1, 2, 5, 21] as const;
const PROBLEMS: Record<Locale, Record<(typeof COUNTS)[number], string>> = {
  en: {
    1: "One thing needs your attention",
    2: "2 things need your attention",
    5: "5 things need your attention",
    21: "21 things need your attention",
  },
  uk: {
    1: "1 місце потребує вашої уваги",
    2: "2 місця потребують вашої уваги",
    5: "5 місць потребують вашої уваги",
    21: "21 місце потребує вашої уваги",
  },
  ru: {
    1: "1 место требует вашего внимания",
    2: "2 места требуют вашего внимания",
    5: "5 мест требуют вашего внимания",
    21: "21 место требует вашего внимания",
  },
  zh: { 1: "有 1 处需要您处理", 2: "有 2 处需要您处理", 5: "有 5 处需要您处理", 21: "有 21 处需要您处理" },
};
const SHORTEN: Record<Locale, Record<(typeof COUNTS)[number], string>> = {
  en: {
    1: "Please shorten this to 1 character.",
    2: "Please shorten this to 2 characters.",
    5: "Please shorten this to 5 characters.",
    21: "Please shorten this to 21 characters.",
  },
  uk: {
    1: "Скоротіть текст до 1 символу.",
    2: "Скоротіть текст до 2 символів.",
    5: "Скоротіть текст до 5 символів.",
    21: "Скоротіть текст до 21 символу.",
  },
  ru: {
    1: "Сократите текст до 1 символа.",
    2: "Сократите текст до 2 символов.",
    5: "Сократите текст до 5 символов.",
    21: "Сократите текст до 21 символа.",
  },
  zh: {
    1: "请缩短到 1 个字符以内。",
    2: "请缩短到 2 个字符以内。",
    5: "请缩短到 5 个字符以内。",
    21: "请缩短到 21 个字符以内。",
  },
};

for (const locale of ["en", "uk", "ru", "zh"] as const) {
  test.each(COUNTS)(`${locale} counts %i the way its speakers do`, (count) => {
    expect(speakers[locale]("form.problems", { count })).toBe(PROBLEMS[locale][count]);
    expect(speakers[locale]("errors.too-long", { limit: count })).toBe(SHORTEN[locale][count]);
  });
}
