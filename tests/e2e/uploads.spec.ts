import type { Page } from "@playwright/test";
import sharp from "sharp";
import ideas from "~/ideas/words/en";
import ideaPages from "~/ideas/words/page/en";
import { expect, photograph, test } from "./journey";

const { attachments } = ideas;
const { submit } = ideaPages;
/** Where the browser puts the bytes. */
const BYTES = /\/storage\/v1\/object\/upload\//;

const photo = () =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: "#c9b79c" } })
    .png()
    .toBuffer();
const named = (sentence: string, name: string) => sentence.replace("{name}", name);

/** What a browser hands over with a paste or a drop: one picture. */
const handed = (page: Page, name: string, bytes: Buffer) =>
  page.evaluateHandle(
    ([called, data]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(data)], called, { type: "image/png" }));
      return transfer;
    },
    [name, [...bytes]] as const,
  );

test("a file shows how far it is, is cancelled, sent again after a failure, pasted and dropped; a phone offers its camera", async ({
  person,
}) => {
  const page = await person("approver@metis.example");
  await page.goto("/ideas/new");
  const choose = page.getByLabel(attachments.choose);
  await expect(choose).toBeAttached();
  await expect(page.locator('input[type="file"][capture="environment"]')).toHaveAttribute(
    "accept",
    "image/jpeg,image/png,image/webp,image/avif,image/gif",
  );
  const buffer = await photo();
  const sent = page.locator('input[type="hidden"][name="attachments"]');

  // Held on its way, it shows how far it is; cancelled, nothing of it stays.
  const held: (() => Promise<void>)[] = [];
  await page.route(BYTES, (route) => void held.push(() => route.abort()));
  await choose.setInputFiles({ name: "slow.png", mimeType: "image/png", buffer });
  await expect(page.getByRole("progressbar", { name: named(attachments.sendingOf, "slow.png") })).toBeVisible();
  await expect.poll(() => held.length).toBe(1);
  await photograph(page, "upload-on-its-way");
  await page.getByRole("button", { name: named(attachments.cancel, "slow.png") }).click();
  await expect(page.getByText("slow.png")).toHaveCount(0);
  await expect(sent).toHaveCount(0);

  // The line breaks: it says so, and goes when it is asked to.
  await page.unroute(BYTES);
  await page.route(BYTES, (route) => route.abort("connectionfailed"), { times: 1 });
  await choose.setInputFiles({ name: "broken.png", mimeType: "image/png", buffer });
  await expect(page.getByText(attachments.refusal.failed)).toBeVisible();
  await expect(sent).toHaveCount(0);
  await page.getByRole("button", { name: named(attachments.retry, "broken.png") }).click();
  await expect(sent).toHaveCount(1);

  const body = page.getByLabel(submit.bodyLabel);
  await body.fill("Three pictures of it.");
  const pasted = await handed(page, "pasted.png", buffer);
  await body.evaluate(
    (field, clipboardData) =>
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })),
    pasted,
  );
  await expect(page.getByText("pasted.png")).toBeVisible();
  await expect(body).toHaveValue("Three pictures of it.");
  await page
    .getByText(attachments.drop)
    .dispatchEvent("drop", { dataTransfer: await handed(page, "dropped.png", buffer) });
  await expect(page.getByText("dropped.png")).toBeVisible();
  await expect(sent).toHaveCount(3);
  await expect(page.getByText(`${attachments.phase.ready} ·`)).toHaveCount(3, { timeout: 15_000 });

  await page.getByLabel(submit.titleLabel).fill("Pictures by hand");
  await page.getByRole("button", { name: submit.send, exact: true }).click();
  await expect(page.getByRole("heading", { name: "Pictures by hand" })).toBeVisible();
  for (const name of ["broken.png", "pasted.png", "dropped.png"]) {
    await expect(page.getByRole("img", { name })).toBeVisible();
  }
  await expect(page.getByText("slow.png")).toHaveCount(0);
});

test("who held the plain chooser when the better one came keeps it, and what was chosen there goes with the form", async ({
  person,
}) => {
  const page = await person("approver@metis.example");
  let release = () => {};
  const asked = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/attachment-uploader-[^/]*\.js/, async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto("/ideas/new");
  const plain = page.locator('input[type="file"][name="attachments"]');
  const better = page.getByLabel(attachments.choose);
  await plain.focus();
  const came = page.waitForResponse(/\/attachment-uploader-[^/]*\.js/);
  release();
  await (await came).finished();
  // Loaded by now, or by the time this import of the same module is there.
  const address = (await came).url();
  await page.evaluate((module) => import(module).then(() => undefined), address);
  await expect(plain).toBeFocused();
  await plain.setInputFiles({ name: "plain.png", mimeType: "image/png", buffer: await photo() });
  await page.getByLabel(submit.titleLabel).fill("A picture chosen early");
  await page.getByLabel(submit.bodyLabel).fill("It was there before the page was.");
  await expect(better).toHaveCount(0);
  await page.getByRole("button", { name: submit.send, exact: true }).click();
  await expect(page.getByRole("heading", { name: "A picture chosen early" })).toBeVisible();
  await expect(page.getByRole("img", { name: "plain.png" })).toBeVisible();

  // Left without a file, it makes room.
  await page.unroute(/\/attachment-uploader-[^/]*\.js/);
  await page.goto("/ideas/new");
  await expect(better).toBeAttached();
});
