import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import pg from "pg";
import en from "~/ui/words/en";
import uk from "~/ui/words/uk";
import { stifferJoint } from "../personas";
import { examine, expect, test } from "./journey";
import { serverEnvironment, type TestServer } from "./server";

const root = fileURLToPath(new URL("../..", import.meta.url));
const menu = (page: Page) => page.locator("header button[popovertarget]");
const html = (page: Page) => page.locator("html");

test("language and appearance are chosen without JavaScript, and stay chosen", async ({ nobody }) => {
  const page = await nobody({ javaScriptEnabled: false });
  await page.goto("/login?next=%2Fideas");
  await menu(page).click();
  await page.getByRole("button", { name: "Українська" }).click();
  await expect(html(page)).toHaveAttribute("lang", "uk-UA");
  expect(page.url()).toContain("/login?next=%2Fideas");
  await menu(page).click();
  await page.getByRole("button", { name: uk.shell.themeDark }).click();
  await expect(html(page)).toHaveAttribute("data-theme", "dark");
  await page.goto("/forgot");
  await expect(html(page)).toHaveAttribute("lang", "uk-UA");
  await expect(html(page)).toHaveAttribute("data-theme", "dark");
});

test("a language chosen while signed in is the person's own, in every browser", async ({ person, caller }) => {
  const login = "production@tandem.example";
  const page = await person(login);
  await page.goto("/staff");
  await menu(page).click();
  await page.getByRole("button", { name: "简体中文" }).click();
  await expect(html(page)).toHaveAttribute("lang", "zh-Hans-CN");
  const elsewhere = await caller(login, true);
  expect(await (await elsewhere.get("/staff")).text()).toContain('lang="zh-Hans-CN"');
  await menu(page).click();
  await page.getByRole("button", { name: "English" }).click();
  await expect(html(page)).toHaveAttribute("lang", "en-GB");
});

test("the first key leads past the navigation", async ({ person }) => {
  const page = await person("viewer@metis.example");
  await page.goto("/ideas", { waitUntil: "networkidle" });
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveAttribute("href", "#content");
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
});

/** Takes the ideas away from a running installation, so that their pages break, and gives them back. */
async function withoutIdeas(server: TestServer, work: () => Promise<void>): Promise<void> {
  const env = serverEnvironment({ DATA_DIR: server.dataDir, PORT: String(server.port) });
  const url = execFileSync("npm", ["run", "-s", "db:url", "--", "admin"], { cwd: root, env, encoding: "utf8" }).trim();
  const database = new pg.Client(url);
  await database.connect();
  await database.query("alter table public.ideas rename to ideas_away");
  try {
    await work();
  } finally {
    await database.query("alter table public.ideas_away rename to ideas");
    await database.end();
  }
}

test("a page that breaks names a number, and the log has the cause under that number", async ({ person, server }) => {
  const page = await person("designer@tandem.example");
  await page.goto("/staff", { waitUntil: "networkidle" });
  const numbers: string[] = [];
  const readNumber = async () => {
    await expect(page.getByRole("heading", { name: en.trouble.brokenTitle })).toBeVisible();
    await expect(page).toHaveTitle(`${en.trouble.brokenTitle} · Tandem`);
    const text = await page.getByText(en.trouble.reference.replace("{number}", "")).innerText();
    numbers.push(/[0-9a-f-]{36}/.exec(text)?.[0] ?? "none");
  };
  await withoutIdeas(server, async () => {
    await page.getByRole("link", { name: "Ideas", exact: true }).first().click();
    await readNumber();
    await page.goto("/staff/ideas");
    await readNumber();
    await examine(page);
  });
  expect(new Set(numbers).size).toBe(2);
  const lines = server.output().split("\n");
  for (const number of numbers) {
    expect(lines.some((line) => line.includes(`"requestId":"${number}"`) && line.includes("ideas"))).toBe(true);
  }
  await page.goto("/staff/ideas");
  await expect(page.getByRole("heading", { level: 1, name: en.trouble.brokenTitle })).toHaveCount(0);
});

