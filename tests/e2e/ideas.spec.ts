import en from "~/ideas/words/en";
import ukPages from "~/ideas/words/page/uk";
import staffIdeas from "~/ideas/words/staff/en";
import uk from "~/ideas/words/uk";
import uiUk from "~/ui/words/uk";
import { metisIdeas, stifferJoint } from "../personas";
import { expect, PHONE, photograph, test } from "./journey";

const OWNER = "owner@metis.example";
const DESIGNER = "designer@tandem.example";

test("a customer suggests an idea, the maker answers, and internal notes stay inside", async ({ person }) => {
  const owner = await person(OWNER, { viewport: PHONE });
  await owner.goto("/");
  await owner.getByRole("link", { name: uk.home.suggest }).first().click();
  await expect(owner.getByRole("heading", { level: 1, name: ukPages.submit.title })).toBeVisible();
  const title = "Плече лампи хитається біля верстата";
  await owner.getByLabel(ukPages.submit.titleLabel).fill(title);
  await owner.getByLabel(ukPages.submit.bodyLabel).fill("На відстані 60 см плече гойдається.\n\n- гвинт\n- пружина");
  await owner.getByRole("button", { name: ukPages.submit.send }).click();
  await expect(owner.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(owner).toHaveURL(/\/ideas\/[0-9a-f-]{36}/);
  const id = /[0-9a-f-]{36}/.exec(owner.url())?.[0] ?? "";

  await owner.goto("/ideas");
  await expect(owner.getByRole("link", { name: title })).toBeVisible();
  await owner.getByLabel(uk.list.searchLabel).fill("хитається верстат");
  await owner.getByLabel(uk.list.searchLabel).press("Enter");
  await expect(owner).toHaveURL(/q=/);
  await expect(owner.getByRole("link", { name: title })).toBeVisible();
  await photograph(owner, "idea-search");

  const designer = await person(DESIGNER);
  await designer.goto("/staff");
  await designer.goto("/staff/ideas");
  await designer.getByRole("link", { name: title }).click();
  await expect(designer.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await designer.getByLabel(en.page.commentLabel).fill("Which screw holds the arm?");
  await designer.getByRole("button", { name: en.page.send }).click();
  const said = designer.getByRole("main").getByRole("status");
  await expect(said.filter({ hasText: en.page.commentSaid })).toHaveCount(1);
  await expect(designer.getByText("Which screw holds the arm?")).toBeVisible();
  const secret = "The second supplier quoted 3.10";
  await designer.getByLabel(staffIdeas.staff.noteLabel).fill(secret);
  await designer.getByRole("button", { name: staffIdeas.staff.noteSend }).click();
  await expect(said.filter({ hasText: staffIdeas.staff.noteSaid })).toHaveCount(1);
  await expect(designer.getByText(secret)).toBeVisible();
  await designer.getByLabel(staffIdeas.staff.moveTo).selectOption({ label: "Under review" });
  await designer.getByRole("button", { name: staffIdeas.staff.moveSend }).click();
  await expect(designer.getByText(en.meaning.signal)).toBeVisible();
  await expect(said.filter({ hasText: staffIdeas.staff.moveSaid.replace("{status}", "Under review") })).toHaveCount(1);
  await photograph(designer, "staff-idea-page");

  const sent: Promise<string>[] = [];
  owner.on("response", (answer) => {
    // The stream of news has no end to wait for; it names topics and holds no words.
    if (new URL(answer.url()).pathname !== "/api/live") sent.push(answer.text().catch(() => ""));
  });
  await owner.goto(`/ideas/${id}`, { waitUntil: "networkidle" });
  await expect(owner.getByText("Which screw holds the arm?")).toBeVisible();
  await expect(owner.getByText("Розглядаємо").first()).toBeVisible();
  expect((await Promise.all(sent)).join("\n")).not.toContain(secret);
  await photograph(owner, "idea-page");
  await owner.getByLabel(uk.page.commentLabel).fill("Гвинт M4.");
  await owner.getByRole("button", { name: uk.page.send }).click();
  await expect(owner.getByRole("main").getByRole("status").filter({ hasText: uk.page.commentSaid })).toHaveCount(1);
  await expect(owner.getByText("Гвинт M4.")).toBeVisible();
  await designer.reload();
  await expect(designer.getByText("Гвинт M4.")).toBeVisible();
});

test("what is typed while the page is still fetching what a sent form changed stays in the field", async ({
  person,
}) => {
  const designer = await person(DESIGNER);
  await designer.goto(`/staff/ideas/${metisIdeas.in_work}`);
  const comment = designer.getByLabel(en.page.commentLabel);
  await comment.fill("The spring arrived.");
  let fetched = () => {};
  const held = new Promise<void>((done) => {
    fetched = done;
  });
  await designer.route(/\.data/, async (route) => {
    if (route.request().method() === "GET") await held;
    await route.continue();
  });
  await designer.getByRole("button", { name: en.page.send }).click();
  await expect(comment).toHaveValue("");
  await comment.fill("And it fits.");
  fetched();
  await expect(designer.getByText("The spring arrived.", { exact: true })).toBeVisible();
  await expect(comment).toHaveValue("And it fits.");
});

test("an idea without a title comes back with a sentence, and with all that was typed", async ({ person }) => {
  const owner = await person(OWNER, { viewport: PHONE });
  await owner.goto("/ideas/new");
  const typed = "Світло надто холодне для вечірньої роботи.";
  await owner.getByLabel(ukPages.submit.bodyLabel).fill(typed);
  await owner.getByLabel(ukPages.submit.titleLabel).fill("   ");
  await owner.getByRole("button", { name: ukPages.submit.send }).click();
  await expect(owner.getByText(uiUk.errors.required).first()).toBeVisible();
  await expect(owner.getByLabel(ukPages.submit.bodyLabel)).toHaveValue(typed);
  await photograph(owner, "idea-new-refused");
});

test("reading on page by page shows every idea of one's account once, newest first", async ({ person }) => {
  const owner = await person(OWNER);
  await owner.goto("/ideas");
  const links = owner.getByRole("main").locator('a[href^="/ideas/0"]');
  const more = owner
    .getByRole("link", { name: uiUk.list.more })
    .or(owner.getByRole("button", { name: uiUk.list.more }));
  for (let pages = 0; pages < 20 && (await more.isVisible()); pages += 1) {
    const before = await links.count();
    await more.click();
    await expect.poll(() => links.count()).toBeGreaterThan(before);
  }
  const shown = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  expect(new Set(shown).size).toBe(shown.length);
  for (const idea of Object.values(metisIdeas)) expect(shown).toContain(`/ideas/${idea}`);
});

test("of two who change a status at once one wins, and the other is told who", async ({ person }) => {
  const designer = await person(DESIGNER);
  const manager = await person("manager@tandem.example");
  // The page keeps itself true while it is looked at; somebody who presses in the same moment still has the old one.
  await manager.route("**/api/live*", (route) => route.abort());
  const path = `/staff/ideas/${metisIdeas.new}`;
  await Promise.all([designer.goto(path), manager.goto(path)]);
  const options = designer.getByLabel(staffIdeas.staff.moveTo).locator("option:not([value=''])");
  const [first = "", second = ""] = await options.evaluateAll((all) => all.map((one) => one.textContent ?? ""));
  const meaning = { "Under review": en.meaning.signal, Planned: en.meaning.intent }[first] ?? "";
  await designer.getByLabel(staffIdeas.staff.moveTo).selectOption({ label: first });
  await manager.getByLabel(staffIdeas.staff.moveTo).selectOption({ label: second });
  await designer.getByRole("button", { name: staffIdeas.staff.moveSend }).click();
  await expect(designer.getByText(meaning)).toBeVisible();
  await manager.getByRole("button", { name: staffIdeas.staff.moveSend }).click();
  await expect(manager.getByText(/changed the status to .* while you were looking at it/)).toBeVisible();
  await expect(manager.getByRole("main").getByRole("status").filter({ hasText: "You changed" })).toHaveCount(0);
  await photograph(manager, "staff-status-lost");
});

test("a viewer reads along and is offered nothing that would be refused", async ({ person }) => {
  const viewer = await person("viewer@metis.example");
  await viewer.goto(`/ideas/${stifferJoint}`, { waitUntil: "networkidle" });
  await expect(viewer.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(viewer.locator("form textarea")).toHaveCount(0);
  await expect(viewer.locator("[contenteditable=true]")).toHaveCount(0);
  await photograph(viewer, "idea-page-viewer");
});

test("an auditor reads everything and is offered no change", async ({ person }) => {
  const auditor = await person("auditor@tandem.example");
  await auditor.goto(`/staff/ideas/${stifferJoint}`, { waitUntil: "networkidle" });
  await expect(auditor.getByText(staffIdeas.staff.notes).first()).toBeVisible();
  await expect(auditor.locator("main form textarea, main form select")).toHaveCount(0);
  await expect(auditor.locator("[contenteditable=true]")).toHaveCount(0);
});

test("an idea works before the script of its lower part has come, and is whole at once where one walks to it", async ({
  person,
}) => {
  const page = await person("approver@metis.example");
  const words = en.page;
  await page.route("**/assets/idea-rest-*.js", (route) => route.abort());
  await page.goto(`/ideas/${metisIdeas.under_review}`, { waitUntil: "networkidle" });
  await page.getByLabel(words.commentLabel).fill("Sent by the form alone.");
  await page.getByRole("button", { name: words.send, exact: true }).click();
  await expect(page.getByText("Sent by the form alone.")).toBeVisible();

  await page.unroute("**/assets/idea-rest-*.js");
  await page.route("**/assets/idea-rest-*.js", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue();
  });
  await page.goto("/ideas?q=stiffer", { waitUntil: "networkidle" });
  await page.getByRole("main").getByRole("link", { name: "Stiffer joint" }).first().click();
  const heading = page.getByRole("heading", { level: 1, name: "Stiffer joint" });
  await expect(heading).toBeVisible();
  expect(await page.getByLabel(words.commentLabel).count()).toBe(1);
});

test("the script of a part of the page that could not be had at first is asked for again, and a form shows what it brought meanwhile", async ({
  person,
}) => {
  const page = await person("approver@metis.example");
  let asked = 0;
  await page.route("**/assets/thread-line-*.js", (route) => {
    asked += 1;
    return asked <= 2 ? route.abort() : route.continue();
  });
  await page.goto(`/ideas/${metisIdeas.under_review}`, { waitUntil: "load" });
  await expect.poll(() => asked).toBeGreaterThan(0);
  await page.evaluate(() => ((window as { same?: true }).same = true));
  await page.getByLabel(en.page.commentLabel).fill("Shown all the same.");
  await page.getByRole("button", { name: en.page.send, exact: true }).click();
  await expect(page.getByText("Shown all the same.")).toBeVisible();
  await expect.poll(() => asked).toBe(3);
  expect(await page.evaluate(() => (window as { same?: true }).same), "the same document").toBe(true);
});
