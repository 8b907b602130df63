import type { Page } from "@playwright/test";
import en from "~/accounts/words/door/en";
import staffEn from "~/accounts/words/staff/en";
import { accounts, demoPassword, manager as managerId } from "../personas";
import { expect, photograph, test } from "./journey";
import { superuser } from "./planted";
import { signIn } from "./sign-in";

const MANAGER = "manager@tandem.example";
const { closing, person: data } = staffEn;

/** Makes an account of this journey's own. Out: the path of its page. */
async function made(page: Page, name: string): Promise<string> {
  await page.goto("/staff/accounts/new");
  await page.getByLabel(staffEn.form.name, { exact: true }).fill(name);
  await page.getByRole("button", { name: staffEn.form.create }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Presses a button that asks first, and says yes. */
async function confirmed(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
}

test("an account goes into another with all it has, comes out again as it was, and is off-boarded", async ({
  nobody,
}) => {
  const page = await nobody();
  await signIn(page, MANAGER);
  const [outlet, shop] = [await made(page, "Outlet Nine"), await made(page, "Shop Nine")];
  await page.goto(`${outlet}/sites`);
  await page.getByLabel(staffEn.sites.name).first().fill("Hall 7");
  await page.getByRole("button", { name: staffEn.sites.add }).click();
  await expect(page.getByText("Hall 7").first()).toBeVisible();

  await page.goto(`${outlet}/merge?q=Shop+Nine`);
  await page.getByRole("link", { name: "Choose Shop Nine", exact: true }).click();
  await expect(page.getByRole("row", { name: `${staffEn.merge.rows.sites} 1 0` })).toBeVisible();
  await photograph(page, "staff-account-merge");
  await confirmed(page, "Merge Outlet Nine into Shop Nine");
  await expect(page.getByRole("heading", { level: 1, name: "Shop Nine" })).toBeVisible();
  const hasHall = async (path: string) => {
    await page.goto(`${path}/sites`);
    return (await page.getByText("Hall 7").count()) > 0;
  };
  expect([await hasHall(shop), await hasHall(outlet)]).toEqual([true, false]);
  await page.goto(shop);
  await expect(page.getByRole("button", { name: staffEn.account.undo, exact: true })).toBeVisible();
  // Whoever comes to the account that went away undoes it there.
  await page.goto(outlet);
  await confirmed(page, staffEn.account.undo);
  await expect(page.getByRole("button", { name: staffEn.account.undo })).toHaveCount(0);
  expect([await hasHall(shop), await hasHall(outlet)]).toEqual([false, true]);

  await page.goto(`${outlet}/close`);
  await confirmed(page, closing.act.obligations);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: closing.act.export }).click();
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
  await confirmed(page, closing.act.handedOver);
  for (const step of ["access", "people", "closed"] as const) await confirmed(page, closing.act[step]);
  await expect(page.getByRole("button", { name: closing.reopen })).toBeVisible();
  await photograph(page, "staff-account-closed");
  await confirmed(page, closing.reopen);
  await expect(page.getByRole("button", { name: closing.act.obligations, exact: true })).toBeVisible();
});

test("a person is erased by typing their name, after a step-up that loses nothing of it", async ({
  nobody,
  server,
}) => {
  const page = await nobody();
  await signIn(page, MANAGER);
  const db = await superuser(server);
  const { rows } = await db.query<{ id: string }>(
    "insert into people (side, account_id, display_name, role) values ('client', $1, 'Wanda Weg', 'viewer') returning id",
    [accounts.hanlin],
  );
  await db.query("insert into person_contacts (person_id, account_id, email) values ($1, $2, 'wanda@hanlin.example')", [
    rows[0]?.id,
    accounts.hanlin,
  ]);
  await page.goto(`/staff/accounts/${accounts.hanlin}/people/${rows[0]?.id}`);
  await page.getByLabel("Type the name to confirm: Wanda Weg").fill("Wanda");
  await page.getByRole("button", { name: data.eraseDo }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();

  // This session proved long ago who it is: its next token says so.
  await db.query(
    `update auth.mfa_amr_claims set updated_at = now() - interval '1 hour', created_at = now() - interval '1 hour'
     where session_id = (select id from auth.sessions where user_id = $1 order by created_at desc limit 1)`,
    [managerId.userId],
  );
  await db.end();
  await renewSoon(page);
  await page.reload();
  await page.getByLabel("Type the name to confirm: Wanda Weg").fill("Wanda Weg");
  await page.getByRole("button", { name: data.eraseDo }).click();
  await expect(page.getByRole("heading", { name: en.identity.title })).toBeVisible();
  await photograph(page, "confirm-identity");
  await page.getByLabel(en.fields.password).fill("not my password");
  await page.getByRole("button", { name: en.identity.submit }).click();
  await expect(page.getByText(en.refusals["wrong-password"])).toBeVisible();
  await page.getByLabel(en.fields.password).fill(demoPassword);
  await page.getByRole("button", { name: en.identity.submit }).click();
  await expect(page.getByRole("heading", { name: "Data of Erased person" })).toBeVisible();
  expect(page.url()).not.toContain("Wanda");
  await photograph(page, "staff-person-erased");
});

/** Has the session's token renewed with the next request: the cookie says that it runs out. */
async function renewSoon(page: Page): Promise<void> {
  const context = page.context();
  const cookie = (await context.cookies()).find(({ name }) => name.startsWith("tandem-session"));
  if (!cookie) throw new Error("there is no session");
  const [, prefix = "", text = ""] = /^(base64-)?(.*)$/.exec(decodeURIComponent(cookie.value)) ?? [];
  const session = JSON.parse(prefix ? Buffer.from(text, "base64url").toString() : text);
  session.expires_at = Math.floor(Date.now() / 1000) + 30;
  const value = JSON.stringify(session);
  await context.addCookies([
    { ...cookie, value: prefix ? prefix + Buffer.from(value).toString("base64url") : encodeURIComponent(value) },
  ]);
}
