import { readFileSync } from "node:fs";
import pg from "pg";

const SEED = new URL("../../supabase/seed.sql", import.meta.url);

/**
 * Loads the demo world into a migrated database that holds no account yet.
 * @returns false when there was one already, and nothing was done
 */
export async function loadDemoData(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "tandem demo" });
  await client.connect();
  try {
    await client.query("set role postgres");
    const { rowCount } = await client.query("select from public.accounts limit 1");
    if (rowCount !== 0) return false;
    await client.query("begin");
    await client.query(readFileSync(SEED, "utf8"));
    await client.query("commit");
    await client.query("analyze");
    return true;
  } finally {
    await client.end();
  }
}
