import door from "~/accounts/words/door/en";
import accounts from "~/accounts/words/en";
import { demoPassword } from "../personas";
import { expect, PHONE, photograph, test } from "./journey";
import { newestMail } from "./mail";
import { sendSignIn, signIn, signOut } from "./sign-in";

const APPROVER = "approver@metis.example";

test("with a password one comes to the page one asked for, and signing out ends it for good", async ({
  nobody,
  playwright,
  server,
}) => {
  const page = await nobody({ viewport: PHONE });
  await page.goto("/ideas?q=joint");
  await expect(page).toHaveURL(/\/login\?next=/);
  await sendSignIn(page, APPROVER, demoPassword);
  await expect(page).toHaveURL(/\/ideas\?q=joint$/);
  const stolen = await page.context().storageState();
  await signOut(page);
  await page.goBack();
  await expect(page).toHaveURL(/\/login/);
  const thief = await playwright.request.newContext({ baseURL: server.origin, storageState: stolen, maxRedirects: 0 });
  expect((await thief.get("/ideas")).status()).toBe(302);
  await thief.dispose();
});

test("what was typed and not sent belongs to one person, and signing out leaves nothing of it on the device", async ({
  nobody,
}) => {
  const page = await nobody();
  // The page speaks each person's own language.
  const field = page.locator("input[name=title]");
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("draft")));
  await page.goto("/login?next=/ideas/new");
  await sendSignIn(page, APPROVER, demoPassword);
  await field.fill("A lamp for two rooms");
  await expect.poll(kept).toHaveLength(1);
  // The session is lost, and somebody else signs in on the same device.
  await page.context().clearCookies();
  await page.goto("/login?next=/ideas/new");
  await sendSignIn(page, "owner@metis.example", demoPassword);
  await expect(field).toHaveValue("");
  await page.waitForLoadState("networkidle");
  await expect(field).toHaveValue("");
  expect(await kept()).toHaveLength(1);
  // Files on their way are remembered beside the text.
  await page.evaluate(() => localStorage.setItem("draft-files:idea:somebody", "[]"));
  await page.locator("[popovertarget]").click();
  await page.locator("form[action='/logout'] button").click();
  await expect(page).toHaveURL(/\/login/);
  expect(await kept()).toEqual([]);
  await sendSignIn(page, APPROVER, demoPassword);
  await expect(page).toHaveURL(/\/$/);
  await page.goto("/ideas/new", { waitUntil: "networkidle" });
  await expect(field).toHaveValue("");
});

test("a key pressed in the very moment in which the page begins to work loses nothing of what was typed", async ({
  nobody,
}) => {
  const page = await nobody();
  // The first thing that React asks the browser for is a turn to draw the page: the key comes before it.
  await page.addInitScript(() => {
    const post = MessagePort.prototype.postMessage;
    const first = function (this: MessagePort, ...sent: Parameters<typeof post>) {
      MessagePort.prototype.postMessage = post;
      queueMicrotask(() => {
        const field = document.querySelector<HTMLInputElement>("input[name=email]");
        if (field) field.value = "typed@metis.example";
        field?.dispatchEvent(new KeyboardEvent("keydown", { key: "Tab", bubbles: true, cancelable: true }));
        document.documentElement.dataset.pressed = "early";
      });
      post.apply(this, sent);
    };
    Object.assign(MessagePort.prototype, { postMessage: first });
  });
  await page.goto("/login", { waitUntil: "networkidle" });
  await expect(page.locator("html")).toHaveAttribute("data-pressed", "early");
  await expect(page.locator("input[name=email]")).toHaveValue("typed@metis.example");
});

test("a wrong password and an unknown e-mail are told the same, and what was typed stays", async ({ nobody }) => {
  const page = await nobody({ viewport: PHONE });
  for (const email of [APPROVER, "nobody@metis.example"]) {
    await page.goto("/login");
    await sendSignIn(page, email, "not the password at all");
    await expect(page.getByText(door.refusals["wrong-login"])).toBeVisible();
    await expect(page.getByLabel(accounts.fields.email, { exact: true })).toHaveValue(email);
  }
  await photograph(page, "login-refused");
});

test("somebody who was removed is told so, and is not signed in", async ({ nobody }) => {
  const page = await nobody();
  await page.goto("/login");
  await sendSignIn(page, "removed@metis.example", demoPassword);
  await expect(page.getByText(door.refusals["no-access"])).toBeVisible();
  await page.goto("/ideas");
  await expect(page).toHaveURL(/\/login/);
});

for (const next of [
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example",
  "/%09/evil.example",
  "javascript:alert(1)",
  "/.//evil.example",
]) {
  test(`signing in never leads to ${next}`, async ({ nobody, server }) => {
    const page = await nobody();
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await sendSignIn(page, APPROVER, demoPassword);
    await expect(page).not.toHaveURL(/\/login/);
    expect(new URL(page.url()).origin).toBe(server.origin);
  });
}

