import { type SqlBool, sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Beside } from "~/kernel/beside";
import { type Card, COUNTED_TO, type Place, type StaffFacets, type StaffFilter, type StaffRow } from "./idea-list";
import { sorted } from "./idea-sort.queries.server";

/** What lists of ideas read for staff, over all accounts. */

/** A filter whose words are text for to_tsquery, read at one moment by one person. */
export type Asked = Omit<StaffFilter, "q" | "columns"> & { words: string | null; reader: string; moment: Date };

function conditions(asked: Asked) {
  const { words, status, kind, product, account, owner, tag, due, visibility, merged, sort, reader, moment } = asked;
  const ownerId = owner === "me" ? reader : owner;
  const parts = [
    merged === "away" ? sql`i.merged_into is not null` : sql`i.merged_into is null`,
    merged === "with" && sql`exists (select from ideas m where m.merged_into = i.id)`,
    words !== null && sql`i.search @@ to_tsquery('simple', ${words})`,
    status !== null && sql`i.status = ${status}`,
    kind !== null && sql`i.kind = ${kind}`,
    product !== null && sql`i.product_id = ${product}::uuid`,
    account !== null && sql`i.account_id = ${account}::uuid`,
    owner === "nobody" ? sql`i.owner_id is null` : ownerId !== null && sql`i.owner_id = ${ownerId}::uuid`,
    tag !== null && sql`exists (select from idea_tags x where x.idea_id = i.id and x.tag_id = ${tag}::uuid)`,
    (due !== null || sort === "due") && sql`i.answered_at is null and i.answer_due_at is not null`,
    due === "late" && sql`i.answer_due_at < ${moment}`,
    visibility !== null && sql`i.visibility = ${visibility}`,
  ];
  return sql<SqlBool>`${sql.join(parts.filter(Boolean), sql` and `)}`;
}

/** One page of ideas. `tags`: whether their tags are wanted, which cost a look-up each. */
export async function listIdeasForStaff(
  tx: ActorTx,
  asked: Asked,
  { place, take, tags }: { place: Place | null; take: number; tags: boolean },
) {
  const { order, key, after } = sorted(asked.sort, place);
  const tagged = tags
    ? sql`(select array_agg(t.name order by t.name) from idea_tags x join tags t on t.id = x.tag_id where x.idea_id = i.id)`
    : sql`null::text[]`;
  const { rows } = await sql<StaffRow & { key: string | null }>`
    select i.id, i.title, i.status, i.revision, i.kind, i.account_id as "accountId", a.name as account,
      author.display_name as author, owner.display_name as owner, p.name as product, ${tagged} as tags,
      i.comments_together as "commentCount", i.support_accounts as "supportAccounts", i.support_people as "supportPeople",
      i.support_value_minor::text as "valueMinor", i.support_value_unknown as "valueUnknown",
      i.answer_due_at as "answerDueAt", i.answered_at as "answeredAt",
      coalesce(i.answered_at is null and i.merged_into is null and i.answer_due_at < ${asked.moment}, false) as late,
      i.merged_into is not null as merged,
      i.created_at as "createdAt", i.last_activity_at as "lastActivityAt", ${key} as key
    from ideas i
    join accounts a on a.id = i.account_id
    join people author on author.id = i.author_id
    left join people owner on owner.id = i.owner_id
    left join products p on p.id = i.product_id
    where ${conditions(asked)} ${after ? sql`and ${after}` : sql``}
    order by ${order} limit ${take}`.execute(tx);
  return rows;
}

const named = (rows: string) => sql`coalesce((select jsonb_agg(to_jsonb(named)) from (${sql.raw(rows)}) named), '[]')`;
const NARROWINGS = sql`
  ${named("select id, display_name as name from people where side = 'staff' and removed_at is null order by 2, 1")} as owners,
  ${named("select id, name from tags order by lower(name) limit 200")} as tags,
  ${named("select id, name from products order by position, name")} as products`;

