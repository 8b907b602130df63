import accounts from "~/accounts/words/en";
import ideas from "~/ideas/words/en";
import ui from "~/ui/words/en";
import { demoPassword, metisIdeas, stifferJoint } from "../personas";
import { expect, photograph, test } from "./journey";
import { sendSignIn, signOut } from "./sign-in";

const off = { javaScriptEnabled: false } as const;
// English words: the approver's language.
const APPROVER = "approver@metis.example";
const DESIGNER = "designer@tandem.example";

test("signing in and out", async ({ nobody }) => {
  const page = await nobody(off);
  await page.goto("/ideas");
  await expect(page).toHaveURL(/\/login\?next=/);
  await sendSignIn(page, APPROVER, "not the password");
  await expect(page.getByText(accounts.refusals["wrong-login"])).toBeVisible();
  await expect(page.getByLabel(accounts.fields.email, { exact: true })).toHaveValue(APPROVER);
  await sendSignIn(page, APPROVER, demoPassword);
  await expect(page).toHaveURL(/\/ideas$/);
  await signOut(page);
  await page.goto("/ideas");
  await expect(page).toHaveURL(/\/login/);
});

test("suggesting an idea, refused first and then taken", async ({ person }) => {
  const page = await person(APPROVER, off);
  await page.goto("/ideas/new");
  await page.getByLabel(ideas.submit.bodyLabel).fill("The head should turn without a tool.\n\n- one hand");
  await page.getByRole("button", { name: ideas.submit.send }).click();
  await expect(page.getByText(ui.errors.required).first()).toBeVisible();
  await expect(page.getByLabel(ideas.submit.bodyLabel)).toHaveValue(/The head should turn/);
  await photograph(page, "no-javascript-refused");
  await page.getByLabel(ideas.submit.titleLabel).fill("Turn the head by hand");
  await page.getByRole("button", { name: ideas.submit.send }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Turn the head by hand" })).toBeVisible();
  await expect(page.getByText("The head should turn without a tool.").first()).toBeVisible();
});

test("searching and reading on", async ({ person }) => {
  const page = await person(APPROVER, off);
  await page.goto("/ideas");
  await page.getByLabel(ideas.list.searchLabel).fill("joint");
  await page.getByLabel(ideas.list.searchLabel).press("Enter");
  await expect(page).toHaveURL(/q=joint/);
  await expect(page.locator(`a[href^="/ideas/${stifferJoint}"]`).first()).toBeVisible();
  await page.goto("/ideas");
  await page.getByRole("link", { name: ui.list.more }).click();
  await expect(page.getByRole("main").locator('a[href^="/ideas/0"]').first()).toBeVisible();
});

test("the brief can be read, and a comment sent", async ({ person }) => {
  const page = await person(APPROVER, off);
  await page.goto(`/ideas/${stifferJoint}`);
  await expect(page.locator(".live-brief")).not.toBeEmpty();
  await photograph(page, "no-javascript-idea");
  await page.getByLabel(ideas.page.commentLabel).fill("Sent without scripts");
  await page.getByRole("button", { name: ideas.page.send }).click();
  await expect(page.getByText("Sent without scripts")).toBeVisible();
});

test("staff: a comment, an internal note and a status", async ({ person }) => {
  const page = await person(DESIGNER, off);
  await page.goto(`/staff/ideas/${metisIdeas.under_review}`);
  await page.getByLabel(ideas.page.commentLabel).fill("A comment without scripts");
  await page.getByRole("button", { name: ideas.page.send }).click();
  await expect(page.getByText("A comment without scripts")).toBeVisible();
  await page.getByLabel(ideas.staff.noteLabel).fill("A note without scripts");
  await page.getByRole("button", { name: ideas.staff.noteSend }).click();
  await expect(page.getByText("A note without scripts")).toBeVisible();
  const choice = page.getByLabel(ideas.staff.moveTo);
  const [to = ""] = await choice.locator("option:not([value=''])").allTextContents();
  await choice.selectOption({ label: to });
  await page.getByRole("button", { name: ideas.staff.moveSend }).click();
  await expect(choice.getByRole("option", { name: to, exact: true })).toHaveCount(0);
  await page.reload();
  await expect(page.getByText(to, { exact: true }).first()).toBeVisible();
});
