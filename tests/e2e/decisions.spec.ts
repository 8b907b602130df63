import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import collabEn from "~/collab/words/en";
import baseEn from "~/decisions/words/en";
import en from "~/decisions/words/page/en";
import uk from "~/decisions/words/page/uk";
import baseUk from "~/decisions/words/uk";
import { metisIdeas } from "../personas";
import { examine, expect, PHONE, test } from "./journey";

const IDEA = metisIdeas.in_work;
const SAID = "Felt below the foot, three millimetres.";
const TITLE = "The foot gets felt of 3 mm";

const answer = (page: Page, words: typeof en | typeof uk) => page.getByRole("button", { name: words.answer.agree });

test("what was said becomes a decision that both sides sign in the same second; what it quotes stays as it was", async ({
  person,
}) => {
  // The owner reads Ukrainian.
  const [owner, designer] = await Promise.all([
    person("owner@metis.example", { viewport: PHONE }),
    person("designer@tandem.example"),
  ]);
  await owner.goto(`/ideas/${IDEA}`);
  await owner.locator("textarea[name=comment]").fill(SAID);
  await owner.locator("form:has(textarea[name=comment]) button:not([type=button])").last().click();
  const mine = owner.locator("li", { hasText: SAID }).last();
  await expect(mine.getByRole("link", { name: baseUk.makeOne })).toBeVisible();

  // The designer decides, and sees at once what is missing.
  await designer.goto(`/staff/ideas/${IDEA}`);
  await designer.locator("li", { hasText: SAID }).last().getByRole("link", { name: baseEn.makeOne }).click();
  await expect(designer.getByRole("blockquote").or(designer.locator("blockquote")).first()).toHaveText(SAID);
  await designer.getByLabel(en.make.titleLabel).fill(TITLE);
  await designer.getByRole("button", { name: en.make.send }).click();
  await expect(designer.getByRole("alert")).toContainText(en.make.reasonLabel);
  await expect(designer.getByLabel(en.make.titleLabel)).toHaveValue(TITLE);
  await designer.getByLabel(en.make.reasonLabel).fill("Three millimetres do not slide on lacquer.");
  await designer.getByLabel(en.make.rejectedLabel).fill("Rubber: it leaves marks\nCork");
  await designer.getByRole("button", { name: en.make.send }).click();
  await expect(designer.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
  const staffPage = new URL(designer.url()).pathname;
  const page = staffPage.replace("/staff", "");

  // Whoever is quoted and whoever asks are suggested; the others are not asked.
  await expect(designer.getByRole("checkbox", { checked: true })).toHaveCount(2);
  await designer.getByRole("button", { name: en.ask.send }).click();
  await expect(answer(designer, en)).toBeVisible();
  await owner.goto("/");
  await expect(owner.getByRole("heading", { name: baseUk.home.waiting })).toBeVisible();
  await owner.getByRole("link", { name: TITLE }).click();
  await expect(owner).toHaveURL(new RegExp(`${page}$`));

  await expect(answer(owner, uk)).toBeVisible();
  await Promise.all([answer(owner, uk).click(), answer(designer, en).click()]);
  for (const [reader, words] of [
    [owner, uk],
    [designer, en],
  ] as const) {
    await expect(reader.getByText(words.state.agreed, { exact: true }).first()).toBeVisible();
    await expect(answer(reader, words)).toHaveCount(0);
  }
  const hash = (reader: Page) => reader.locator("section[aria-labelledby=people] code");
  expect(await hash(owner).textContent()).toBe(await hash(designer).textContent());
  await expect(owner.locator("section[aria-labelledby=people] .text-success")).toHaveCount(2);
  await examine(designer, "decision-agreed");

  // As a document, in its reader's language.
  const paper = await owner.request.get(`/api/decisions/${page.split("/").at(-1)}/pdf`);
  expect(paper.headers()["content-type"]).toBe("application/pdf");
  expect((await paper.body()).subarray(0, 5).toString()).toBe("%PDF-");
  mkdirSync("test-results/screens", { recursive: true });
  writeFileSync(join("test-results/screens", "decision.pdf"), await paper.body());

  // What it quotes is changed afterwards: both stand there.
  await owner.goto(`/ideas/${IDEA}`);
  await expect(owner.locator("nav a", { hasText: TITLE })).toBeVisible();
  await owner.locator("li", { hasText: SAID }).last().locator("a[href*='?edit=']").click();
  const mending = owner.locator("form:has(input[name=said]):has(textarea[name=words])");
  await mending.locator("textarea").fill("Felt below the foot, four millimetres.");
  await mending.locator("button:not([type=button])").first().click();
  await expect(mending).toHaveCount(0);
  await designer.reload();
  await expect(designer.getByText(en.quote.changedMeans)).toBeVisible();
  await expect(designer.getByText(SAID)).toBeVisible();
  await expect(designer.getByText("Felt below the foot, four millimetres.")).toBeVisible();

  // Reopened, it is another revision; the one that was signed stays to be read.
  await designer.getByRole("button", { name: en.reopen.open }).click();
  await designer.getByRole("dialog").getByRole("button", { name: en.reopen.yes }).click();
  await expect(designer.getByText(en.page.revision.replace("{number, number}", "2"), { exact: true })).toBeVisible();
  await designer.getByText(en.page.beforeOf.replace("{number, number}", "1").replace("{title}", TITLE)).click();
  await examine(designer, "decision-reopened");
  await owner.goto(page);
  await examine(owner, "decision-reopened-phone");
});

test("a thing of the board becomes a decision, which shows it as it was drawn", async ({ person }) => {
  const designer = await person("designer@tandem.example");
  await designer.goto(`/staff/ideas/${metisIdeas.planned}/board`);
  const { outline } = collabEn.board;
  await designer.getByLabel(outline.new).fill("Brass, not steel");
  await designer.keyboard.press("Enter");
  const item = designer.locator(".board-item").filter({ has: designer.locator('input[value="Brass, not steel"]') });
  await expect(item).toHaveCount(1);
  await item.getByRole("link", { name: `${baseEn.makeOne}: Sticky “Brass, not steel”` }).click();
  await expect(designer.getByRole("img", { name: "Brass, not steel" })).toBeVisible();
  await designer.getByLabel(en.make.titleLabel).fill("The joint is of brass");
  await designer.getByLabel(en.make.reasonLabel).fill("It is quieter.");
  await designer.getByRole("button", { name: en.make.send }).click();
  await expect(designer.getByRole("heading", { level: 1, name: "The joint is of brass" })).toBeVisible();
  await expect(designer.getByRole("img", { name: "Brass, not steel" })).toBeVisible();
  await examine(designer, "decision-of-a-thing");
  const address = designer.url();

  // It changes on the board: both stand there. A card beside it leads to the decision.
  await designer.goto(`/staff/ideas/${metisIdeas.planned}/board`);
  await designer.getByRole("textbox", { name: collabEn.board.links.new }).fill(address);
  await designer.keyboard.press("Enter");
  await designer.getByRole("button", { name: collabEn.board.links.put.replace("{title}", address) }).click();
  await expect(designer.locator(".board-item").getByRole("link", { name: "The joint is of brass" })).toBeVisible();
  await item.locator("input.board-field").fill("Bronze, not steel");
  await designer.keyboard.press("Enter");
  await expect(designer.locator('input[value="Bronze, not steel"]')).toHaveCount(1);
  await designer.goto(address);
  await expect(designer.getByText(en.quote.changedMeans)).toBeVisible();
  await expect(designer.getByRole("img", { name: "Bronze, not steel" })).toBeVisible();
});
