import { readFileSync } from "node:fs";
import type { Locator } from "@playwright/test";
import ideas from "~/ideas/words/en";
import staffIdeas from "~/ideas/words/staff/en";
import { metisIdeas, stifferJoint } from "../personas";
import { expect, PHONE, photograph, test } from "./journey";

const APPROVER = "approver@metis.example";
const DESIGNER = "designer@tandem.example";
const { bulk, board, views, roadmap } = staffIdeas;
const lists = { ...ideas.lists, ...staffIdeas.lists };

test("a customer narrows and orders ideas, and sees those of all customers without whose they are", async ({
  person,
}) => {
  const page = await person(APPROVER);
  await page.goto("/ideas");
  await page.getByLabel(lists.sort).selectOption("accounts");
  await expect(page).toHaveURL(/\/ideas\?sort=accounts$/);
  await page.getByLabel(ideas.list.statusLabel).selectOption({ label: "Planned" });
  await expect(page).toHaveURL(/status=planned&sort=accounts$/);
  await expect(page.getByRole("link", { name: "Stiffer joint", exact: true })).toBeVisible();
  await photograph(page, "idea-list-narrowed");
  await page.getByRole("link", { name: lists.scopes.all }).click();
  await expect(page.getByText(lists.leadAll)).toBeVisible();
  await expect(page.getByRole("link", { name: "Dimming down to one percent" })).toBeVisible();
  expect(await page.locator("main").innerText()).not.toMatch(/Hanlin|Brix/);
  await photograph(page, "idea-list-all");
});

test("staff tick rows by keyboard, change them at once, and keep what they see as a view", async ({
  person,
  caller,
  server,
}) => {
  const page = await person(DESIGNER);
  await page.goto("/staff/ideas?status=new");
  await photograph(page, "staff-idea-list");
  const rows = page.getByRole("row");
  await rows.nth(1).getByRole("link").first().focus();
  await page.keyboard.press("x");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+X");
  await expect(page.getByText("2 ideas ticked")).toBeVisible();
  await page.getByRole("combobox", { name: bulk.owner }).selectOption(lists.ownerNobody);
  await page.getByRole("combobox", { name: bulk.owner }).selectOption({ label: "Lena Hartmann" });
  await page.getByRole("button", { name: bulk.setOwner }).click();
  const changed = page.getByText(/\d ideas? (was|were) changed/);
  await expect(changed).toBeVisible();
  // What came of it stands when news of somebody else brings the list anew.
  const manager = await caller("manager@tandem.example");
  const tag = `seen anew ${test.info().retry}`;
  const tagged = { form: "tags", tags: `quick win, ${tag}` };
  const headers = { Origin: server.origin };
  expect((await manager.post(`/staff/ideas/${metisIdeas.done}`, { form: tagged, headers })).status()).toBe(302);
  await expect(page.locator("select[name=tag] option", { hasText: tag }).first()).toBeAttached();
  await photograph(page, "staff-idea-list-changed");
  await expect(changed).toBeVisible();
  await page.getByText(views.keep).click();
  await page.getByLabel(views.name, { exact: true }).fill("New ones");
  await page.getByRole("button", { name: views.save }).click();
  await expect(page.getByRole("link", { name: "New ones", exact: true })).toHaveAttribute("aria-current", "page");
});

test("without scripts staff tick, merge and move by forms, and take the list along as a file", async ({ person }) => {
  const page = await person(DESIGNER, { javaScriptEnabled: false });
  await page.goto("/staff/ideas?q=lamp");
  const boxes = page.getByRole("checkbox", { name: /^Tick/ });
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: bulk.merge }).click();
  await expect(page.getByText(bulk.mergeTitle)).toBeVisible();
  await page.goto("/staff/ideas/board");
  await page.getByRole("link", { name: board.handle.replace("{title}", "Less glare on glossy screens") }).click();
  await page.getByRole("button", { name: board.send, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: board.title })).toBeVisible();
  await page.goto("/staff/ideas?status=planned");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: lists.export }).click(),
  ]);
  const text = readFileSync(await file.path(), "utf8");
  expect(text.charCodeAt(0)).toBe(0xfeff);
  expect(text).toContain("Stiffer joint,Planned,Suggestion,Metis");
});

test("a card goes to another column by keyboard, and comes back with a sentence when it may not stay", async ({
  person,
}) => {
  const page = await person(DESIGNER);
  await page.goto("/staff/ideas/board");
  const handle = (title: string) => page.getByRole("button", { name: board.handle.replace("{title}", title) });
  const column = (name: string) => page.getByRole("region", { name: new RegExp(`^${name}`) });
  await expect(handle("Boxes without foam")).toBeVisible();
  const from = await handle("Stiffer joint").evaluate((node) =>
    node.closest("section")?.getAttribute("aria-labelledby"),
  );
  expect(from).toBe("column-planned");
  /** Takes the card by its handle: a list that is entered from outside gives the focus to its first row. */
  const take = async (title: string) => {
    await handle(title).focus();
    await handle(title).focus();
    await expect(handle(title)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator("[data-drop-target]")).toHaveCount(1);
  };
  await take("Stiffer joint");
  const target = async (status: string) => {
    for (let press = 0; press < 12; press += 1) {
      const at = await page.evaluate(() => document.activeElement?.closest("section")?.getAttribute("aria-labelledby"));
      if (at === `column-${status}`) return;
      await page.keyboard.press("Tab");
    }
    throw new Error("The column cannot be reached");
  };
  await target("in_work");
  await page.keyboard.press("Enter");
  await expect(
    page.getByText(board.moved.replace("{title}", "Stiffer joint").replace("{status}", "In work")),
  ).toBeVisible();
  await expect(column("In work").getByRole("link", { name: "Stiffer joint", exact: true })).toBeVisible();

  await take("Stiffer joint");
  await target("new");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("does not go from");
  await expect(column("In work").getByRole("link", { name: "Stiffer joint", exact: true })).toBeVisible();
  await photograph(page, "staff-board-refused");
});

