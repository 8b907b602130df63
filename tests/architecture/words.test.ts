import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTranslator } from "use-intl/core";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const LOCALES = ["en", "uk", "ru", "zh"] as const;
type Locale = (typeof LOCALES)[number];

/** A language's own plural forms; a message that counts must have each of them. */
const FORMS: Record<Locale, readonly string[]> = {
  en: ["one", "other"],
  uk: ["one", "few", "many", "other"],
  ru: ["one", "few", "many", "other"],
  zh: ["other"],
};

type Words = { [key: string]: string | Words };

/** Folders of words under app, those of staff's own pages as "accounts/words/staff", of the doors as "accounts/words/door", of guests as "accounts/words/guest", of a module's own pages as "decisions/words/page". */
const modules = readdirSync(`${root}app`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => [
    `${name}/words`,
    `${name}/words/staff`,
    `${name}/words/door`,
    `${name}/words/guest`,
    `${name}/words/page`,
  ])
  .filter(hasWords);

const loaded = new Map<string, Map<string, string>>();
for (const name of modules) {
  for (const locale of LOCALES) {
    const file: { default: Words } = await import(`${root}app/${name}/${locale}.ts`);
    loaded.set(`${name}/${locale}`, new Map(sentences(file.default)));
  }
}

/** Where sentences stand: the words of the modules and of the local gateway, and letters, each of which holds every language. */
const texts = readdirSync(`${root}app`, { recursive: true, encoding: "utf8" })
  .filter((path) => /\/(?:words|emails)\/(?:\w+\/)?\w+\.ts$/.test(path) && !path.includes(".test."))
  .map((path) => `app/${path}`)
  .concat(LOCALES.map((locale) => `server/local/words/${locale}.ts`));

/** Marks of half the width that touch a Chinese character, its quotes, or what is filled in beside one. */
const HALF_WIDTH = /[\p{Script=Han}”][,?:;!()]|[,?:;!()][\p{Script=Han}“]/u;

/**
 * What each language does not call the things of design/product.md, since it has another word for them: an account is an
 * organization that people work for (організація, организация, 组织), its people are customers (клієнт, клиент, 客户), and
 * those of the maker who look after it have one title. In Chinese an idea is 想法, and 建议 is one kind of it only.
 */
const OTHER_WORDS: Record<Locale, RegExp> = {
  en: /\b(?:compan(?:y|ies)|tenants?|client orgs?|organi[sz]ations?)\b/i,
  uk: /обліков\S* запис|акаунт|компані|замовник|затверджувач|менеджер\S* (?:(?:з|із|по) робот|клієнтів)/i,
  ru: /уч[её]тн\S* запис|аккаунт|компани|заказчик|утверждающ|менеджер\S* (?:по работе|клиентов)/i,
  zh: /账户|客户组织|公司|企业|机构|制造方|报价|[个条此]建议|提出建议|支持建议/,
};

test("there are words to compare", () => {
  expect(modules).toContain("ui/words");
});

test("every module's words are gathered, so that no screen shows a key", () => {
  const gathered = ["words", "page-words", "staff-words", "door-words"]
    .map((file) => readFileSync(`${root}app/${file}.ts`, "utf8"))
    .join("");
  const forgotten = modules.filter((name) => LOCALES.some((locale) => !gathered.includes(`/${name}/${locale}"`)));
  expect(forgotten).toEqual([]);
});

test("Chinese sentences have Chinese punctuation", () => {
  expect(linesWhere(["zh"], (line) => HALF_WIDTH.test(line))).toEqual([]);
});

test.each(LOCALES)("%s calls every thing by one word", (locale) => {
  expect(linesWhere([locale], (line) => OTHER_WORDS[locale].test(line))).toEqual([]);
});

