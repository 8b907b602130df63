/**
 * Pages of a list. Ids carry the time they were made in (private.uuid_v7), so a list in the order of its ids, newest first,
 * is one in the order of time, and the id of the last row says where the next page begins.
 */

/** Rows on one page of a list. */
export const PAGE_SIZE = 20;
/** Rows on one page of a dense staff list. */
export const STAFF_PAGE_SIZE = 25;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads where a page begins out of an address. Whatever is not an id means the first page: null. */
export function readCursor(text: string | null): string | null {
  return text && UUID.test(text) ? text : null;
}

/**
 * In: one row more than fits, when there is one. Out: the page, and where the next one begins; null when this is the last.
 */
export function pageOf<Row extends { id: string }>(
  rows: readonly Row[],
  size: number,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, size);
  return { rows: page, next: rows.length > size ? (page.at(-1)?.id ?? null) : null };
}
