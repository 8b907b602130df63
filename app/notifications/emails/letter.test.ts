import { expect, test } from "vitest";
import { LOCALES, type Locale } from "~/kernel/locale";
import type { NoticeFacts, NoticeSentence } from "~/kernel/notice";
import { PAYLOADS } from "../../../tests/e2e/payloads";
import { writeLetter } from "./letter";

/**
 * What people wrote stands in letters as text and as nothing else, wherever it stands: in the greeting, the subject, a title, a
 * name, an excerpt, the name of a status. The pages are swept with the same texts (tests/e2e/xss.spec.ts).
 */

const SAYS: readonly NoticeSentence[] = [
  "commented",
  "mentioned",
  "moved",
  "supported",
  "merged",
  "unmerged",
  "joined",
  "suggested",
  "asked",
  "priced",
  "notYet",
  "agreed",
];
/** Neither a database nor a title holds a NUL. */
const TEXTS = PAYLOADS.map((payload) => payload.replaceAll("\u0000", ""));

function letterOf(text: string, language: Locale, daily: boolean) {
  const names = { en: text, uk: text, ru: text, zh: text };
  const facts = (says: NoticeSentence): NoticeFacts => {
    return { says, title: text, who: text, excerpt: text, from: names, to: names, other: text };
  };
  return writeLetter({
    language,
    zone: "Europe/Kyiv",
    daily,
    name: text,
    email: text,
    notices: (daily ? SAYS : SAYS.slice(2, 3)).map((says) => {
      return { path: "/ideas/x", facts: facts(says), createdAt: new Date("2026-11-20T10:00:00Z") };
    }),
    origin: "https://tandem.example",
    settings: "https://tandem.example/settings/notifications",
    stopKind: null,
    stopAll: "https://tandem.example/unsubscribe/x",
  });
}

/** Every tag, comment and attribute of a letter, in order: all that is not text. */
const skeletonOf = (html: string) => html.match(/<[^>]*>/g) ?? [];
const escaped = (text: string) =>
  text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#x27;");

for (const daily of [false, true]) {
  test(`none of 150 texts becomes anything but text in ${daily ? "a digest" : "a letter at once"}`, async () => {
    expect(TEXTS).toHaveLength(150);
    for (const [at, text] of TEXTS.entries()) {
      const language = LOCALES[at % LOCALES.length] ?? "en";
      const harmless = await letterOf("a lamp", language, daily);
      const { html, subject, text: plain } = await letterOf(text, language, daily);
      expect(skeletonOf(html), text).toEqual(skeletonOf(harmless.html));
      expect(html, text).toContain(escaped(text));
      expect(plain).toContain(text.split("\n")[0]);
      expect(subject, text).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]+$/u);
    }
  });
}

test("a text that were taken for markup would be found", async () => {
  const { html } = await letterOf("a lamp", "en", true);
  expect(skeletonOf(html.replace("a lamp", TEXTS[0] ?? ""))).not.toEqual(skeletonOf(html));
});
