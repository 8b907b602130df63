import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import axe, { type AxeResults } from "axe-core";
import { startServer, type TestServer } from "./server";
import { signIn } from "./sign-in";

/** A phone and a desktop, the two widths every journey is photographed at. */
export const PHONE = { width: 360, height: 740 } as const;
export const DESKTOP = { width: 1280, height: 800 } as const;

type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

interface JourneyFixtures {
  /** A page of somebody who is not signed in, in a browser of its own. */
  nobody: (options?: BrowserContextOptions) => Promise<Page>;
  /** A page of a demo login, signed in through the sign-in page, in a browser of its own. */
  person: (login: string, options?: BrowserContextOptions) => Promise<Page>;
  /** Requests without a browser, as a demo login or (null) as nobody; redirects are not followed. `anew`: own session. */
  caller: (login: string | null, anew?: boolean) => Promise<APIRequestContext>;
}

interface JourneyWorker {
  /** The installation that all journeys of one worker share. Tests that stop it start one of their own. */
  server: TestServer;
  /**
   * The cookies of a demo login. Signing in once in five minutes keeps clear of the limits on sign-ins, and is fresh enough for
   * what asks for a proof of the last ten.
   */
  sessionOf: (login: string, anew?: boolean) => Promise<Session>;
}

/** `test` with a running installation and people. */
export const test = base.extend<JourneyFixtures, JourneyWorker>({
  server: [
    async ({ playwright: _ }, use) => {
      const server = await startServer({ env: { TRUSTED_PROXIES: "127.0.0.1 ::1", NOTICE_MAIL_DELAY_SECONDS: "2" } });
      await use(server);
      expect(unsaid(server.output()), "sentences that the server could not say").toEqual([]);
      await server.dispose();
    },
    { scope: "worker", timeout: 180_000 },
  ],

  sessionOf: [
    async ({ browser, server }, use) => {
      const known = new Map<string, { session: Session; until: number }>();
      await use(async (login, anew = false) => {
        const before = known.get(login);
        if (before && before.until > Date.now() && !anew) return before.session;
        const context = await browser.newContext({
          baseURL: server.origin,
          locale: "en-GB",
          extraHTTPHeaders: anAddress(),
        });
        await signIn(await context.newPage(), login);
        const session = await context.storageState();
        await context.close();
        if (!anew) known.set(login, { session, until: Date.now() + 5 * 60_000 });
        return session;
      });
    },
    { scope: "worker" },
  ],

  nobody: async ({ browser, server }, use) => {
    const { open, close } = browsers(browser, server);
    await use(open);
    await close();
  },

  person: async ({ browser, server, sessionOf }, use) => {
    const { open, close } = browsers(browser, server);
    await use(async (login, options) => open({ storageState: await sessionOf(login), ...options }));
    await close();
  },

  caller: async ({ playwright, server, sessionOf }, use) => {
    const opened: APIRequestContext[] = [];
    await use(async (login, anew) => {
      const request = await playwright.request.newContext({
        baseURL: server.origin,
        maxRedirects: 0,
        extraHTTPHeaders: anAddress(),
        ...(login !== null && { storageState: await sessionOf(login, anew) }),
      });
      opened.push(request);
      return request;
    });
    await Promise.all(opened.map((request) => request.dispose()));
  },
});

let addresses = 0;

/**
 * What a proxy says of one more browser: an address of its own. People do not share one either, and the limits on sign-ins
 * count by it: all journeys from one address are more than one address may.
 */
function anAddress(): Record<string, string> {
  addresses += 1;
  return { "X-Forwarded-For": `198.51.${100 + Math.floor(addresses / 250)}.${1 + (addresses % 250)}` };
}

/** Opens browsers of people and remembers them, so that all are closed with the test. */
function browsers(browser: Browser, server: TestServer) {
  const opened: BrowserContext[] = [];
  const broken: string[] = [];
  return {
    open: async (options?: BrowserContextOptions) => {
      const context = await browser.newContext({
        baseURL: server.origin,
        viewport: DESKTOP,
        locale: "en-GB",
        extraHTTPHeaders: anAddress(),
        ...options,
      });
      opened.push(context);
      context.on("console", (message) => broken.push(...unsaid(message.text())));
      context.on("weberror", (error) => {
        if (!PASSING.test(String(error.error()))) broken.push(String(error.error()));
      });
      return await context.newPage();
    },
    close: async () => {
      await Promise.all(opened.map((context) => context.close()));
      expect(broken, "what broke in the browsers").toEqual([]);
    },
  };
}

