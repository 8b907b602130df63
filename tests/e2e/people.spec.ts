import type { Page } from "@playwright/test";
import sharp from "sharp";
import door from "~/accounts/words/door/en";
import accounts from "~/accounts/words/en";
import accountPages from "~/accounts/words/page/en";
import collabUk from "~/collab/words/uk";
import { brixIdea, demoInvitationToken } from "../personas";
import { expect, photograph, test } from "./journey";
import { signIn } from "./sign-in";

const OWNER = "owner@brix.example";
const PASSWORD = "a lamp that stays where it is put";
const { people, invite } = accounts;
const { settings } = accountPages;
const { person: words, decided } = accountPages;
const { accept } = door;

/** The link of the newest letter of invitation to an address, read where the local installation shows its mail. */
async function invitationLink(page: Page, address: string): Promise<string> {
  const reader = await page.context().newPage();
  try {
    let link = "";
    await expect(async () => {
      await reader.goto(`/dev/mail?to=${encodeURIComponent(address)}`);
      const text = await reader.locator("article", { hasText: address }).first().innerText({ timeout: 1000 });
      link = /https?:\/\/\S+\/accept\?token=[\w-]+/.exec(text)?.[0] ?? "";
      expect(link).not.toBe("");
    }).toPass({ timeout: 10_000 });
    return link;
  } finally {
    await reader.close();
  }
}

async function inviteColleague(page: Page, email: string, language: string): Promise<void> {
  await page.getByRole("link", { name: people.invite }).click();
  await expect(page.getByRole("heading", { level: 1, name: invite.title })).toBeVisible();
  await page.getByLabel(accounts.fields.email, { exact: true }).fill(email);
  await page.getByLabel(invite.language).selectOption(language);
  await page.getByRole("button", { name: invite.send }).click();
  await expect(page.getByText(people.sent.replace("{email}", email))).toBeVisible();
}

test("a colleague is invited, comes by the letter, gets another role, and is gone within a second", async ({
  person,
  nobody,
  server,
}) => {
  const owner = await person(OWNER);
  await owner.goto("/people");
  await inviteColleague(owner, "nadia@brix.example", "uk");
  await photograph(owner, "people");

  const nadia = await nobody();
  await nadia.goto(await invitationLink(owner, "nadia@brix.example"));
  await expect(
    nadia.getByText(accept.account.replace("{inviter}", "Marieke Vos").replace("{account}", "Brix")),
  ).toBeVisible();
  await nadia.getByRole("button", { name: accept.submit }).click();
  await expect(nadia.getByRole("alert")).toBeVisible();
  await nadia.getByLabel(accept.name).fill("Надія Коваль");
  await nadia.getByLabel(accept.password).fill(PASSWORD);
  await nadia.getByRole("button", { name: accept.submit }).click();
  await expect(nadia).toHaveURL(`${server.origin}/`);
  await expect(nadia.locator("html")).toHaveAttribute("lang", "uk-UA");
  const joined = owner.getByRole("link", { name: "Надія Коваль" });
  await expect(joined).toBeVisible();

  await joined.click();
  await owner.getByRole("radio", { name: accounts.roles.approver }).check();
  await owner.getByRole("button", { name: words.roleSave }).click();
  await expect(
    owner.getByText(
      words.role_changed
        .replace("{who}", "Marieke Vos")
        .replace("{from}", accounts.roles.member)
        .replace("{to}", accounts.roles.approver),
    ),
  ).toBeVisible();
  await owner.getByLabel(words.amount).fill("1500.5");
  await owner.getByLabel(words.currency).selectOption("JPY");
  await owner.getByRole("button", { name: words.limitSave }).click();
  await expect(owner.getByRole("alert")).toContainText(words["not-amount"]);
  await expect(owner.getByLabel(words.amount)).toHaveValue("1500.5");
  await owner.getByLabel(words.currency).selectOption("KWD");
  await owner.getByRole("button", { name: words.limitSave }).click();
  await expect(owner.getByText("KWD\u00a01,500.500")).toBeVisible();
  await photograph(owner, "person");

  const picture = await sharp({ create: { width: 4, height: 4, channels: 3, background: "#0c5a5b" } })
    .png()
    .toBuffer();
  const sent = await nadia.request.post(`/api/ideas/${brixIdea}/images`, {
    headers: { Origin: server.origin },
    multipart: { file: { name: "x.png", mimeType: "image/png", buffer: picture } },
  });
  const { src } = (await sent.json()) as { src: string };
  expect((await nadia.request.get(src)).status()).toBe(200);
  await nadia.goto(`/ideas/${brixIdea}`);
  await expect(nadia.locator(".live-brief").getByText(collabUk.state.saved)).toBeVisible();

  await owner.getByRole("button", { name: words.remove, exact: true }).click();
  await expect(owner.getByRole("alert")).toContainText(words["not-sure"]);
  await owner.getByLabel(words.removeSure.replace("{name}", "Надія Коваль")).check();
  const told = nadia.locator(".live-brief").getByText(collabUk.refused.removed);
  const pressed = Date.now();
  await owner.getByRole("button", { name: words.remove, exact: true }).click();
  await expect(told).toBeVisible({ timeout: 2_000 });
  // A second from the removal to its word on the other's page, and what the owner's own press takes before it.
  expect(Date.now() - pressed).toBeLessThan(2_000);
  await photograph(nadia, "removed");
  await expect(
    owner.getByText(people.gone.replace("{name}", "Надія Коваль").replace("{by}", "Marieke Vos")),
  ).toBeVisible();
  expect((await nadia.request.get(src, { maxRedirects: 0 })).status()).toBe(401);
  expect((await nadia.request.get("/api/session", { maxRedirects: 0 })).status()).toBe(401);
  await nadia.goto(`/ideas/${brixIdea}`);
  await expect(nadia).toHaveURL(/\/login/);
});

