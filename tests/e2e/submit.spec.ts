import sharp from "sharp";
import catalog from "~/catalog/words/en";
import ideas from "~/ideas/words/en";
import ideaPages from "~/ideas/words/page/en";
import ui from "~/ui/words/en";
import { demoPassword } from "../personas";
import { expect, photograph, test } from "./journey";
import { sendSignIn } from "./sign-in";

const { attachments } = ideas;
const { submit } = ideaPages;
// English words: the approver's language.
const APPROVER = "approver@metis.example";

const photo = (width = 1200, height = 800) =>
  sharp({ create: { width, height, channels: 3, background: "#c9b79c" } })
    .jpeg()
    .toBuffer();

test("what is like the idea comes up while it is typed; photo, product and kind go along, and it is there to read", async ({
  person,
}) => {
  const page = await person(APPROVER);
  await page.goto("/ideas/new");
  await expect(page.getByRole("toolbar", { name: submit.toolbar })).toBeVisible();
  const title = page.getByLabel(submit.titleLabel);
  const found = page.getByRole("region", { name: /similar idea/ });
  // What the text says counts before there is a title.
  await page.getByLabel(submit.bodyLabel).fill("The lamp arm wobbles");
  await expect(found.getByRole("link", { name: "Stiffer joint" })).toBeVisible();
  await page.getByLabel(submit.bodyLabel).fill("");
  await expect(found).toHaveCount(0);
  await title.pressSequentially("lamp arm wobb");
  const typedAt = Date.now();
  await expect(found.getByRole("link", { name: "Stiffer joint" })).toBeVisible();
  expect(Date.now() - typedAt).toBeLessThan(1_500);
  // The reader is still at it: what came up took neither the words nor the place in them.
  await expect(title).toBeFocused();
  await page.keyboard.type("les");
  await expect(title).toHaveValue("lamp arm wobbles");
  await expect(found.getByRole("link", { name: "Stiffer joint" })).toBeVisible();
  await expect(found.getByRole("link").first()).toHaveText("Stiffer joint");

  await page.getByLabel(submit.bodyLabel).fill("At full reach, after each touch.\n\n- Batch 25-0412\n- **60 cm**");
  await page.getByText(submit.kind.complaint, { exact: true }).click();
  await page.getByLabel(catalog.product).selectOption("Aria");
  await page.getByLabel("How it stands").selectOption("On its base");
  await page.getByLabel("Reach in cm").fill("60");
  await page.getByLabel(attachments.choose).setInputFiles([
    { name: "joint.jpg", mimeType: "image/jpeg", buffer: await photo() },
    { name: "evil.png", mimeType: "image/png", buffer: Buffer.from("<svg onload=alert(1)>") },
  ]);
  await expect(page.getByText(attachments.refusal["not-taken"])).toBeVisible();
  await page.getByRole("button", { name: attachments.remove.replace("{name}", "evil.png") }).click();
  await expect(page.getByText(`${attachments.phase.ready} ·`)).toBeVisible();
  await photograph(page, "submit");

  await page.reload();
  await expect(page.getByText(ui.form.restored)).toBeVisible();
  await expect(page.getByLabel(submit.titleLabel)).toHaveValue("lamp arm wobbles");
  await expect(page.getByLabel("Reach in cm")).toHaveValue("60");
  await expect(page.getByRole("radio", { name: submit.kind.complaint })).toBeChecked();
  await expect(page.getByText("joint.jpg")).toBeVisible();

  await page.getByRole("button", { name: submit.send, exact: true }).click();
  await expect(page).toHaveURL(/\/ideas\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { name: "lamp arm wobbles" })).toBeVisible();
  await page.goto("/ideas/new");
  await expect(page.getByRole("toolbar", { name: submit.toolbar })).toBeVisible();
  await expect(page.getByLabel(submit.titleLabel)).toHaveValue("");
  await expect(page.getByText("joint.jpg")).toBeHidden();
});

test("an idea that was sent after the session was lost is still there with its photo after signing in again", async ({
  person,
}) => {
  const page = await person(APPROVER);
  await page.goto("/ideas/new");
  await expect(page.getByRole("toolbar", { name: submit.toolbar })).toBeVisible();
  await page.getByLabel(submit.titleLabel).fill("A lamp that remembers");
  await page.getByLabel(submit.bodyLabel).fill("What I typed before.");
  await page
    .getByLabel(attachments.choose)
    .setInputFiles({ name: "lamp.jpg", mimeType: "image/jpeg", buffer: await photo(60, 40) });
  await expect(page.getByText(`${attachments.phase.ready} ·`)).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole("button", { name: submit.send, exact: true }).click();
  await expect(page).toHaveURL(/\/login\?next=/);
  await sendSignIn(page, APPROVER, demoPassword);
  await expect(page).toHaveURL(/\/ideas\/new$/);
  await expect(page.getByLabel(submit.titleLabel)).toHaveValue("A lamp that remembers");
  await expect(page.getByLabel(submit.bodyLabel)).toHaveValue("What I typed before.");
  await expect(page.getByText("lamp.jpg")).toBeVisible();
});

test("without JavaScript one looks for similar ideas, answers what the product asks, and sends a file along", async ({
  person,
}) => {
  const page = await person(APPROVER, { javaScriptEnabled: false });
  await page.goto("/ideas/new");
  await page.getByLabel(submit.titleLabel).fill("lamp arm wobbles");
  await page.getByLabel(submit.bodyLabel).fill("Sent without scripts.");
  await page.getByLabel(catalog.product).selectOption("Aria");
  await page
    .getByLabel(attachments.label)
    .setInputFiles({ name: "arm.jpg", mimeType: "image/jpeg", buffer: await photo(60, 40) });
  await page.getByRole("button", { name: submit.look }).click();
  await expect(page.getByRole("link", { name: "Stiffer joint" })).toBeVisible();
  await expect(page.getByText(submit.looked)).toBeVisible();
  await expect(page.getByText(attachments.kept.replace("{names}", "arm.jpg"))).toBeVisible();
  await page.getByRole("button", { name: submit.send, exact: true }).click();
  // What the product asks for stands beside its field.
  await expect(page.getByText(ui.errors.required).first()).toBeVisible();
  await page.getByLabel("How it stands").selectOption("With the clamp");
  await page.getByRole("button", { name: submit.send, exact: true }).click();
  await expect(page).toHaveURL(/\/ideas\/[0-9a-f-]{36}$/);
  await expect(page.getByText("Sent without scripts.").first()).toBeVisible();
});
