import type { Page } from "@playwright/test";
import guestWords from "~/accounts/words/guest/en";
import ukrainianPages from "~/accounts/words/page/uk";
import collab from "~/collab/words/en";
import collabUk from "~/collab/words/uk";
import ideas from "~/ideas/words/en";
import { guestTokens, metisIdeas, stifferJoint } from "../personas";
import { examineRoute, expect, photograph, test } from "./journey";
import { newestIn } from "./mail";

const { guest } = guestWords;
const { passages } = collab;
const ADDRESS = "rosa@studio.example";

/** Sends for a code where a link was opened. Out: the code, as the mailbox has it. */
async function mailedCode(page: Page): Promise<string> {
  await page.getByRole("button", { name: guest.send }).click();
  await expect(page.getByText(guest.codeSent)).toBeFocused();
  await expect(page.getByLabel(guest.code, { exact: true })).toBeVisible();
  return newestIn(page, ADDRESS, /\b\d{6}\b/);
}

test("a guest comes by a mailed link and, in every browser once, a code, comments, and is out at once when access ends", async ({
  person,
  nobody,
  caller,
  server,
}) => {
  // Three browsers, two letters and five photographed pages: on a busy machine more than what one journey is given.
  test.setTimeout(180_000);
  const owner = await person("owner@metis.example");
  await owner.goto(`/ideas/${stifferJoint}/guests`);
  await owner.getByLabel(ukrainianPages.guests.email, { exact: true }).fill(ADDRESS);
  await owner.getByLabel(ukrainianPages.guests.name, { exact: true }).fill("Rosa");
  await owner.getByLabel(ukrainianPages.guests.language, { exact: true }).selectOption("en");
  await owner.getByRole("button", { name: ukrainianPages.guests.submit }).click();
  await expect(owner.getByText(ukrainianPages.guests.sent.replace("{email}", ADDRESS))).toBeVisible();
  await photograph(owner, "guests");
  const link = await newestIn(owner, ADDRESS, /https?:\/\/\S+\/guest\/[\w-]+/);

  // Whoever the letter was passed on to before she opened it is asked as she is, and nothing lets them in.
  const other = await nobody();
  await other.goto(`${link}/idea`);
  await expect(other).toHaveURL(link);
  await expect(other.getByRole("heading", { level: 1, name: guest.openTitle })).toBeVisible();
  await expect(other.getByText("Rosa")).toHaveCount(0);
  await expect(other.locator("input[name=code]"), "before a code was sent there is none to type").toHaveCount(0);
  const rosa = await nobody();
  await rosa.goto(link);
  await photograph(rosa, "guest-open");
  const code = await mailedCode(rosa);
  await rosa.getByLabel(guest.code, { exact: true }).fill(code === "111111" ? "111112" : "111111");
  await rosa.getByRole("button", { name: guest.check, exact: true }).click();
  await expect(rosa.getByText(guest.wrong).first()).toBeVisible();
  await photograph(rosa, "guest-code");
  await examineRoute(rosa, "routes/guest.$token");
  await rosa.getByLabel(guest.code, { exact: true }).fill(code);
  await rosa.getByRole("button", { name: guest.check, exact: true }).click();
  await expect(rosa.getByRole("heading", { level: 1, name: "Stiffer joint" })).toBeVisible();
  await rosa.locator("summary", { hasText: guest.name }).click();
  await rosa.getByLabel(guest.name, { exact: true }).fill("Rosa Blum");
  await rosa.getByRole("button", { name: guest.rename, exact: true }).click();
  await expect(rosa.locator("summary", { hasText: guest.name })).toContainText("Rosa Blum");
  // From here on both have the idea open, and neither loads it again.
  await owner.goto(`/ideas/${stifferJoint}`);
  await rosa.getByLabel(ideas.page.commentLabel, { exact: true }).fill("The second spring could carry it.");
  await rosa.getByRole("button", { name: ideas.page.send, exact: true }).click();
  await expect(rosa.getByText("The second spring could carry it.")).toBeVisible();
  await expect(rosa.getByRole("main").getByText("Rosa Blum", { exact: true }).first()).toBeVisible();
  await expect(owner.getByText("The second spring could carry it.")).toBeVisible();
  // About a line of the brief, too: her mark stands in the brief of both, and she is answered beneath her words.
  await rosa.getByRole("link", { name: passages.begin, exact: true }).click();
  const form = rosa.locator("form", { has: rosa.locator("select[name=line]") });
  await form.getByLabel(passages.line, { exact: true }).selectOption({ index: 1 });
  await form.getByLabel(passages.commentLabel, { exact: true }).fill("Measured how?");
  await form.getByRole("button", { name: passages.send, exact: true }).click();
  const hers = rosa.locator("li[id^=thread-]", { hasText: "Measured how?" });
  await expect(hers.getByLabel(passages.replyLabel, { exact: true })).toBeVisible();
  await expect(hers.getByRole("button", { name: passages.resolve, exact: true }), "settled by others").toHaveCount(0);
  const thread = await hers.locator("input[name=thread]").inputValue();
  await expect(owner.locator(`[id="thread-${thread}"]`).getByText("Rosa Blum")).toBeVisible();
  const designer = await caller("designer@tandem.example");
  const [answer, note] = ["It could, if it were wider.", "Not for guests: we tried it once."];
  const says = (form: Record<string, string>) =>
    designer.post(`/staff/ideas/${stifferJoint}`, { headers: { Origin: server.origin }, form });
  await rosa.bringToFront();
  await says({ form: "note", note });
  await says({ form: "comment", comment: answer });
  await says({ form: "reply", thread, reply: "With a gauge." });
  await expect(hers.getByText("With a gauge.")).toBeVisible();
  await expect(rosa.getByText(answer)).toBeVisible();
  await expect(rosa.getByText(note)).toHaveCount(0);
  await photograph(rosa, "guest-idea");
  await examineRoute(rosa, "routes/guest.$token_.idea");

  // The board as it grows, too, of which she says something; drawing is for others.
  await owner.goto(`/ideas/${stifferJoint}/board`);
  await rosa.getByRole("link", { name: ideas.page.board, exact: true }).click();
  await owner.getByLabel(collabUk.board.outline.new).fill("Spring of titanium");
  await owner.keyboard.press("Enter");
  const spring = rosa.locator(".board-item", { hasText: "Spring of titanium" });
  await expect(spring).toBeVisible();
  await expect(rosa.getByLabel(collab.board.outline.new)).toHaveCount(0);
  await spring.getByRole("link", { name: collab.things.comment }).click();
  const about = rosa.locator("form", { has: rosa.locator("select[name=element]") });
  await about.getByLabel(passages.commentLabel, { exact: true }).fill("Too dear?");
  await about.getByRole("button", { name: passages.send, exact: true }).click();
  await expect(rosa.locator("li[id^=thread-]").getByText("Too dear?")).toBeVisible();
  await expect(owner.locator("li[id^=thread-]").getByText("Rosa Blum")).toBeVisible();

  // In a vote she gives a dot like anybody else, which the others see.
  const { votes } = collabUk.board;
  await owner.getByText(votes.begin, { exact: true }).click();
  await owner.getByLabel(votes.question).fill("What holds it?");
  await owner.getByRole("button", { name: votes.beginIt }).click();
  await expect(rosa.getByRole("heading", { name: /What holds it\?/ })).toBeVisible();
  await expect(rosa.getByRole("button", { name: collab.board.votes.close })).toHaveCount(0);
  await spring.getByRole("button", { name: new RegExp(`^${collab.board.votes.give}`) }).click();
  await expect(spring).toContainText("1 dot (1 of them yours)");
  await expect(owner.locator(".board-mark-words")).toHaveText("1");
  await photograph(rosa, "guest-board");
  await examineRoute(rosa, "routes/guest.$token_.board");

  // Nothing else opens; elsewhere the code of before is no good any more, and one more is.
  for (const path of ["/", "/ideas", `/ideas/${stifferJoint}`, `/staff/ideas/${stifferJoint}`]) {
    await rosa.goto(path);
    await expect(rosa).toHaveURL(/\/login/);
  }
  await other.getByRole("link", { name: guest.have, exact: true }).click();
  await other.getByLabel(guest.code, { exact: true }).fill(code);
  await other.getByRole("button", { name: guest.check, exact: true }).click();
  await expect(other.getByText(guest.wrong).first()).toBeVisible();
  await other.goto(link);
  await other.getByLabel(guest.code, { exact: true }).fill(await mailedCode(other));
  await other.getByRole("button", { name: guest.check, exact: true }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Stiffer joint" })).toBeVisible();

  // Shown out: the open page's line ends within five seconds, and the page is not there any more.
  await rosa.goto(`${link}/idea`);
  await expect(rosa.locator(".live-brief").getByRole("textbox")).toBeVisible();
  await rosa.getByLabel(ideas.page.commentLabel, { exact: true }).fill("Half a thought about the spring");
  await owner.goto(`/ideas/${stifferJoint}/guests`);
  await owner.getByRole("button", { name: ukrainianPages.guests.revokeOf.replace("{name}", "Rosa Blum") }).click();
  await expect(rosa.locator(".live-brief").getByText(collab.refused.gone)).toBeVisible({ timeout: 5_000 });
  await expect(rosa.getByRole("alert").filter({ hasText: guest.ended.replace("{account}", "Metis") })).toBeFocused();
  await expect(rosa.locator("main form button, footer form"), "nothing is offered any more").toHaveCount(0);
  const kept = rosa.getByLabel(ideas.page.commentLabel, { exact: true });
  await expect(kept).toHaveValue("Half a thought about the spring");
  await expect(kept).not.toBeEditable();
  await expect(kept).toHaveAccessibleDescription(ideas.page.guestKept);
  await expect(owner.getByText(ukrainianPages.guests.ended)).toBeVisible();
  for (const page of [rosa, other]) {
    expect((await page.goto(`${link}/idea`))?.status()).toBe(404);
    expect((await page.goto(`${link}/board`))?.status()).toBe(404);
    expect((await page.goto(link))?.status()).toBe(404);
  }
});

test("links whose time is over, or that were taken back or never were, are pages that do not exist", async ({
  nobody,
}) => {
  const page = await nobody();
  for (const token of [guestTokens.expired, guestTokens.revoked, "never-was", metisIdeas.done]) {
    expect((await page.goto(`/guest/${token}`))?.status()).toBe(404);
    expect((await page.goto(`/guest/${token}/idea`))?.status()).toBe(404);
  }
});

test("a reader of the account sees who its guests are, and invites nobody", async ({ person }) => {
  const viewer = await person("viewer@metis.example");
  await viewer.goto(`/ideas/${stifferJoint}/guests`);
  await expect(viewer.getByText("reviewer@guest.example")).toBeVisible();
  await expect(viewer.locator("input[name=email]")).toHaveCount(0);
});
