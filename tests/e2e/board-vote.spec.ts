import type { Page } from "@playwright/test";
import collabEn from "~/collab/words/en";
import collabUk from "~/collab/words/uk";
import staffIdeas from "~/ideas/words/staff/en";
import { metisIdeas } from "../personas";
import { expect, PHONE, photograph, test } from "./journey";

const { outline, votes } = collabEn.board;
const uk = collabUk.board.votes;
const IDEA = metisIdeas.in_work;

const thing = (page: Page, says: string) =>
  page.locator(".board-item").filter({ has: page.locator(`input[value="${says}"]`) });

test("a vote with dots: each is seen at once, none is given without a connection; what staff draw lies over their board alone", async ({
  person,
}) => {
  const [owner, designer] = await Promise.all([
    person("owner@metis.example", { viewport: PHONE }),
    person("designer@tandem.example"),
  ]);
  // What staff draw beside the board is there before anybody looks at the board.
  await designer.goto(`/staff/ideas/${IDEA}/layer`);
  await designer.getByLabel(outline.new).fill("Margin is thin");
  await designer.keyboard.press("Enter");
  await expect(thing(designer, "Margin is thin")).toHaveCount(1);
  await designer.getByRole("link", { name: staffIdeas.layer.shared }).click();
  await owner.goto(`/ideas/${IDEA}/board`);

  await designer.getByLabel(outline.new).fill("Ball joint");
  await designer.keyboard.press("Enter");
  await designer.getByText(votes.begin, { exact: true }).click();
  await designer.getByLabel(votes.question).fill("Which joint?");
  await designer.getByRole("button", { name: votes.beginIt }).click();

  // By keyboard, on a phone, in the list.
  const button = (page: Page, words: string) =>
    thing(page, "Ball joint").getByRole("button", { name: new RegExp(`^${words}`) });
  await button(owner, uk.give).focus();
  await owner.keyboard.press("Enter");
  await expect(thing(designer, "Ball joint")).toContainText("1 dot");
  await expect(designer.locator(".board-mark-words")).toHaveText("1");

  // Without a connection the button says so, and nothing is sent by itself later.
  await owner.context().setOffline(true);
  await expect(button(owner, uk.offline).first()).toBeVisible();
  await button(owner, uk.offline).first().press("Enter");
  await owner.context().setOffline(false);
  await expect(button(owner, uk.give)).toBeVisible();
  await designer.reload();
  await expect(thing(designer, "Ball joint")).toContainText("1 dot");

  // The layer of staff: over the drawing and below the list, switched off and on by keyboard; never at a customer's.
  const layer = designer.getByRole("button", { name: staffIdeas.layer.overShared });
  await expect(layer).toHaveAttribute("aria-pressed", "true");
  const over = designer.locator(".board-layer");
  await expect(over).toContainText("Margin");
  await photograph(designer, "board-with-layer-and-vote");
  await photograph(owner, "board-vote");
  await layer.press("Enter");
  await expect(over.getByText("Margin")).toHaveCount(0);
  expect(await owner.content()).not.toContain("Margin");

  await designer.getByRole("button", { name: votes.close }).click();
  await expect(designer.getByText(/^Sticky “Ball joint”: 1 dot$/)).toBeVisible();
  await expect(owner.getByText(/Ball joint.*: 1/)).toBeVisible();
  await expect(button(owner, uk.give)).toHaveCount(0);
});
