import sharp from "sharp";
import en from "~/ideas/words/en";
import staffIdeas from "~/ideas/words/staff/en";
import uk from "~/ideas/words/uk";
import { metisIdeas, stifferJoint } from "../personas";
import { expect, photograph, test } from "./journey";

const OWNER = "owner@metis.example";
const COLLEAGUE = "approver@metis.example";
const DESIGNER = "designer@tandem.example";

test("support adds an account once, a colleague a person; the maker reads why, and others never learn whose it is", async ({
  person,
}) => {
  const owner = await person(OWNER);
  await owner.goto("/ideas/new");
  await owner.getByLabel(uk.submit.titleLabel).fill("lamp arm wobbles");
  const similar = owner.getByRole("main").locator(`a[href*="${stifferJoint}"]`).first();
  await expect(similar).toBeVisible();
  await owner.goto(`/ideas/${stifferJoint}`);
  const counts = owner.getByRole("region", { name: uk.support.title }).locator("p").first();
  await expect(counts).toContainText("1");
  await owner.getByRole("button", { name: uk.support.support }).click();
  await expect(counts).toContainText("2");
  await expect(owner.getByRole("button", { name: uk.support.withdraw })).toBeVisible();
  await owner.getByLabel(uk.support.words).fill("at 60 cm reach, in seven offices");
  const photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: "#0c5a5b" } })
    .png()
    .toBuffer();
  await owner
    .locator('form:has([name="words"]) input[type="file"]')
    .first()
    .setInputFiles({ name: "wobble.png", mimeType: "image/png", buffer: photo });
  await expect(owner.locator('form:has([name="words"]) input[name="attachments"][value]').first()).toBeAttached();
  await owner.getByRole("button", { name: uk.support.send }).click();
  await expect(
    owner.getByRole("region", { name: uk.page.ourSupport }).getByText("at 60 cm reach, in seven offices"),
  ).toBeVisible();
  await photograph(owner, "idea-supported");

  const colleague = await person(COLLEAGUE);
  await colleague.goto(`/ideas/${stifferJoint}`);
  const panel = colleague.getByRole("region", { name: en.support.title });
  await expect(panel.locator("p").first()).toContainText("2 accounts need this");
  await expect(panel.locator("p").first()).toContainText("2 people");
  await colleague.getByRole("button", { name: en.support.support }).click();
  await expect(panel.locator("p").first()).toContainText("3 people");
  await expect(panel.locator("p").first()).toContainText("2 accounts need this");
  // The owner's open page hears of it.
  await expect(counts).toContainText("3");

  const designer = await person(DESIGNER);
  await designer.goto(`/staff/ideas/${stifferJoint}`);
  const evidence = designer.getByRole("region", { name: en.support.title });
  await expect(evidence.getByText("at 60 cm reach, in seven offices")).toBeVisible();
  await expect(evidence.getByRole("img", { name: "wobble.png" })).toBeVisible();
  await expect(evidence.getByText("Оксана Левчук")).toBeVisible();
  const secret = "Ask Bergmann about the Delta washer";
  await designer.getByLabel(staffIdeas.staff.noteLabel).fill(secret);
  await designer.getByRole("button", { name: staffIdeas.staff.noteSend }).click();
  await expect(designer.getByText(secret)).toBeVisible();
  await photograph(designer, "staff-idea-evidence");

  const sent: Promise<string>[] = [];
  owner.on("response", (answer) => {
    // The stream of news has no end to wait for; it names topics and holds no words.
    if (new URL(answer.url()).pathname !== "/api/live") sent.push(answer.text().catch(() => ""));
  });
  await owner.reload({ waitUntil: "load" });
  await expect(owner.getByRole("heading", { level: 1 })).toBeVisible();
  expect((await Promise.all(sent)).join("\n")).not.toContain("Bergmann");

  const brix = await person("owner@brix.example");
  await brix.goto(`/ideas/${stifferJoint}`);
  await expect(brix.getByText(en.shared.means)).toBeVisible();
  const source = await brix.content();
  for (const word of ["Metis", "Левчук", "in seven offices", "wobble.png", "Bergmann", "Hanlin"]) {
    expect(source).not.toContain(word);
  }
  await photograph(brix, "idea-shared");
});