type Narrowings = Pick<StaffFacets, "owners" | "tags" | "products">;

/** What staff narrow a list by. */
export async function narrowings(tx: ActorTx): Promise<Narrowings> {
  const { rows } = await sql<Narrowings>`select ${NARROWINGS}`.execute(tx);
  return rows[0] ?? { owners: [], tags: [], products: [] };
}

/** The same with the views they may open, and how many ideas there are (no further than COUNTED_TO). */
export async function staffFacets(tx: ActorTx, asked: Asked) {
  // A search would read every idea that it finds.
  const counted =
    asked.words === null
      ? sql`(select count(*)::int from (select from ideas i where ${conditions(asked)} limit ${COUNTED_TO + 1}) counted)`
      : sql`null::int`;
  const { rows } = await sql<StaffFacets & { count: number | null; account: string | null }>`
    select ${NARROWINGS},
      coalesce((select jsonb_agg(jsonb_build_object('id', v.id, 'name', v.name, 'query', v.query, 'shared', v.shared,
          'own', v.person_id = ${asked.reader}::uuid, 'usual', d.view_id is not null, 'owner', w.display_name)
          order by v.person_id <> ${asked.reader}::uuid, v.name, v.id)
        from idea_views v join people w on w.id = v.person_id
        left join idea_view_defaults d on d.view_id = v.id and d.person_id = ${asked.reader}::uuid), '[]') as views,
      (select a.name from accounts a where a.id = ${asked.account}::uuid) as account,
      ${counted} as count`.execute(tx);
  return rows[0] ?? { owners: [], tags: [], products: [], views: [], account: null, count: null };
}

/** The first cards of each of these statuses, or those of one behind a place. */
export async function listCards(
  tx: ActorTx,
  asked: Asked,
  { statuses, place, take }: { statuses: readonly string[]; place: Place | null; take: number },
) {
  const { order, key, after } = sorted(asked.sort, place);
  const { rows } = await sql<Card & { key: string | null }>`
    select card.id, card.title, card.status, card.revision, card.account, card.owner, card."supportAccounts",
      card."supportPeople", card.key
    from unnest(${[...statuses]}::text[]) with ordinality col (status, place)
    cross join lateral (
      select i.id, i.title, i.status, i.revision, a.name as account, owner.display_name as owner,
        i.support_accounts as "supportAccounts", i.support_people as "supportPeople", ${key} as key,
        row_number() over (order by ${order}) as place
      from ideas i
      join accounts a on a.id = i.account_id
      left join people owner on owner.id = i.owner_id
      where i.status = col.status and ${conditions(asked)} ${after ? sql`and ${after}` : sql``}
      order by ${order} limit ${take}
    ) card
    order by col.place, card.place`.execute(tx);
  return rows;
}

/**
 * How many ideas stand at each of these statuses, no further than COUNTED_TO: of those that were asked for (null: of all but
 * the merged).
 */
export async function countByStatus(tx: ActorTx, asked: Asked | null, statuses: readonly string[]) {
  return (await countByStatusBeside(tx, asked, statuses, sql<never[]>`'[]'::json`)).counts;
}

/** The same, and what another module reads along. */
export async function countByStatusBeside<T>(
  tx: ActorTx,
  asked: Asked | null,
  statuses: readonly string[],
  beside: Beside<T[]>,
) {
  const counted = asked ? conditions(asked) : sql`i.merged_into is null`;
  const { rows } = await sql<{ status: string; count: number; beside: T[] | null }>`
    select col.status, (
      select count(*)::int from (
        select from ideas i where i.status = col.status and ${counted} limit ${COUNTED_TO + 1}) counted) as count,
      case when col.place = 1 then ${beside} end as beside
    from unnest(${[...statuses]}::text[]) with ordinality col (status, place) order by col.place`.execute(tx);
  return { counts: new Map(rows.map(({ status, count }) => [status, count])), beside: rows[0]?.beside ?? [] };
}
