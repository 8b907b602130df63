import { expect, type Page, test } from "@playwright/test";
import type pg from "pg";
import { accounts, demoImport, demoPassword, metisIdeas, stifferJoint } from "../personas";
import { HostileRows, texts } from "./hostile-rows";
import { pages } from "./pages";
import { PAYLOADS } from "./payloads";
import { enterAsGuest, superuser } from "./planted";
import { startServer, type TestServer } from "./server";

/**
 * A hundred and fifty texts that would be programs, written straight into the database, past every form, and every page
 * there is opened on top of them. The policy would stop most from running; here none may even become an element.
 */

test.describe.configure({ mode: "serial" });
test.setTimeout(240_000);

const OWNER = "owner@metis.example";
const MANAGER = "manager@tandem.example";
const ADMIN = "admin@tandem.example";

let server: TestServer;
let db: pg.Client;
let planted: HostileRows;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await startServer({ env: { NOTICE_MAIL_DELAY_SECONDS: "1" } });
  db = await superuser(server);
  planted = new HostileRows(db);
  await planted.plant();
});

test.afterAll(async () => {
  await db?.end();
  await server?.dispose();
});

async function signedIn(page: Page, login: string): Promise<void> {
  await page.request.post(`${server.origin}/login`, {
    form: { email: login, password: demoPassword },
    headers: { Origin: server.origin },
  });
}

/** Everything that a text has become on the page, or in one that was fetched and is read without running; and whether one ran. */
async function found(page: Page, fetched?: string): Promise<string[]> {
  return page.evaluate((html) => {
    const looked = html === undefined ? document : new DOMParser().parseFromString(html, "text/html");
    const bad: string[] = [];
    const leads = /^(?:href|xlink:href|src|srcset|srcdoc|action|formaction|data|poster|background|to|content|style)$/i;
    for (const element of looked.querySelectorAll<HTMLElement>("*")) {
      const name = element.tagName.toLowerCase();
      if (name === "script" && !element.nonce) bad.push(element.outerHTML.slice(0, 120));
      if (/^(?:iframe|object|embed|base|portal|marquee|frameset|bgsound|layer|xmp|plaintext|image)$/.test(name)) {
        bad.push(element.outerHTML.slice(0, 120));
      }
      for (const { name: attribute, value } of element.attributes) {
        const address = [...value].filter((letter) => letter > " ").join("");
        if (/^on/i.test(attribute)) bad.push(`${name} ${attribute}=${value}`);
        if (leads.test(attribute) && /^(?:javascript|vbscript|data:text)|evil\.example|xss\(\)/i.test(address)) {
          // A search goes on with what was searched for, as a parameter of an address of ours.
          if (!/^\/(?![/\\])/.test(address)) bad.push(`${name} ${attribute}=${value}`);
        }
      }
    }
    if ((window as { ran?: number }).ran) bad.push("it ran");
    return bad;
  }, fetched);
}

const watch = (page: Page) =>
  page.addInitScript(() => {
    Object.assign(window, {
      ran: 0,
      xss: () => {
        (window as { ran?: number }).ran = 1;
      },
    });
  });

const plain = (text: string) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();

test("there are a hundred and fifty texts, each of them once", () => {
  expect(new Set(PAYLOADS).size).toBe(150);
});