test("staff merge a duplicate after seeing what it becomes, and unmerge restores both", async ({ person }) => {
  const designer = await person(DESIGNER);
  await designer.goto(`/staff/ideas/${metisIdeas.under_review}`);
  await designer.getByRole("link", { name: staffIdeas.merge.open }).click();
  await designer.getByLabel(staffIdeas.merge.search).fill("stiffer joint");
  await designer.getByRole("main").getByRole("button", { name: staffIdeas.merge.searchSend }).click();
  await designer.getByRole("link", { name: "Stiffer joint" }).click();
  await expect(designer.getByText(staffIdeas.merge.undoable)).toBeVisible();
  await photograph(designer, "staff-merge-preview");
  await designer.getByRole("button", { name: staffIdeas.merge.send, exact: true }).click();
  await expect(designer.getByRole("button", { name: staffIdeas.merge.unmerge })).toBeVisible();

  const owner = await person(OWNER);
  await owner.goto(`/ideas/${metisIdeas.under_review}`);
  await expect(owner.getByText(uk.together.title, { exact: true })).toBeVisible();
  await photograph(owner, "idea-together");
  await designer.getByRole("button", { name: staffIdeas.merge.unmerge }).click();
  await expect(designer.getByRole("link", { name: staffIdeas.merge.open })).toBeVisible();
  // The owner's open page hears of it.
  await expect(owner.getByText(uk.together.title, { exact: true })).toHaveCount(0);
});

test("a comment calls somebody by name with the keyboard alone, gets a reaction, and is corrected", async ({
  person,
}) => {
  const designer = await person(DESIGNER);
  await designer.goto(`/staff/ideas/${metisIdeas.done}`);
  const field = designer.getByLabel(en.page.commentLabel);
  await field.focus();
  await designer.keyboard.type("Good news for @Tar");
  await expect(designer.getByRole("option", { name: "Taras Hnatiuk" })).toBeVisible();
  await designer.keyboard.press("Enter");
  await expect(field).toHaveValue("Good news for @Taras Hnatiuk ");
  await designer.keyboard.type("and all");
  await designer.getByRole("button", { name: en.page.send }).press("Enter");
  const said = designer.getByRole("listitem").filter({ hasText: "Good news for @Taras Hnatiuk and all" });
  await expect(said).toBeVisible();
  await said.getByText(en.page.edit, { exact: true }).press("Enter");
  await designer.getByLabel(en.page.editLabel).fill("Good news for @Taras Hnatiuk and Metis");
  await designer.getByRole("button", { name: en.page.editSend }).press("Enter");
  await expect(designer.getByText("and Metis")).toBeVisible();
  await expect(designer.getByText(/edited on/)).toBeVisible();

  const colleague = await person(COLLEAGUE);
  await colleague.goto(`/ideas/${metisIdeas.done}`);
  const mine = colleague.getByRole("listitem").filter({ hasText: "Good news for @Taras Hnatiuk and Metis" });
  await mine.locator("summary").press("Enter");
  await mine.getByRole("button", { name: en.reaction.thanks }).press("Enter");
  await expect(designer.getByRole("button", { name: "Thank you: Taras Hnatiuk" })).toBeVisible();
});

test("an admin names a new status in four languages, and it is offered at once", async ({ person }) => {
  const admin = await person("admin@tandem.example");
  await admin.goto("/staff/settings/statuses");
  await photograph(admin, "staff-statuses");
  await admin.getByText(staffIdeas.statuses.add, { exact: true }).click();
  for (const [language, name] of Object.entries({
    English: "Trial",
    Українська: "Проба",
    Русский: "Проба",
    简体中文: "试用",
  })) {
    await admin.getByLabel(staffIdeas.statuses.name.replace("{language}", language)).last().fill(name);
  }
  await admin.getByRole("button", { name: staffIdeas.statuses.addSend }).click();
  await expect(admin.locator("summary").filter({ hasText: "Trial" })).toBeVisible();
  const designer = await person(DESIGNER);
  await designer.goto(`/staff/ideas/${stifferJoint}`);
  await expect(designer.getByLabel(staffIdeas.staff.moveTo).getByRole("option", { name: "Trial" })).toBeAttached();
});
