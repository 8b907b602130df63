import { type SqlBool, sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import { COUNTED_TO, type Named, type Place, type PortalFilter, type PortalRow } from "./idea-list";
import { type Sorted, sorted } from "./idea-sort.queries.server";

/** What lists of ideas read for clients: their account's, those that all customers see, those one follows or supports. */

type Narrowed = Pick<PortalFilter, "status" | "kind" | "product" | "mine" | "sort"> & {
  /** Text for to_tsquery; null for no search. */
  words: string | null;
  place: Place | null;
  take: number;
};
type Asking = { readonly accountId: string; readonly personId: string };
type Row = PortalRow & { key: string | null };

const all = (conditions: readonly (unknown | null | false)[]) =>
  sql<SqlBool>`${sql.join(conditions.filter(Boolean), sql` and `)}`;

const ofAccount = ({ accountId, personId }: Asking, { status, kind, product, mine }: Narrowed) => [
  sql`i.account_id = ${accountId}::uuid`,
  status !== null && sql`i.status = ${status}`,
  kind !== null && sql`i.kind = ${kind}`,
  product !== null && sql`i.product_id = ${product}::uuid`,
  mine && sql`i.author_id = ${personId}::uuid`,
];
const ofShared = ({ status, product }: Narrowed) => [
  status !== null && sql`i.status = ${status}`,
  product !== null && sql`i.product_id = ${product}::uuid`,
];

/** The ids on a page of a search; see private.search_idea_list. */
function found(shared: boolean, { personId }: Asking, narrowed: Narrowed) {
  const { words, status, kind, product, mine, sort, place, take } = narrowed;
  return sql`(select private.search_idea_list(${shared}, ${words}, ${status}, ${product}::uuid, ${kind},
    ${mine ? personId : null}::uuid, ${sort}, ${place?.key ?? null}::bigint, ${place?.id ?? null}::uuid, ${take}))`;
}

const COUNTS = sql`i.support_accounts as "supportAccounts", i.support_people as "supportPeople", i.created_at as "createdAt"`;

/** Ideas of the account. It is named, although the rules know it, so that its indexes give the order. */
export async function listOwnIdeas(tx: ActorTx, asking: Asking, narrowed: Narrowed): Promise<Row[]> {
  const { order, key, after }: Sorted = sorted(narrowed.sort, narrowed.place);
  const which =
    narrowed.words === null
      ? all([...ofAccount(asking, narrowed), after])
      : sql`i.id in ${found(false, asking, narrowed)}`;
  const { rows } = await sql<Row>`
    select i.id, i.title, i.status, author.display_name as author, i.comment_count as "commentCount",
      i.merged_at is not null as merged, ${COUNTS}, ${key} as key
    from ideas i join people author on author.id = i.author_id
    where ${which} order by ${order} limit ${narrowed.take}`.execute(tx);
  return rows;
}

/** Ideas that all customers see, without whose they are. */
export async function listSharedIdeas(tx: ActorTx, asking: Asking, narrowed: Narrowed): Promise<Row[]> {
  const { order, key, after } = sorted(narrowed.sort, narrowed.place, "i.idea_id");
  const which =
    narrowed.words === null
      ? all([sql`true`, ...ofShared(narrowed), after])
      : sql`i.idea_id in ${found(true, asking, narrowed)}`;
  const { rows } = await sql<Row>`
    select i.idea_id as id, i.title, i.status, null as author, null as "commentCount", i.merged, ${COUNTS}, ${key} as key
    from shared_ideas i where ${which} order by ${order} limit ${narrowed.take}`.execute(tx);
  return rows;
}

/**
 * Ideas that one follows or supports, of the account or shared. They are as many as one person chose, so they are read whole
 * before they are sorted.
 */
export async function listFollowedIdeas(tx: ActorTx, { personId }: Asking, narrowed: Narrowed): Promise<Row[]> {
  const { order, key, after } = sorted(narrowed.sort, narrowed.place);
  const { words, status, kind, product, mine } = narrowed;
  const which = all([
    sql`true`,
    words !== null && sql`i.search @@ to_tsquery('simple', ${words})`,
    status !== null && sql`i.status = ${status}`,
    kind !== null && sql`i.kind = ${kind}`,
    product !== null && sql`i.product_id = ${product}::uuid`,
    mine && sql`i.author_id = ${personId}::uuid`,
    after,
  ]);
  const { rows } = await sql<Row>`
    with chosen as materialized (
      select f.idea_id as id from idea_followers f where f.person_id = ${personId}::uuid
      union
      select s.idea_id from idea_support s where s.person_id = ${personId}::uuid and s.withdrawn_at is null
    ), i as (
      select o.id, o.title, o.status, o.kind, o.product_id, o.author_id, o.search, o.comment_count, o.merged_at is not null as merged,
        o.last_activity_at, o.support_accounts, o.support_people, o.created_at
      from chosen join ideas o on o.id = chosen.id
      union all
      select s.idea_id, s.title, s.status, null, s.product_id, null, s.search, null, s.merged, s.created_at, s.support_accounts,
        s.support_people, s.created_at
      from chosen join shared_ideas s on s.idea_id = chosen.id
      where not exists (select from ideas o where o.id = chosen.id)
    )
    select i.id, i.title, i.status, author.display_name as author, i.comment_count as "commentCount", i.merged, ${COUNTS},
      ${key} as key
    from i left join people author on author.id = i.author_id
    where ${which} order by ${order} limit ${narrowed.take}`.execute(tx);
  return rows;
}

/** The products a client narrows a list by, and how many ideas it has (no further than COUNTED_TO; null: not asked). */
export async function portalFacets(
  tx: ActorTx,
  counted: { asking: Asking; narrowed: Narrowed; shared: boolean } | null,
) {
  const table = sql.raw(counted?.shared ? "shared_ideas" : "ideas");
  const some =
    counted &&
    all([sql`true`, ...(counted.shared ? ofShared(counted.narrowed) : ofAccount(counted.asking, counted.narrowed))]);
  const count = some
    ? sql`(select count(*)::int from (select from ${table} i where ${some} limit ${COUNTED_TO + 1}) counted)`
    : sql`null::int`;
  const { rows } = await sql<{ products: Named[]; count: number | null }>`
    select coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.position, p.name)
      from products p), '[]') as products, ${count} as count`.execute(tx);
  return rows[0] ?? { products: [], count: null };
}
