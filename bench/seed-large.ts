// `npm run db:seed:large -- --ideas 100000 --accounts 2000 --events 1000000`: fills the running installation's database.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import pg from "pg";
import { currentSettings } from "~/kernel/env.server";
import { orRefuse, Refusal, say } from "../server/bootstrap.mjs";
import { connectionString } from "../server/database";

export type LargeSize = { readonly ideas: number; readonly accounts: number; readonly events: number };

/**
 * Adds so many ideas and events, and accounts until there are so many, with comments, internal notes and briefs.
 * One transaction, in which pages wait; the same every time on the same database, apart from the ids.
 * @param adminUrl a superuser's address: the checks that cost most are left out, since the data is made to pass them
 * @throws Refusal when the database was filled before
 */
export async function fillLarge(adminUrl: string, size: LargeSize): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "tandem large" });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from accounts where name = 'Account 1'");
    if (rowCount !== 0) throw new Refusal("This database was filled before: empty it with `npm run db:reset`.");
    await client.query("begin");
    await client.query(`set local session_replication_role = replica; set local synchronous_commit = off;
      set local work_mem = '256MB'; set local maintenance_work_mem = '256MB'; set local jit = off`);
    await client.query(
      "create temp table size on commit drop as select $1::int as ideas, $2::int as accounts, $3::int as events",
      [size.ideas, size.accounts, size.events],
    );
    const indexes = await dropIndexes(client);
    await client.query(readFileSync(new URL("./large.sql", import.meta.url), "utf8"));
    for (const definition of indexes) await client.query(definition);
    await client.query("commit");
    await client.query("vacuum (analyze)");
  } finally {
    await client.end();
  }
}

/** Drops what is quicker to build once than to keep up row by row. Out: the statements that make it again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid in ('ideas'::regclass, 'shared_ideas'::regclass, 'idea_comments'::regclass, 'idea_notes'::regclass, 'events'::regclass)
       and not i.indisunique`,
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map((row) => row.definition);
}

function sizeFrom(args: readonly string[]): LargeSize {
  const option = (fallback: string) => ({ type: "string", default: fallback }) as const;
  const { values } = parseArgs({
    args: [...args],
    options: { ideas: option("100000"), accounts: option("2000"), events: option("1000000") },
  });
  const whole = (name: keyof LargeSize) => {
    const count = Number(values[name]);
    if (!Number.isInteger(count) || count < 1 || count > 10_000_000) {
      throw new Refusal(`--${name} is a whole number between 1 and 10000000.`);
    }
    return count;
  };
  return { ideas: whole("ideas"), accounts: whole("accounts"), events: whole("events") };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await orRefuse(async () => {
    const size = sizeFrom(process.argv.slice(2));
    const url = await connectionString(currentSettings(), "admin");
    const started = performance.now();
    say(`Writing ${size.ideas} ideas, ${size.accounts} accounts and ${size.events} events`);
    await fillLarge(url, size);
    say(`Done in ${Math.round((performance.now() - started) / 1000)} s`);
  });
}
