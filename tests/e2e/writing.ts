import { expect, type Page } from "@playwright/test";

/** Comes to the brief of an idea's page, which on a phone stands below the fold, and waits until it can be written in. */
export async function comeToBrief(page: Page): Promise<void> {
  const brief = page.locator(".live-brief");
  await brief.scrollIntoViewIfNeeded();
  await expect(brief.getByRole("textbox")).toHaveAttribute("contenteditable", "true");
}
