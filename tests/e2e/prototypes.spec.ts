import type { Page } from "@playwright/test";
import sharp from "sharp";
import collabEn from "~/collab/words/en";
import common from "~/prototypes/words/en";
import pages from "~/prototypes/words/page/en";
import theirPages from "~/prototypes/words/page/uk";
import en from "~/prototypes/words/staff/en";
import { accounts, metisOwner, stifferJoint } from "../personas";
import { examine, expect, test } from "./journey";

const { review } = pages;
/** In the language of Metis' owner. */
const { review: theirs } = theirPages;
const NAME = "Lever, rounder";
const SAID = "It catches a sleeve here.";
const cardOfPin = (page: Page) => page.locator(".board-item").filter({ hasText: SAID });
const picture = (width: number) =>
  sharp({ create: { width, height: 400, channels: 3, background: "#0c5a5b" } })
    .png()
    .toBuffer();
const named = (sentence: string, name: string) => sentence.replace("{name}", name);

test("files become a version that nobody finds before it is released; who is shown it says what is wrong where it is, and approves it", async ({
  person,
  caller,
}) => {
  const page = await person("designer@tandem.example");
  await page.goto("/staff/prototypes");
  await expect(page.getByRole("heading", { level: 1, name: common.list.title })).toBeVisible();
  await page.getByRole("link", { name: en.staff.create }).click();
  await page.getByLabel(en.making.name).fill(NAME);
  await page.getByRole("button", { name: en.making.send }).click();
  await expect(page.getByRole("alert")).toContainText(en.making.idea);
  await page.getByLabel(en.making.idea).selectOption({ label: "Stiffer joint" });
  await page.getByRole("button", { name: en.making.send }).click();
  await expect(page.getByRole("heading", { level: 1, name: NAME })).toBeVisible();

  // A picture, and what only calls itself one.
  const chooser = page.locator('input[type="file"]');
  const lever = { name: "lever.png", mimeType: "image/png", buffer: await picture(600) };
  const trap = { name: "trap.png", mimeType: "image/png", buffer: Buffer.from("<!doctype html><script>1</script>") };
  await chooser.setInputFiles([lever, trap]);
  const row = (name: string) => page.getByRole("listitem").filter({ hasText: name });
  await expect(row("lever.png")).toContainText(en.files.state.ready, { timeout: 15_000 });
  await expect(row("trap.png")).toContainText(en.files.refusal["not-taken"]);
  await examine(page, "prototype-draft");
  await page.getByRole("button", { name: named(en.files.remove, "trap.png") }).click();
  await expect(row("trap.png")).toHaveCount(0);
  const small = await row("lever.png").locator("img").getAttribute("src");

  await page.getByLabel(en.page.notes).fill("The lever does not catch a sleeve any more.");
  await page.getByRole("button", { name: en.page.keepNotes }).click();
  await expect(page.getByText(en.page.said.notes)).toBeAttached();
  await page.getByRole("button", { name: en.page.publish }).click();
  await page.getByRole("dialog").getByRole("button", { name: en.page.publish }).click();
  await expect(page.getByText(en.page.publishedMeans)).toBeVisible();

  const [owner, brix] = [await caller("owner@metis.example"), await caller("owner@brix.example")];
  const sees = async (who: typeof owner) => (await who.get(small ?? "")).status();
  expect([await sees(owner), await sees(brix)]).toEqual([404, 404]);

  // To one person of Metis, who is asked by tomorrow.
  await page.getByRole("link", { name: en.page.release }).click();
  await page.locator(`a[href*="to=${accounts.metis}"]`).click();
  await page.getByLabel(en.release.stage).fill("Second look");
  await page.getByLabel(en.release.due).fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  await page.locator(`[name="asked-${metisOwner.personId}"]`).check();
  await page.getByRole("combobox").first().selectOption("named");
  await page.getByRole("button", { name: en.release.send }).click();
  await expect(page.getByRole("alert")).toContainText(en.refused["nobody-shown"]);
  await page.locator(`[name="shown-${metisOwner.personId}"]`).check();
  await examine(page, "prototype-release");
  await page.getByRole("button", { name: en.release.send }).click();
  await expect(page.getByRole("heading", { name: en.page.shown })).toBeVisible();
  await examine(page, "prototype-released");
  expect([await sees(owner), await sees(brix)]).toEqual([200, 404]);
  expect(await sees(await caller("approver@metis.example"))).toBe(404);

  await page.goto("/staff/prototypes");
  await expect(page.getByRole("listitem").filter({ hasText: NAME })).toContainText("Metis");
  await examine(page, "prototypes");

  // Who is shown it sets a pin where something is wrong; the other side answers there.
  const shown = await person("owner@metis.example");
  await shown.goto("/prototypes");
  await examine(shown, "prototypes-shown");
  await shown.getByRole("link", { name: NAME }).click();
  await expect(shown.getByRole("img", { name: "lever.png" })).toBeVisible();
  const surface = shown.getByRole("group", { name: theirs.markers });
  const left = shown.getByLabel(theirs.new.left);
  await expect(async () => {
    const { width = 0, height = 0 } = (await surface.boundingBox()) ?? {};
    await surface.click({ position: { x: width * 0.3, y: height * 0.4 } });
    expect(Number(await left.inputValue())).toBeCloseTo(30, 0);
  }).toPass();
  await shown.getByLabel(theirs.new.comment, { exact: true }).fill(SAID);
  await shown.getByRole("button", { name: theirs.new.send }).click();
  await expect(shown.locator('[id^="pin-"]')).toContainText(SAID);
  await expect(left).toHaveValue("");
  await examine(shown, "review-pin");

  await page.getByRole("link", { name: NAME }).click();
  await page.getByRole("link", { name: en.page.review }).click();
  await page.getByRole("link", { name: "Pin 1", exact: true }).last().click();
  await expect(page).toHaveURL(/[?&]pin=/);
  const address = page.url();
  await page.getByLabel(review.pins.reply, { exact: true }).fill("Two millimetres rounder, then.");
  await page.getByRole("button", { name: review.pins.send }).click();
  await expect(shown.locator('[id^="pin-"]')).toContainText("Two millimetres rounder, then.");
  await examine(page, "review-staff");
  await shown.getByRole("button", { name: theirs.pins.resolve }).click();
  await expect(shown.getByRole("button", { name: theirs.pins.reopen })).toBeVisible();

  // On a board staff put a card that leads to the prototype, found by its name, and one to the pin, by its address.
  await page.goto(`/staff/ideas/${stifferJoint}/board`);
  const { links } = collabEn.board;
  const put = async (typed: string, title: string) => {
    await page.getByRole("textbox", { name: links.new }).fill(typed);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: links.put.replace("{title}", title) }).click();
  };
  await put("rounder lever", NAME);
  await put(address, address);
  const [toPrototype, toPin] = [page.locator(".board-item").filter({ hasText: NAME }), cardOfPin(page)];
  await expect(toPrototype.getByRole("link", { name: NAME })).toBeVisible();
  await expect(toPin.getByRole("link", { name: SAID })).toBeVisible();
  const board = await person("owner@metis.example");
  await board.goto(`/ideas/${stifferJoint}/board`);
  await expect(board.locator(".board-over .board-card")).toHaveCount(2, { timeout: 30_000 });
  await examine(board, "board-cards-of-prototypes");
  await cardOfPin(board).getByRole("link", { name: SAID }).click();
  await expect(board.locator(":target")).toContainText(SAID);
  const colleague = await person("approver@metis.example");
  await colleague.goto(`/ideas/${stifferJoint}/board`);
  await expect(colleague.locator(".board-item").filter({ hasText: links.hidden })).toHaveCount(2);
  await page.goto(address);

  // An objection says what is wrong; the approval of all who are asked ends the review.
  await shown.getByRole("button", { name: theirs.give.reject }).click();
  await expect(shown.getByRole("alert")).toContainText(theirs.refused["needs-words"]);
  await shown.getByRole("button", { name: theirs.give.approve, exact: true }).click();
  await expect(shown.getByText(theirs.closed)).toBeVisible();
  await expect(page.getByText(review.closed)).toBeVisible();
  await expect(shown.getByRole("button", { name: theirs.pins.reopen })).toHaveCount(0);
});
