import type { Page } from "@playwright/test";
import sharp from "sharp";
import collab from "~/collab/words/en";
import ideasPages from "~/ideas/words/page/en";
import { stifferJoint } from "../personas";
import { expect, photograph, test } from "./journey";
import { comeToBrief } from "./writing";

// Both read English: a customer who writes, and staff.
const CUSTOMER = "approver@metis.example";
const DESIGNER = "designer@tandem.example";
const FIRST_LINE = "The arm sags at full reach.";
const FILE = /^\/api\/files\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const brief = (page: Page) => page.locator(".live-brief").getByRole("textbox");
const tool = (page: Page, name: keyof typeof collab.tools) =>
  page.locator(".live-brief").getByRole("button", { name: collab.tools[name], exact: true });
const saved = (page: Page) =>
  expect(page.locator(".live-brief").getByRole("status")).toHaveText(collab.state.saved, { timeout: 15_000 });

type People = { customer: Page; designer: Page; id: string };

/** A customer suggests an idea and has its brief open together with the designer. */
async function openTogether(person: (login: string) => Promise<Page>): Promise<People> {
  const [customer, designer] = [await person(CUSTOMER), await person(DESIGNER)];
  await customer.goto("/ideas/new");
  await customer.getByLabel(ideasPages.submit.titleLabel).fill("A stiffer arm");
  await customer.getByLabel(ideasPages.submit.bodyLabel).fill(FIRST_LINE);
  await customer.getByRole("button", { name: ideasPages.submit.send }).click();
  await expect(customer).toHaveURL(/\/ideas\/[0-9a-f-]{36}/);
  const id = /[0-9a-f-]{36}/.exec(customer.url())?.[0] ?? "";
  await designer.goto(`/staff/ideas/${id}`);
  for (const page of [customer, designer]) await comeToBrief(page);
  return { customer, designer, id };
}

/** Puts the caret on an empty line of its own, after everything. */
async function newLine(page: Page): Promise<void> {
  await brief(page).focus();
  // The editor puts its caret back a moment after it has the focus; no fingers are quicker than that.
  await page.waitForTimeout(100);
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("Enter");
}

/** What everybody finds in the brief, in the editor and where the server made a page of it. */
async function expectEverything(page: Page, text: ReturnType<Page["locator"]>): Promise<void> {
  await expect(text.getByRole("heading", { name: "What it takes", level: 3 })).toBeVisible();
  await expect(text.locator("ul:not([data-type]) > li")).toHaveText(["a spring", "a screw"]);
  await expect(text.locator("ol > li")).toHaveText(["loosen", "turn"]);
  await expect(text.getByRole("checkbox", { name: "measure the play" })).toBeChecked();
  await expect(text.getByRole("checkbox", { name: "ask the foundry" })).not.toBeChecked();
  await expect(text.locator("blockquote")).toHaveText("It must not sag.");
  await expect(text.locator("p > code")).toHaveText("M4 × 12");
  await expect(text.locator("pre")).toHaveText("reach = 60");
  await expect(text.getByRole("link", { name: "drawing" })).toHaveAttribute("href", "https://example.com/arm");
  await expect(text.getByRole("row")).toHaveCount(4);
  await expect(text.getByRole("cell", { name: "Length" })).toBeVisible();
  await expect(text.getByRole("cell", { name: "620 mm" })).toBeVisible();
  const picture = text.getByRole("img", { name: "The joint from the side" });
  await expect(picture).toHaveAttribute("src", FILE);
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(120);
  await expect(text.locator(".mention")).toHaveText("@Lena Hartmann");
  await expect(page.getByText("javascript:")).toHaveCount(0);
}

