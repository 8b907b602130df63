import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import collabEn from "~/collab/words/en";
import collabUk from "~/collab/words/uk";
import { brixIdea, metisIdeas, stifferJoint } from "../personas";
import { examine, expect, PHONE, test } from "./journey";

const OWNER = "owner@metis.example";
const DESIGNER = "designer@tandem.example";
const IDEA = metisIdeas.declined;
const { tools, outline, page: words } = collabEn.board;
const theirs = collabUk.board;

const item = (page: Page, at: number) => page.locator(".board-item").nth(at);

test("cards lead from a board to other ideas; each reader is told of them only what they may read", async ({
  person,
}) => {
  const [owner, designer] = await Promise.all([person(OWNER, { viewport: PHONE }), person(DESIGNER)]);
  await owner.goto(`/ideas/${IDEA}/board`);
  await designer.goto(`/staff/ideas/${IDEA}/board`);
  const bar = designer.getByRole("toolbar", { name: tools.bar });
  await expect(bar).toBeVisible({ timeout: 30_000 });
  await expect(owner.getByRole("toolbar", { name: theirs.tools.bar })).toBeVisible({ timeout: 30_000 });

  // By keyboard, from the list.
  await owner.getByRole("textbox", { name: theirs.links.new }).fill("stiffer joint");
  await owner.keyboard.press("Enter");
  await owner.getByRole("button", { name: theirs.links.put.replace("{title}", "Stiffer joint") }).press("Enter");
  await expect(owner.getByRole("textbox", { name: theirs.links.new })).toBeFocused();
  const card = item(owner, 0).getByRole("link", { name: "Stiffer joint" });
  await expect(card).toHaveAttribute("href", `/ideas/${stifferJoint}`);
  await expect(item(designer, 0).getByRole("link", { name: "Stiffer joint" })).toHaveAttribute(
    "href",
    `/staff/ideas/${stifferJoint}`,
  );
  const drawn = (page: Page) => page.locator(".board-over .board-card");
  await expect(drawn(owner)).toContainText("Stiffer joint");

  // An address that is pasted into the drawing, of an idea that the other side is not shown.
  const asked = owner.waitForResponse((answer) => answer.url().includes(brixIdea));
  const canvas = designer.getByRole("region", { name: words.drawing });
  await canvas.locator("canvas.interactive").click({ position: { x: 300, y: 60 } });
  await designer.evaluate(
    (text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    `${new URL(designer.url()).origin}/staff/ideas/${brixIdea}`,
  );
  const other = item(designer, 1).locator(".board-item-says a");
  await expect(other).toHaveAttribute("href", `/staff/ideas/${brixIdea}`);
  const secret = (await other.textContent()) ?? "";
  expect(secret).not.toBe("");
  await expect(item(owner, 1)).toContainText(theirs.links.hidden);
  await expect(item(owner, 1).getByRole("link", { name: secret })).toHaveCount(0);
  expect(await (await asked).text()).not.toContain(secret);
  await expect(drawn(owner).nth(1)).toContainText(theirs.links.hidden.slice(0, 8));
  expect(await owner.content()).not.toContain(secret);

  await designer.getByLabel(outline.new).fill("A sticky");
  await designer.keyboard.press("Enter");
  await bar.getByRole("button", { name: tools.fit }).click();
  await examine(designer, "board-links-staff");
  await examine(owner, "board-links");

  // In a file as the person who saves it reads it.
  for (const format of ["svg", "png", "pdf"]) {
    const coming = designer.waitForEvent("download");
    await designer.getByRole("button", { name: collabEn.board.save.replace("{format}", format.toUpperCase()) }).click();
    const file = readFileSync(await (await coming).path());
    mkdirSync("test-results/screens", { recursive: true });
    writeFileSync(join("test-results/screens", `board-links.${format}`), file);
    if (format === "svg") expect(file.toString()).toContain("Stiffer joint");
  }

  await card.press("Enter");
  await expect(owner).toHaveURL(new RegExp(`/ideas/${stifferJoint}$`));
});