test("pages that say no do it in words: what one's role may not do, and what is not there", async ({ person }) => {
  const page = await person("designer@tandem.example");
  for (const [path, status, title] of [
    ["/staff/accounts/new", 403, en.trouble.forbiddenTitle],
    ["/staff/nothing-here", 404, en.trouble.notFoundTitle],
  ] as const) {
    expect((await page.goto(path))?.status(), path).toBe(status);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page).toHaveTitle(`${title} · Tandem`);
    await examine(page);
  }
});

test("a form on another site reaches a page that says why it was stopped", async ({ nobody, server }) => {
  const page = await nobody();
  await page.setContent(`<form method="post" action="${server.origin}/api/preferences"><button>Win</button></form>`);
  const answered = page.waitForResponse(`${server.origin}/api/preferences`);
  await page.getByRole("button", { name: "Win" }).click();
  expect((await answered).status()).toBe(403);
  await expect(page.getByRole("heading", { level: 1, name: en.trouble.foreignTitle })).toBeVisible();
  await examine(page);
});

test("without a connection a page says so in the reader's language, and nothing of anybody stays on the device", async ({
  person,
}) => {
  const page = await person("owner@metis.example", { serviceWorkers: "allow" });
  await page.goto("/ideas", { waitUntil: "networkidle" });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);

  await page.getByRole("link", { name: "Stiffer joint" }).first().click();
  await expect(page.getByRole("heading", { name: uk.trouble.offlineTitle })).toBeVisible();
  await page.goto(`/ideas/${stifferJoint}`);
  await expect(page.getByRole("heading", { name: uk.trouble.offlineTitle })).toBeVisible();
  await expect(page).toHaveTitle(`${uk.trouble.offlineTitle} · Tandem`);

  const kept = await page.evaluate(async () => {
    const cache = await caches.open("offline-page");
    const requests = await cache.keys();
    const page = await (await cache.match("/offline"))?.text();
    return { paths: requests.map(({ url }) => new URL(url).pathname), page };
  });
  expect(kept.paths.filter((path) => !/^\/(offline$|assets\/.*\.(css|woff2)$|icon\.svg$)/.test(path))).toEqual([]);
  expect(kept.page).not.toMatch(/Metis|Левчук|owner@/);

  await page.context().setOffline(false);
  await page.getByRole("button", { name: uk.trouble.again }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Stiffer joint" })).toBeVisible();
});

test("after too many writes in a minute a form comes back with a sentence and all that was typed", async ({
  caller,
  nobody,
  person,
  server,
}) => {
  test.setTimeout(180_000);
  // For a minute nothing this person sends arrives: no other journey writes as them.
  const login = "production@tandem.example";
  const page = await person(login);
  await page.goto(`/staff/ideas/${stifferJoint}`, { waitUntil: "networkidle" });
  const box = page.locator("textarea[name=comment]").first();
  await box.fill("Not lost, whatever happens");
  const writer = await caller(login);
  const headers = { Origin: server.origin, Accept: "text/html" };
  const answers = new Set<number>();
  let refusal = "";
  /** Writes until it is refused. Out: the seconds for which it stays so, 0 when the minute was over before. */
  const writeTooMuch = async () => {
    for (let batch = 0; batch < 5; batch += 1) {
      const sent = Array.from({ length: 30 }, () =>
        writer.post("/api/preferences", { headers, form: { theme: "light" } }),
      );
      for (const answer of await Promise.all(sent)) {
        answers.add(answer.status());
        if (answer.status() !== 429) continue;
        refusal = await answer.text();
        return Number(answer.headers()["retry-after"]);
      }
    }
    return 0;
  };
  // A slow machine is refused only when the minute is nearly over: the next minute begins with its first write.
  for (let left = await writeTooMuch(); left < 20; left = await writeTooMuch()) await page.waitForTimeout(left * 1000);
  expect([...answers].sort()).toEqual([302, 429]);

  await box.locator("xpath=ancestor::form").getByRole("button").last().click();
  await expect(page.getByText(en.errors["too-often"])).toBeVisible();
  await expect(box).toHaveValue("Not lost, whatever happens");

  // A form that has no page of its own, as that of the menu, leads to this one.
  const stopped = await nobody();
  await stopped.setContent(refusal);
  await expect(stopped.getByRole("heading", { level: 1, name: en.trouble.tooOftenTitle })).toBeVisible();
  await examine(stopped);
});
