import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "@playwright/test";
import collabEn from "~/collab/words/en";
import collabUk from "~/collab/words/uk";
import ideasUkPages from "~/ideas/words/page/uk";
import { DESKTOP, expect, PHONE, photograph, test } from "./journey";
import { startServer, type TestServer } from "./server";
import { signIn } from "./sign-in";
import { comeToBrief } from "./writing";

/** A person who writes in letters nobody else uses, so that what became of each one's words can be told apart. */
interface Writer {
  readonly page: Page;
  readonly notMine: RegExp;
  readonly words: readonly string[];
  /** Everything this person typed, without the spaces between. */
  typed: string;
}

const ROUNDS = 10;
const UKRAINIAN = "плече лампи хитається на відстані шістдесят".split(" ");
const ENGLISH = "the joint needs a much stiffer spring".split(" ");

const brief = (page: Page) => page.locator(".live-brief").getByRole("textbox");
const state = (page: Page) => page.locator(".live-brief").getByRole("status");
const textOf = async (page: Page) => (await page.evaluate(() => window.briefText())).replace(/\s+/g, " ").trim();
const own = (writer: Pick<Writer, "notMine">, text: string) => text.replace(writer.notMine, "");

declare global {
  interface Window {
    /** The brief as it stands on the screen, without the names at the others' carets. */
    briefText: () => string;
    /** The longest text that was on the screen together with the word "saved". */
    shownAsSaved?: string;
  }
}

/** A browser of a demo login, signed in, that can say what its brief holds. */
async function openBrowser(browser: Browser, server: TestServer, login: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.origin, locale: "en-GB" });
  await context.addInitScript(() => {
    window.briefText = () => {
      const copy = document.querySelector(".live-brief [role=textbox]")?.cloneNode(true) as Element | undefined;
      for (const label of copy?.querySelectorAll(".collaboration-carets__caret, .ProseMirror-widget") ?? [])
        label.remove();
      return copy?.textContent ?? "";
    };
  });
  const page = await context.newPage();
  await signIn(page, login);
  return page;
}

/** From now on, after every painted frame, keeps the text that stood on the screen while it was called saved or stored. */
async function watchSaved(page: Page, { state: words }: { state: { saved: string; offline: string } }): Promise<void> {
  await page.evaluate(
    (promises) => {
      const look = () => {
        const said = document.querySelector(".live-brief [role=status]")?.textContent ?? "";
        const text = window.briefText();
        if (promises.includes(said.trim()) && text.length > (window.shownAsSaved ?? "").length)
          window.shownAsSaved = text;
        requestAnimationFrame(() => setTimeout(look));
      };
      look();
    },
    [words.saved, words.offline],
  );
}

const shownAsSaved = (page: Page) => page.evaluate(() => window.shownAsSaved ?? "");

/** Types word after word until told to stop, which is looked at between words. */
async function write(writer: Writer, isOver: () => boolean): Promise<void> {
  for (let turn = 0; !isOver(); turn += 1) {
    for (const letter of `${writer.words[turn % writer.words.length]} `) {
      await writer.page.keyboard.type(letter, { delay: 25 });
      writer.typed += letter.trim();
    }
  }
}

/** Opens a page, of a server that has just come back, too: what is proved here is what stands on it, not how soon. */
async function open(page: Page, path: string): Promise<void> {
  await expect(() => page.goto(path, { timeout: 30_000 })).toPass({ timeout: 90_000 });
}

/** Metis' owner on a phone suggests an idea, and the designer opens it on a desktop: two browsers, one brief. */
async function openTogether(owner: Page, designer: Page, server: TestServer): Promise<string> {
  await owner.setViewportSize(PHONE);
  await designer.setViewportSize(DESKTOP);
  await open(owner, `${server.origin}/ideas/new`);
  await owner.getByLabel(ideasUkPages.submit.titleLabel).fill("1200 × 400");
  await owner.getByLabel(ideasUkPages.submit.bodyLabel).fill("60 × 40 × 5");
  await owner.getByRole("button", { name: ideasUkPages.submit.send }).click();
  await expect(owner).toHaveURL(/\/ideas\/[0-9a-f-]{36}/);
  const id = /[0-9a-f-]{36}/.exec(owner.url())?.[0] ?? "";
  await open(designer, `${server.origin}/staff/ideas/${id}`);
  await Promise.all([owner, designer].map(comeToBrief));
  return id;
}

// What is lost once is lost: no second try.
test.describe.configure({ retries: 0 });