/**
 * What nobody sees: React draws a part of a page anew (421) that somebody changed before its script had come, and the router
 * lets go of an answer (AbortError) when somebody walks on before it is there.
 */
const PASSING = /Minified React error #421|^AbortError/;

/** The sentences that a log says could not be said: then the page shows a key instead. */
const unsaid = (log: string) => log.match(/.*(?:MISSING_MESSAGE|MISSING_FORMAT|FORMATTING_ERROR|INVALID_).*/g) ?? [];

export { expect };

const ALL_LOOKS = [PHONE, DESKTOP].flatMap((size) =>
  (["light", "dark"] as const).map((colorScheme) => ({ size, colorScheme })),
);

type Look = (typeof ALL_LOOKS)[number];

/** Shows the open page at both widths, light and dark, without loading it anew, and leaves it as it was. */
async function inAllLooks(page: Page, each: (look: Look) => Promise<void>): Promise<void> {
  const before = page.viewportSize();
  // A colour on its way from one scheme to the other is nobody's.
  await page.evaluate(() => {
    const still = new CSSStyleSheet();
    still.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important }");
    document.adoptedStyleSheets.push(still);
  });
  for (const look of ALL_LOOKS) {
    await page.setViewportSize(look.size);
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: "reduce" });
    await page.evaluate(async () => {
      // Where no script runs, no frame is ever told of.
      if (!matchMedia("(scripting: enabled)").matches) return;
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    });
    await each(look);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before) await page.setViewportSize(before);
}

/**
 * Has axe look at the open page at both widths, light and dark. Fails with a sentence for each complaint. With a name the
 * page is photographed in the same four looks.
 */
export async function examine(page: Page, name?: string): Promise<void> {
  // Once for all four looks; our pages hold no frames of their own.
  await page.evaluate(axe.source);
  await inAllLooks(page, async (look) => {
    const said = await page.evaluate(async (dark) => {
      // The widest set of rules, and what a finger cannot hit, which is off unless asked for. Of the same page in the dark
      // only its colours are others.
      const options = {
        resultTypes: ["violations"],
        ...(dark
          ? { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } }
          : { rules: { "target-size": { enabled: true } } }),
      };
      const { violations } = await (window as unknown as AxeWindow).axe.run(document, options);
      return violations.map(
        ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target).join("; ")})`,
      );
    }, look.colorScheme === "dark");
    expect(said, `${new URL(page.url()).pathname} at ${look.size.width} px, ${look.colorScheme}`).toEqual([]);
    if (name) await takePicture(page, name, look);
  });
}

/** The same, of a page that only a journey leads to. Fails when the open page is another: then nobody has looked at it. */
export async function examineRoute(page: Page, route: string): Promise<void> {
  await expect(async () => {
    const open = await page.evaluate(() => (window as unknown as RemixWindow).__remixRouter?.state.matches.at(-1));
    expect(open?.route.id).toBe(route);
  }).toPass({ timeout: 10_000 });
  await examine(page);
}

type RemixWindow = { __remixRouter?: { state: { matches: { route: { id: string } }[] } } };

type AxeWindow = {
  axe: { run(on: Document, options: object): Promise<Pick<AxeResults, "violations">> };
};

/** Saves a page at both widths, light and dark, as test-results/screens/<name>-<width>-<scheme>.png. */
export async function photograph(page: Page, name: string): Promise<void> {
  await inAllLooks(page, (look) => takePicture(page, name, look));
}

const SCREENS = join("test-results", "screens");

/** Asked of the browser itself, which compresses for speed: Playwright's own way takes half as long again. */
async function takePicture(page: Page, name: string, { size: { width }, colorScheme }: Look): Promise<void> {
  // A header that stays on top would be photographed in the middle of the page.
  const [height, sideways] = await page.evaluate(() => {
    window.scrollTo(0, 0);
    const { scrollWidth, scrollHeight } = document.documentElement;
    return [scrollHeight, scrollWidth - window.innerWidth] as const;
  });
  expect(sideways, `${name} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
  // Where nobody opens them (.ci/run says so), they are not made: hundreds of them take minutes.
  if (process.env.SCREENS === "none") return;
  const browser = await page.context().newCDPSession(page);
  const { data } = await browser.send("Page.captureScreenshot", {
    optimizeForSpeed: true,
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height, scale: 1 },
  });
  await browser.detach();
  mkdirSync(SCREENS, { recursive: true });
  writeFileSync(join(SCREENS, `${name}-${width}-${colorScheme}.png`), data, "base64");
}