/** What people write, and where names of things and people are kept. */
const WRITTEN = [
  "accounts.name",
  "people.display_name",
  "ideas.title",
  "ideas.body",
  "ideas.body_text",
  "ideas.fields",
  "idea_briefs.doc",
  "idea_briefs.body_text",
  "idea_comments.body",
  "idea_threads.quote",
  "idea_threads.before",
  "idea_threads.after",
  "idea_threads.present",
  "idea_layer_threads.quote",
  "idea_layer_threads.present",
  "idea_versions.name",
  "idea_versions.content",
  "decision_revisions.title",
  "decision_revisions.reason",
  "decision_sources.quote",
  "decision_sources.drawn",
  "decision_signatures.reason",
  "prototypes.name",
  "prototype_versions.notes",
  "prototype_files.name",
  "prototype_pin_comments.body",
  "prototype_staff_pin_comments.body",
  "prototype_stages.name",
  "prototype_verdicts.words",
  "prototype_loans.sent_to",
  "idea_files.name",
  "idea_notes.body",
  "idea_support.comment",
  "idea_attachments.name",
  "idea_board_votes.question",
  "idea_boards.elements",
  "idea_staff_layers.elements",
  "idea_statuses.names",
  "idea_views.name",
  "shared_ideas.title",
  "shared_ideas.body",
  "tags.name",
  "products.name",
  "product_fields.names",
  "product_fields.help",
  "product_fields.choices",
  "option_groups.names",
  "product_options.names",
  "option_rules.sentences",
  "roadmap_entries.titles",
  "roadmap_entries.texts",
  "guest_grants.display_name",
  "guest_grants.object_name",
  "account_sites.name",
  "account_sites.address",
  "account_fields.names",
  "account_fields.choices",
  "account_field_values.value",
  "account_imports.file_name",
  "account_import_rows.cells",
  "notifications.facts",
  "mail_suppressions.said",
  "mail_outbox.subject",
  "mail_outbox.body_text",
];

/** Columns of which there is no row here, or whose rows hold no text of anybody: what the program notes for itself. */
const OURS: readonly string[] = [
  "account_closing_steps.facts",
  "account_merge_moves.kept",
  "account_merge_moves.key",
  "account_merge_moves.kind",
  "account_merge_moves.table_name",
  "collab_author.person",
  "decision_sources.anchor",
  "floor_schedules.document",
  "idea_board_dots.element_id",
  "idea_layer_threads.anchor",
  "idea_threads.anchor",
  "idea_unkept.part",
  "idea_versions.authors",
  "idea_versions.clocks",
  "prototype_pins.point",
  "prototype_staff_pins.point",
  "round_offer_revisions.purchase_order",
  "round_offers.state",
  "rounds.basis",
  "rounds.cancel_reason",
  "rounds.objective",
  "rounds.state",
  "rounds.title",
];

/** A vote that was closed, words that somebody was asked about and what was published stay; a pin stands at a place of its file. */
const HELD_BY_TRIGGERS: readonly string[] = [
  "idea_board_votes",
  "decision_revisions",
  "price_surveys",
  "prototype_versions",
  "prototype_files",
  "prototype_pins",
  "prototype_staff_pins",
];

test("every column that holds what people write took them, and what refused one is a rule about that column", async () => {
  const { held, refusals } = planted;
  expect(WRITTEN.filter((column) => !held.has(column))).toEqual([]);
  expect(planted.untried()).toEqual(OURS);
  const { rows } = await db.query<{ name: string; says: string }>(
    `select conrelid::regclass::text || ' ' || conname::text as name, pg_get_constraintdef(oid) as says
     from pg_constraint where connamespace = 'public'::regnamespace`,
  );
  const rules = new Map(rows.map(({ name, says }) => [name, says]));
  // Two rules are triggers, for they look at other rows.
  rules.set("account_field_values account_field_values_fit", "value").set("idea_statuses idea_statuses_first", "kind");
  // A value of a list that it breaks, or a thing of a name that is not there.
  // Of what has to differ from every other, a text that stands there already is refused, too.
  const reasoned = ({ table, column, code, constraint }: (typeof refusals)[number]) =>
    code === "23505" ||
    (code === "42501" && HELD_BY_TRIGGERS.includes(table)) ||
    (["23514", "23503"].includes(code) && rules.get(`${table} ${constraint}`)?.includes(column));
  expect(refusals.length).toBeGreaterThan(50);
  expect(refusals.filter((refusal) => !reasoned(refusal))).toEqual([]);
});