describe.each(modules)("words of %s", (name) => {
  const english = wordsOf(name, "en");

  test.each(LOCALES)("%s says everything that en says, and nothing more", (locale) => {
    expect([...wordsOf(name, locale).keys()].sort()).toEqual([...english.keys()].sort());
  });

  test.each(LOCALES)("%s leaves no sentence empty", (locale) => {
    expect(keysWhere(name, locale, (text) => text.trim() === "")).toEqual([]);
  });

  test.each(LOCALES)("%s fills in the same facts and tags as en", (locale) => {
    const differing = keysWhere(name, locale, (text, key) => {
      const other = english.get(key) ?? "";
      return argumentsOf(text).join() !== argumentsOf(other).join() || tagsOf(text).join() !== tagsOf(other).join();
    });
    expect(differing).toEqual([]);
  });

  test.each(LOCALES)("%s can be formatted, message by message", (locale) => {
    expect(keysWhere(name, locale, (text) => problemOf(locale, text) !== null)).toEqual([]);
  });

  test.each(LOCALES)("%s counts with every plural form of its language", (locale) => {
    const incomplete = keysWhere(name, locale, (text, key) => {
      // "and 3 more" reads the same for every number: where English needs one form, so may the others.
      const counted = pluralsOf(english.get(key) ?? "").some((forms) => forms.includes("one"));
      const needed = counted ? FORMS[locale] : ["other"];
      return pluralsOf(text).some((forms) => needed.some((form) => !forms.includes(form)));
    });
    expect(incomplete).toEqual([]);
  });
});

function hasWords(name: string): boolean {
  try {
    return readdirSync(`${root}app/${name}`).includes("en.ts");
  } catch {
    return false;
  }
}

/** Lines of the files that speak one of these languages; letters speak them all. */
function linesWhere(locales: readonly Locale[], bad: (line: string) => boolean): string[] {
  return texts
    .filter((path) => path.includes("/emails/") || locales.some((locale) => path.endsWith(`/${locale}.ts`)))
    .flatMap((path) =>
      readFileSync(root + path, "utf8")
        .split("\n")
        .filter(bad)
        .map((line) => `${path}: ${line.trim()}`),
    );
}

function wordsOf(name: string, locale: Locale): Map<string, string> {
  return loaded.get(`${name}/${locale}`) ?? new Map();
}

function* sentences(words: Words, above = ""): Generator<[string, string]> {
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === "string") yield [above + key, value];
    else yield* sentences(value, `${above}${key}.`);
  }
}

function keysWhere(name: string, locale: Locale, bad: (text: string, key: string) => boolean): string[] {
  return [...wordsOf(name, locale)].filter(([key, text]) => bad(text, key)).map(([key, text]) => `${key}: ${text}`);
}

/** Names of what a message fills in, in the outer text and inside its plural forms. */
function argumentsOf(text: string): string[] {
  return [
    ...new Set(
      [...text.matchAll(/(?<!(?:zero|one|two|few|many|other)\s*)\{\s*([a-zA-Z]\w*)\s*[,}]/g)].map(
        (match) => match[1] ?? "",
      ),
    ),
  ].sort();
}

function tagsOf(text: string): string[] {
  return [...new Set([...text.matchAll(/<\/?([a-zA-Z]\w*)>/g)].map((match) => match[1] ?? ""))].sort();
}

/** The plural forms that each counting part of a message has. */
function pluralsOf(text: string): string[][] {
  return [...text.matchAll(/\{\s*\w+\s*,\s*plural\s*,/g)].map((match) => {
    const forms: string[] = [];
    let depth = 1;
    for (let at = match.index + match[0].length; at < text.length && depth > 0; at++) {
      if (text[at] === "{" && depth === 1) forms.push(/([\w=]+)\s*$/.exec(text.slice(0, at))?.[1] ?? "");
      if (text[at] === "{") depth++;
      if (text[at] === "}") depth--;
    }
    return forms;
  });
}

function problemOf(locale: Locale, text: string): string | null {
  let problem: string | null = null;
  const translate = createTranslator({
    locale,
    timeZone: "Europe/Berlin",
    messages: { message: text },
    onError: (error) => {
      problem = error.message;
    },
  });
  const values: Record<string, number | ((chunks: string) => string)> = {};
  for (const name of argumentsOf(text)) values[name] = 5;
  for (const tag of tagsOf(text)) values[tag] = (chunks) => chunks;
  translate.markup("message", values);
  return problem;
}
