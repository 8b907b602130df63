import { expect, type Page } from "@playwright/test";

/** What a mail of signing in holds. */
export interface SignInMail {
  readonly link: string;
  readonly code: string;
}

/** The newest mail of signing in to an address, read where the local installation shows its mail. Waits until there is one. */
export async function newestMail(page: Page, address: string): Promise<SignInMail> {
  const reader = await page.context().newPage();
  try {
    let text = "";
    await expect(async () => {
      await reader.goto("/dev/mail");
      const letters = reader.locator("article", { hasText: address }).filter({ hasText: "/confirm?" });
      text = await letters.first().innerText({ timeout: 1000 });
    }).toPass({ timeout: 10_000 });
    const link = /https?:\/\/\S+\/confirm\?\S+/.exec(text)?.[0] ?? "";
    const code = /\b\d{6}\b/.exec(text)?.[0] ?? "";
    return { link, code };
  } finally {
    await reader.close();
  }
}

/** What the newest letter to an address says, read where the local installation shows its mail. Waits until it says so. */
export async function newestIn(page: Page, address: string, wanted: RegExp): Promise<string> {
  const reader = await page.context().newPage();
  try {
    let found = "";
    await expect(async () => {
      await reader.goto(`/dev/mail?to=${encodeURIComponent(address)}`);
      const text = await reader.locator("article").first().innerText({ timeout: 1000 });
      found = wanted.exec(text)?.[0] ?? "";
      expect(found).not.toBe("");
    }).toPass({ timeout: 15_000 });
    return found;
  } finally {
    await reader.close();
  }
}
