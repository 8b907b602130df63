import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import type { LiveSite } from "./live-sites";
import { signIn } from "./sign-in";
import { switchOf } from "./writing";

/** What the people of story 2 see on their screens and do to them. */

declare global {
  interface Window {
    /** What stands on the screen: the words of the brief, or what the things of the board say. */
    shownNow: () => string[];
    /** Everything that was ever on the screen together with the word "saved". */
    wasSaved?: Set<string>;
  }
}

export async function openBrowser(browser: Browser, site: LiveSite, login: string, options: BrowserContextOptions) {
  const context = await browser.newContext({ baseURL: site.server.origin, locale: "en-GB", ...options });
  await context.addInitScript(() => {
    window.shownNow = () => {
      const things = [...document.querySelectorAll<HTMLInputElement>(".board-item input")];
      if (things.length > 0) return things.map(({ value }) => value);
      const copy = document.querySelector(".live-brief [role=textbox]")?.cloneNode(true) as Element | undefined;
      // The names at the others' carets are nobody's words.
      for (const label of copy?.querySelectorAll(".collaboration-carets__caret, .ProseMirror-widget") ?? [])
        label.remove();
      return (copy?.textContent ?? "").split(/[\s\u2060\ufeff]+/).filter(Boolean);
    };
  });
  const heard: Buffer[] = [];
  const cutOff = await switchOf(context, (message) => heard.push(Buffer.from(message)));
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await signIn(page, login);
  return { page, heard, cutOff };
}

export const brief = (page: Page) => page.locator(".live-brief").getByRole("textbox");
export const items = (page: Page) => page.locator(".board-item");
export const field = (page: Page, says: string) => page.locator(`.board-item input[value="${says}"]`);
/** The thing of the list that says this. */
export const thing = (page: Page, says: string) => items(page).filter({ has: page.locator(`input[value="${says}"]`) });
export const status = (page: Page) => page.locator(".brief-status");
export const shown = (page: Page) => page.evaluate(() => window.shownNow());

/** From now on, after every painted frame, remembers what stands on the screen while it is called saved or stored. */
export async function watchSaved(
  page: Page,
  { state: words }: { state: { saved: string; offline: string } },
): Promise<void> {
  await page.evaluate(
    (promises) => {
      window.wasSaved = new Set();
      const look = () => {
        const said = document.querySelector(".brief-status")?.textContent?.trim() ?? "";
        if (promises.includes(said)) for (const word of window.shownNow()) window.wasSaved?.add(word);
        requestAnimationFrame(() => setTimeout(look));
      };
      look();
    },
    [words.saved, words.offline],
  );
}

export const shownAsSaved = (page: Page) => page.evaluate(() => [...(window.wasSaved ?? [])]);

export async function equal(pages: readonly Page[], patience: { timeout: number }): Promise<void> {
  await expect(async () => {
    const [first, ...others] = await Promise.all(pages.map(shown));
    expect(first).not.toEqual([]);
    for (const other of others) expect(other).toEqual(first);
  }).toPass({ ...patience, intervals: [50] });
}

/** The board of a page as a picture, without what it is called. */
export async function drawn(page: Page, save: string): Promise<string> {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: save.replace("{format}", "SVG") }).click();
  const stream = await (await coming).createReadStream();
  let text = "";
  for await (const chunk of stream) text += chunk;
  return text;
}

/** Puts stickies by keyboard, numbered, until told to stop. */
export async function putStickies(page: Page, name: string, isOver: () => boolean): Promise<string[]> {
  const put: string[] = [];
  const box = page.locator("#sticky");
  for (; !isOver() && put.length < 30; await sleep(150)) {
    const words = `${name}${put.length + 1}.`;
    await box.fill(words);
    await box.press("Enter");
    put.push(words);
  }
  return put;
}

/** Types numbered words, each whole, until told to stop. */
export async function typeWords(page: Page, name: string, isOver: () => boolean): Promise<string[]> {
  const typed: string[] = [];
  for (; !isOver(); await sleep(80)) {
    const word = `${name}${typed.length + 1}.`;
    await page.keyboard.insertText(` ${word}`);
    typed.push(word);
  }
  return typed;
}
