import type { APIRequestContext, Page } from "@playwright/test";
import { metisIdeas } from "../personas";
import { expect, test } from "./journey";

const idea = metisIdeas.in_work;

/** Waits until the page's line is open, which the browser does when it has nothing better to do. */
const lineOf = (page: Page) =>
  page.waitForResponse((answer) => new URL(answer.url()).pathname === "/api/live" && answer.status() === 200);

/** Says something about the idea, without a page. */
const comment = (staff: APIRequestContext, origin: string, words: string) =>
  staff.post(`/staff/ideas/${idea}`, { headers: { Origin: origin }, form: { form: "comment", comment: words } });

test("what one side says stands on the other's open page within a second, also in its second tab", async ({
  person,
}) => {
  const owner = await person("owner@metis.example");
  const line = lineOf(owner);
  await owner.goto(`/ideas/${idea}`, { waitUntil: "networkidle" });
  await line;
  // A second tab opens no line of its own: a browser has six to a server.
  const second = await owner.context().newPage();
  const lines: string[] = [];
  second.on("request", (asked) => lines.push(new URL(asked.url()).pathname));
  await second.goto(`/ideas/${idea}`, { waitUntil: "networkidle" });

  const designer = await person("designer@tandem.example");
  await designer.goto(`/staff/ideas/${idea}`, { waitUntil: "networkidle" });
  const words = "The housing arrives on Tuesday.";
  const box = designer.locator("textarea[name=comment]").first();
  await box.fill(words);
  await owner.bringToFront();
  const sent = designer.waitForResponse((answer) => answer.request().method() === "POST");
  await designer.locator("form", { has: box }).getByRole("button").last().click();
  await sent;
  await expect(owner.getByText(words)).toBeVisible({ timeout: 1_000 });
  await second.bringToFront();
  await expect(second.getByText(words)).toBeVisible({ timeout: 1_500 });
  expect(lines).not.toContain("/api/live");

  // The tab that holds the line goes; the other one takes over, and misses nothing.
  const takenOver = lineOf(second);
  await owner.close();
  await takenOver;
  const more = "And the screws on Friday.";
  await box.fill(more);
  await designer.locator("form", { has: box }).getByRole("button").last().click();
  await expect(second.getByText(more)).toBeVisible({ timeout: 3_000 });
});

test("what is said while a page's script is on its way stands on the page when it is there", async ({
  person,
  caller,
  server,
}) => {
  // Somebody who gets no notice of it, which would bring any page anew.
  const first = await person("viewer@metis.example");
  const line = lineOf(first);
  await first.goto(`/ideas/${idea}`, { waitUntil: "networkidle" });
  await line;
  const second = await first.context().newPage();
  await second.goto("/ideas", { waitUntil: "networkidle" });
  const held = new Promise<() => void>((resolve) => {
    void second.route(/\/_portal\.ideas\._ideaId-[^/]*\.js/, (route) => resolve(() => void route.continue()));
  });
  const data = second.waitForResponse((answer) => new URL(answer.url()).pathname === `/ideas/${idea}.data`);
  await second.locator(`a[href="/ideas/${idea}"]`).first().click();
  await data;
  const release = await held;
  const words = "Said between the data and the page.";
  await comment(await caller("designer@tandem.example"), server.origin, words);
  // Both tabs share one line: what stands here has been told there.
  await first.bringToFront();
  await expect(first.getByText(words)).toBeVisible();
  await second.bringToFront();
  release();
  await expect(second.getByText(words)).toBeVisible();
});

test("a page that was without a connection shows what it missed when it is back", async ({
  person,
  caller,
  server,
}) => {
  const owner = await person("owner@metis.example");
  const line = lineOf(owner);
  await owner.goto(`/ideas/${idea}`, { waitUntil: "networkidle" });
  await line;
  await owner.context().setOffline(true);
  const words = "Said while nobody could hear it.";
  await comment(await caller("designer@tandem.example"), server.origin, words);
  await expect(owner.getByText(words)).toHaveCount(0);
  await owner.context().setOffline(false);
  await expect(owner.getByText(words)).toBeVisible({ timeout: 15_000 });
});

test("a page that looks anew by itself stays when nobody answers, and is true again as soon as somebody does", async ({
  person,
  caller,
  server,
}) => {
  const owner = await person("owner@metis.example");
  const line = lineOf(owner);
  await owner.goto(`/ideas/${idea}`, { waitUntil: "networkidle" });
  await line;
  const typed = "Begun before the server went.";
  const box = owner.locator("textarea[name=comment]").first();
  await box.fill(typed);
  let refused = 0;
  await owner.route(/\.data/, (route) => {
    refused += 1;
    return refused % 2 ? route.abort("connectionfailed") : route.fulfill({ status: 503, body: "" });
  });
  const words = "Said while the server did not answer.";
  await comment(await caller("designer@tandem.example"), server.origin, words);
  await expect.poll(() => refused).toBeGreaterThan(1);
  await expect(box).toHaveValue(typed);
  await owner.unroute(/\.data/);
  await expect(owner.getByText(words)).toBeVisible();
  await expect(box).toHaveValue(typed);
});

test("what somebody says stands on their own page, also when another form of it ends while theirs is under way", async ({
  person,
}) => {
  const owner = await person("owner@metis.example");
  await owner.goto(`/ideas/${idea}`, { waitUntil: "networkidle" });
  const words = "Said meanwhile-by-oneself.";
  await owner.locator("textarea[name=comment]").first().fill(words);
  let release = () => {};
  const others = new Promise<void>((resolve) => {
    release = resolve;
  });
  // Taken at once, and answered when the other form is over.
  await owner.route(/\.data/, async (route) => {
    if (!route.request().postData()?.includes("meanwhile-by-oneself")) return route.continue();
    const answer = await route.fetch({ maxRedirects: 0 });
    await others;
    return route.fulfill({ response: answer });
  });
  const box = owner.locator("form", { has: owner.locator("textarea[name=comment]") }).first();
  await box.getByRole("button").last().click();
  const anew = owner.waitForResponse((answer) => answer.request().method() === "GET" && answer.url().includes(".data"));
  await owner.locator("form:has(input[name=form][value=follow]) button").first().click();
  await anew;
  // Nothing on the page says when it has taken that.
  await owner.waitForTimeout(500);
  release();
  await expect(owner.locator("main li").getByText(words)).toBeVisible({ timeout: 3_000 });
});

test("a new idea appears on top of a list that is open", async ({ person, caller, server }) => {
  const designer = await person("designer@tandem.example");
  const line = lineOf(designer);
  await designer.goto("/staff/ideas", { waitUntil: "networkidle" });
  await line;
  const title = "Made while the list was open";
  const owner = await caller("owner@metis.example");
  await owner.post("/ideas/new", { headers: { Origin: server.origin }, form: { form: "idea", title, text: "Yes." } });
  await expect(designer.getByText(title).first()).toBeVisible({ timeout: 3_000 });
});

test("the stream says nothing to nobody", async ({ caller }) => {
  expect((await (await caller(null)).get("/api/live")).status()).toBe(401);
});