test("two people write one paragraph while the server is killed ten times, and nothing is lost or doubled", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const server = await startServer();
  try {
    const owner: Writer = {
      page: await openBrowser(browser, server, "owner@metis.example"),
      notMine: /[^а-яґєії]/g,
      words: UKRAINIAN,
      typed: "",
    };
    const designer: Writer = {
      page: await openBrowser(browser, server, "designer@tandem.example"),
      notMine: /[^a-z]/g,
      words: ENGLISH,
      typed: "",
    };
    const both = [owner, designer];
    const id = await openTogether(owner.page, designer.page, server);

    // In the same paragraph: the designer at its beginning, the owner at its end.
    await brief(owner.page).getByText("60 × 40 × 5").click();
    await owner.page.keyboard.press("End");
    await brief(designer.page).getByText("60 × 40 × 5").click();
    await designer.page.keyboard.press("Home");
    await watchSaved(owner.page, collabUk);
    await watchSaved(designer.page, collabEn);

    await test.step("each sees the other's name at the caret", async () => {
      const label = (page: Page) => page.locator(".collaboration-carets__label");
      await expect(label(owner.page)).toHaveText("Lena Hartmann", { timeout: 2000 });
      await expect(label(designer.page)).toHaveText("Оксана Левчук", { timeout: 2000 });
    });

    for (let round = 0; round < ROUNDS; round += 1) {
      await test.step(`round ${round + 1}: killed in the middle of typing`, async () => {
        const before = both.map(({ typed }) => typed.length);
        let over = false;
        const typing = Promise.all(both.map((writer) => write(writer, () => over)));
        // Each time a few letters later, so that the end comes at another place of an edit's way.
        while (both.some(({ typed }, who) => typed.length < (before[who] ?? 0) + 3 + round)) await sleep(1);
        await server.kill(round % 3 === 2 ? "group" : "server");
        await server.start();
        over = true;
        await typing;
        for (const [writer, word] of [
          [owner, collabUk.state.saved],
          [designer, collabEn.state.saved],
        ] as const) {
          await expect(state(writer.page)).toHaveText(word, { timeout: 30_000 });
        }
        await expect
          .poll(async () => (await textOf(owner.page)) === (await textOf(designer.page)), { timeout: 30_000 })
          .toBe(true);
        const text = await textOf(owner.page);
        for (const writer of both) expect(own(writer, text)).toBe(writer.typed);
        if (round === 0) {
          await photograph(owner.page, "brief-owner");
          await photograph(designer.page, "brief-designer");
        }
      });
    }

    const text = await textOf(owner.page);
    for (const writer of both) {
      expect(own(writer, text)).toBe(writer.typed);
      const promised = own(writer, await shownAsSaved(writer.page));
      expect(promised.length).toBeGreaterThan(0);
      expect(own(writer, text).startsWith(promised)).toBe(true);
    }
    expect(text.match(/60 × 40 × 5/g)).toHaveLength(1);

    await test.step("whoever opens it anew reads the same", async () => {
      for (const { page } of both) {
        await page.reload();
        await comeToBrief(page);
        await expect.poll(() => textOf(page)).toBe(text);
      }
    });
    await test.step("and so does whoever reads it without scripts", async () => {
      const context = await browser.newContext({
        baseURL: server.origin,
        javaScriptEnabled: false,
        storageState: await designer.page.context().storageState(),
      });
      const page = await context.newPage();
      await expect(async () => {
        await page.goto(`/staff/ideas/${id}`);
        expect((await page.locator(".live-brief").innerText()).replace(/\s+/g, " ")).toContain(text);
      }).toPass({ timeout: 15_000 });
      await context.close();
    });
  } finally {
    await server.dispose();
  }
});

test("what was shown as saved is there even if the server and the writer's browser end in the same moment", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const server = await startServer();
  try {
    const first = await openBrowser(browser, server, "owner@metis.example");
    const designer = await openBrowser(browser, server, "designer@tandem.example");
    const id = await openTogether(first, designer, server);
    await first.close();
    for (let round = 0; round < 3; round += 1) {
      const page = await first.context().newPage();
      await open(page, `/ideas/${id}`);
      await comeToBrief(page);
      await brief(page).click();
      await page.keyboard.press("ControlOrMeta+End");
      await watchSaved(page, collabUk);
      const owner: Writer = { page, notMine: /[^а-яґєії]/g, words: UKRAINIAN, typed: "" };
      const before = own(owner, await textOf(page)).length;
      // Its page is closed under it.
      const typing = write(owner, () => false).catch(() => undefined);
      await expect.poll(async () => own(owner, await shownAsSaved(page)).length).toBeGreaterThan(before);
      await sleep(100 + round * 200);
      await server.kill("group");
      const promised = own(owner, await shownAsSaved(page));
      await page.close({ runBeforeUnload: false });
      await typing;
      await server.start();
      await open(designer, `/staff/ideas/${id}`);
      await comeToBrief(designer);
      expect(own(owner, await textOf(designer)).startsWith(promised)).toBe(true);
    }
  } finally {
    await server.dispose();
  }
});