test("an invitation that was taken back opens nothing, a letter that ran out says so, and one that is open works once", async ({
  person,
  nobody,
}) => {
  const owner = await person(OWNER, { javaScriptEnabled: false });
  await owner.goto("/people");
  await inviteColleague(owner, "ben@brix.example", "en");
  const link = await invitationLink(owner, "ben@brix.example");
  await owner.getByRole("button", { name: people.revokeFor.replace("{email}", "ben@brix.example") }).click();
  await expect(owner.getByText(people.revoked)).toBeVisible();
  const guest = await nobody();
  for (const [address, title] of [
    [link, accept.revokedTitle],
    ["/accept?token=demo-letter-of-invitation-to-metis-0002", accept.expiredTitle],
    ["/accept?token=demo-letter-of-invitation-to-metis-0004", accept.acceptedTitle],
    ["/accept?token=made-up", accept.overTitle],
    ["/accept", accept.overTitle],
  ] as const) {
    await guest.goto(address);
    await expect(guest.getByRole("heading", { level: 1, name: title })).toBeVisible();
  }
  await guest.goto(`/accept?token=${demoInvitationToken}`);
  await expect(guest.getByRole("heading", { level: 1, name: accept.title })).toBeVisible();
});

test("two who change one role: the second is told who was quicker, and sees it as it is", async ({ nobody }) => {
  const [one, two] = [await nobody(), await nobody()];
  // The page keeps itself true while it is looked at; somebody who presses in the same moment still has the old one.
  await two.route("**/api/live*", (route) => route.abort());
  for (const page of [one, two]) {
    await signIn(page, "manager@tandem.example");
    await page.goto("/staff/people/0b000000-0000-4000-8000-000000000004");
  }
  await two.getByRole("radio", { name: accounts.roles.viewer }).check();
  await one.getByRole("radio", { name: accounts.roles.approver }).check();
  await one.getByRole("button", { name: words.roleSave }).click();
  await expect(one.getByText("Amara Okafor changed the role")).toBeVisible();
  await two.getByRole("button", { name: words.roleSave }).click();
  await expect(two.getByRole("alert")).toContainText(decided["changed-meanwhile"].replace("{by}", "Amara Okafor"));
  await expect(two.getByRole("radio", { name: accounts.roles.approver })).toBeChecked();
});

test("an admin gives staff their roles, and somebody who is none reads who does what", async ({ nobody, person }) => {
  const admin = await nobody();
  await signIn(admin, "admin@tandem.example");
  await admin.goto("/staff/people");
  await admin.getByRole("link", { name: people.inviteStaff }).click();
  await admin.getByLabel(accounts.fields.email, { exact: true }).fill("pia@tandem.example");
  await admin.getByRole("button", { name: invite.send }).click();
  await expect(admin.getByRole("alert")).toContainText(words["no-role"]);
  await admin.getByRole("checkbox", { name: accounts.staffRoles.pricing }).check();
  await admin.getByRole("button", { name: invite.send }).click();
  await expect(admin.getByText(people.sent.replace("{email}", "pia@tandem.example"))).toBeVisible();
  await admin.getByRole("link", { name: "Jonas Weber" }).click();
  await admin.getByRole("checkbox", { name: accounts.staffRoles.production }).check();
  await admin.getByRole("button", { name: words.rolesSave }).click();
  await expect(admin.getByText("from Support to Production, Support")).toBeVisible();
  await photograph(admin, "staff-person");
  const designer = await person("designer@tandem.example");
  await designer.goto(admin.url());
  await expect(designer.getByText("Jonas Weber").first()).toBeVisible();
  await expect(designer.getByRole("button", { name: words.rolesSave })).toHaveCount(0);
});

test("one's own name, zone and language are kept, and other sessions end from here", async ({ nobody }) => {
  const [here, there] = [await nobody(), await nobody()];
  // Somebody whose sessions no later journey needs; an earlier one may have left some.
  for (const page of [here, there]) await signIn(page, "support@tandem.example");
  await here.goto("/settings");
  await here.getByRole("combobox").first().selectOption("en");
  await here.locator("input[name=zone]").fill("Europe/Nowhere");
  await here
    .locator("form", { has: here.locator("input[name=zone]") })
    .locator("button:not([type=button])")
    .click();
  await expect(here.getByRole("alert")).toBeVisible();
  await expect(here.locator("input[name=zone]")).toHaveValue("Europe/Nowhere");
  await here.locator("input[name=zone]").fill("Asia/Tokyo");
  await here
    .locator("form", { has: here.locator("input[name=zone]") })
    .locator("button:not([type=button])")
    .click();
  await expect(here.getByText(settings.saved, { exact: true })).toBeVisible();
  await expect(here.getByLabel(settings.zone)).toHaveValue("Asia/Tokyo");
  await expect(here.getByText("Chrome on Linux").first()).toBeVisible();
  await photograph(here, "settings");
  const sessions = await here.getByText(/^Chrome on Linux/).count();
  expect(sessions).toBeGreaterThan(1);
  await here.getByRole("button", { name: settings.endOthers }).click();
  await expect(
    here.getByText(sessions === 2 ? "1 other session was ended." : `${sessions - 1} other sessions were ended.`),
  ).toBeVisible();
  expect((await there.request.get("/api/session", { maxRedirects: 0 })).status()).toBe(401);
});
