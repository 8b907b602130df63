import accountsEn from "~/accounts/words/en";
import accountsRu from "~/accounts/words/ru";
import staffAccountsEn from "~/accounts/words/staff/en";
import staffAccountsRu from "~/accounts/words/staff/ru";
import staffAccountsUk from "~/accounts/words/staff/uk";
import staffAccountsZh from "~/accounts/words/staff/zh";
import accountsUk from "~/accounts/words/uk";
import accountsZh from "~/accounts/words/zh";
import collabEn from "~/collab/words/en";
import collabRu from "~/collab/words/ru";
import collabUk from "~/collab/words/uk";
import collabZh from "~/collab/words/zh";
import ideasEn from "~/ideas/words/en";
import ideasRu from "~/ideas/words/ru";
import staffIdeasEn from "~/ideas/words/staff/en";
import staffIdeasRu from "~/ideas/words/staff/ru";
import staffIdeasUk from "~/ideas/words/staff/uk";
import staffIdeasZh from "~/ideas/words/staff/zh";
import ideasUk from "~/ideas/words/uk";
import ideasZh from "~/ideas/words/zh";
import { LOCALE_TAGS } from "~/kernel/locale";
import uiEn from "~/ui/words/en";
import uiRu from "~/ui/words/ru";
import uiUk from "~/ui/words/uk";
import uiZh from "~/ui/words/zh";
import { hanlinIdea, stifferJoint } from "../personas";
import { expect, PHONE, photograph, test } from "./journey";

const ENGLISH = { ui: uiEn, accounts: accountsEn, ideas: ideasEn, collab: collabEn };
const READERS = [
  { locale: "en", login: "approver@metis.example", idea: stifferJoint, words: ENGLISH },
  {
    locale: "uk",
    login: "owner@metis.example",
    idea: stifferJoint,
    words: { ui: uiUk, accounts: accountsUk, ideas: ideasUk, collab: collabUk },
  },
  {
    locale: "ru",
    login: "viewer@metis.example",
    idea: stifferJoint,
    words: { ui: uiRu, accounts: accountsRu, ideas: ideasRu, collab: collabRu },
  },
  {
    locale: "zh",
    login: "engineer@hanlin.example",
    idea: hanlinIdea,
    words: { ui: uiZh, accounts: accountsZh, ideas: ideasZh, collab: collabZh },
  },
] as const;

/** Every sentence of a set of words with its key, `ideas.list.title`. */
function sentences(words: object, prefix = ""): [string, string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[prefix + name, value]] : sentences(value as object, `${prefix}${name}.`),
  );
}

const english = sentences(ENGLISH);

for (const { locale, login, idea, words } of READERS) {
  test(`the portal speaks ${locale} and nothing else to ${login}`, async ({ person }) => {
    const page = await person(login);
    const own = new Set(sentences(words).map(([, sentence]) => sentence));
    for (const path of ["/", "/ideas", "/ideas?q=zzzzzz", "/ideas/new", `/ideas/${idea}`, "/no-such-page"]) {
      await test.step(path, async () => {
        await page.goto(path, { waitUntil: "networkidle" });
        await expect(page.locator("html")).toHaveAttribute("lang", LOCALE_TAGS[locale]);
        // What people wrote is theirs; what we say is ours.
        const said = await page.locator("body").innerText();
        for (const [key] of english) expect(said, "a missing sentence shows its key").not.toContain(key);
        const lines = new Set(said.split("\n").map((line) => line.trim()));
        expect(english.filter(([, sentence]) => lines.has(sentence) && !own.has(sentence))).toEqual([]);
      });
    }
    await page.goto(`/ideas/${idea}`, { waitUntil: "networkidle" });
    await photograph(page, `idea-page-${locale}`);
  });
}

const staffEnglish = sentences({ ui: uiEn, staffAccounts: staffAccountsEn, ideas: staffIdeasEn });
const STAFF_PAGES = ["/staff", "/staff/ideas", `/staff/ideas/${stifferJoint}`, "/staff/ideas/board", "/staff/accounts"];

for (const [locale, words] of [
  ["uk", { ui: uiUk, accounts: staffAccountsUk, ideas: staffIdeasUk }],
  ["ru", { ui: uiRu, accounts: staffAccountsRu, ideas: staffIdeasRu }],
  ["zh", { ui: uiZh, accounts: staffAccountsZh, ideas: staffIdeasZh }],
] as const) {
  test(`the staff area speaks ${locale} and nothing else, and fits a phone`, async ({ person, server }) => {
    // Somebody whose language no other journey needs.
    const page = await person("production@tandem.example", { viewport: PHONE });
    const choose = (language: string) =>
      page.request.post("/api/preferences", { headers: { Origin: server.origin }, form: { locale: language } });
    await choose(locale);
    const own = new Set(sentences(words).map(([, sentence]) => sentence));
    for (const path of STAFF_PAGES) {
      await test.step(path, async () => {
        await page.goto(path);
        await expect(page.locator("html")).toHaveAttribute("lang", LOCALE_TAGS[locale]);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        const said = await page.locator("body").innerText();
        for (const [key] of staffEnglish) expect(said, "a missing sentence shows its key").not.toContain(key);
        const lines = new Set(said.split("\n").map((line) => line.trim()));
        expect(staffEnglish.filter(([, sentence]) => lines.has(sentence) && !own.has(sentence))).toEqual([]);
        const { scrollWidth, innerWidth } = await page.evaluate(() => ({
          scrollWidth: document.documentElement.scrollWidth,
          innerWidth: window.innerWidth,
        }));
        expect(scrollWidth, `${path} in ${locale}`).toBeLessThanOrEqual(innerWidth);
      });
    }
    await choose("en");
  });
}

for (const [asks, tag] of [
  ["uk-UA", LOCALE_TAGS.uk],
  ["ru", LOCALE_TAGS.ru],
  ["zh-CN", LOCALE_TAGS.zh],
  ["fr-FR", LOCALE_TAGS.en],
] as const) {
  test(`before signing in, a browser set to ${asks} reads ${tag}`, async ({ nobody }) => {
    const page = await nobody({ locale: asks });
    await page.goto("/login");
    await expect(page.locator("html")).toHaveAttribute("lang", tag);
  });
}