test("what looks for them finds them where they are not stopped", async ({ page }) => {
  await watch(page);
  await page.goto("about:blank");
  const pageOf = (text: string) => `<!doctype html><div title="${text}">${text}</div>`;
  let caught = 0;
  for (const text of texts) if ((await found(page, pageOf(text))).length > 0) caught += 1;
  expect(caught).toBeGreaterThan(80);
  // And one that runs is seen to have run.
  await page.setContent("<!doctype html><img src='data:,' onerror='xss()'>");
  await expect.poll(() => found(page)).toContain("it ran");
});

/** Pages that show what takes few of the texts at once, who reads them (null: nobody), and what they show of it. */
const SHORT: readonly { path: string; login: string | null; columns: readonly string[] }[] = [
  { path: `/ideas/${stifferJoint}/versions`, login: OWNER, columns: ["idea_versions.name"] },
  {
    path: `/ideas/${stifferJoint}/guests`,
    login: OWNER,
    columns: ["guest_grants.display_name", "guest_grants.object_name"],
  },
  {
    path: `/ideas/${metisIdeas.in_work}`,
    login: OWNER,
    columns: ["idea_threads.quote", "idea_threads.present", "idea_attachments.name", "ideas.fields"],
  },
  {
    path: `/staff/accounts/${accounts.metis}`,
    login: MANAGER,
    columns: ["account_field_values.value", "account_fields.names"],
  },
  {
    path: `/staff/accounts/${accounts.brix}/sites`,
    login: MANAGER,
    columns: ["account_sites.name", "account_sites.address"],
  },
  {
    path: `/staff/accounts/import/${demoImport}`,
    login: MANAGER,
    columns: ["account_imports.file_name", "account_import_rows.cells"],
  },
  { path: "/staff/settings/statuses", login: ADMIN, columns: ["idea_statuses.names"] },
  { path: "/staff/accounts/fields", login: ADMIN, columns: ["account_fields.choices"] },
  {
    path: "/staff/products",
    login: ADMIN,
    columns: ["products.name", "product_fields.help", "product_fields.choices"],
  },
  { path: "/dev/mail", login: null, columns: ["mail_outbox.subject"] },
];

test("what is short shows one after another of them, and none is anything but a text", async ({ browser }) => {
  for (const login of new Set(SHORT.map((each) => each.login))) {
    const page = await (await browser.newContext()).newPage();
    if (login) await signedIn(page, login);
    await page.goto(`${server.origin}/healthz`);
    for (const { path, columns } of SHORT.filter((each) => each.login === login)) {
      const shown = new Set<string>();
      // Until each column was offered each of the texts.
      for (let round = 0; round < 60 && !columns.every((name) => planted.isThrough(name)); round += 1) {
        for (const name of columns) await planted.next(name);
        const html = await (await page.request.get(server.origin + path)).text();
        expect(await found(page, html), path).toEqual([]);
        const { text } = await read(page, html);
        for (const each of texts) if (text.includes(each.trim())) shown.add(each);
      }
      expect(shown.size, path).toBeGreaterThan(35);
      // All that are short enough: the name of a status has forty letters.
      for (const name of columns) expect(planted.held.get(name)?.size, name).toBeGreaterThan(90);
    }
    await page.context().close();
  }
});

const opened = pages().filter(({ route }) => route !== "routes/dev.ui" && route !== "routes/$");
for (const login of [...new Set(opened.map((each) => each.login))]) {
  test(`on no page of ${login ?? "nobody"} is a text anything but a text`, async ({ page }) => {
    await watch(page);
    page.on("dialog", (dialog) => dialog.dismiss());
    if (login) await signedIn(page, login);
    let shown = 0;
    for (const { path, login: reader } of opened) {
      if (reader !== login) continue;
      await page.goto(`${server.origin}${path}`, { waitUntil: "load" });
      expect(await found(page), path).toEqual([]);
      if ((await page.locator("body").innerText()).includes("xss()")) shown += 1;
    }
    // The texts are there to be read.
    if (login) expect(shown).toBeGreaterThan(0);
  });
}

