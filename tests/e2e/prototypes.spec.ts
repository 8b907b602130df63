import sharp from "sharp";
import common from "~/prototypes/words/en";
import en from "~/prototypes/words/staff/en";
import { accounts, metisOwner } from "../personas";
import { examine, expect, test } from "./journey";

const NAME = "Lever, rounder";
const picture = (width: number) =>
  sharp({ create: { width, height: 400, channels: 3, background: "#0c5a5b" } })
    .png()
    .toBuffer();
const named = (sentence: string, name: string) => sentence.replace("{name}", name);

test("files become a version that nobody finds before it is released, and then those alone to whom it is", async ({
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
});
