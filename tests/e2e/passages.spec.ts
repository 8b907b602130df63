import type { Page } from "@playwright/test";
import collab from "~/collab/words/en";
import collabUk from "~/collab/words/uk";
import { metisIdeas } from "../personas";
import { examine, expect, test } from "./journey";

const idea = metisIdeas.declined;
const { passages } = collab;
// The owner reads Ukrainian.
const own = collabUk.passages;

const text = (page: Page) => page.locator(".live-brief .rich-text[role=textbox]");
const marks = (page: Page) => page.locator(".live-brief [data-passage]");

/** Selects the first words of the brief's first paragraph, as somebody does who draws the mouse over them. */
async function select(page: Page, letters: number): Promise<string> {
  await expect(text(page)).toBeVisible();
  return text(page).evaluate((brief, length) => {
    const words = document.createTreeWalker(brief, NodeFilter.SHOW_TEXT).nextNode();
    if (!words) throw new Error("the brief is empty");
    getSelection()?.setBaseAndExtent(words, 0, words, length);
    document.dispatchEvent(new Event("selectionchange"));
    return words.textContent?.slice(0, length) ?? "";
  }, letters);
}

test("somebody who may not write the brief comments on a passage; the other side sees it at once, answers and resolves it", async ({
  person,
  sessionOf,
}) => {
  // A session of its own: another journey ends all others of this login.
  const storageState = await sessionOf("support@tandem.example", true);
  const [reader, owner] = [
    await person("support@tandem.example", { storageState }),
    await person("owner@metis.example"),
  ];
  const live = owner.waitForResponse((answer) => new URL(answer.url()).pathname === "/api/live" && answer.ok());
  await owner.goto(`/ideas/${idea}`, { waitUntil: "networkidle" });
  await live;
  await reader.goto(`/staff/ideas/${idea}`, { waitUntil: "networkidle" });
  await text(reader).scrollIntoViewIfNeeded();
  const quote = (await select(reader, 16)).trim();
  await reader.getByRole("button", { name: collab.passages.comment }).click();
  await expect(text(reader)).toHaveAttribute("contenteditable", "false");
  const form = reader.locator("form", { has: reader.locator("input[name=start]") });
  await expect(form.getByRole("blockquote")).toHaveText(quote);
  await form.getByLabel(passages.commentLabel).fill("Is this still so?");
  await form.getByRole("button", { name: passages.send }).click();
  await expect(reader.locator("li[id^=thread-]").getByText("Is this still so?")).toBeVisible();
  await expect(marks(reader)).toHaveText(quote);

  const thread = owner.locator("li[id^=thread-]");
  await expect(thread.getByRole("link", { name: quote })).toBeVisible();
  await expect(marks(owner)).toHaveText(quote);
  await marks(owner).click();
  await expect(thread.getByText("Is this still so?")).toBeVisible();
  await examine(owner, "passage-thread");
  await thread.getByLabel(own.replyLabel).fill("It is.");
  await thread.getByRole("button", { name: own.replySend }).click();
  await expect(reader.locator("li[id^=thread-]").getByText("It is.")).toBeVisible();
  await thread.getByRole("button", { name: own.resolve }).click();
  await expect(thread.getByText(own.resolved, { exact: true })).toBeVisible();
  await expect(marks(reader)).toHaveCount(0);
});

test("without scripts a line of the brief is chosen in a list", async ({ person }) => {
  const owner = await person("owner@metis.example", { javaScriptEnabled: false });
  await owner.goto(`/ideas/${idea}`);
  await owner.getByRole("link", { name: own.begin }).click();
  const form = owner.locator("form", { has: owner.locator("select[name=line]") });
  await form.getByRole("button", { name: own.send }).click();
  await expect(form.getByRole("alert")).toBeVisible();
  await form.getByLabel(own.commentLabel).fill("From a list.");
  await form.getByLabel(own.line).selectOption({ index: 1 });
  await form.getByRole("button", { name: own.send }).click();
  await expect(owner.locator("li[id^=thread-]").getByText("From a list.")).toBeVisible();
});