test("on the page of a guest is a text anything but a text neither", async ({ page, playwright }) => {
  const headers = { Origin: server.origin };
  const visitor = await playwright.request.newContext({
    baseURL: server.origin,
    maxRedirects: 0,
    extraHTTPHeaders: headers,
  });
  const inside = await enterAsGuest(db, visitor, {
    idea: stifferJoint,
    token: "a-link-of-hostile-texts",
    address: "guest@hostile.example",
    name: `${texts[8]} ${texts[64]}`,
  });
  await page.context().addCookies((await visitor.storageState()).cookies);
  await visitor.dispose();
  await watch(page);
  await page.goto(`${server.origin}${inside}`);
  expect(await found(page)).toEqual([]);
  const shown = await page.locator("body").innerText();
  expect(texts.filter((text) => shown.includes(text.trim())).length).toBeGreaterThan(50);
});

test("in lists, and where a search marks what it found, all of them are texts and nothing else", async ({ page }) => {
  await watch(page);
  await signedIn(page, "owner@metis.example");
  let address: string | null = `${server.origin}/ideas?q=${encodeURIComponent("qwneedle xss")}`;
  const titles = new Set<string>();
  let marks = 0;
  for (let turn = 0; address && turn < 12; turn += 1) {
    await page.goto(address);
    expect(await found(page), address).toEqual([]);
    for (const title of await page.locator("main li a").allInnerTexts()) titles.add(title);
    marks += await page.locator("main li a mark").count();
    const more = page.locator("main a[href*='after=']").last();
    address = (await more.count()) ? new URL((await more.getAttribute("href")) ?? "", page.url()).href : null;
  }
  const seen = [...titles].map(plain);
  const missed = texts.filter((text) => !seen.some((title) => title.includes(plain(text).slice(0, 60))));
  expect(missed).toEqual([]);
  expect(marks).toBeGreaterThan(100);
});

/** Reads a page that was fetched, without running it. */
const read = (page: Page, html: string) =>
  page.evaluate((text) => {
    const { title, body } = new DOMParser().parseFromString(text, "text/html");
    return { title, text: body.textContent ?? "" };
  }, html);

test("each of them stands in the title of a page, and is nothing else there", async ({ page }) => {
  await watch(page);
  await signedIn(page, OWNER);
  await page.goto(`${server.origin}/healthz`);
  const { rows } = await db.query<{ id: string; title: string }>(
    "select id, title from ideas where search_tokens = 'qwneedle xss' order by id",
  );
  const left = new Set(texts.map((text) => plain(text).slice(0, 60)));
  for (const { id, title } of rows) {
    const own = [...left].filter((text) => plain(title).includes(text));
    if (own.length === 0) continue;
    const html = await (await page.request.get(`${server.origin}/ideas/${id}`)).text();
    expect(await found(page, html), title).toEqual([]);
    const shown = plain((await read(page, html)).title);
    for (const text of own) {
      expect(shown).toContain(text);
      left.delete(text);
    }
  }
  expect([...left]).toEqual([]);
});

test("in a discussion and among internal notes all of them are texts and nothing else, page by page", async ({
  page,
}) => {
  await watch(page);
  await signedIn(page, "designer@tandem.example");
  await page.goto(`${server.origin}/healthz`);
  for (const list of ["comments", "notes"]) {
    const shown = new Set<string>();
    let address: string | null = `/staff/ideas/${stifferJoint}`;
    for (let turn = 0; address && turn < 12; turn += 1) {
      const html: string = await (await page.request.get(server.origin + address)).text();
      expect(await found(page, html), address).toEqual([]);
      const { text } = await read(page, html);
      for (const each of texts) if (text.includes(each.trim())) shown.add(each);
      address = new RegExp(`href="([^"]*[?&]${list}=[^"#]*)`).exec(html)?.[1]?.replaceAll("&amp;", "&") ?? null;
    }
    expect(shown.size, list).toBeGreaterThan(120);
  }
});
