import type { BrowserContext, Page } from "@playwright/test";
import collabEn from "~/collab/words/en";
import collabUk from "~/collab/words/uk";
import ideasUkPages from "~/ideas/words/page/uk";
import uiUk from "~/ui/words/uk";
import { examine, expect, PHONE, test } from "./journey";
import { comeToBrief, switchOf } from "./writing";

/** What lies on the device: databases, and whatever a cache holds. */
const onDevice = (page: Page) =>
  page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => `${name}`);
    const caching = (await caches.keys()).map(async (name) => {
      const cache = await caches.open(name);
      const requests = await cache.keys();
      const answers = requests.map(async (request) => {
        const { pathname } = new URL(request.url);
        const isText = !/\.(?:js|css|woff2)$/.test(pathname);
        return { pathname, text: isText ? await (await cache.match(request))?.text() : "" };
      });
      return Promise.all(answers);
    });
    return { databases, list: localStorage.getItem("kept"), cached: (await Promise.all(caching)).flat() };
  });

const brief = (page: Page) => page.locator(".live-brief").getByRole("textbox");
const state = (page: Page) => page.locator(".live-brief").getByRole("status");
/** The paragraphs of a brief, without the names at the others' carets. */
const words = (page: Page) =>
  brief(page).evaluate((text) => {
    const copy = text.cloneNode(true) as Element;
    for (const label of copy.querySelectorAll(".collaboration-carets__caret, .ProseMirror-widget")) label.remove();
    return [...copy.querySelectorAll("p")].map(({ textContent }) => (textContent ?? "").replace(/[\u2060\ufeff]/g, ""));
  });

/** Writes at the end of the paragraph that begins so. */
async function writeAfter(page: Page, begin: string, more: string): Promise<void> {
  await brief(page).getByText(begin).click();
  await page.keyboard.press("End");
  await page.keyboard.type(more);
}

/** Opens an address in another tab of the same browser. */
async function openAnew(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

test("a brief is written in without a connection, in a tab that was closed meanwhile, and by nobody else on that device", async ({
  person,
  sessionOf,
}) => {
  // Of their own, since they sign out in the end.
  const storageState = await sessionOf("owner@metis.example", true);
  let owner = await person("owner@metis.example", { storageState, serviceWorkers: "allow", viewport: PHONE });
  const device = owner.context();
  const cutOff = await switchOf(device);
  await owner.goto("/ideas/new");
  await owner.getByLabel(ideasUkPages.submit.titleLabel).fill("Offline 1200 × 400");
  await owner.getByLabel(ideasUkPages.submit.bodyLabel).fill("Arm\n\nBase\n\nLamp");
  await owner.getByRole("button", { name: ideasUkPages.submit.send }).click();
  await expect(owner).toHaveURL(/\/ideas\/[0-9a-f-]{36}/);
  const address = new URL(owner.url()).pathname;
  const designer = await person("designer@tandem.example");
  await designer.goto(`/staff${address}`);
  for (const page of [owner, designer]) await comeToBrief(page);

  await test.step("what draws it without a connection is kept, and holds nothing of anybody", async () => {
    const shell = async () => (await onDevice(owner)).cached.find(({ pathname }) => pathname === "/offline/kept");
    await expect.poll(shell, { timeout: 30_000 }).toBeTruthy();
    const { databases, cached } = await onDevice(owner);
    expect(databases.filter((name) => !/^kept:[0-9a-f-]{36}:idea:[0-9a-f-]{36}:brief$/.test(name))).toEqual([]);
    expect(databases).toHaveLength(1);
    const held = /^\/(?:offline(?:\/kept)?|icon\.svg|assets\/[\w.-]+\.(?:js|css|woff2))$/;
    expect(cached.filter(({ pathname }) => !held.test(pathname))).toEqual([]);
    expect(cached.map(({ text }) => text).join()).not.toMatch(/Metis|Левчук|owner@|1200/);
  });

  await test.step("the line goes: what is written is kept before it is called so", async () => {
    await cutOff(true);
    await writeAfter(owner, "Arm", " of oak");
    await expect(state(owner)).toHaveText(collabUk.state.kept);
  });

  await test.step("the tab is closed and opened again without a connection: everything is there and goes on", async () => {
    await owner.close();
    await writeAfter(designer, "Arm", " that bends");
    await brief(designer).getByText("Lamp").click({ clickCount: 3 });
    await designer.keyboard.press("Delete");
    await expect(state(designer)).toHaveText(collabEn.state.saved);
    owner = await openAnew(device, address);
    await expect(owner.getByRole("heading", { level: 1, name: "Offline 1200 × 400" })).toBeVisible();
    await expect(brief(owner)).toHaveAttribute("contenteditable", "true");
    await expect(state(owner)).toHaveText(collabUk.state.kept);
    expect(await words(owner)).toEqual(["Arm of oak", "Base", "Lamp"]);
    await writeAfter(owner, "Base", " of steel");
    await expect(state(owner)).toHaveText(collabUk.state.kept);
    await examine(owner, "offline-brief");
    // A document that was never opened here is not here.
    const other = await openAnew(device, address.replace(/[0-9a-f]{12}$/, "000000000000"));
    await expect(other.getByRole("heading", { level: 1, name: uiUk.trouble.offlineTitle })).toBeVisible();
    await other.close();
  });

  await test.step("the line is back: both read the same, nothing returns, and what was missed is said", async () => {
    await cutOff(false);
    await expect(state(owner)).toHaveText(collabUk.state.saved, { timeout: 30_000 });
    await expect.poll(() => words(designer)).toContain("Base of steel");
    expect(await words(owner)).toEqual(await words(designer));
    const text = (await words(owner)).join(" ");
    expect(text).toContain("of oak");
    expect(text).toContain("that bends");
    expect(text).not.toContain("Lamp");
    const note = owner.locator("[aria-live=polite]", { hasText: collabUk.away.title });
    await expect(note).toContainText("Lena Hartmann");
    await note.getByRole("button", { name: collabUk.away.close }).click();
    await expect(note).toHaveCount(0);
  });

  await test.step("signing out leaves nothing, in any tab, and whoever comes next finds nothing", async () => {
    await owner.goto("/");
    await owner.locator("header button[popovertarget]").click();
    await owner.getByRole("button", { name: uiUk.shell.signOut, exact: true }).click();
    await expect(owner).toHaveURL(/\/login/);
    await expect.poll(async () => (await onDevice(owner)).databases).toEqual([]);
    await expect.poll(async () => (await onDevice(owner)).list).toBeNull();
    await cutOff(true);
    await owner.goto(address);
    await expect(owner.getByRole("heading", { level: 1 })).toHaveText(uiUk.trouble.offlineTitle);
    await expect(owner.getByText("Offline 1200 × 400")).toHaveCount(0);
    await cutOff(false);
  });
});
