import english from "~/ideas/words/en";
import ownPages from "~/notifications/words/page/en";
import ukrainianPages from "~/notifications/words/page/uk";
import ukrainian from "~/notifications/words/uk";
import { hanlinIdea, stifferJoint } from "../personas";
import { expect, photograph, test } from "./journey";

/** The designer answers; the owner's bell rings at once, one letter comes in Ukrainian, and one click ends such letters. */

const OWNER = "owner@metis.example";
const DESIGNER = "designer@tandem.example";

/** The demo's owner reads Ukrainian, and so does their bell. */
const bellOf = (page: import("@playwright/test").Page) =>
  page.locator("header a[href='/notifications'][aria-expanded]");
const countOf = async (page: import("@playwright/test").Page) => Number((await bellOf(page).innerText()) || "0");

test("what the designer says rings in the owner's open page within a second, and comes once by mail, in Ukrainian", async ({
  person,
  nobody,
}) => {
  const owner = await person(OWNER);
  const designer = await person(DESIGNER);
  // The line on which news comes is opened when the page is idle, which may be before it counts as loaded.
  const live = owner.waitForRequest(/\/api\/live/);
  await owner.goto("/ideas");
  await live;
  const before = await countOf(owner);
  await designer.goto(`/staff/ideas/${stifferJoint}`);
  const said = `Could you measure <b>that</b> again? ${Date.now()}`;
  for (const text of [said, `${said} And the joint?`]) {
    await designer.getByLabel(english.page.commentLabel).fill(text);
    await designer.getByRole("button", { name: english.page.send }).click();
    await expect(designer.getByText(text, { exact: true })).toBeVisible();
  }
  await expect(bellOf(owner)).toHaveText(String(before + 2), { timeout: 1_000 });

  await bellOf(owner).click();
  const panel = owner.getByRole("dialog", { name: ukrainian.bell.title });
  await expect(panel.getByText(`${said} And the joint?`)).toBeVisible();
  await photograph(owner, "bell-panel");
  await owner.keyboard.press("Escape");
  await expect(bellOf(owner)).toBeFocused();

  const mail = await nobody();
  const letters = mail.locator("article").filter({ hasText: said });
  await expect(async () => {
    await mail.goto(`/dev/mail?to=${OWNER}`);
    await expect(letters).toHaveCount(1, { timeout: 100 });
  }).toPass({ timeout: 20_000 });
  await expect(letters).toContainText("2 новини");
  await expect(letters).toContainText("Вітаємо");
  const link = await letters.getByRole("link", { name: /\/unsubscribe\/[^ ]*comment/ }).getAttribute("href");

  // Going there is reading all that one was told of it, before too.
  await owner.goto("/notifications");
  await photograph(owner, "notifications");
  await owner.locator("main li a").first().click();
  await expect(owner).toHaveURL(new RegExp(`/ideas/${stifferJoint}#`));
  await expect.poll(() => countOf(owner)).toBeLessThanOrEqual(before);

  // A mailbox posts for its reader: from a page of its own, with no session.
  const posted = await mail.request.post(link ?? "", {
    form: { "List-Unsubscribe": "One-Click" },
    headers: { Origin: "https://mail.example" },
  });
  expect(posted.status()).toBe(200);
  await owner.goto("/settings/notifications");
  await expect(
    owner.getByRole("group", { name: ukrainianPages.kind.comment }).getByLabel(ukrainianPages.how.off),
  ).toBeChecked();
});

test("without JavaScript the bell leads to the list, where one and all are marked as read, and choices are kept", async ({
  person,
}) => {
  const designer = await person(DESIGNER);
  await designer.goto(`/staff/ideas/${hanlinIdea}`);
  const said = "Two of them would fit on one arm.";
  await designer.getByLabel(english.page.commentLabel).fill(said);
  await designer.getByRole("button", { name: english.page.send }).click();
  await expect(designer.getByText(said, { exact: true })).toBeVisible();
  const engineer = await person("engineer@hanlin.example", { javaScriptEnabled: false });
  const unread = engineer.locator("main button[value='read']");
  // They are told by the worker, in a moment.
  await expect(async () => {
    await engineer.goto("/ideas");
    await engineer.locator("header a[href='/notifications']").click();
    await expect(engineer.locator("main li", { hasText: said })).toHaveCount(1, { timeout: 500 });
  }).toPass();
  const before = await unread.count();
  expect(before).toBeGreaterThan(0);
  await unread.first().click();
  await expect(unread).toHaveCount(before - 1);

  await engineer.goto("/settings/notifications");
  await engineer.locator("input[name='status'][value='daily']").check();
  await engineer.locator("select[name='quietFrom']").selectOption("22");
  await engineer.locator("select[name='quietTo']").selectOption("22");
  await engineer.locator("main form button").click();
  await expect(engineer.getByRole("alert")).toBeVisible();
  await expect(engineer.locator("input[name='status'][value='daily']")).toBeChecked();
  await engineer.locator("select[name='quietTo']").selectOption("6");
  await engineer.locator("main form button").click();
  await expect(engineer).toHaveURL(/saved/);
  await expect(engineer.locator("select[name='quietFrom']")).toHaveValue("22");
});

test("an unsubscribe link shows a button and changes nothing by being opened; a forged one does not exist", async ({
  nobody,
}) => {
  const { unsubscribeViewer } = await import("../personas");
  const page = await nobody();
  await page.goto(`/unsubscribe/${unsubscribeViewer}`);
  await page.getByRole("button", { name: ownPages.unsubscribe.button }).click();
  await expect(page.getByRole("heading", { name: ownPages.unsubscribe.doneTitle })).toBeVisible();
  const forged = unsubscribeViewer.replace(".merge.", ".all.");
  expect((await page.request.post(`/unsubscribe/${forged}`)).status()).toBe(404);
  expect((await page.goto(`/unsubscribe/${forged}`))?.status()).toBe(404);
});
