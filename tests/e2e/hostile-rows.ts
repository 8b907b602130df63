import type pg from "pg";
import { accounts, designer, manager, metisIdeas, metisOwner, stifferJoint } from "../personas";
import { PAYLOADS } from "./payloads";

/** Postgres keeps no NUL in a text. */
export const texts = PAYLOADS.map((payload) => payload.replaceAll("\u0000", ""));

/** An idea, a comment and an internal note for each text. */
async function addIdeas(db: pg.Client): Promise<void> {
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

/** A draft that everything is said about: what is published stays as it is. */
async function addPrototypes(db: pg.Client): Promise<void> {
  const one = async (statement: string, values: unknown[]): Promise<string> =>
    (await db.query<{ id: string }>(`insert into ${statement} returning id`, values)).rows[0]?.id ?? "";
  const [by, account] = [designer.personId, accounts.metis];
  const prototype = await one("prototypes (idea_id, name, created_by) values ($1, 'words', $2)", [stifferJoint, by]);
  await db.query(
    `insert into prototypes (idea_id, name, created_by) select $1, 'Extra ' || n, $2 from generate_series(1, 20) n`,
    [stifferJoint, by],
  );
  const version = await one("prototype_versions (prototype_id, number, created_by) values ($1, 1, $2)", [
    prototype,
    by,
  ]);
  const file = await one(
    `prototype_files (version_id, uploaded_by, name, byte_size, kind, state, media_type, sha256, storage_path)
     values ($1, $2, 'words', 1, 'picture', 'ready', 'image/webp', sha256('words'), 'words/whole')`,
    [version, by],
  );
  await db.query(
    `insert into prototype_files (version_id, uploaded_by, name, byte_size, kind, address, state, sha256)
     values ($1, $2, 'words', 0, 'web', 'https://words.example/', 'ready', sha256('web'))`,
    [version, by],
  );
  await db.query(
    `insert into prototype_renditions (file_id, version_id, kind, width, height, media_type, byte_size, storage_path)
     values ($1, $2, 'scaled', 1, 1, 'image/webp', 1, 'words/scaled')`,
    [file, version],
  );
  const pin = await one(
    "prototype_pins (version_id, file_id, account_id, created_by, x, y) values ($1, $2, $3, $4, 1, 1)",
    [version, file, account, by],
  );
  await db.query(
    `insert into prototype_pin_comments (pin_id, version_id, account_id, author_id, body) values ($1, $2, $3, $4, 'words')`,
    [pin, version, account, by],
  );
  const ours = await one("prototype_staff_pins (version_id, file_id, created_by, x, y) values ($1, $2, $3, 1, 1)", [
    version,
    file,
    by,
  ]);
  await db.query("insert into prototype_staff_pin_comments (pin_id, author_id, body) values ($1, $2, 'words')", [
    ours,
    by,
  ]);
  const stage = await one(
    `prototype_stages (version_id, account_id, position, name, rule, created_by) values ($1, $2, 1, 'words', 'all', $3)`,
    [version, account, by],
  );
  const reviewer = await one(
    "prototype_reviewers (stage_id, version_id, account_id, person_id, created_by) values ($1, $2, $3, $4, $5)",
    [stage, version, account, metisOwner.personId, by],
  );
  await db.query(
    `insert into prototype_verdicts (reviewer_id, version_id, account_id, verdict, words, fingerprint)
     values ($1, $2, $3, 'reject', 'words', sha256('words'))`,
    [reviewer, version, account],
  );
  await db.query(
    `insert into prototype_loans (version_id, file_id, account_id, sent_to, loaned_from, loaned_until, created_by)
     values ($1, $2, $3, 'words', current_date, current_date, $4)`,
    [version, file, account, by],
  );
}

const PLACE = { x: 0, y: 0, width: 100, height: 20, groupIds: [], frameId: null, boundElements: null, locked: false };
const ELEMENT = { id: "words", type: "text", index: "a0", ...PLACE, text: "words", originalText: "words" };

/** What the demo world has too little of: short names take a text or two each, and of some things there are none. */
async function addRows(db: pg.Client): Promise<void> {
  await db.query("insert into accounts (name) select 'Extra ' || n from generate_series(1, 80) n");
  await db.query("insert into products (name) select 'Extra ' || n from generate_series(1, 80) n");
  await db.query(
    `insert into people (side, account_id, display_name, role)
     select 'client', $1, 'Extra ' || n, 'member' from generate_series(1, 80) n`,
    [accounts.metis],
  );
  await db.query("insert into tags (name, created_by) select 'extra ' || n, $1 from generate_series(1, 160) n", [
    designer.personId,
  ]);
  await db.query(
    `insert into account_fields (key, kind, names, created_by)
     values ('words', 'text', '{"en":"Words","uk":"Words","ru":"Words","zh":"Words"}', $1)`,
    [manager.personId],
  );
  await db.query(
    `insert into account_field_values (account_id, field_id, value, created_by)
     select $1, id, 'words', $2 from account_fields where key = 'words'`,
    [accounts.metis, manager.personId],
  );
  await db.query(
    `with thread as (insert into idea_threads (idea_id, account_id, begun_by, anchor, quote, before, after, place)
       values ($1, $2, $3, '{}', 'words', 'before', 'after', 'gone') returning id)
     insert into idea_comments (idea_id, account_id, author_id, body, thread_id) select $1, $2, $3, 'words', id from thread`,
    [metisIdeas.in_work, accounts.metis, metisOwner.personId],
  );
  await db.query(
    `with thread as (insert into idea_layer_threads (idea_id, account_id, begun_by, anchor, quote)
       values ($1, $2, $3, '{}', 'words') returning id)
     insert into idea_notes (idea_id, account_id, author_id, body, thread_id) select $1, $2, $3, 'words', id from thread`,
    [stifferJoint, accounts.metis, manager.personId],
  );
  await db.query(
    `with decision as (insert into decisions (account_id, idea_id, made_by) values ($1, $2, $3) returning id),
       revision as (insert into decision_revisions (decision_id, account_id, number, title, reason, written_by)
         select id, $1, 1, 'words', 'words', $3 from decision returning id, decision_id),
       source as (insert into decision_sources
         (decision_id, account_id, kind, object_id, quote, author_id, written_at, sha256)
         select id, $1, 'comment', $2, 'words', $3, now(), sha256('words') from decision),
       things as (insert into decision_sources
         (decision_id, account_id, kind, object_id, quote, element, drawn, anchor, author_id, written_at, sha256)
         select id, $1, kind, $2, 'words', element, drawn::jsonb, anchor::jsonb, $3, now(), sha256('words')
         from decision cross join (values ('thing', 'words', $4, null), ('passage', null, null, '{"before": "words"}'))
           source (kind, element, drawn, anchor))
     insert into decision_signatures (revision_id, person_id, decision_id, account_id, answer, reason, answered_at)
     select id, $3, decision_id, $1, 'not-yet', 'words', now() from revision`,
    [accounts.metis, metisIdeas.in_work, metisOwner.personId, JSON.stringify([ELEMENT])],
  );
  await addPrototypes(db);
  await db.query(
    `with chosen as (select id from products order by id limit 1),
       gathered as (insert into option_groups (product_id, key, names) select id, 'words', $1 from chosen returning id, product_id),
       one as (insert into product_options (product_id, group_id, key, names)
         select product_id, id, key, $1 from gathered cross join unnest(array['one', 'other']) key returning id, product_id)
     insert into option_rules (product_id, kind, option_id, other_id, sentences)
     select product_id, 'excludes', (array_agg(id))[1], (array_agg(id))[2], $1 from one group by product_id`,
    [JSON.stringify({ en: "words", uk: "words", ru: "words", zh: "words" })],
  );
  await db.query(
    `insert into stripe_events (id, kind, object_id, payload, happened_at, error)
     values ('evt_words', 'words', 'words', '{"title": "words"}', now(), 'words')`,
  );
  // What a vote came to stays as it is: it is written with all of them at once.
  const result = texts.map((says, at) => ({ id: `${at}`, item: { kind: "sticky", says }, dots: 1 }));
  await db.query(
    `insert into idea_board_votes (idea_id, account_id, question, dots_each, begun_by, closed_by, closed_at, result)
     values ($1, $3, 'words', 3, $4, null, null, null), ($2, $3, 'words', 3, $4, $4, now(), $5)`,
    [metisIdeas.in_work, stifferJoint, accounts.metis, metisOwner.personId, JSON.stringify(result)],
  );
  await db.query(
    `insert into mail_outbox (recipient, language, subject, html, body_text, state)
     values ('somebody@hostile.example', 'en', 'words', '<p>words</p>', 'words', 'failed')`,
  );
  await db.query(
    `insert into idea_files (id, idea_id, account_id, name, media_type, byte_size, width, height, storage_path, created_by)
     select file, id, account_id, 'words', 'image/webp', 1, 1, 1, id || '/' || file || '.webp', author_id
     from ideas cross join gen_random_uuid() file where id = $1`,
    [metisIdeas.in_work],
  );
  for (const table of ["idea_boards", "idea_staff_layers"]) {
    await db.query(
      `insert into ${table} (idea_id, account_id, elements, body_text, seq) values ($1, $2, $3, 'words', 1)
       on conflict (idea_id) do update set elements = excluded.elements`,
      [stifferJoint, accounts.metis, JSON.stringify([ELEMENT])],
    );
  }
}

/** Columns whose texts are no sentences, and that nothing checks: pages could not be drawn with them. */
const NO_SENTENCES = /^(zone|language|storage_path|thumb_path|media_type|room|search_tokens|token_hash)$/;
/** What is told of the past is chained; of letters, only what a page shows of them is a text. */
const LEFT_ALONE = ["events", "event_chains", "event_staff_facts", "collab_doc"];
const LETTERS = /^mail_outbox\.(?!subject$|body_text$)/;

type Column = { table: string; column: string; type: "text" | "jsonb" };
type Refusal = { table: string; column: string; code: string; constraint: string };

/** The texts in a database, written past every form: which column holds which of them, and by what one was refused. */
export class HostileRows {
  readonly held = new Map<string, Set<string>>();
  readonly refusals: Refusal[] = [];
  private columns: Column[] = [];
  /** How far each column has come with the texts, to go on from there. */
  private readonly offered = new Map<string, number>();

  constructor(private readonly db: pg.Client) {}

  /**
   * All of the texts into every text of the database, row by row, as many at once as its column takes: a name holds a few of
   * them, a comment all.
   */
  async plant(): Promise<void> {
    await addIdeas(this.db);
    await addRows(this.db);
    const { rows } = await this.db.query<Column>(
      `select c.table_name::text as table, c.column_name::text as column, c.data_type::text as type
       from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
         and c.data_type in ('text', 'jsonb') and c.table_name <> all ($1)`,
      [LEFT_ALONE],
    );
    this.columns = rows.filter(
      ({ table, column }) => !NO_SENTENCES.test(column) && !LETTERS.test(`${table}.${column}`),
    );
    for (const column of this.columns) await this.plantColumn(column);
  }

  /** Columns that neither took a text nor refused one: nobody could try. */
  untried(): string[] {
    const tried = new Set([...this.held.keys(), ...this.refusals.map(({ table, column }) => `${table}.${column}`)]);
    return this.columns
      .map(({ table, column }) => `${table}.${column}`)
      .filter((name) => !tried.has(name))
      .sort();
  }

  /** Whether each of the texts was offered to a column at least once. */
  isThrough(name: string): boolean {
    return (this.offered.get(name) ?? 0) >= texts.length;
  }

  /** The next ones of the texts into a column, in place of those that it holds now. */
  async next(name: string): Promise<void> {
    const known = this.columns.find(({ table, column }) => name === `${table}.${column}`);
    if (!known) throw new Error(`There is no ${name}`);
    await this.plantColumn(known);
  }

  private async plantColumn({ table, column, type }: Column): Promise<void> {
    const name = `${table}.${column}`;
    const { rows } = await this.db.query<{ ctid: string; value: string | null }>(
      `select ctid::text, "${column}"::text as value from public."${table}" order by ctid desc limit 160`,
    );
    let next = this.offered.get(name) ?? 0;
    let most = type === "text" ? texts.length : 10;
    let taken = 1;
    for (const { ctid, value } of rows.filter((row) => type === "text" || row.value !== null)) {
      for (;;) {
        const from = next;
        const some = () => {
          const together = Array.from({ length: most }, (_, at) => texts[(next + at) % texts.length] ?? "");
          next += most;
          return together.join(" ");
        };
        const keys = column === "fields" ? ANY : SAID;
        const planted = type === "text" ? some() : JSON.stringify(sown(JSON.parse(value ?? "null"), some, keys));
        const refusal = await this.write({ table, column, type }, ctid, planted);
        if (!refusal) {
          this.hold(name, from, next);
          taken = Math.max(taken, most);
          most = Math.min(most + 1, texts.length);
          break;
        }
        next = from;
        if (most > 1) {
          most = Math.floor(most / 2);
          continue;
        }
        // One that the column never takes is left out, and no reason to go on with fewer at once.
        this.refusals.push(refusal);
        next += 1;
        most = taken;
        break;
      }
    }
    this.offered.set(name, next);
  }

  private async write({ table, column, type }: Column, ctid: string, value: string): Promise<Refusal | null> {
    try {
      const text = `update public."${table}" set "${column}" = $1::${type} where ctid = $2::tid`;
      await this.db.query(text, [value, ctid]);
      return null;
    } catch (error) {
      const { code = "", constraint = "" } = error as { code?: string; constraint?: string };
      return { table, column, code, constraint };
    }
  }

  private hold(name: string, from: number, to: number): void {
    if (to === from) return;
    const all = this.held.get(name) ?? new Set();
    for (let at = from; at < Math.min(to, from + texts.length); at += 1) all.add(texts[at % texts.length] ?? "");
    this.held.set(name, all);
  }
}

/** In a document only what is written is replaced, and in a notice what it tells; the names of a thing in each language. */
const SAID = /^(?:text|en|uk|ru|zh|title|who|excerpt|other|name|label)$/;
/** What is asked about a product stands under keys of its own. */
const ANY = /./;

function sown(value: unknown, some: () => string, keys: RegExp, key = ""): unknown {
  if (typeof value === "string") return keys.test(key) ? some() : value;
  if (Array.isArray(value)) return value.map((each) => sown(each, some, keys, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, sown(each, some, keys, name)]));
}
