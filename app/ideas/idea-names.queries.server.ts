import { sql } from "kysely";

/** The names of the people whom words mention, by their ids; null where they mention nobody. In: the alias of the words' row. */
export const namesIn = (said: string) => sql<Record<
  string,
  string
> | null>`case when ${sql.ref(`${said}.mentions`)} <> '{}' then (
  select jsonb_object_agg(p.id, p.display_name) from people p where p.id = any (${sql.ref(`${said}.mentions`)})) end`;
