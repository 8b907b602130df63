import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "@playwright/test";
import collabEn from "~/collab/words/en";
import collabUk from "~/collab/words/uk";
import ideasUkPages from "~/ideas/words/page/uk";
import staffIdeas from "~/ideas/words/staff/en";
import ideasUk from "~/ideas/words/uk";
import { hasRedis } from "../redis.mjs";
import { DESKTOP, expect, PHONE, test } from "./journey";
import { type LiveSite, oneProcess, twoProcesses } from "./live-sites";
import {
  brief,
  drawn,
  equal,
  field,
  items,
  openBrowser,
  putStickies,
  shown,
  shownAsSaved,
  status,
  thing,
  typeWords,
  watchSaved,
} from "./story-2-screens";
import { caretAt, comeToBrief } from "./writing";

/** Story 2: co-design at the same time. Oksana (the owner) on a phone, Lena (the designer) and Taras (the approver) at desks. */

const { outline, tools } = collabEn.board;
const AT_ONCE = { timeout: 1_000 };
const SOON = { timeout: 2_000 };
/** As long as a browser may take to come back by itself. */
const BACK = { timeout: 30_000 };

async function story(browser: Browser, site: LiveSite): Promise<void> {
  const people = [
    ["owner@metis.example", { viewport: PHONE }],
    ["designer@tandem.example", { viewport: DESKTOP }],
    ["approver@metis.example", { viewport: DESKTOP }],
  ] as const;
  const [oksana, lena, taras] = await Promise.all(
    people.map(([login, options]) => openBrowser(browser, site, login, options)),
  );
  if (!oksana || !lena || !taras) throw new Error("not everybody came");
  const [owner, designer, approver] = [oksana.page, lena.page, taras.page];
  const all = [owner, designer, approver];
  const asked: string[] = [];
  owner.on("request", (request) => asked.push(request.url()));

  await owner.goto("/ideas/new");
  await owner.getByLabel(ideasUkPages.submit.titleLabel).fill("Story");
  await owner.getByLabel(ideasUkPages.submit.bodyLabel).fill("60 × 40");
  await owner.getByRole("button", { name: ideasUkPages.submit.send }).click();
  await expect(owner).toHaveURL(/\/ideas\/[0-9a-f-]{36}/);
  const path = new URL(owner.url()).pathname;
  await designer.goto(`/staff${path}`);
  await approver.goto(path);
  await Promise.all(all.map(comeToBrief));

  await test.step("each sees the others' names and carets within a second", async () => {
    const label = (page: Page, name: string) => page.locator(".collaboration-carets__label", { hasText: name });
    const follow = (words: typeof collabEn | typeof collabUk, name: string) => words.who.follow.replace("{name}", name);
    await expect(owner.getByRole("button", { name: follow(collabUk as never, "Lena Hartmann") })).toBeVisible(AT_ONCE);
    await expect(designer.getByRole("button", { name: follow(collabEn, "Оксана Левчук") })).toBeVisible(AT_ONCE);
    const line = (page: Page) => brief(page).getByText("60 × 40");
    await caretAt(owner, line(owner), "End");
    await expect(label(designer, "Оксана Левчук")).toBeAttached(AT_ONCE);
    await caretAt(designer, line(designer), "Home");
    await expect(label(owner, "Lena Hartmann")).toBeAttached(AT_ONCE);
    await caretAt(approver, line(approver), "End");
  });

  await test.step("all type in one paragraph: equal within two seconds, and each takes back only their own", async () => {
    const type = async (page: Page, words: string) => page.keyboard.type(words, { delay: 20 });
    await Promise.all([
      type(owner, " пружина слабка"),
      type(designer, "the joint sinks "),
      type(approver, " and it squeaks"),
    ]);
    await equal(all, SOON);
    const text = (await brief(owner).textContent()) ?? "";
    expect(text.replace(/[^а-яґєії]/g, "")).toContain("пружинаслабка");
    // As many steps as there were pauses, and more: nobody else's is ever among them.
    for (let step = 0; step < 20; step += 1) await designer.keyboard.press("ControlOrMeta+z");
    await expect.poll(async () => (await shown(designer)).join(" ")).not.toMatch(/joint|sinks/);
    await equal(all, SOON);
    const left = (await shown(owner)).join("");
    for (const kept of ["60", "40"]) expect(left).toContain(kept);
    expect(left.replace(/[^а-яґєії]/g, "")).toBe("пружинаслабка");
    expect(left.replace(/[^a-z]/g, "")).toBe("anditsqueaks");
  });

  const toolsOf = (page: Page) =>
    page.getByRole("toolbar", { name: page === owner ? collabUk.board.tools.bar : tools.bar });
  await owner.getByRole("link", { name: ideasUk.page.board }).click();
  await designer.goto(`/staff${path}/board`);
  await Promise.all([owner, designer].map((page) => expect(toolsOf(page)).toBeVisible(BACK)));

  await test.step("by keyboard alone: a thing is added and moved in the list, and a screen reader hears it", async () => {
    await owner.getByLabel(collabUk.board.outline.new).focus();
    await owner.keyboard.type("Пружина 4 мм");
    await owner.keyboard.press("Enter");
    await expect(field(designer, "Пружина 4 мм")).toHaveCount(1, SOON);
    await expect(designer.getByRole("status").filter({ hasText: "added: Sticky “Пружина 4 мм”" })).toBeAttached();
    const right = items(owner).first().getByRole("button", { name: collabUk.board.outline.right });
    await right.focus();
    await owner.keyboard.press("Enter");
    await expect(right).toBeFocused();
    await expect(owner.getByRole("status").filter({ hasText: collabUk.board.outline.right })).toBeAttached();
  });

  await test.step("both draw: equal within two seconds, and Ctrl-Z takes back only one's own", async () => {
    await toolsOf(designer).getByRole("button", { name: tools.ellipse, exact: true }).click();
    const canvas = designer.getByRole("region", { name: collabEn.board.page.drawing }).locator("canvas.interactive");
    const box = await canvas.boundingBox();
    if (!box) throw new Error("there is no canvas");
    await designer.mouse.move(box.x + 60, box.y + 60);
    await designer.mouse.down();
    await designer.mouse.move(box.x + 140, box.y + 130, { steps: 4 });
    await designer.mouse.up();
    await expect(items(owner)).toHaveCount(2, SOON);
    await owner.getByLabel(collabUk.board.outline.new).fill("Шарнір");
    await owner.keyboard.press("Enter");
    await expect(items(designer)).toHaveCount(3, SOON);
    await designer.keyboard.press("ControlOrMeta+z");
    await expect(items(owner)).toHaveCount(2, SOON);
    await expect(field(owner, "Шарнір")).toHaveCount(1);
    await designer.keyboard.press("ControlOrMeta+Shift+z");
    await expect(items(owner)).toHaveCount(3, SOON);
    await designer.getByLabel(outline.new).fill("Spring steel");
    await designer.keyboard.press("Enter");
    await expect(items(owner)).toHaveCount(4, SOON);
    await equal([owner, designer], SOON);
  });

  await test.step("what staff draw beside it never comes to the owner, whatever they ask for", async () => {
    await designer.getByRole("link", { name: staffIdeas.layer.own }).click();
    await expect(designer).toHaveURL(/\/layer$/);
    await expect(designer.getByText(/No customer or guest/)).toBeVisible();
    await designer.getByLabel(outline.new).fill("Margin is thin");
    await designer.keyboard.press("Enter");
    await expect(field(designer, "Margin is thin")).toHaveCount(1);
    await expect(status(designer)).toHaveText(collabEn.state.saved);
    await designer.getByRole("link", { name: staffIdeas.layer.shared }).click();
    await expect(designer).toHaveURL(/\/board$/);
    await expect(toolsOf(designer)).toBeVisible(BACK);
    const room = `idea:${path.split("/").at(-1)}`;
    const ticket = (part: string) =>
      owner.evaluate(async (name) => (await fetch(`/api/collab/ticket?room=${name}`)).status, `${room}:${part}`);
    expect([await ticket("board"), await ticket("staff-layer")]).toEqual([200, 404]);
    const came = Buffer.concat(oksana.heard);
    expect(came.includes("Пружина 4 мм")).toBe(true);
    expect(came.includes("Margin is thin")).toBe(false);
    expect(asked.filter((address) => address.includes("staff-layer") && !address.includes("/ticket?"))).toEqual([]);
  });

  let [put, typed]: [string[], string[]] = [[], []];
  let promised: string[] = [];
  await test.step("the owner is offline and the server is killed while the others go on", async () => {
    await oksana.cutOff(true);
    await expect(status(owner)).toHaveText(collabUk.state.kept);
    await field(owner, "Пружина 4 мм").fill("Пружина 5 мм");
    await owner.keyboard.press("Enter");
    await thing(owner, "Spring steel").getByRole("button").last().press("Enter");
    await expect(items(owner)).toHaveCount(3);
    await expect(status(owner)).toHaveText(collabUk.state.kept);

    // The same two things, by somebody who knows nothing of that.
    await thing(designer, "Spring steel").getByRole("button", { name: outline.down }).press("Enter");
    await field(designer, "Spring steel").fill("Spring steel, 2 mm");
    await designer.keyboard.press("Enter");
    await field(designer, "Пружина 4 мм").fill("Spring of 6 mm");
    await designer.keyboard.press("Enter");

    await watchSaved(designer, collabEn);
    await watchSaved(approver, collabEn);
    await brief(approver).click();
    await approver.keyboard.press("ControlOrMeta+End");
    let over = false;
    const working = Promise.all([putStickies(designer, "d", () => over), typeWords(approver, "a", () => over)]);
    // One's own, and not what was there before.
    const some = (page: Page, name: string) =>
      expect
        .poll(async () => (await shownAsSaved(page)).filter((word) => word.startsWith(name)).length)
        .toBeGreaterThan(2);
    await Promise.all([some(designer, "d"), some(approver, "a")]);
    await site.strike();
    await sleep(500);
    if (site.servesOn) {
      over = true;
      [put, typed] = await working;
      // By the other process, and nobody has reloaded anything.
      for (const page of [designer, approver]) await expect(status(page)).toHaveText(collabEn.state.saved, BACK);
    }
    await site.mend();
    over = true;
    [put, typed] = await working;
    for (const page of [designer, approver]) await expect(status(page)).toHaveText(collabEn.state.saved, BACK);
    promised = (await Promise.all([designer, approver].map(shownAsSaved)))
      .flat()
      .filter((word) => /^[ad]\d/.test(word));
  });

  await test.step("the owner is back: all are equal, and nothing returns from the dead", async () => {
    await oksana.cutOff(false);
    await expect(status(owner)).toHaveText(collabUk.state.saved, BACK);
    await approver.goto(`${path}/board`);
    await expect(toolsOf(approver)).toBeVisible(BACK);
    await equal(all, BACK);
    const things = await shown(owner);
    expect(things.filter((says) => says.startsWith("Spring steel"))).toEqual([]);
    expect(things).toHaveLength(3 + put.length);
    for (const words of put) expect(things.filter((says) => says === words)).toHaveLength(1);
    const pictures = await Promise.all([
      drawn(owner, collabUk.board.save),
      drawn(designer, collabEn.board.save),
      drawn(approver, collabEn.board.save),
    ]);
    expect(new Set(pictures).size).toBe(1);
    expect(pictures[0]).not.toContain("Margin is thin");
  });

  await test.step("nothing that was shown as saved is lost, also for whoever opens it anew", async () => {
    await Promise.all(all.map((page) => page.reload()));
    // The list as the server sent it has no fields yet.
    for (const page of all) await expect.poll(async () => (await shown(page)).length, BACK).toBe(3 + put.length);
    await equal(all, BACK);
    const things = await shown(owner);
    await approver.goto(path);
    await comeToBrief(approver);
    await expect.poll(async () => (await shown(approver)).at(-1), BACK).toBe(typed.at(-1));
    const words = await shown(approver);
    expect(words.filter((word) => typed.includes(word))).toEqual(typed);
    expect(promised.length).toBeGreaterThan(4);
    expect(promised.filter((word) => !things.includes(word) && !words.includes(word))).toEqual([]);
  });
  await Promise.all(all.map((page) => page.context().close()));
}

// What is lost once is lost: no second try.
test.describe.configure({ retries: 0 });

const SITES = [
  ["one process, which is killed and started again", oneProcess],
  ["two processes and a Redis, one process killed", twoProcesses],
] as const;

for (const [name, open] of SITES) {
  test(`three people design at the same time, one of them offline meanwhile: ${name}`, async ({ browser }) => {
    test.skip(open === twoProcesses && !hasRedis(), "there is no redis-server");
    test.setTimeout(150_000);
    const site = await open();
    try {
      await story(browser, site);
    } finally {
      await site.dispose();
    }
  });
}
