import type { Page } from "@playwright/test";
import sharp from "sharp";
import en from "~/ideas/words/en";
import ukPages from "~/ideas/words/page/uk";
import zhPages from "~/ideas/words/page/zh";
import staffIdeas from "~/ideas/words/staff/en";
import uk from "~/ideas/words/uk";
import zh from "~/ideas/words/zh";
import { metisIdeas, stifferJoint } from "../personas";
import { expect, photograph, test } from "./journey";
import { press, skipToContent, tabTo, typeInto } from "./keyboard";

const ENGINEER = "engineer@hanlin.example";
const BRIX = "owner@brix.example";
const OWNER = "owner@metis.example";
const COLLEAGUE = "approver@metis.example";
const DESIGNER = "designer@tandem.example";

/**
 * The first story whole, with hands on the keyboard alone: Metis' owner finds the idea that is there already, people of four
 * sides look at it, a duplicate of Hanlin's comes and goes, and whoever supports it hears once what became of it.
 */
test("by keyboard alone an idea is found while it is typed, supported, merged and parted, and its supporters hear of its status once each", async ({
  person,
  nobody,
  server,
}) => {
  // Five people and their letters take longer than one.
  test.setTimeout(240_000);
  const [engineer, owner, colleague, brix, designer, mailbox] = await Promise.all([
    person(ENGINEER),
    person(OWNER),
    person(COLLEAGUE),
    person(BRIX),
    person(DESIGNER),
    nobody(),
  ]);
  for (const page of [engineer, owner, colleague, brix]) {
    // Whatever they chose before: of a status they hear at once, of a merge not by mail.
    const form = { digestHour: "9", status: "instant", merge: "off" };
    const kept = await page.request.post("/settings/notifications", { form, headers: { Origin: server.origin } });
    expect(kept.url()).toContain("saved");
  }
  const lettersTo = async (address: string, status: string) => {
    await mailbox.goto(`/dev/mail?to=${address}`);
    return mailbox.locator("article").filter({ hasText: "Stiffer joint" }).filter({ hasText: status }).count();
  };
  const readers = [
    { address: OWNER, status: "на «Розглядаємо»" },
    { address: COLLEAGUE, status: "to “Under review”" },
    { address: ENGINEER, status: "改为“评估中”" },
  ];
  const before: number[] = [];
  for (const { address, status } of readers) before.push(await lettersTo(address, status));
  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

  // Hanlin suggests what Metis' idea says already, and supports it.
  const duplicate = "灯臂伸到头就晃 60";
  await engineer.goto("/ideas", { waitUntil: "networkidle" });
  await skipToContent(engineer);
  await press(engineer.getByRole("main").getByRole("link", { name: zh.home.suggest }));
  await expect(heading(engineer, zhPages.submit.title)).toBeFocused();
  await typeInto(engineer.getByLabel(zhPages.submit.titleLabel, { exact: true }), duplicate);
  await typeInto(engineer.getByLabel(zhPages.submit.bodyLabel), "每次碰到都要等三秒。");
  await press(engineer.getByRole("button", { name: zhPages.submit.send }));
  await expect(heading(engineer, duplicate)).toBeFocused();
  await press(engineer.getByRole("button", { name: zh.support.support }));
  await expect(engineer.getByRole("button", { name: zh.support.withdraw })).toBeFocused();

  // Metis' owner types, sees what is there within half a second, and supports that.
  await owner.goto("/", { waitUntil: "networkidle" });
  await skipToContent(owner);
  await press(owner.getByRole("main").getByRole("link", { name: uk.home.suggest }).first());
  await expect(heading(owner, ukPages.submit.title)).toBeFocused();
  const waited = owner.evaluate(
    (id) =>
      new Promise<number>((resolve) => {
        let typedAt = 0;
        addEventListener("input", () => (typedAt = performance.now()), true);
        new MutationObserver(() => {
          if (document.querySelector(`main a[href="/ideas/${id}"]`)) resolve(performance.now() - typedAt);
        }).observe(document.body, { childList: true, subtree: true });
      }),
    stifferJoint,
  );
  await typeInto(owner.getByLabel(ukPages.submit.titleLabel), "lamp arm wobbles");
  expect(await waited, "milliseconds from the last letter to a similar idea").toBeLessThan(500);
  const similar = owner
    .getByRole("listitem")
    .filter({ has: owner.getByRole("link", { name: "Stiffer joint", exact: true }) });
  const [, known = ""] = /(\d+) організац/.exec(await similar.innerText()) ?? [];
  expect(Number(known)).toBeGreaterThan(0);
  await expect(owner.getByRole("main")).not.toContainText(duplicate);
  await press(similar.getByRole("button", { name: ukPages.similar.supportOf.replace("{title}", "Stiffer joint") }));
  await expect(similar.getByText(ukPages.similar.supported)).toBeVisible();
  // The button is gone: the line that says so has the focus, and what was typed is still there.
  await expect(similar).toBeFocused();
  await expect(owner.getByLabel(ukPages.submit.titleLabel)).toHaveValue("lamp arm wobbles");
  const opened = owner.context().waitForEvent("page");
  await press(similar.getByRole("link"));
  const stiffer = await opened;
  const counts = stiffer.getByRole("region", { name: uk.support.title, exact: true }).locator("p").first();
  const accounts = Number(known) + 1;
  await expect(counts).toHaveText(new RegExp(`^${accounts} \\D+\\d+`));
  const people = Number(/(\d+)\D*$/.exec(await counts.innerText())?.[1]);

  // In words, with a photo.
  await stiffer.waitForLoadState("networkidle");
  await skipToContent(stiffer);
  await typeInto(stiffer.getByLabel(uk.support.words), "at 60 cm reach, in seven offices");
  await tabTo(stiffer.locator('form:has([name="words"]) input[type="file"]').first());
  const [chooser] = await Promise.all([stiffer.waitForEvent("filechooser"), stiffer.keyboard.press("Space")]);
  const photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: "#0c5a5b" } })
    .png()
    .toBuffer();
  await chooser.setFiles({ name: "wobble.png", mimeType: "image/png", buffer: photo });
  await press(stiffer.getByRole("button", { name: uk.support.send }));
  await expect(
    stiffer.getByRole("region", { name: uk.page.ourSupport }).getByText("at 60 cm reach, in seven offices"),
  ).toBeVisible();
  await expect(stiffer.getByRole("region", { name: uk.support.title, exact: true })).toBeFocused();
  await photograph(stiffer, "idea-supported");

  // A colleague's support adds a person and no account.
  await colleague.goto(`/ideas/${stifferJoint}`, { waitUntil: "networkidle" });
  await skipToContent(colleague);
  const panel = colleague.getByRole("region", { name: en.support.title, exact: true });
  await expect(panel.locator("p").first()).toContainText(`${accounts} accounts need this`);
  await press(panel.getByRole("button", { name: en.support.support }));
  await expect(panel.locator("p").first()).toContainText(`${people + 1} people`);
  await expect(panel.locator("p").first()).toContainText(`${accounts} accounts need this`);
  // The owner's open page hears of it.
  await expect(counts).toHaveText(new RegExp(`^${accounts} \\D+${people + 1}\\D*$`));

  // The maker reads who needs it and why, and keeps a thought for the house.
  await designer.goto("/staff/ideas", { waitUntil: "networkidle" });
  const search = designer.getByLabel(en.list.searchLabel);
  const find = async (title: string) => {
    await designer.keyboard.press("/");
    await expect(search).toBeFocused();
    await designer.keyboard.type(title);
    await designer.keyboard.press("Enter");
    await expect(designer).toHaveURL(/[?&]q=/);
    await expect(search).toHaveValue(title);
    await expect(search).toBeFocused();
    await press(designer.getByRole("row").getByRole("link", { name: title, exact: true }));
    await expect(heading(designer, title)).toBeFocused();
  };
  await find("Stiffer joint");
  const evidence = designer.getByRole("region", { name: en.support.title, exact: true });
  await expect(evidence.getByText("at 60 cm reach, in seven offices")).toBeVisible();
  await expect(evidence.getByRole("img", { name: "wobble.png" })).toBeVisible();
  await expect(evidence.getByText("Оксана Левчук")).toBeVisible();
  const secret = "Ask Bergmann about the Delta washer";
  await typeInto(designer.getByLabel(staffIdeas.staff.noteLabel), secret);
  await press(designer.getByRole("button", { name: staffIdeas.staff.noteSend }));
  await expect(designer.getByText(secret)).toBeVisible();
  await photograph(designer, "staff-idea-evidence");

  // Neither page source nor loader data nor a socket tells the customer of it.
  const sent: Promise<string>[] = [];
  const frames: string[] = [];
  stiffer.on("response", (answer) => {
    // The stream of news has no end to wait for; it names topics and holds no words.
    if (new URL(answer.url()).pathname !== "/api/live") sent.push(answer.text().catch(() => ""));
  });
  stiffer.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(`${payload}`)));
  await stiffer.reload({ waitUntil: "load" });
  await expect(heading(stiffer, "Stiffer joint")).toBeVisible();
  expect([...(await Promise.all(sent)), ...frames].join("\n")).not.toContain("Bergmann");
  await brix.goto(`/ideas/${stifferJoint}`);
  await expect(brix.getByText(en.shared.means)).toBeVisible();
  const source = await brix.content();
  for (const word of ["Metis", "Левчук", "in seven offices", "wobble.png", "Bergmann", "Hanlin"]) {
    expect(source).not.toContain(word);
  }
  await photograph(brix, "idea-shared");

  // Merged, both accounts count once; parted, both ideas are what they were.
  await designer.keyboard.press("2");
  await expect(heading(designer, staffIdeas.staff.list)).toBeFocused();
  await find(duplicate);
  await press(designer.getByRole("link", { name: staffIdeas.merge.open }));
  await expect(designer.getByRole("region", { name: staffIdeas.merge.title })).toBeFocused();
  await typeInto(designer.getByLabel(staffIdeas.merge.search), "stiffer joint");
  await designer.keyboard.press("Enter");
  await press(designer.getByRole("link", { name: "Stiffer joint", exact: true }));
  await expect(designer.getByText(staffIdeas.merge.undoable)).toBeVisible();
  const row = (name: string) => designer.getByRole("row").filter({ hasText: name }).getByRole("cell");
  await expect(row(staffIdeas.merge.accounts)).toHaveText(["1", `${accounts}`, `${accounts}`]);
  await expect(row(staffIdeas.merge.people)).toHaveText(["1", `${people + 1}`, `${people + 1}`]);
  await photograph(designer, "staff-merge-preview");
  await press(designer.getByRole("button", { name: staffIdeas.merge.send, exact: true }));
  await expect(designer.getByRole("button", { name: staffIdeas.merge.unmerge })).toBeVisible();
  await expect(engineer.getByText(zh.together.title, { exact: true })).toBeVisible();
  await photograph(engineer, "idea-together");
  await press(designer.getByRole("link", { name: "Stiffer joint", exact: true }).first());
  await expect(heading(designer, "Stiffer joint")).toBeFocused();
  const total = evidence.locator("p").first();
  await expect(total).toHaveText(new RegExp(`^${accounts} \\D+${people + 1}\\D*$`));
  await press(designer.getByRole("button", { name: staffIdeas.merge.unmerge }));
  await expect(designer.getByRole("link", { name: duplicate })).toHaveCount(0);
  await expect(total).toHaveText(new RegExp(`^${accounts} \\D+${people + 1}\\D*$`));
  // The engineer's open page hears of it.
  await expect(engineer.getByText(zh.together.title, { exact: true })).toHaveCount(0);
  await expect(engineer.getByRole("region", { name: zh.support.title, exact: true }).locator("p").first()).toHaveText(
    /^1 \D+1\D*$/,
  );

  // Each supporter hears of the status in one letter, in their own language; Brix in none.
  const choice = designer.getByLabel(staffIdeas.staff.moveTo);
  const from = await designer
    .getByRole("region", { name: en.page.status, exact: true })
    .locator("p > span")
    .first()
    .innerText();
  const moveTo = async (status: string) => {
    await tabTo(choice, { back: true });
    await designer.keyboard.type(status);
    await expect(choice.locator("option:checked")).toHaveText(status);
    await press(designer.getByRole("button", { name: staffIdeas.staff.moveSend }));
    const said = designer.getByRole("main").getByRole("status");
    await expect(said.filter({ hasText: staffIdeas.staff.moveSaid.replace("{status}", status) })).toHaveCount(1);
  };
  // Whoever reads it on the page is sent no letter: nobody looks at the idea now.
  await Promise.all([stiffer.close(), colleague.goto("/ideas"), engineer.goto("/ideas")]);
  await moveTo("Under review");
  for (const [at, { address, status }] of readers.entries()) {
    await expect
      .poll(() => lettersTo(address, status), { timeout: 20_000, message: `letters to ${address}` })
      .toBe((before[at] ?? 0) + 1);
  }
  await moveTo(from);
  // By now a second letter would have come.
  for (const [at, { address, status }] of readers.entries()) {
    expect(await lettersTo(address, status)).toBe((before[at] ?? 0) + 1);
  }
  expect(await lettersTo(BRIX, "")).toBe(0);
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
    Ukrainian: "Проба",
    Russian: "Проба",
    Chinese: "试用",
  })) {
    await admin.getByLabel(staffIdeas.statuses.name.replace("{language}", language)).last().fill(name);
  }
  await admin.getByRole("button", { name: staffIdeas.statuses.addSend }).click();
  await expect(admin.locator("summary").filter({ hasText: "Trial" })).toBeVisible();
  const designer = await person(DESIGNER);
  await designer.goto(`/staff/ideas/${stifferJoint}`);
  await expect(designer.getByLabel(staffIdeas.staff.moveTo).getByRole("option", { name: "Trial" })).toBeAttached();
});