test("what each tool makes reaches the other person, and whoever reads without scripts", async ({ person, caller }) => {
  test.setTimeout(180_000);
  const { customer, designer, id } = await openTogether(person);
  const theirs = brief(customer);
  const type = (text: string) => designer.keyboard.type(text);
  const enter = async (times = 1) => {
    for (let time = 0; time < times; time += 1) await designer.keyboard.press("Enter");
  };

  await test.step("headings, lists, a quote and code", async () => {
    await newLine(designer);
    await tool(designer, "heading1").click();
    await expect(tool(designer, "heading1")).toHaveAttribute("aria-pressed", "true");
    await type("What it takes");
    await enter();
    for (const [list, one, two] of [
      ["bulletList", "a spring", "a screw"],
      ["orderedList", "loosen", "turn"],
      ["taskList", "measure the play", "ask the foundry"],
    ] as const) {
      await tool(designer, list).click();
      await type(one);
      await enter();
      await type(two);
      await enter(2);
    }
    await tool(designer, "quote").click();
    await type("It must not sag.");
    await enter(2);
    await tool(designer, "code").click();
    await type("M4 × 12");
    await tool(designer, "code").click();
    await type(" holds it");
    await enter();
    await tool(designer, "codeBlock").click();
    await type("reach = 60");
    await enter(3);
    await expect(theirs.getByRole("heading", { name: "What it takes", level: 3 })).toBeVisible();
    await expect(theirs.locator("pre")).toHaveText("reach = 60");
  });

  await test.step("a task that one ticks is done for the other", async () => {
    await theirs.getByRole("checkbox", { name: collab.tasks.open.replace("{text}", "measure the play") }).click();
    const done = collab.tasks.done.replace("{text}", "measure the play");
    await expect(brief(designer).getByRole("checkbox", { name: done })).toBeChecked();
  });

  await test.step("a link to nowhere good is refused with a sentence, and a good one kept", async () => {
    await type("See the drawing");
    for (const _ of "drawing") await designer.keyboard.press("Shift+ArrowLeft");
    await tool(designer, "link").click();
    const address = designer.getByLabel(collab.link.address, { exact: true });
    await address.fill("javascript:alert(1)");
    await designer.getByRole("button", { name: collab.link.apply }).click();
    await expect(designer.getByText(collab.link.invalid)).toBeVisible();
    await expect(address).toHaveAttribute("aria-invalid", "true");
    await expect(address).toHaveValue("javascript:alert(1)");
    await expect(brief(designer).getByRole("link")).toHaveCount(0);
    await address.fill("example.com/arm");
    await address.press("Enter");
    await expect(address).toHaveCount(0);
    await expect(theirs.getByRole("link", { name: "drawing" })).toHaveAttribute("href", "https://example.com/arm");
    await expect(brief(designer)).toBeFocused();
  });

  await test.step("a table grows by a row, and the arrow leads out of it", async () => {
    await newLine(designer);
    await tool(designer, "table").click();
    await type("Length");
    await designer.keyboard.press("Tab");
    await type("620 mm");
    await expect(theirs.getByRole("row")).toHaveCount(3);
    await tool(designer, "rowBelow").click();
    await expect(theirs.getByRole("row")).toHaveCount(4);
    for (let row = 0; row < 4; row += 1) await designer.keyboard.press("ArrowDown");
    await type("Asked: ");
    await expect(theirs.locator("p", { hasText: "Asked:" })).toBeVisible();
    await expect(theirs.locator("td", { hasText: "Asked:" })).toHaveCount(0);
  });

  await test.step("a person is mentioned", async () => {
    await tool(designer, "mention").click();
    await type("Lena");
    await expect(designer.getByRole("option", { name: "Lena Hartmann" })).toBeVisible();
    await designer.keyboard.press("Enter");
    await expect(theirs.locator(".mention")).toHaveText("@Lena Hartmann");
  });

  await test.step("a picture is stored, described and shown", async () => {
    const pixels = { create: { width: 120, height: 80, channels: 3, background: "#2f6f62" } } as const;
    const buffer = await sharp(pixels).png().toBuffer();
    await newLine(designer);
    const [chooser] = await Promise.all([designer.waitForEvent("filechooser"), tool(designer, "image").click()]);
    await chooser.setFiles({ name: "joint.png", mimeType: "image/png", buffer });
    // Without a description yet, it is no picture to who cannot see it.
    await expect(theirs.locator("img[src]")).toHaveAttribute("src", FILE);
    await expect(brief(designer).locator("img[src] + p")).toHaveCount(1);
    await type("Seen from the side.");
    await expect(theirs.locator("img[src] + p")).toContainText("Seen from the side.");
    await brief(designer).locator("img[src]").click();
    await designer.getByLabel(collab.image.alt, { exact: true }).fill("The joint from the side");
    await designer.getByRole("button", { name: collab.image.save }).click();
    await expectEverything(customer, theirs);
    const src = `${await theirs.getByRole("img").getAttribute("src")}`;
    expect((await (await caller(CUSTOMER)).get(src)).status()).toBe(200);
    expect((await (await caller("owner@brix.example")).get(src)).status()).toBe(404);
    expect((await (await caller(null)).get(src)).status()).not.toBe(200);
  });

  await saved(designer);
  await saved(customer);
  await photograph(customer, "brief-tools");
  await customer.reload();
  await expectEverything(customer, theirs);
  for (const [login, path] of [
    [CUSTOMER, `/ideas/${id}`],
    [DESIGNER, `/staff/ideas/${id}`],
  ] as const) {
    const reader = await person(login, { javaScriptEnabled: false });
    await expect(async () => {
      await reader.goto(path);
      await expect(reader.locator(".live-brief img")).toHaveAttribute("alt", "The joint from the side", {
        timeout: 500,
      });
    }).toPass({ timeout: 15_000 });
    await expect(brief(reader)).toHaveCount(0);
    await expectEverything(reader, reader.locator(".live-brief .rich-text"));
  }
});

