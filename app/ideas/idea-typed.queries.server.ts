import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { TypedName } from "./idea-page";

/**
 * Where one of these names stands typed in what belongs to an account: titles, ideas as they were sent, briefs, comments, notes
 * and words of support. A mention is no typed name: it follows its person, and so does its copy in a brief's text.
 */
export async function listTypedNames(
  tx: ActorTx,
  accountId: string,
  names: readonly string[],
  take: number,
): Promise<TypedName[]> {
  const wanted = [...names];
  const holds = (text: ReturnType<typeof sql>) =>
    sql`exists (select from unnest(${wanted}::text[]) as name where strpos(lower(${text}), lower(name)) > 0)`;
  const unmentioned = sql`(select replace(b.body_text, '@' || ${wanted[0] ?? ""}, ''))`;
  const { rows } = await sql<TypedName>`
    select t.idea_id, i.title, t.place, t.at from (
      select o.id as idea_id, 'title' as place, null::uuid as at from ideas o
        where o.account_id = ${accountId}::uuid and ${holds(sql`o.title`)}
      union all select o.id, 'text', null from ideas o where o.account_id = ${accountId}::uuid and ${holds(sql`o.body_text`)}
      union all select b.idea_id, 'brief', null from idea_briefs b
        where b.account_id = ${accountId}::uuid and ${holds(unmentioned)}
      union all select c.idea_id, 'comment', c.id from idea_comments c
        where c.account_id = ${accountId}::uuid and ${holds(sql`c.body`)}
      union all select n.idea_id, 'note', n.id from idea_notes n
        where n.account_id = ${accountId}::uuid and ${holds(sql`n.body`)}
      union all select s.idea_id, 'support', null from idea_support s
        where s.account_id = ${accountId}::uuid and s.comment is not null and ${holds(sql`s.comment`)}
    ) t join ideas i on i.id = t.idea_id
    order by i.id desc, t.place, t.at
    limit ${take}`.execute(tx);
  return rows;
}
