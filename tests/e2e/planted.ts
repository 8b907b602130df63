import { createHash } from "node:crypto";
import { type APIRequestContext, expect } from "@playwright/test";
import pg from "pg";
import { runningLocalPostgres } from "../../server/local/postgres";
import type { TestServer } from "./server";

/** What is searched for; it stands beside the planted word, so that finding is telling and asking is not. */
export const NEEDLE = "qwneedle";
/** Stands in every text of an account; whoever reads it has read that account. */
export const PLANTED = "zqplanted";

/** A connection that sees and may do everything. Whoever opens it ends it. */
export async function superuser(server: TestServer): Promise<pg.Client> {
  const urls = await runningLocalPostgres(server.dataDir);
  if (!urls) throw new Error("The database of a running server does not run");
  const client = new pg.Client({ connectionString: urls.admin });
  await client.connect();
  return client;
}

type Entry = { idea: string; token: string; address: string; name: string };

/** Shows somebody one idea as a guest, who comes in by the code of a letter. Out: where the browser is let in. */
export async function enterAsGuest(
  db: pg.Client,
  browser: APIRequestContext,
  { idea, token, address, name }: Entry,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `insert into guest_grants (account_id, object_kind, object_id, object_name, email, display_name, language, rights,
       expires_at, link_asked_at, created_by)
     select account_id, 'idea', id, title, $2, $3, 'en', 'comment', now() + interval '1 day', null, author_id
     from ideas where id = $1 returning id`,
    [idea, address, name],
  );
  await db.query(
    `insert into guest_keys (grant_id, token_hash) values ($1, $2)
     on conflict (grant_id) do update set token_hash = excluded.token_hash`,
    [rows[0]?.id, createHash("sha256").update(token).digest()],
  );
  expect((await browser.post(`/guest/${token}`, { form: { intent: "send" } })).status()).toBe(200);
  const letters = await db.query<{ body_text: string }>("select body_text from mail_outbox where recipient = $1", [
    address,
  ]);
  const code = /\b\d{6}\b/.exec(letters.rows[0]?.body_text ?? "")?.[0] ?? "";
  const answer = await browser.post(`/guest/${token}`, { form: { intent: "check", code } });
  const inside = `/guest/${token}/idea`;
  expect(answer.headers().location).toBe(inside);
  expect((await browser.get(inside)).status()).toBe(200);
  return inside;
}

type Column = { table: string; column: string; type: "text" | "jsonb" };

/** Tables that say whose their rows are. */
const OWNED = `
  select c.table_name::text as table from information_schema.columns c
  join information_schema.tables t using (table_schema, table_name)
  where c.table_schema = 'public' and c.column_name = 'account_id' and t.table_type = 'BASE TABLE' order by 1`;

async function writtenColumns(db: pg.Client): Promise<Column[]> {
  const { rows } = await db.query<Column>(
    `select c.table_name::text as table, c.column_name::text as column, c.data_type::text as type
     from information_schema.columns c
     where c.table_schema = 'public' and c.is_generated = 'NEVER' and c.data_type in ('text', 'jsonb')
       and (c.table_name in (select owned.table from (${OWNED}) owned) or c.table_name = 'accounts')
       and c.table_name not in ('events', 'event_chains') and c.column_name not in ('zone', 'language')
     order by 1, 2`,
  );
  return rows;
}

/**
 * Plants the word into every text of an account that takes one more word. Columns that hold no sentences (a role, a
 * state, a key) refuse it by their own checks. Out: the columns that hold it now, as `table.column`.
 */
export async function plant(db: pg.Client, accountId: string): Promise<string[]> {
  const planted: string[] = [];
  for (const { table, column, type } of await writtenColumns(db)) {
    const words = `${PLANTED} ${NEEDLE}`;
    const value =
      type === "text"
        ? `"${column}" || ' ${words}'`
        : `replace("${column}"::text, '"text": "', '"text": "${words} ')::jsonb`;
    const whose = table === "accounts" ? "id" : "account_id";
    await db.query("begin");
    try {
      const { rowCount } = await db.query(`update public."${table}" set "${column}" = ${value} where ${whose} = $1`, [
        accountId,
      ]);
      const { rows } = await db.query<{ n: number }>(
        `select count(*)::int as n from public."${table}" where ${whose} = $1 and "${column}"::text like '%${PLANTED}%'`,
        [accountId],
      );
      await db.query("commit");
      if (rowCount && rows[0]?.n) planted.push(`${table}.${column}`);
    } catch {
      await db.query("rollback");
    }
  }
  return planted;
}

/** Tables of the machine room, which a worker writes to at any time, and what a visitor of any account has of their own. */
const BUSY = /^(?:jobs|mail_|collab_|event_chains|worker_|session_|guest_keys|invitation_keys)/;

/**
 * Everything the database holds of an account, and everything that is nobody's own (statuses, products, the roadmap,
 * settings), table by table, as one number each.
 */
export async function fingerprint(db: pg.Client, accountId: string): Promise<Record<string, string>> {
  const { rows: tables } = await db.query<{ table: string; columns: string[] }>(
    `select t.table_name::text as table, array_agg(c.column_name::text) as columns
     from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
     where t.table_schema = 'public' and t.table_type = 'BASE TABLE' group by 1 order by 1`,
  );
  const prints: Record<string, string> = {};
  for (const { table, columns } of tables.filter((each) => !BUSY.test(each.table))) {
    const whose = [
      columns.includes("account_id") && "account_id = $1",
      columns.includes("idea_id") && "idea_id in (select id from ideas where account_id = $1)",
      columns.includes("person_id") &&
        "person_id in (select id from people where account_id = $1 or account_id is null)",
      table === "accounts" && "id = $1",
    ].filter(Boolean);
    const { rows } = await db.query<{ print: string }>(
      `select md5(coalesce(string_agg(row_text, '' order by row_text), '')) as print
       from (select t::text as row_text from public."${table}" t where ${whose.join(" or ") || "$1::uuid is not null"}) all_rows`,
      [accountId],
    );
    prints[table] = rows[0]?.print ?? "";
  }
  return prints;
}
