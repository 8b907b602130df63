import { expect, type Page, test } from "@playwright/test";
import type pg from "pg";
import { accounts, demoPassword, metisOwner, stifferJoint } from "../personas";
import { pages } from "./pages";
import { PAYLOADS } from "./payloads";
import { superuser } from "./planted";
import { startServer, type TestServer } from "./server";

/**
 * A hundred and fifty texts that would be programs, written straight into the database, past every form, and every page
 * there is opened on top of them. The policy would stop most from running; here none may even become an element.
 */

test.describe.configure({ mode: "serial" });
test.setTimeout(240_000);

let server: TestServer;
let db: pg.Client;

/** Postgres keeps no NUL in a text. */
const texts = PAYLOADS.map((payload) => payload.replaceAll("\u0000", ""));

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await startServer({ env: { NOTICE_MAIL_DELAY_SECONDS: "1" } });
  db = await superuser(server);
  await plantIdeas();
  await plantEverywhere();
});

test.afterAll(async () => {
  await db?.end();
  await server?.dispose();
});

/** An idea, a comment and an internal note for each text. */
async function plantIdeas(): Promise<void> {
  const author = metisOwner.personId;
  for (const text of texts) {
    const body = { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text }] }] };
    await db.query(
      `insert into ideas (account_id, author_id, title, body, body_text, search_tokens)
       values ($1, $2, left($3, 140), $4, $3, 'qwneedle xss')`,
      [accounts.metis, author, text, body],
    );
    for (const table of ["idea_comments", "idea_notes"]) {
      await db.query(`insert into ${table} (idea_id, account_id, author_id, body) values ($1, $2, $3, $4)`, [
        stifferJoint,
        accounts.metis,
        author,
        text,
      ]);
    }
  }
}

/** Columns whose texts are no sentences, and that nothing checks: pages could not be drawn with them. */
const NO_SENTENCES = /^(zone|language|storage_path|thumb_path|media_type|room|search_tokens|token_hash)$/;
const LEFT_ALONE = ["events", "event_chains", "event_staff_facts", "mail_outbox", "collab_doc"];

/** Columns that took at least one of the texts, and by what one was refused. */
const taken = new Set<string>();
const refusals: { table: string; column: string; code: string; constraint: string }[] = [];

/** Another of the texts into every other text of the database, row by row, wherever a column takes it. */
async function plantEverywhere(): Promise<void> {
  const { rows: columns } = await db.query<{ table: string; column: string; type: string }>(
    `select c.table_name::text as table, c.column_name::text as column, c.data_type::text as type
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
       and c.data_type in ('text', 'jsonb') and c.table_name <> all ($1)`,
    [LEFT_ALONE],
  );
  let next = 0;
  for (const { table, column, type } of columns.filter((each) => !NO_SENTENCES.test(each.column))) {
    const { rows } = await db.query<{ ctid: string }>(
      `select ctid::text from public."${table}" order by ctid limit 40`,
    );
    for (const { ctid } of rows) {
      const text = texts[next++ % texts.length] ?? "";
      // In a document only what is written is replaced, and in a notice what it tells; the names of a thing in each language.
      const value =
        type === "text"
          ? "$1::text"
          : `regexp_replace("${column}"::text, '"(text|en|uk|ru|zh|title|who|excerpt|other|name|label)": "[^"]*"', '"\\1": ' || replace(to_json($1::text)::text, '\\', '\\\\'), 'g')::jsonb`;
      await db.query(`update public."${table}" set "${column}" = ${value} where ctid = $2::tid`, [text, ctid]).then(
        () => taken.add(`${table}.${column}`),
        ({ code = "", constraint = "" }: { code?: string; constraint?: string }) =>
          refusals.push({ table, column, code, constraint }),
      );
    }
  }
}

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
  "idea_notes.body",
  "idea_support.comment",
  "idea_attachments.name",
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
  "roadmap_entries.titles",
  "roadmap_entries.texts",
  "guest_grants.display_name",
  "guest_grants.object_name",
  "account_sites.name",
  "account_sites.address",
  "account_fields.names",
  "account_fields.choices",
  "account_imports.file_name",
  "account_import_rows.cells",
  "notifications.facts",
  "mail_suppressions.said",
];

test("every column that holds what people write took them, and what refused one is a rule about that column", async () => {
  expect(WRITTEN.filter((column) => !taken.has(column))).toEqual([]);
  const { rows } = await db.query<{ name: string; says: string }>(
    `select conrelid::regclass::text || ' ' || conname::text as name, pg_get_constraintdef(oid) as says
     from pg_constraint where connamespace = 'public'::regnamespace`,
  );
  const rules = new Map(rows.map(({ name, says }) => [name, says]));
  // Two rules are triggers, for they look at other rows.
  rules.set("account_field_values account_field_values_fit", "value").set("idea_statuses idea_statuses_first", "kind");
  // A value of a list that it breaks, or a thing of a name that is not there.
  const reasoned = ({ table, column, code, constraint }: (typeof refusals)[number]) =>
    ["23514", "23503"].includes(code) && rules.get(`${table} ${constraint}`)?.includes(column);
  expect(refusals.length).toBeGreaterThan(50);
  expect(refusals.filter((refusal) => !reasoned(refusal))).toEqual([]);
});

test("what looks for them finds them where they are not stopped", async ({ page }) => {
  await watch(page);
  let caught = 0;
  for (const text of texts) {
    await page.goto("about:blank");
    await page.setContent(`<!doctype html><div title="${text}">${text}</div>`, { waitUntil: "commit" });
    if ((await found(page).catch(() => ["it went away"])).length > 0) caught += 1;
  }
  expect(caught).toBeGreaterThan(80);
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
  expect(titles.size).toBeGreaterThan(100);
  expect(marks).toBeGreaterThan(100);
});

/** Reads a page that was fetched, without running it. */
const read = (page: Page, html: string) =>
  page.evaluate((text) => {
    const { title, body } = new DOMParser().parseFromString(text, "text/html");
    return { title, text: body.textContent ?? "" };
  }, html);

test("each of them is the title of a page, and nothing else", async ({ page }) => {
  await watch(page);
  await signedIn(page, "owner@metis.example");
  await page.goto(`${server.origin}/healthz`);
  const { rows } = await db.query<{ id: string; title: string }>(
    `select id, title from ideas where title like '%xss%' and search_tokens = 'qwneedle xss'`,
  );
  expect(rows.length).toBeGreaterThan(100);
  const plain = (text: string) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  for (const { id, title } of rows) {
    const html = await (await page.request.get(`${server.origin}/ideas/${id}`)).text();
    expect(await found(page, html), title).toEqual([]);
    expect(plain((await read(page, html)).title)).toContain(plain(title).slice(0, 60));
  }
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
