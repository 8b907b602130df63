import { expect, test } from "vitest";
import { LOCALES, type Locale } from "~/kernel/locale";
import { PAYLOADS } from "../../../tests/e2e/payloads";
import { guestLinkLetter } from "./guest";
import { invitationLetter } from "./invitation";
import { securityLetter } from "./security";

/** What people call themselves, their accounts and their ideas stands in letters as text, and as nothing else. */

const at = new Date("2026-11-20T10:00:00Z");
const link = "https://tandem.example/accept?token=x";

const LETTERS: Record<string, (text: string, language: Locale) => { subject: string; html: string }> = {
  "an invitation": (text, language) =>
    invitationLetter({ language, inviter: text, account: text, link, expiresAt: at }),
  "a guest's link": (text, language) =>
    guestLinkLetter({ language, inviter: text, displayName: text, objectName: text, link, expiresAt: at }),
  "news of a second factor": (text, language) => securityLetter("second-factor-reset", { language, at, by: text }),
};

/** Every tag, comment and attribute of a letter, in order: all that is not text. */
const skeletonOf = (html: string) => html.match(/<[^>]*>/g) ?? [];

for (const [letter, write] of Object.entries(LETTERS)) {
  test(`none of 150 texts becomes anything but text in ${letter}`, () => {
    expect(PAYLOADS).toHaveLength(150);
    for (const [place, text] of PAYLOADS.entries()) {
      const language = LOCALES[place % LOCALES.length] ?? "en";
      const { html, subject } = write(text, language);
      expect(skeletonOf(html), text).toEqual(skeletonOf(write("a lamp", language).html));
      expect(html).not.toBe(write("a lamp", language).html);
      expect(subject, text).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]+$/u);
    }
  });
}