test("each side comes to its own home, and a signed-in person needs no sign-in page", async ({ nobody, person }) => {
  const owner = await person("owner@metis.example");
  await owner.goto("/login");
  await expect(owner).toHaveURL(/\/$/);
  const designer = await nobody();
  await designer.goto("/login?next=/ideas");
  await sendSignIn(designer, "designer@tandem.example", demoPassword);
  await expect(designer).toHaveURL(/\/staff$/);
  await designer.goto("/");
  await expect(designer).toHaveURL(/\/staff$/);
});

test("an e-mailed link signs in once, and is not used up by being opened", async ({ nobody }) => {
  const page = await nobody();
  await page.goto("/login");
  await page.getByRole("button", { name: door.login.mail }).click();
  await expect(page.getByRole("heading", { level: 1, name: door.code.title })).toBeVisible();
  await page.getByLabel(accounts.fields.email, { exact: true }).fill("support@tandem.example");
  await page.getByRole("button", { name: door.code.send }).click();
  await expect(page.getByText(door.code.sent.replace("{email}", "support@tandem.example"))).toBeVisible();
  await photograph(page, "login-code");
  const { link } = await newestMail(page, "support@tandem.example");
  const scanner = await nobody();
  await scanner.goto(link);
  await scanner.goto(link);
  await page.goto(link);
  await page.getByRole("button", { name: door.confirm["sign-in"] }).click();
  await expect(page).toHaveURL(/\/staff$/);
  await scanner.getByRole("button", { name: door.confirm["sign-in"] }).click();
  await expect(scanner.getByText(door.refusals["link-over"])).toBeVisible();
});

test("an e-mailed code signs in once", async ({ nobody }) => {
  const page = await nobody();
  await page.goto("/login/code?next=/staff/ideas");
  await page.getByLabel(accounts.fields.email, { exact: true }).fill("production@tandem.example");
  await page.getByRole("button", { name: door.code.send }).click();
  await expect(page.getByText(door.code.sent.replace("{email}", "production@tandem.example"))).toBeVisible();
  const { code } = await newestMail(page, "production@tandem.example");
  const wrong = code === "000000" ? "000001" : "000000";
  await page.getByLabel(door.fields.code, { exact: true }).fill(wrong);
  await page.getByRole("button", { name: door.code.verify, exact: true }).click();
  await expect(page.getByText(door.refusals["wrong-code"])).toBeVisible();
  await page.getByLabel(door.fields.code, { exact: true }).fill(code);
  await page.getByRole("button", { name: door.code.verify, exact: true }).click();
  await expect(page).toHaveURL(/\/staff\/ideas$/);
});

test("a forgotten password is chosen anew by mail, the old one ends, and so does every other session", async ({
  nobody,
}) => {
  const email = "support2@tandem.example";
  const elsewhere = await nobody();
  await signIn(elsewhere, email);
  const page = await nobody();
  await page.goto("/login");
  await page.getByRole("link", { name: door.login.forgot }).click();
  await expect(page.getByRole("heading", { level: 1, name: door.forgot.title })).toBeVisible();
  await page.getByLabel(accounts.fields.email, { exact: true }).fill(email);
  await page.getByRole("button", { name: door.forgot.send }).click();
  await expect(page.getByText(door.forgot.sent.replace("{email}", email))).toBeVisible();
  const { link } = await newestMail(page, email);
  await page.goto(link);
  await page.getByRole("button", { name: door.confirm.password }).click();
  await expect(page.getByRole("heading", { level: 1, name: door.password.title })).toBeVisible();
  await photograph(page, "new-password");
  const fresh = "three lamps on a bench";
  await page.getByLabel(door.fields["new-password"]).fill(fresh);
  await page.getByRole("button", { name: door.password.save }).click();
  await expect(page.getByText(door.password["saved-title"])).toBeVisible();
  await elsewhere.goto("/staff/ideas");
  await expect(elsewhere).toHaveURL(/\/login/);
  await sendSignIn(elsewhere, email, demoPassword);
  await expect(elsewhere.getByText(door.refusals["wrong-login"])).toBeVisible();
  await sendSignIn(elsewhere, email, fresh);
  await expect(elsewhere).not.toHaveURL(/\/login/);
});

test("an unknown e-mail is told the same as a known one, and no message is made", async ({ nobody }) => {
  const page = await nobody();
  await page.goto("/forgot");
  await page.getByLabel(accounts.fields.email, { exact: true }).fill("ghost@metis.example");
  await page.getByRole("button", { name: door.forgot.send }).click();
  await expect(page.getByText(door.forgot.sent.replace("{email}", "ghost@metis.example"))).toBeVisible();
  await page.goto("/dev/mail");
  await expect(page.getByText("ghost@metis.example")).toHaveCount(0);
});
