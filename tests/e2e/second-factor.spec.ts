import type { Browser, Locator, Page } from "@playwright/test";
import jsQR from "jsqr";
import { Secret, TOTP, URI } from "otpauth";
import sharp from "sharp";
import door from "~/accounts/words/door/en";
import accounts from "~/accounts/words/en";
import staffAccounts from "~/accounts/words/staff/en";
import { demoPassword } from "../personas";
import { DESKTOP, examineRoute, expect, photograph, test } from "./journey";
import { startServer, type TestServer } from "./server";
import { sendSignIn, signOut } from "./sign-in";

const secondFactor = { ...accounts.secondFactor, ...door.secondFactor };
const { security } = staffAccounts;
const PRICING = "pricing@tandem.example";
const ADMIN = "admin@tandem.example";

// An installation of its own: what an admin asks of everybody would change every other journey.
let server: TestServer;
test.beforeAll(async () => {
  server = await startServer({ env: { TRUSTED_PROXIES: "127.0.0.1 ::1" } });
});
test.afterAll(() => server.dispose());

async function browserOf(browser: Browser, login: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.origin, locale: "en-GB", viewport: DESKTOP });
  const page = await context.newPage();
  await page.goto("/login");
  await sendSignIn(page, login, demoPassword);
  await expect(page).not.toHaveURL(/\/login$/);
  return page;
}

/** The app's code now, or so many half minutes later: each counts once. */
const codeOf = (secret: string, later = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later * 30_000 });

/** What an authenticator app reads off the screen. */
async function readPicture(picture: Locator): Promise<TOTP> {
  const { data, info } = await sharp(await picture.screenshot())
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const read = jsQR(new Uint8ClampedArray(data), info.width, info.height);
  const account = URI.parse(read?.data ?? "");
  if (!(account instanceof TOTP)) throw new Error("the picture holds no such account");
  return account;
}

/** Reads the secret from the page, types the first code, and answers with the secret and the recovery codes. */
async function setUp(
  page: Page,
  login: string,
  look?: () => Promise<void>,
): Promise<{ secret: string; codes: string[] }> {
  await page.getByRole("button", { name: secondFactor.begin }).click();
  const secret = (await page.locator("[data-secret]").innerText()).replace(/\s/g, "");
  const account = await readPicture(page.getByRole("img", { name: secondFactor.picture }));
  expect(account).toMatchObject({ issuer: "Tandem", algorithm: "SHA1", digits: 6, period: 30 });
  expect([account.label, account.secret.base32]).toEqual([login, secret]);
  await page.getByLabel(secondFactor.code, { exact: true }).fill(codeOf(secret) === "000000" ? "000001" : "000000");
  await page.getByRole("button", { name: secondFactor.finish }).click();
  await expect(page.getByText(door.refusals["wrong-app-code"])).toBeVisible();
  await look?.();
  await page.getByLabel(secondFactor.code, { exact: true }).fill(codeOf(secret));
  await page.getByRole("button", { name: secondFactor.finish }).click();
  await expect(page.getByRole("heading", { name: secondFactor.codesTitle })).toBeVisible();
  const codes = await page.locator("ul.font-mono li").allInnerTexts();
  expect(codes).toHaveLength(10);
  return { secret, codes };
}

test("a member of staff sets up an app, signs in with its code, and once with each recovery code", async ({
  browser,
}) => {
  const page = await browserOf(browser, PRICING);
  await page.goto("/staff/settings/second-factor");
  const { secret, codes } = await setUp(page, PRICING, () => photograph(page, "second-factor-setup"));
  await photograph(page, "second-factor-codes");
  await page.reload();
  await expect(page.getByText(codes[0] ?? "")).toHaveCount(0);

  await signOut(page);
  await page.goto("/staff/ideas");
  await sendSignIn(page, PRICING, demoPassword);
  await expect(page.getByRole("heading", { level: 1, name: secondFactor.proveTitle })).toBeVisible();
  await photograph(page, "second-factor-asked");
  await examineRoute(page, "routes/_auth.login_.second-factor");
  // Half signed in: no page, no data, no socket's question is answered.
  await page.goto("/staff");
  await expect(page).toHaveURL(/\/login\/second-factor/);
  expect((await page.request.get("/api/session")).status()).toBe(401);
  await page.goto("/staff/ideas");
  await page.getByLabel(secondFactor.code, { exact: true }).fill(codeOf(secret, 1));
  await page.getByRole("button", { name: secondFactor.proveSubmit, exact: true }).click();
  await expect(page).toHaveURL(/\/staff\/ideas$/);

  for (const [attempt, welcome] of [
    [1, true],
    [2, false],
  ] as const) {
    const other = await browserOf(browser, PRICING);
    await other.getByRole("link", { name: secondFactor.withRecovery }).click();
    await other.getByLabel(secondFactor.recoveryCode, { exact: true }).fill(codes[0] ?? "");
    await other.getByRole("button", { name: secondFactor.proveSubmit, exact: true }).click();
    if (welcome) await expect(other).toHaveURL(/\/staff$/);
    else await expect(other.getByText(door.refusals["wrong-recovery-code"])).toBeVisible();
    if (attempt === 2) await photograph(other, "second-factor-recovery");
    await other.context().close();
  }
  await page.goto("/dev/mail");
  await expect(page.locator("article", { hasText: PRICING }).first()).toContainText("recovery code");
});

test("when an admin asks everybody for it, whoever has none can do nothing but set one up", async ({ browser }) => {
  const admin = await browserOf(browser, ADMIN);
  await admin.goto("/staff/settings/security");
  const designer = await browserOf(browser, "designer@tandem.example");
  await expect(designer).toHaveURL(/\/staff$/);
  await admin.getByRole("button", { name: security.switchOn }).click();
  await expect(admin).toHaveURL(/\/login\/enrol/);
  for (const path of ["/staff", "/staff/ideas", "/staff/settings/second-factor"]) {
    await designer.goto(path);
    await expect(designer.getByRole("heading", { level: 1, name: secondFactor.enrolTitle })).toBeVisible();
  }
  await examineRoute(designer, "routes/_auth.login_.enrol");
  await setUp(designer, "designer@tandem.example");
  await photograph(designer, "second-factor-enrolled");
  await examineRoute(designer, "routes/_auth.login_.enrol");
  await designer.getByRole("link", { name: secondFactor.goOn }).click();
  await expect(designer).toHaveURL(/\/staff$/);

  await setUp(admin, ADMIN);
  await admin.goto("/staff/settings/security");
  await expect(admin.getByText(security.on, { exact: true })).toBeVisible();
  // A colleague who lost the app is let in by an admin, signed out everywhere, and led to a new one.
  await admin.getByRole("listitem").filter({ hasText: PRICING }).getByRole("button").click();
  await expect(admin.getByText(security.resetDone)).toBeVisible();
  await admin.getByRole("button", { name: security.switchOff }).click();
  await expect(admin.getByText(security.off, { exact: true })).toBeVisible();
});
