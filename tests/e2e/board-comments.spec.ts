import type { Page } from "@playwright/test";
import collabEn from "~/collab/words/en";
import collabUk from "~/collab/words/uk";
import ideasStaff from "~/ideas/words/staff/en";
import { metisIdeas } from "../personas";
import { examine, expect, PHONE, photograph, test } from "./journey";

const { outline, page: words } = collabEn.board;
const { passages, things } = collabEn;
// The owner reads Ukrainian.
const own = collabUk.passages;
const ownThings = collabUk.things;
const IDEA = metisIdeas.under_review;
const BALL = "Ball joint of steel";

const item = (page: Page, says: string) => page.locator(".board-item").filter({ hasText: says });
const drawn = (page: Page, says: string) =>
  page.locator(".board-item").filter({ has: page.locator(`input[value="${says}"]`) });
const thread = (page: Page) => page.locator("li[id^=thread-]");

test("somebody who may not draw comments on a thing of the board; the other side sees it at once, answers, and it follows its thing", async ({
  person,
  sessionOf,
}) => {
  const storageState = await sessionOf("support@tandem.example", true);
  const [designer, reader, owner] = await Promise.all([
    person("designer@tandem.example"),
    person("support@tandem.example", { storageState }),
    person("owner@metis.example", { viewport: PHONE }),
  ]);
  await designer.goto(`/staff/ideas/${IDEA}/board`);
  await designer.getByLabel(outline.new).fill(BALL);
  await designer.keyboard.press("Enter");
  await expect(drawn(designer, BALL)).toHaveCount(1);
  await reader.goto(`/staff/ideas/${IDEA}/board`, { waitUntil: "networkidle" });
  await owner.goto(`/ideas/${IDEA}/board`, { waitUntil: "networkidle" });
  await expect(item(reader, BALL)).toHaveCount(1);

  // From the list, by keyboard: the thing is chosen already.
  await item(reader, BALL)
    .getByRole("link", { name: `${things.comment}: Sticky “${BALL}”` })
    .press("Enter");
  const form = reader.locator("form", { has: reader.getByLabel(things.thing) });
  await expect(form.getByLabel(things.thing)).toHaveValue(/./);
  await form.getByLabel(passages.commentLabel).fill("Why not brass?");
  await form.getByRole("button", { name: passages.send }).click();
  await expect(thread(reader).getByText("Why not brass?")).toBeVisible();
  await expect(thread(reader).getByRole("link", { name: `Sticky “${BALL}”` })).toBeVisible();

  // On the other side's open page at once: beside the thing, at the drawing, and below.
  const beside = drawn(owner, BALL).getByRole("link", { name: /^1 коментар/ });
  await expect(beside).toBeVisible();
  await expect(owner.locator(".board-mark-said")).toHaveText("1");
  await beside.click();
  await expect(thread(owner).getByText("Why not brass?")).toBeVisible();
  await examine(owner, "board-comments");
  await thread(owner).getByLabel(own.replyLabel).fill("It bends.");
  await thread(owner).getByRole("button", { name: own.replySend }).click();
  await expect(thread(reader).getByText("It bends.")).toBeVisible();

  // Mended words leave it there; others ask for a look; a thing taken away is gone, and the comment stands on no other one.
  const field = drawn(designer, BALL).locator("input.board-field");
  await field.fill("Colours for autumn");
  await designer.keyboard.press("Enter");
  await expect(thread(owner).getByText(ownThings.moved)).toBeVisible();
  await expect(thread(owner).getByText("Colours for autumn")).toBeVisible();
  await photograph(owner, "board-comment-moved");
  await thread(owner).getByRole("button", { name: own.confirm }).click();
  await expect(thread(owner).getByText(ownThings.moved)).toHaveCount(0);
  await designer.getByRole("button", { name: outline.remove.replace("{name}", "Sticky “Colours for autumn”") }).click();
  await expect(owner.getByRole("link", { name: ownThings.list.gone.replace("{count}", "1") })).toBeVisible();
  await owner.getByRole("link", { name: ownThings.list.gone.replace("{count}", "1") }).click();
  await expect(thread(owner).getByText(ownThings.gone, { exact: true })).toBeVisible();

  // In the discussion of the idea it leads back to the board.
  await owner.goto(`/ideas/${IDEA}`);
  await owner
    .locator("#comments ~ * a, section[aria-labelledby=comments] a", { hasText: "Colours for autumn" })
    .first()
    .click();
  await expect(owner).toHaveURL(/\/board\?thread=/);

  // What staff say of what they drew for themselves stays among them.
  await designer.goto(`/staff/ideas/${IDEA}/layer`);
  await designer.getByLabel(outline.new).fill("Price of the joint");
  await designer.keyboard.press("Enter");
  await drawn(designer, "Price of the joint")
    .getByRole("link", { name: `${things.comment}: Sticky “Price of the joint”` })
    .press("Enter");
  const among = designer.locator("form", { has: designer.getByLabel(things.thing) });
  await among.getByLabel(passages.commentLabel).fill("Not below a third");
  await among.getByRole("button", { name: passages.send }).click();
  await expect(thread(designer).getByText("Not below a third")).toBeVisible();
  await expect(designer.getByText(ideasStaff.staff.notesLead)).toBeVisible();
  await photograph(designer, "layer-comment");
  await examine(designer, "layer-comments");
  await expect(thread(owner).first()).toBeVisible();
  await expect(owner.getByText("Not below a third")).toHaveCount(0);
});

test("a thing that is selected in the drawing is commented on from there", async ({ person }) => {
  const designer = await person("designer@tandem.example");
  await designer.goto(`/staff/ideas/${metisIdeas.done}/board`);
  await designer.getByLabel(outline.new).fill("Felt under the foot");
  await designer.keyboard.press("Enter");
  await expect(drawn(designer, "Felt under the foot")).toHaveCount(1);
  const pick = designer.getByRole("button", { name: things.pick });
  await pick.click();
  await expect(designer.getByText(things.pickNothing)).toBeVisible();
  await designer.getByRole("button", { name: collabEn.board.tools.fit }).click();
  const canvas = designer.getByRole("region", { name: words.drawing });
  const form = designer.locator("form", { has: designer.getByLabel(things.thing) });
  // The page scrolls to the drawing, which must hear the press where it is then.
  await canvas.locator("canvas.interactive").click();
  await pick.click();
  await expect(form.getByLabel(things.thing)).toHaveValue(/./);
  await form.getByLabel(passages.commentLabel).fill("How thick?");
  await form.getByRole("button", { name: passages.send }).click();
  await expect(thread(designer).getByText("How thick?")).toBeVisible();
  await examine(designer, "board-comment-picked");
  await thread(designer).getByRole("button", { name: passages.resolve, exact: true }).click();
  await expect(designer.getByRole("link", { name: things.list.resolved.replace("{count}", "1") })).toBeVisible();
  await expect(designer.locator(".board-mark-said")).toHaveCount(0);
});

test("without scripts a thing is chosen from the list of all", async ({ person }) => {
  const owner = await person("owner@metis.example", { javaScriptEnabled: false });
  await owner.goto(`/ideas/${metisIdeas.in_work}/board?thing=new`);
  await expect(owner.getByLabel(ownThings.thing)).toBeVisible();
  await owner.getByLabel(own.commentLabel).fill("Ні про що");
  await owner.getByRole("button", { name: own.send }).click();
  // Nothing was chosen: the sentence says so, and the words are kept.
  await expect(owner.getByLabel(own.commentLabel)).toHaveValue("Ні про що");
});
