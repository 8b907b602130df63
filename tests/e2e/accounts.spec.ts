import en from "~/accounts/words/en";
import staffEn from "~/accounts/words/staff/en";
import { accounts, stifferJoint } from "../personas";
import { expect, photograph, test } from "./journey";

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
  await admin.getByRole("button", { name: "Make 1 account" }).click();
  await expect(admin.getByRole("link", { name: "Nova" })).toBeVisible();
});

test("who looks as a customer reads what the customer reads, sends nothing, and leaves", async ({ person }) => {
  const manager = await person(MANAGER);
  await manager.goto(`/staff/accounts/${accounts.metis}`);
  await manager.getByRole("button", { name: staffEn.account.viewAs }).click();
  const banner = manager.getByRole("complementary", { name: en.viewing.label });
  await expect(banner).toBeVisible();
  await photograph(manager, "view-as");
  await manager.goto(`/ideas/${stifferJoint}`);
  await expect(manager.getByRole("heading", { level: 1, name: "Stiffer joint" })).toBeVisible();
  const sent = await manager.request.post(`/ideas/${stifferJoint}`, {
    form: { form: "comment", comment: "As somebody else" },
    headers: { Origin: new URL(manager.url()).origin },
  });
  expect(sent.status()).toBe(403);
  await manager.goto(`/staff/accounts/${accounts.brix}`);
  await expect(banner, "staff's pages wait until the view is left").toBeVisible();
  await manager.getByRole("button", { name: en.viewing.exit }).click();
  await expect(manager.getByRole("heading", { level: 1, name: "Metis" })).toBeVisible();
  await expect(banner).toHaveCount(0);
});
