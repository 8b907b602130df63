import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { generateNKeysBetween } from "fractional-indexing";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { elementsOf } from "~/collab/board-elements";
import { boardRoom } from "~/collab/room";
import collabEn from "~/collab/words/en";
import collabUk from "~/collab/words/uk";
import staffIdeas from "~/ideas/words/staff/en";
import ideasUk from "~/ideas/words/uk";
import { ideaId, stifferJoint } from "../personas";
import { expect, PHONE, test } from "./journey";

const OWNER = "owner@metis.example";
const DESIGNER = "designer@tandem.example";
/** One that no other journey draws on. */
const MANY = ideaId(24);
const { outline, tools } = collabEn.board;

const items = (page: Page) => page.locator(".board-item");
const field = (page: Page, says: string) => page.locator(`.board-item input[value="${says}"]`);

/** A sentence that is read aloud, unless it was seen before. */
const heard = (page: Page, sentence: string | RegExp) =>
  page.getByRole("status").locator("span:not([data-heard])").filter({ hasText: sentence });

test("two people draw on a board, each sees what the other drew, and each takes back only their own", async ({
  person,
}) => {
  const [owner, designer] = await Promise.all([person(OWNER, { viewport: PHONE }), person(DESIGNER)]);
  const asked: string[] = [];
  for (const page of [owner, designer]) page.on("request", (request) => asked.push(new URL(request.url()).host));
  await owner.goto(`/ideas/${stifferJoint}`);
  await owner.getByRole("link", { name: ideasUk.page.board }).click();
  await expect(owner).toHaveURL(/\/board$/);
  await designer.goto(`/staff/ideas/${stifferJoint}/board`);
  const bar = designer.getByRole("toolbar", { name: tools.bar });
  await expect(bar).toBeVisible({ timeout: 30_000 });
  await expect(owner.getByRole("toolbar", { name: collabUk.board.tools.bar })).toBeVisible({ timeout: 30_000 });

  // Keyboard alone, in the list: a sticky, which the designer's list says politely.
  await owner.getByLabel(collabUk.board.outline.new).focus();
  await owner.keyboard.type("Пружина 4 мм");
  await owner.keyboard.press("Enter");
  await expect(items(owner)).toHaveCount(1);
  await expect(items(designer)).toHaveCount(1);
  await expect(designer.getByText(/added: .*Пружина 4 мм/)).toBeAttached();

  // With the mouse, on the canvas.
  await bar.getByRole("button", { name: tools.ellipse, exact: true }).click();
  const canvas = designer.getByRole("region", { name: collabEn.board.page.drawing }).locator("canvas.interactive");
  const box = await canvas.boundingBox();
  if (!box) throw new Error("there is no canvas");
  await designer.mouse.move(box.x + 60, box.y + 60);
  await designer.mouse.down();
  await designer.mouse.move(box.x + 140, box.y + 130, { steps: 4 });
  await designer.mouse.up();
  await expect(items(designer)).toHaveCount(2);
  await expect(items(owner)).toHaveCount(2);
  await expect(owner.getByText(collabUk.board.page.kind.shape, { exact: true })).toBeVisible();

  // The owner gives the sticky other words and moves it, by keyboard.
  await field(owner, "Пружина 4 мм").focus();
  await owner.keyboard.press("ControlOrMeta+a");
  await owner.keyboard.type("Пружина 5 мм");
  await owner.keyboard.press("Enter");
  await expect(field(designer, "Пружина 5 мм")).toHaveCount(1);
  await expect(heard(designer, /^(?!Somebody).+ changed: Sticky “Пружина 5 мм”\.$/)).toBeAttached();
  const right = items(owner).first().getByRole("button", { name: collabUk.board.outline.right });
  await right.focus();
  await owner.keyboard.press("Enter");
  await expect(right).toBeFocused();

  // Told to both, and again when the same is done again.
  const mine = heard(owner, `Стікер «Пружина 5 мм»: ${collabUk.board.outline.right}.`);
  const theirs = heard(designer, /^(?!Somebody).+ moved: Sticky “Пружина 5 мм”\.$/);
  for (const told of [mine, theirs]) {
    await expect(told).toBeAttached();
    await told.evaluate((sentence) => sentence.setAttribute("data-heard", ""));
  }
  await owner.keyboard.press("Enter");
  await expect(mine).toBeAttached();
  await expect(theirs).toBeAttached();

  // Each takes back their own.
  await bar.getByRole("button", { name: tools.undo }).click();
  await expect(items(designer)).toHaveCount(1);
  await expect(items(owner)).toHaveCount(1);
  await expect(field(owner, "Пружина 5 мм")).toHaveCount(1);
  await bar.getByRole("button", { name: tools.redo }).click();
  await expect(items(owner)).toHaveCount(2);

  // What somebody takes away is told under their name.
  await items(owner)
    .last()
    .getByRole("button", { name: collabUk.board.outline.remove.replace("{name}", "") })
    .click();
  await expect(heard(designer, /^(?!Somebody).+ removed: Shape\.$/)).toBeAttached();
  await owner.getByRole("button", { name: collabUk.board.tools.undo }).click();
  await expect(items(designer)).toHaveCount(2);

  // A template is one step, for both.
  await designer.getByRole("button", { name: collabEn.board.templates.beforeAfter }).click();
  await expect(items(owner)).toHaveCount(6);
  await expect(field(owner, collabEn.board.templates.changed)).toHaveCount(1);

  // A file of it in each form.
  const save = async (format: string) => {
    const coming = designer.waitForEvent("download");
    await designer.getByRole("button", { name: collabEn.board.save.replace("{format}", format.toUpperCase()) }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe(`Stiffer joint.${format}`);
    return readFileSync(await file.path());
  };
  // What lies in a frame ends there in the file, too.
  const [drawn] = /<svg[\s\S]*<\/svg>/.exec((await save("svg")).toString()) ?? [""];
  expect(drawn.match(/ clip-path="url\(#/g)).toHaveLength(4);
  expect(drawn).toContain("Пружина");
  await bar.getByRole("button", { name: tools.undo }).click();
  await expect(items(owner)).toHaveCount(2);

  expect((await save("png")).subarray(1, 4).toString()).toBe("PNG");
  expect((await save("pdf")).toString("latin1")).toMatch(/^%PDF-1\.4\n[\s\S]*\/DCTDecode[\s\S]*%%EOF\n$/);

  // What staff draw beside it is theirs alone.
  await designer.getByRole("link", { name: staffIdeas.layer.own }).click();
  await expect(designer.getByText(/No customer or guest/)).toBeVisible();
  await designer.getByLabel(outline.new).fill("Margin is thin");
  await designer.getByRole("button", { name: outline.add, exact: true }).click();
  await expect(field(designer, "Margin is thin")).toHaveCount(1);
  await expect(field(owner, "Margin is thin")).toHaveCount(0);
  expect([...new Set(asked)]).toEqual([new URL(owner.url()).host]);
});

test("of a board with very many things the list shows a hundred at a time", async ({ person, server }) => {
  const designer = await person(DESIGNER);
  const cookie = (await designer.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  class AsDesigner extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie, origin: server.origin } });
    }
  }
  const doc = new Y.Doc();
  const line = new WebsocketProvider(`ws://localhost:${server.port}/collab`, boardRoom(MANY), doc, {
    WebSocketPolyfill: AsDesigner as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  await expect.poll(() => line.synced).toBe(true);
  const indices = generateNKeysBetween(null, null, 250);
  doc.transact(() => {
    for (const [at, index] of indices.entries()) {
      const fields = {
        type: "text",
        index,
        x: at * 10,
        y: at * 10,
        width: 90,
        height: 25,
        text: `Thing ${at + 1}`,
        originalText: `Thing ${at + 1}`,
      };
      elementsOf(doc).set(`many-${at}`, new Y.Map<unknown>(Object.entries(fields)));
    }
  });
  await designer.goto(`/staff/ideas/${MANY}/board`);
  const parts = designer.getByRole("navigation", { name: collabEn.board.page.pages });
  await expect(field(designer, "Thing 100")).toBeVisible({ timeout: 30_000 });
  await expect(items(designer)).toHaveCount(100);
  const next = parts.getByRole("button", { name: collabEn.board.page.after });
  for (const [says, count, last] of [
    ["101–200 of 250", 100, "Thing 200"],
    ["201–250 of 250", 50, "Thing 250"],
    // There are no more: nothing happens, and whoever pressed stays where they are.
    ["201–250 of 250", 50, "Thing 250"],
  ] as const) {
    await next.press("Enter");
    await expect(next).toBeFocused();
    await expect(parts.getByRole("status")).toHaveText(says);
    await expect(items(designer)).toHaveCount(count);
    await expect(field(designer, last)).toHaveCount(1);
  }
  line.destroy();
  doc.destroy();
});
