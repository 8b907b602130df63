import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Place, StaffSort } from "./idea-list";

/** What a list is sorted by: a column of `i`, the newest first where it is equal. Times count in microseconds since 1970. */
type Order = { column: string; time?: true; rising?: true };

const ORDERS: Record<Exclude<StaffSort, "newest">, Order> = {
  activity: { column: "i.last_activity_at", time: true },
  accounts: { column: "i.support_accounts" },
  people: { column: "i.support_people" },
  value: { column: "i.support_value_minor" },
  due: { column: "i.answer_due_at", time: true, rising: true },
};

export type Sorted = {
  /** What stands behind `order by`. */
  order: RawBuilder<unknown>;
  /** The sorted value of a row, for the place of the next page. */
  key: RawBuilder<string | null>;
  /** Whether a row lies behind the place; null for the first page. */
  after: RawBuilder<SqlBool> | null;
};

/** How to sort and where to begin. `id`: the column that decides between equals. */
export function sorted(sort: StaffSort, place: Place | null, id = "i.id"): Sorted {
  if (sort === "newest") {
    const after = place && sql<SqlBool>`${sql.raw(id)} < ${place.id}::uuid`;
    return { order: sql`${sql.raw(`${id} desc`)}`, key: sql<null>`null::text`, after };
  }
  const { column, time, rising } = ORDERS[sort];
  const key = time ? `(extract(epoch from ${column}) * 1000000)::bigint::text` : `${column}::text`;
  const way = rising ? "" : " desc";
  const value = time
    ? sql`'epoch'::timestamptz + ${place?.key}::bigint * interval '1 microsecond'`
    : sql`${place?.key}::bigint`;
  return {
    order: sql.raw(`${column}${way}, ${id}${way}`),
    key: sql<string>`${sql.raw(key)}`,
    after:
      place &&
      sql<SqlBool>`(${sql.raw(`${column}, ${id}`)}) ${sql.raw(rising ? ">" : "<")} (${value}, ${place.id}::uuid)`,
  };
}
