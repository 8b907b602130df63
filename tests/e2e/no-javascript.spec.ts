import door from "~/accounts/words/door/en";
import accounts from "~/accounts/words/en";
import ideas from "~/ideas/words/en";
import ideasPages from "~/ideas/words/page/en";
import staffIdeas from "~/ideas/words/staff/en";
import { LOCALE_NAMES, LOCALE_TAGS } from "~/kernel/locale";
import ui from "~/ui/words/en";
import uiZh from "~/ui/words/zh";
import { demoPassword, metisIdeas, stifferJoint } from "../personas";
import { expect, photograph, test } from "./journey";
import { newestMail } from "./mail";
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
  await expect(page.getByText(door.refusals["wrong-login"])).toBeVisible();
  await expect(page.getByLabel(accounts.fields.email, { exact: true })).toHaveValue(APPROVER);
  await sendSignIn(page, APPROVER, demoPassword);
  await expect(page).toHaveURL(/\/ideas$/);
  await signOut(page);
  await page.goto("/ideas");
  await expect(page).toHaveURL(/\/login/);
});

test("signing in by an e-mailed code, mistyped first", async ({ nobody }) => {
  const email = "pricing@tandem.example";
  const page = await nobody(off);
  await page.goto("/login?next=/staff/ideas");
  await page.getByRole("button", { name: door.login.mail }).click();
  await page.getByLabel(accounts.fields.email, { exact: true }).fill(email);
  await page.getByRole("button", { name: door.code.send }).click();
  await expect(page.getByText(door.code.sent.replace("{email}", email))).toBeVisible();
  const { code } = await newestMail(page, email);
  for (const typed of [code === "000000" ? "000001" : "000000", code]) {
    await page.getByLabel(door.fields.code, { exact: true }).fill(typed);
    await page.getByRole("button", { name: door.code.verify, exact: true }).click();
    if (typed !== code) await expect(page.getByText(door.refusals["wrong-code"])).toBeVisible();
  }
  await expect(page).toHaveURL(/\/staff\/ideas$/);
});

test("a forgotten password is chosen anew by mail", async ({ nobody }) => {
  const email = "pricing@tandem.example";
  const fresh = "four lamps on a bench";
  const page = await nobody(off);
  await page.goto("/login");
  await page.getByRole("link", { name: door.login.forgot }).click();
  await page.getByLabel(accounts.fields.email, { exact: true }).fill(email);
  await page.getByRole("button", { name: door.forgot.send }).click();
  await expect(page.getByText(door.forgot.sent.replace("{email}", email))).toBeVisible();
  await page.goto((await newestMail(page, email)).link);
  await page.getByRole("button", { name: door.confirm.password }).click();
  await page.getByLabel(door.fields["new-password"]).fill(fresh);
  await page.getByRole("button", { name: door.password.save }).click();
  await expect(page.getByText(door.password["saved-title"])).toBeVisible();
  const elsewhere = await nobody(off);
  await elsewhere.goto("/login");
  await sendSignIn(elsewhere, email, fresh);
  await expect(elsewhere).toHaveURL(/\/staff$/);
});

test("another language and another appearance, kept on the next page", async ({ nobody }) => {
  const page = await nobody(off);
  const html = page.locator("html");
  await page.goto("/login?next=/ideas");
  await page.getByRole("button", { name: `${ui.shell.language}, ${ui.shell.theme}` }).click();
  await page.getByRole("button", { name: ui.shell.themeDark, exact: true }).click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  await expect(page).toHaveURL(/\/login\?next=/);
  const ink = () => page.locator("body").evaluate((body) => getComputedStyle(body).color);
  const inkOnDark = await ink();
  await page.getByRole("button", { name: `${ui.shell.language}, ${ui.shell.theme}` }).click();
  await page.getByRole("button", { name: LOCALE_NAMES.zh }).click();
  await expect(html).toHaveAttribute("lang", LOCALE_TAGS.zh);
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.goto("/forgot");
  await expect(html).toHaveAttribute("lang", LOCALE_TAGS.zh);
  await expect(html).toHaveAttribute("data-theme", "dark");
  await page.getByRole("button", { name: `${uiZh.shell.language}, ${uiZh.shell.theme}` }).click();
  await page.getByRole("button", { name: uiZh.shell.themeLight, exact: true }).click();
  await expect(html).toHaveAttribute("data-theme", "light");
  expect(await ink()).not.toBe(inkOnDark);
});

test("suggesting an idea, refused first and then taken", async ({ person }) => {
  const page = await person(APPROVER, off);
  await page.goto("/ideas/new");
  await page.getByLabel(ideasPages.submit.bodyLabel).fill("The head should turn without a tool.\n\n- one hand");
  await page.getByRole("button", { name: ideasPages.submit.send }).click();
  await expect(page.getByText(ui.errors.required).first()).toBeVisible();
  await expect(page.getByLabel(ideasPages.submit.bodyLabel)).toHaveValue(/The head should turn/);
  await photograph(page, "no-javascript-refused");
  await page.getByLabel(ideasPages.submit.titleLabel).fill("Turn the head by hand");
  await page.getByRole("button", { name: ideasPages.submit.send }).click();
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
  await expect(page.locator(".brief-head"), "room for tools that never come").toBeHidden();
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
  await page.getByLabel(staffIdeas.staff.noteLabel).fill("A note without scripts");
  await page.getByRole("button", { name: staffIdeas.staff.noteSend }).click();
  await expect(page.getByText("A note without scripts")).toBeVisible();
  const choice = page.getByLabel(staffIdeas.staff.moveTo);
  const [to = ""] = await choice.locator("option:not([value=''])").allTextContents();
  await choice.selectOption({ label: to });
  await page.getByRole("button", { name: staffIdeas.staff.moveSend }).click();
  await expect(choice.getByRole("option", { name: to, exact: true })).toHaveCount(0);
  await page.reload();
  await expect(page.getByText(to, { exact: true }).first()).toBeVisible();
});
