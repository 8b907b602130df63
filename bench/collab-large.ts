import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "@playwright/test";
import { generateNKeysBetween } from "fractional-indexing";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { type BoardMap, elementsOf } from "../app/collab/board-elements";
import { boardRoom, briefRoom } from "../app/collab/room";
import { startServer, type TestServer } from "../tests/e2e/server";
import { signIn as signInPage } from "../tests/e2e/sign-in";
import { metisIdeas } from "../tests/personas";
import { signIn } from "./installation";
import { machine, table, writeResult } from "./report";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    characters: { type: "string", default: "250000" },
    elements: { type: "string", default: "5000" },
    seconds: { type: "string", default: "10" },
    /** Writes where the processor went while others write: <file>.cpuprofile for each part. */
    profile: { type: "string" },
  },
});
const [CHARACTERS, ELEMENTS, SECONDS] = [Number(options.characters), Number(options.elements), Number(options.seconds)];
/** Milliseconds: longer, and who works beside it feels it. */
const FELT = 100;
const WORDS = "the joint of the lamp needs a much stiffer spring at sixty centimetres ".repeat(8);

interface Measured {
  readonly what: string;
  readonly openMs: number | null;
  /** Lengths in milliseconds of what kept the page busy for 50 ms and longer. */
  readonly long: readonly number[];
}
const measured: Measured[] = [];

