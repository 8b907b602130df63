import type { Page } from "@playwright/test";
import en from "~/collab/words/en";
import uk from "~/collab/words/uk";
import ideasUk from "~/ideas/words/uk";
import { metisIdeas } from "../personas";
import { examine, expect, test } from "./journey";

const OWNER = "owner@metis.example";
const DESIGNER = "designer@tandem.example";
const idea = metisIdeas.under_review;
/** Low, so that a brief of some length does not stand on it as a whole. */
const LOW = { viewport: { width: 1280, height: 480 } };

const textOf = (page: Page) => page.locator(".live-brief .ProseMirror");
const scrolled = (page: Page) => page.evaluate(() => Math.round(window.scrollY));
const named = (sentence: string, name: string) => sentence.replace("{name}", name);

test("one sees in the list who is at an idea, follows where they write, and comes when staff call", async ({
  person,
}) => {
  const [owner, designer] = await Promise.all([person(OWNER, LOW), person(DESIGNER, LOW)]);
  await owner.goto("/ideas");
  await designer.goto(`/staff/ideas/${idea}`);
  const row = owner.getByRole("listitem").filter({ has: owner.locator(`a[href="/ideas/${idea}"]`) });
  const face = row.getByRole("img", { name: ideasUk.here.now.replace("{people}", "Lena Hartmann") });
  await expect(face).toBeVisible();
  await row.getByRole("link").click();
  // On the idea's own page, too, beside the way back.
  await expect(owner.locator("header span", { hasText: "Lena Hartmann" }).first()).toBeVisible();

  // A brief that is longer than the screen, its writer at the end of it.
  await expect(textOf(owner)).toBeVisible({ timeout: 15_000 });
  await expect(textOf(designer)).toBeVisible({ timeout: 15_000 });
  await designer.getByRole("button", { name: named(en.who.follow, "Оксана Левчук") }).click();
  const following = designer.getByText(named(en.following.brief, "Оксана Левчук"));
  await expect(following).toBeVisible();
  await textOf(owner).click();
  await owner.keyboard.press("ControlOrMeta+End");
  for (let line = 1; line <= 40; line += 1) {
    await owner.keyboard.insertText(`Рядок ${line}`);
    await owner.keyboard.press("Enter");
  }
  await expect.poll(() => scrolled(designer)).toBeGreaterThan(500);
  await designer.mouse.move(300, 300);
  await designer.mouse.wheel(0, -5_000);
  await expect(following).toHaveCount(0);
  await expect.poll(() => scrolled(designer)).toBe(0);
  await owner.keyboard.insertText("і ще один");
  await expect(textOf(designer)).toContainText("і ще один");
  expect(await scrolled(designer)).toBe(0);

  // Who writes is asked, and not moved; whoever says no stays where they are, caret and all.
  const here = await scrolled(owner);
  const call = designer.getByRole("button", { name: en.call.button });
  await call.click();
  await expect(designer.getByText(en.call.said)).toBeAttached();
  const asked = owner.getByRole("group", { name: uk.call.title });
  await expect(asked).toContainText(named(uk.call.asks, "Lena Hartmann"));
  await expect(asked).toContainText(uk.call.whenYouLike);
  await examine(owner);
  await owner.keyboard.press("Escape");
  await expect(asked).toHaveCount(0);
  await owner.keyboard.insertText("!");
  await expect(textOf(designer)).toContainText("і ще один!");
  expect(await scrolled(owner)).toBe(here);

  // Whoever says yes, by keyboard, is taken there, and goes on writing where they wrote.
  await call.click();
  await asked.getByRole("button", { name: uk.call.go }).focus();
  await owner.keyboard.press("Enter");
  await expect.poll(() => scrolled(owner)).toBeLessThan(here - 300);
  await expect(textOf(owner)).toBeFocused();
  await owner.keyboard.insertText("?");
  await expect(textOf(designer)).toContainText("і ще один!?");

  // Staff alone call.
  await expect(owner.getByRole("button", { name: uk.call.button })).toHaveCount(0);
});
