import type { Page } from "@playwright/test";
import en from "~/accounts/words/en";
import staffEn from "~/accounts/words/staff/en";
import ideasEn from "~/ideas/words/en";
import { accounts, stifferJoint } from "../personas";
import { expect, PHONE, photograph, test } from "./journey";
import { PAGES } from "./pages";

const MANAGER = "manager@tandem.example";

test("a manager makes an account", async ({ person }) => {
  const manager = await person(MANAGER);
  await manager.goto("/staff/accounts");
  await expect(manager.getByRole("link", { name: "Metis" })).toBeVisible();
  await manager.goto("/staff/accounts/new");
  await manager.getByLabel(staffEn.form.name, { exact: true }).fill("Lichtwerk");
  await manager.getByLabel(staffEn.form.domain).fill("https://lichtwerk.example/de");
  await manager.getByRole("button", { name: staffEn.form.create }).click();
  await expect(manager.getByRole("heading", { level: 1, name: "Lichtwerk" })).toBeVisible();
  await expect(manager.getByText("lichtwerk.example", { exact: true })).toBeVisible();
  await photograph(manager, "staff-account");
});

test("an admin sees what would become of a list before anything is written", async ({ person }) => {
  // Each of us has one list waiting: the manager's is what other journeys look at.
  const admin = await person("admin@tandem.example");
  await admin.goto("/staff/accounts/import");
  const list = "name;kind;email\nNova;dealer;jo@nova.example\nMetis two;;owner@metis.example\n;dealer;x@y.example\n";
  await admin
    .locator("input[type=file]")
    .setInputFiles({ name: "fair.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
  await admin.getByRole("button", { name: staffEn.import.check }).click();
  await expect(admin.getByText(staffEn.import.why.email)).toBeVisible();
  await expect(admin.getByText(staffEn.import.why["no-name"])).toBeVisible();
  await photograph(admin, "staff-account-import");
  const whole = admin.viewportSize();
  await admin.setViewportSize(PHONE);
  const beyond = () =>
    admin.locator("main section:has(> table)").evaluate((table) => table.scrollWidth - table.clientWidth);
  expect(await beyond(), "what becomes of each line is on a phone's screen").toBe(0);
  if (whole) await admin.setViewportSize(whole);
  await admin.getByRole("button", { name: "Make 1 account" }).click();
  await expect(admin.getByRole("link", { name: "Nova" })).toBeVisible();
});

/** The portal's pages, as customers open them. */
const portal = Object.entries(PAGES)
  .filter(([route]) => /^routes\/_(?:portal|person)\./.test(route))
  .map(([, { path }]) => path);

/** Where the forms of a page lead that could be sent from it, and how the page greets: read as it is served. */
const servedTo = (page: Page, path: string) =>
  page.evaluate(async (address) => {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const served = new DOMParser().parseFromString(await answer.text(), "text/html");
    const usable = "button:not(:disabled), input:not([type=hidden]):not(:disabled), textarea:not(:disabled)";
    return {
      status: answer.status,
      title: served.querySelector("h1")?.textContent ?? "",
      sends: [...served.querySelectorAll('form[method="post"]')]
        .filter((form) => form.querySelector(usable))
        .map((form) => form.getAttribute("action")),
      typed: served.querySelectorAll("[contenteditable=true], .live-brief").length,
    };
  }, path);

test("who looks as a customer reads what the customer reads, is offered nothing to send, and leaves", async ({
  person,
}) => {
  const manager = await person(MANAGER);
  await manager.goto(`/staff/accounts/${accounts.metis}`);
  await manager.getByRole("button", { name: staffEn.account.viewAs }).click();
  const banner = manager.getByRole("complementary", { name: en.viewing.label });
  await expect(banner).toBeVisible();
  await expect(banner).toContainText("Amara Okafor");
  await photograph(manager, "view-as");
  const sockets: string[] = [];
  manager.on("websocket", (socket) => sockets.push(socket.url()));
  expect(portal.length).toBeGreaterThan(8);
  for (const path of portal) {
    const { status, title, sends, typed } = await servedTo(manager, path);
    expect(status, path).toBe(200);
    if (path === "/") expect(title).toBe(ideasEn.home.welcome.replace("{name}", "Metis"));
    // The way out of the view, and out of the house.
    expect(sends.sort(), path).toEqual(["/api/view", "/logout"]);
    expect(typed, path).toBe(0);
  }
  await manager.goto(`/ideas/${stifferJoint}`);
  await expect(manager.getByRole("heading", { level: 1, name: "Stiffer joint" })).toBeVisible();
  await expect(manager.locator("main .rich-text").first()).toBeVisible();
  await expect(manager.getByText(ideasEn.follow.start)).toHaveCount(0);
  await expect(manager.locator(".live-brief")).toHaveCount(0);
  await photograph(manager, "view-as-idea");
  const sent = await manager.request.post(`/ideas/${stifferJoint}`, {
    form: { form: "comment", comment: "As somebody else" },
    headers: { Origin: new URL(manager.url()).origin },
  });
  expect(sent.status()).toBe(403);
  await manager.goto(`/staff/accounts/${accounts.brix}`);
  await expect(banner, "staff's pages wait until the view is left").toBeVisible();
  expect(sockets).toEqual([]);
  await manager.getByRole("button", { name: en.viewing.exit }).click();
  await expect(manager.getByRole("heading", { level: 1, name: "Metis" })).toBeVisible();
  await expect(banner).toHaveCount(0);
});
