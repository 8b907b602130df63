import type { Page } from "@playwright/test";
import door from "~/accounts/words/door/en";
import ukrainian from "~/accounts/words/uk";
import collab from "~/collab/words/en";
import ideas from "~/ideas/words/en";
import { guestTokens, metisIdeas, stifferJoint } from "../personas";
import { examineRoute, expect, photograph, test } from "./journey";

const { guest } = door;
const ADDRESS = "rosa@studio.example";

/** What the newest letter to an address says, as the local installation shows it. */
async function letterTo(page: Page, address: string, wanted: RegExp): Promise<string> {
  const reader = await page.context().newPage();
  let found = "";
  await expect(async () => {
    await reader.goto("/dev/mail");
    const text = await reader.locator("article", { hasText: address }).first().innerText({ timeout: 1000 });
    found = wanted.exec(text)?.[0] ?? "";
    expect(found).not.toBe("");
  }).toPass({ timeout: 15_000 });
  await reader.close();
  return found;
}

test("a guest comes by a mailed link, in another browser by a code, comments, and is out at once when access ends", async ({
  person,
  nobody,
  caller,
  server,
}) => {
  // Three browsers, two letters and five photographed pages: on a busy machine more than what one journey is given.
  test.setTimeout(180_000);
  const owner = await person("owner@metis.example");
  await owner.goto(`/ideas/${stifferJoint}/guests`);
  await owner.getByLabel(ukrainian.guests.email, { exact: true }).fill(ADDRESS);
  await owner.getByLabel(ukrainian.guests.name, { exact: true }).fill("Rosa");
  await owner.getByLabel(ukrainian.guests.language, { exact: true }).selectOption("en");
  await owner.getByRole("button", { name: ukrainian.guests.submit }).click();
  await expect(owner.getByText(ukrainian.guests.sent.replace("{email}", ADDRESS))).toBeVisible();
  await photograph(owner, "guests");
  const link = await letterTo(owner, ADDRESS, /https?:\/\/\S+\/guest\/[\w-]+/);

  // A scanner that opens the link binds nothing.
  const scanner = await nobody();
  await scanner.goto(link);
  const rosa = await nobody();
  await rosa.goto(link);
  await expect(rosa.getByRole("heading", { level: 1, name: guest.openTitle })).toBeVisible();
  await photograph(rosa, "guest-open");
  await rosa.getByLabel(guest.name, { exact: true }).fill("Rosa Blum");
  await rosa.getByRole("button", { name: guest.open, exact: true }).click();
  await expect(rosa.getByRole("heading", { level: 1, name: "Stiffer joint" })).toBeVisible();
  // From here on both have the idea open, and neither loads it again.
  await owner.goto(`/ideas/${stifferJoint}`);
  await rosa.getByLabel(ideas.page.commentLabel, { exact: true }).fill("The second spring could carry it.");
  await rosa.getByRole("button", { name: ideas.page.send, exact: true }).click();
  await expect(rosa.getByText("The second spring could carry it.")).toBeVisible();
  await expect(rosa.getByText("Rosa Blum", { exact: true }).first()).toBeVisible();
  await expect(owner.getByText("The second spring could carry it.")).toBeVisible();
  const designer = await caller("designer@tandem.example");
  const [answer, note] = ["It could, if it were wider.", "Not for guests: we tried it once."];
  const says = (form: Record<string, string>) =>
    designer.post(`/staff/ideas/${stifferJoint}`, { headers: { Origin: server.origin }, form });
  await rosa.bringToFront();
  await says({ form: "note", note });
  await says({ form: "comment", comment: answer });
  await expect(rosa.getByText(answer)).toBeVisible();
  await expect(rosa.getByText(note)).toHaveCount(0);
  await photograph(rosa, "guest-idea");
  await examineRoute(rosa, "routes/guest.$token_.idea");

  // Nothing else opens, and the link asks for a code elsewhere.
  for (const path of ["/", "/ideas", `/ideas/${stifferJoint}`, `/staff/ideas/${stifferJoint}`]) {
    await rosa.goto(path);
    await expect(rosa).toHaveURL(/\/login/);
  }
  await scanner.reload();
  await expect(scanner.getByRole("heading", { level: 1, name: guest.codeTitle })).toBeVisible();
  await scanner.goto(`${link}/idea`);
  await expect(scanner).toHaveURL(link);
  await scanner.getByRole("button", { name: guest.send }).click();
  await expect(scanner.getByText(guest.codeSent)).toBeVisible();
  const code = await letterTo(scanner, ADDRESS, /\b\d{6}\b/);
  await scanner.getByLabel(guest.code, { exact: true }).fill(code === "111111" ? "111112" : "111111");
  await scanner.getByRole("button", { name: guest.check, exact: true }).click();
  await expect(scanner.getByText(guest.wrong).first()).toBeVisible();
  await photograph(scanner, "guest-code");
  await examineRoute(scanner, "routes/guest.$token");
  await scanner.getByLabel(guest.code, { exact: true }).fill(code);
  await scanner.getByRole("button", { name: guest.check, exact: true }).click();
  await expect(scanner.getByRole("heading", { level: 1, name: "Stiffer joint" })).toBeVisible();

  // Shown out: the open page's line ends within five seconds, and the page is not there any more.
  await rosa.goto(`${link}/idea`);
  await expect(rosa.locator(".live-brief").getByRole("textbox")).toBeVisible();
  await owner.goto(`/ideas/${stifferJoint}/guests`);
  await owner.getByRole("button", { name: ukrainian.guests.revokeOf.replace("{name}", "Rosa Blum") }).click();
  await expect(rosa.locator(".live-brief").getByText(collab.refused.gone)).toBeVisible({ timeout: 5_000 });
  await expect(owner.getByText(ukrainian.guests.ended)).toBeVisible();
  for (const page of [rosa, scanner]) {
    expect((await page.goto(`${link}/idea`))?.status()).toBe(404);
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