test("taking back takes back one's own words and leaves the other's", async ({ person }) => {
  const { customer, designer } = await openTogether(person);
  await newLine(designer);
  await designer.keyboard.type("from the maker");
  await expect(brief(customer)).toContainText("from the maker");
  await newLine(customer);
  await customer.keyboard.type("from the customer");
  await expect(brief(designer)).toContainText("from the customer");
  await designer.keyboard.press("ControlOrMeta+z");
  await expect(brief(customer)).not.toContainText("from the maker");
  for (const page of [customer, designer]) {
    await expect(brief(page)).toContainText("from the customer");
    await expect(brief(page)).toContainText(FIRST_LINE);
  }
  await expect(tool(designer, "undo")).toHaveAttribute("aria-disabled", "true");
  await designer.keyboard.press("ControlOrMeta+Shift+z");
  await expect(brief(customer)).toContainText("from the maker");
  await customer.keyboard.press("ControlOrMeta+z");
  await expect(brief(designer)).not.toContainText("from the customer");
  await expect(brief(designer)).toContainText("from the maker");
});

test("the keyboard alone reaches the text, its tools and the people in it", async ({ person }) => {
  const { customer, designer } = await openTogether(person);
  for (let stop = 0; stop < 80; stop += 1) {
    await designer.keyboard.press("Tab");
    if (await brief(designer).evaluate((text) => text === document.activeElement)) break;
  }
  await expect(brief(designer)).toBeFocused();
  await designer.keyboard.press("ControlOrMeta+End");
  await designer.keyboard.press("Enter");
  await designer.keyboard.press("Alt+F10");
  await expect(tool(designer, "undo")).toBeFocused();
  for (const name of ["redo", "heading1", "heading2"] as const) {
    await designer.keyboard.press("ArrowRight");
    await expect(tool(designer, name)).toBeFocused();
  }
  await designer.keyboard.press("Enter");
  await expect(brief(designer)).toBeFocused();
  await designer.keyboard.type("By keys");
  await expect(brief(customer).getByRole("heading", { name: "By keys", level: 4 })).toBeVisible();

  await designer.keyboard.press("Enter");
  await designer.keyboard.type("@");
  const people = designer.getByRole("listbox", { name: collab.mention.people });
  await expect(people.getByRole("option").nth(1)).toBeVisible();
  const [, second = ""] = await people.getByRole("option").allTextContents();
  await designer.keyboard.press("ArrowDown");
  await expect(people.getByRole("option", { name: second })).toHaveAttribute("aria-selected", "true");
  const active = await brief(designer).getAttribute("aria-activedescendant");
  await expect(people.getByRole("option", { name: second })).toHaveAttribute("id", `${active}`);
  await designer.keyboard.press("Enter");
  await expect(people).toHaveCount(0);
  await expect(brief(customer).locator(".mention")).toHaveText(`@${second}`);
});

test("a viewer sees the brief change and has no tools", async ({ person }) => {
  const viewer = await person("viewer@metis.example");
  await viewer.goto(`/ideas/${stifferJoint}`);
  const text = viewer.locator(".live-brief");
  await expect(text.locator("[role=textbox][contenteditable=false]")).toBeVisible();
  await expect(text.getByRole("toolbar")).toHaveCount(0);
  const customer = await person(CUSTOMER);
  await customer.goto(`/ideas/${stifferJoint}`);
  await comeToBrief(customer);
  await expect(customer.getByRole("toolbar")).toBeVisible();
  await newLine(customer);
  await customer.keyboard.type("Read along here");
  const line = text.getByRole("paragraph").filter({ hasText: "Read along here" });
  await expect(line).toBeVisible();
  await line.click();
  await viewer.keyboard.type("not mine to write");
  await expect(text.getByText("not mine to write")).toHaveCount(0);
});
