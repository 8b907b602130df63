import type { Page } from "@playwright/test";
import staffIdeas from "~/ideas/words/staff/en";
import ideas from "~/ideas/words/uk";
import en from "~/ui/words/en";
import uk from "~/ui/words/uk";
import { accounts, stifferJoint } from "../personas";
import { examine, expect, photograph, test } from "./journey";

const line = (page: Page) => page.getByRole("searchbox");

async function open(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(line(page)).toBeFocused();
}

/** Goes down to an entry by its name, which is chosen then; what other journeys made may stand above it. */
async function downTo(page: Page, name: string): Promise<void> {
  await expect(async () => {
    const chosen = await line(page).getAttribute("aria-activedescendant");
    const entry = page.locator(`[id="${chosen}"]`);
    if (chosen && (await entry.innerText()).startsWith(name)) return;
    await page.keyboard.press("ArrowDown");
    throw new Error(`${name} is not chosen yet`);
  }).toPass({ timeout: 10_000, intervals: [50] });
}

test("by keyboard alone a customer finds an idea, suggests one, and changes the appearance", async ({ person }) => {
  const page = await person("owner@metis.example");
  await page.goto("/", { waitUntil: "networkidle" });
  await open(page);
  await photograph(page, "palette");
  await examine(page);

  await page.keyboard.type("stiffer joi");
  await expect(page.getByRole("menuitem", { name: "Stiffer joint" }).first()).toBeVisible();
  await photograph(page, "palette-found");
  await downTo(page, "Stiffer joint");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(stifferJoint));
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // What may be done about the open idea: by the palette one stops following it and begins again, and gets to the form below.
  for (const [does, then] of [
    [ideas.follow.stop, ideas.follow.start],
    [ideas.follow.start, ideas.follow.stop],
  ] as const) {
    await open(page);
    await page.keyboard.type(does);
    // What the server finds for the same letters comes a moment later, and what stands first is chosen by eye.
    await page.waitForLoadState("networkidle");
    await expect(page.getByRole("menuitem").first()).toHaveText(does);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("main").getByRole("button", { name: then, exact: true })).toBeVisible();
    await page.waitForLoadState("networkidle");
  }
  await open(page);
  await page.keyboard.type(ideas.page.commentLabel);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: ideas.page.commentLabel })).toBeFocused();

  // The shortcuts, and back to where one was.
  const home = page.getByRole("navigation").getByRole("link", { name: uk.shell.home }).first();
  await home.focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: uk.keys.title })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(home).toBeFocused();

  await open(page);
  await page.keyboard.type(ideas.home.suggest);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/ideas\/new$/);

  await open(page);
  await page.keyboard.type(uk.shell.themeDark);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page).toHaveURL(/\/ideas\/new$/);

  await page.waitForLoadState("networkidle");
  await open(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("staff find ideas of every account by the button, and sign out from there; a viewer is offered no suggesting", async ({
  person,
  sessionOf,
}) => {
  const staff = await person("manager@tandem.example", {
    storageState: await sessionOf("manager@tandem.example", true),
  });
  await staff.goto(`/staff/accounts/${accounts.metis}`, { waitUntil: "networkidle" });
  await staff.getByRole("button", { name: en.palette.open }).click();
  await expect(line(staff)).toBeFocused();
  await staff.keyboard.type("stiffer joint");
  await expect(staff.getByRole("menuitem", { name: /Stiffer joint/ }).first()).toContainText("Metis");
  await line(staff).fill(staffIdeas.statuses.title);
  await expect(staff.getByRole("menuitem", { name: staffIdeas.statuses.title })).toBeVisible();
  await line(staff).fill("invite somebody");
  await expect(staff.getByRole("menuitem", { name: "Invite somebody to Metis" })).toBeVisible();
  await line(staff).fill("zzqqy");
  await expect(staff.getByText(en.palette.nothing)).toBeVisible();
  await line(staff).fill(en.shell.signOut);
  await staff.keyboard.press("ArrowDown");
  await staff.keyboard.press("Enter");
  await expect(staff).toHaveURL(/\/login/);

  const viewer = await person("viewer@metis.example");
  await viewer.goto("/", { waitUntil: "networkidle" });
  await open(viewer);
  await expect(viewer.getByRole("menuitem").first()).toBeVisible();
  await expect(viewer.getByRole("menuitem", { name: ideas.home.suggest })).toHaveCount(0);
});

test("what is typed before the palette has come stands in it, and Escape leads back to where one was", async ({
  person,
}) => {
  const page = await person("owner@metis.example");
  let come = () => {};
  const asked = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.route("**/assets/palette-dialog-*.js", async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto("/", { waitUntil: "networkidle" });
  const brand = page.getByRole("banner").getByRole("link").first();
  await brand.focus();
  // Pressed as fast as a browser takes them: nothing is waited for between the keys.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("stiffer joi");
  await expect(line(page)).toHaveValue("stiffer joi");
  come();
  await expect(page.getByRole("menuitem", { name: "Stiffer joint" }).first()).toBeVisible();
  await page.keyboard.type("nt");
  await expect(line(page)).toHaveValue("stiffer joint");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(brand).toBeFocused();
  // Now that it is there, it begins empty.
  await open(page);
  await expect(line(page)).toHaveValue("");
});

test("the list of shortcuts opens by a key and switches single keys off on this device", async ({ person }) => {
  const page = await person("owner@metis.example");
  await page.goto("/", { waitUntil: "networkidle" });
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: uk.keys.title });
  await expect(list).toBeVisible();
  await list.getByRole("switch", { name: uk.keys.switch }).click();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await page.reload({ waitUntil: "networkidle" });
  await page.keyboard.press("2");
  await page.keyboard.press("?");
  // What does work shows that the keys before it did nothing.
  await open(page);
  await expect(page).toHaveURL(/\/$/);
  await expect(list).toHaveCount(0);
});

test("a stranger's search answers nothing of another account", async ({ caller }) => {
  const answer = await (await caller("owner@brix.example")).get("/api/search?q=torque");
  expect(answer.headers()["cache-control"]).toBe("no-store");
  expect(await answer.text()).not.toMatch(/Metis|Kallmeier/);
});
