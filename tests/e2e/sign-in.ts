import { expect, type Page } from "@playwright/test";
import door from "~/accounts/words/door/en";
import accounts from "~/accounts/words/en";
import ui from "~/ui/words/en";
import { demoPassword } from "../personas";

/** Fills in the sign-in page, which stands in English, and presses its button. */
export async function sendSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel(accounts.fields.email, { exact: true }).fill(email);
  await page.getByLabel(door.fields.password, { exact: true }).fill(password);
  await page.getByRole("button", { name: door.login.submit, exact: true }).click();
}

/** Signs a demo login in through the sign-in page and waits until it is gone. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/login");
  await expect(page.getByRole("heading", { level: 1, name: door.login.title })).toBeVisible();
  await sendSignIn(page, email, demoPassword);
  await expect(page).not.toHaveURL(/\/login/);
}

/** Signs out through the menu behind one's initials; the page stands in English. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /settings and sign out$/ }).click();
  await page.getByRole("button", { name: ui.shell.signOut, exact: true }).click();
  await expect(page).toHaveURL(/\/login/);
}
