import type { Page } from "@playwright/test";
import collabEn from "~/collab/words/en";
import collabUk from "~/collab/words/uk";
import ideasEn from "~/ideas/words/en";
import ideasUk from "~/ideas/words/uk";
import { metisIdeas } from "../personas";
import { expect, PHONE, test } from "./journey";
import { comeToBrief } from "./writing";

const brief = (page: Page) => page.locator(".live-brief").getByRole("textbox");
const state = (page: Page) => page.locator(".live-brief").getByRole("status");
const uk = { ...collabUk.versions, ...ideasUk.versions };
const en = { ...collabEn.versions, ...ideasEn.versions };

async function write(page: Page, words: string): Promise<void> {
  await comeToBrief(page);
  await brief(page).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(words);
  await expect(brief(page)).toContainText(words);
}

test("a customer names a version, sees word by word what changed since and who wrote it, and goes back to it for everybody", async ({
  person,
}) => {
  const [owner, designer] = await Promise.all([
    person("owner@metis.example", { viewport: PHONE }),
    person("designer@tandem.example"),
  ]);
  await owner.goto(`/ideas/${metisIdeas.done}`);
  await write(owner, " Пружина витримує два кілограми.");
  await expect(state(owner)).toHaveText(collabUk.state.saved);

  await owner.getByRole("link", { name: uk.link, exact: true }).click();
  await owner.getByLabel(uk.nameLabel).fill("Перед замовленням");
  await owner.getByRole("button", { name: uk.keep }).click();
  await owner.getByRole("link", { name: "Перед замовленням" }).click();
  await expect(owner.locator(".text-by").filter({ hasText: "Пружина витримує" })).toBeVisible();

  await designer.goto(`/staff/ideas/${metisIdeas.done}`);
  await write(designer, " Zirconium instead.");
  const version = new URL(owner.url()).pathname;
  await expect(async () => {
    // What there is now is read from a copy that follows within a moment.
    await owner.goto(`${version}?show=present`);
    await expect(owner.locator("ins").filter({ hasText: "Zirconium instead" })).toBeVisible({ timeout: 500 });
  }).toPass();
  await owner.getByRole("button", { name: uk.restore }).click();
  await expect(owner.getByRole("link", { name: uk.reason.restored })).toBeVisible();
  await expect(owner.getByRole("link", { name: uk.reason.before })).toBeVisible();
  await expect(brief(designer)).not.toContainText("Zirconium");
  await expect(brief(designer)).toContainText("Пружина витримує два кілограми.");

  await designer.goto(`/staff/ideas/${metisIdeas.done}/board`);
  await designer.getByRole("link", { name: en.link, exact: true }).click();
  await expect(designer.getByText(en.none)).toBeVisible();
});