/** Another person, without a browser. */
async function companion(server: TestServer, cookie: string, room: string) {
  class WithHeaders extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie, origin: server.origin } });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${server.origin.replace("http", "ws")}/collab`, room, doc, {
    WebSocketPolyfill: WithHeaders as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  for (let waited = 0; !provider.synced; waited += 50) {
    if (waited > 30_000) throw new Error(`${room} does not open`);
    await pause(50);
  }
  const leave = () => {
    provider.destroy();
    doc.destroy();
  };
  return { doc, leave };
}

/** A brief of so many characters, in paragraphs, headings and lists as people write them. */
async function fillBrief(doc: Y.Doc): Promise<void> {
  const fragment = doc.getXmlFragment("default");
  for (let length = 0; length < CHARACTERS; ) {
    doc.transact(() => {
      for (let block = 0; block < 25 && length < CHARACTERS; block += 1) {
        const text = WORDS.slice(0, 80 + ((length * 7) % 440));
        const element = new Y.XmlElement("paragraph");
        element.insert(0, [new Y.XmlText(text)]);
        fragment.insert(fragment.length, [element]);
        length += text.length;
      }
    });
    await pause(20);
  }
}

/** So many things, a hundred beside each other. */
async function fillBoard(elements: BoardMap, doc: Y.Doc): Promise<void> {
  const indices = generateNKeysBetween(null, null, ELEMENTS);
  for (let from = 0; from < ELEMENTS; from += 250) {
    doc.transact(() => {
      for (let at = from; at < Math.min(from + 250, ELEMENTS); at += 1) {
        const type = at % 3 === 0 ? "text" : at % 3 === 1 ? "rectangle" : "ellipse";
        const place = {
          x: (at % 100) * 130,
          y: Math.floor(at / 100) * 110,
          width: 110,
          height: type === "text" ? 25 : 80,
        };
        const fields = {
          type,
          index: indices[at],
          ...place,
          ...(type === "text" && { text: `Thing ${at}`, fontSize: 20 }),
          ...(type === "rectangle" && { customData: { kind: "sticky" }, backgroundColor: "#ffec99" }),
        };
        elements.set(`thing-${at}`, new Y.Map(Object.entries(fields)));
      }
    });
    await pause(20);
  }
}

/** What kept a page busy while something happened. */
async function during(
  page: Page,
  what: string,
  happens: () => Promise<void>,
  openMs: number | null = null,
): Promise<void> {
  await page.evaluate(() => {
    const seen: number[] = [];
    (window as unknown as { long: number[] }).long = seen;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.push(Math.round(entry.duration));
    });
    observer.observe({ type: "longtask" });
  });
  const session = options.profile ? await page.context().newCDPSession(page) : null;
  if (session) {
    await session.send("Profiler.enable");
    await session.send("Profiler.setSamplingInterval", { interval: 500 });
    await session.send("Profiler.start");
  }
  await happens();
  await pause(300);
  if (session) {
    const { profile } = await session.send("Profiler.stop");
    const { writeFileSync } = await import("node:fs");
    writeFileSync(`${options.profile}-${what.replace(/\W+/g, "-")}.cpuprofile`, JSON.stringify(profile));
  }
  const long = await page.evaluate(() => (window as unknown as { long: number[] }).long);
  measured.push({ what, openMs, long });
}

async function browserOf(browser: Browser, server: TestServer): Promise<Page> {
  const context = await browser.newContext({
    baseURL: server.origin,
    locale: "en-GB",
    viewport: { width: 1280, height: 800 },
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  await signInPage(page, "owner@metis.example");
  return page;
}

async function brief(server: TestServer, browser: Browser, cookie: string): Promise<void> {
  const other = await companion(server, cookie, briefRoom(metisIdeas.planned));
  await fillBrief(other.doc);
  const page = await browserOf(browser, server);
  const began = performance.now();
  await page.goto(`/ideas/${metisIdeas.planned}`);
  const editor = page.locator(".live-brief").getByRole("textbox");
  await editor.scrollIntoViewIfNeeded();
  await page.waitForFunction(
    (length) => (document.querySelector(".live-brief [role=textbox]")?.textContent?.length ?? 0) >= length,
    CHARACTERS,
    { timeout: 120_000 },
  );
  const openMs = Math.round(performance.now() - began);
  await pause(3_000);
  const paragraphs = other.doc.getXmlFragment("default");
  const typed = (paragraphs.get(Math.floor(paragraphs.length / 2)) as Y.XmlElement).get(0) as Y.XmlText;
  const types = async () => {
    for (let letter = 0; letter < SECONDS * 10; letter += 1) {
      typed.insert(5 + letter, "x");
      await pause(100);
    }
  };
  await during(page, "brief, another person types", types, openMs);
  await editor.locator("p").nth(3).click();
  await during(page, "brief, both type", async () => {
    await Promise.all([types(), page.keyboard.type("a stiffer spring ".repeat(SECONDS / 2), { delay: 100 })]);
  });
  other.leave();
  await page.context().close();
}

async function board(server: TestServer, browser: Browser, cookie: string): Promise<void> {
  const other = await companion(server, cookie, boardRoom(metisIdeas.planned));
  const elements = elementsOf(other.doc);
  await fillBoard(elements, other.doc);
  const page = await browserOf(browser, server);
  const began = performance.now();
  await page.goto(`/ideas/${metisIdeas.planned}/board`);
  const canvas = page.locator("canvas.interactive");
  await canvas.waitFor({ timeout: 120_000 });
  await page.locator(".board-item").nth(10).waitFor({ timeout: 120_000, state: "attached" });
  const openMs = Math.round(performance.now() - began);
  await pause(3_000);
  const drags = async () => {
    for (let step = 0; step < SECONDS * 15; step += 1) {
      elements.get("thing-1")?.set("x", 130 + step);
      elements.get("thing-1")?.set("y", 20 + (step % 40));
      await pause(66);
    }
  };
  await during(page, "board, another person drags", drags, openMs);
  const box = await canvas.boundingBox();
  if (!box) throw new Error("there is no canvas");
  await during(page, "board, both drag", async () => {
    const own = async () => {
      await page.mouse.move(box.x + 60, box.y + 60);
      await page.mouse.down();
      for (let step = 0; step < SECONDS * 10; step += 1) {
        await page.mouse.move(box.x + 60 + (step % 200), box.y + 60 + (step % 120));
        await pause(60);
      }
      await page.mouse.up();
    };
    await Promise.all([drags(), own()]);
  });
  other.leave();
  await page.context().close();
}

const executablePath = [process.env.CHROME_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);
const server = await startServer({ env: { LOG_LEVEL: "warn" } });
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  const cookie = await signIn(server, "designer@tandem.example");
  await brief(server, browser, cookie);
  await board(server, browser, cookie);
} finally {
  await browser.close();
  await server.dispose();
}

const rows = measured.map(({ what, openMs, long }) => [
  what,
  openMs === null ? "" : openMs,
  long.length,
  Math.max(0, ...long),
  long.filter((length) => length > FELT).length === 0
    ? `none over ${FELT} ms: held`
    : `${long.filter((length) => length > FELT).length} over ${FELT} ms: **missed**`,
]);
const text = `${new Date().toISOString().slice(0, 10)}, ${machine()}; a brief of ${CHARACTERS} characters, a board of ${ELEMENTS} things, ${SECONDS} s each.\n\n${table(["while", "open ms", "long tasks", "longest ms", "wanted"], rows)}`;
console.log(options.json ? JSON.stringify(measured) : text);
if (options.write) writeResult("collab-large", text);