/** A finger that comes down in the middle of something, rests as long as for a long press, and goes where it is led. */
async function longPress(target: Locator, then: readonly { x: number; y: number }[] = []): Promise<void> {
  const page = target.page();
  const box = await target.boundingBox();
  if (!box) throw new Error("There is nothing to press");
  const at = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  const finger = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: (typeof at)[]) =>
    finger.send("Input.dispatchTouchEvent", { type, touchPoints });
  await touch("touchStart", [at]);
  await page.waitForTimeout(800);
  for (const { x, y } of then) await touch("touchMove", [{ x: at.x + x, y: at.y + y }]);
  await touch("touchEnd", []);
  await finger.detach();
}

test("a card is dragged by mouse; on a touch screen a long press takes none along, and a tap moves it", async ({
  person,
}) => {
  const moved = (title: string, status: string) => board.moved.replace("{title}", title).replace("{status}", status);
  const mouse = await person(DESIGNER);
  await mouse.goto("/staff/ideas/board");
  const title = "Sensor that notices an empty desk";
  const handle = mouse.getByRole("button", { name: board.handle.replace("{title}", title) });
  await expect(handle).toBeVisible();
  const from = await handle.evaluate((node) => node.closest("section")?.getAttribute("aria-labelledby"));
  const [to, name] = from === "column-planned" ? ["under_review", "Under review"] : ["planned", "Planned"];
  const card = mouse.getByRole("row", { name: title });
  const column = mouse.locator(`section[aria-labelledby="column-${to}"]`);
  await column.scrollIntoViewIfNeeded();
  await card.dragTo(column.getByRole("grid"), { targetPosition: { x: 100, y: 6 } });
  await expect(mouse.getByText(moved(title, name))).toBeVisible();
  await expect(column.getByRole("link", { name: title, exact: true })).toBeVisible();

  const touch = await person("manager@tandem.example", { viewport: PHONE, hasTouch: true });
  await touch.goto(`/staff/ideas/board?status=${to}`);
  const held = touch.getByRole("row", { name: title });
  await expect(held).toBeVisible();
  await held.scrollIntoViewIfNeeded();
  const stands = () => touch.evaluate(() => [scrollX, scrollY, String(getSelection()), location.href]);
  const before = await stands();
  await longPress(held);
  expect(await stands(), "a resting finger leaves the page where it is").toEqual(before);
  await longPress(
    held,
    [10, 40, 80, 120].map((y) => ({ x: 0, y: -y })),
  );
  await expect(held).toBeVisible();
  await touch.getByRole("link", { name: board.handle.replace("{title}", title) }).tap();
  await touch.getByLabel(board.moveTo).selectOption({ label: "Declined" });
  await touch.getByRole("button", { name: board.send, exact: true }).tap();
  await expect(touch).toHaveURL(/\/staff\/ideas\/board/);
  await mouse.goto("/staff/ideas/board?status=declined");
  await expect(mouse.getByRole("link", { name: title, exact: true })).toBeVisible();
});

test("everybody reads the roadmap in each language, and only what staff published", async ({ nobody, person }) => {
  const page = await nobody();
  const answer = await page.goto("/uk/roadmap");
  expect(answer?.headers()["cache-control"]).toMatch(/^public/);
  expect(answer?.headers()["set-cookie"]).toBeUndefined();
  // Kept with its policy, it is shown with its policy: nothing lets a new one come for an old page.
  const [, nonce = ""] = /'nonce-([^']+)'/.exec(answer?.headers()["content-security-policy"] ?? "") ?? [];
  expect(await answer?.text()).toContain(`nonce="${nonce}"`);
  for (const validator of ["etag", "last-modified"]) expect(answer?.headers()[validator]).toBeUndefined();
  await expect(page.locator("html")).toHaveAttribute("lang", "uk-UA");
  await expect(page.locator('link[rel="alternate"][hreflang]')).toHaveCount(5);
  await page.goto("/roadmap");
  await expect(page).toHaveURL(/\/en\/roadmap$/);
  const text = await page.content();
  for (const hidden of ["Power by USB-C", "Metis", "Hanlin", stifferJoint]) expect(text).not.toContain(hidden);

  const staff = await person(DESIGNER);
  await staff.goto("/staff/roadmap");
  await staff.getByRole("link", { name: "Power by USB-C" }).click();
  await staff.getByRole("button", { name: roadmap.publish }).click();
  await expect(staff.getByText("Everybody can read this since")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Power by USB-C" })).toBeVisible();
});
