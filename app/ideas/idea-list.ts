/** How lists of ideas are narrowed, ordered and cut into pages. All of it stands in the address of the list. */

/** Whose ideas a client looks at: the account's, those that all customers see, or those one follows or supports. */
export const SCOPES = ["ours", "all", "followed"] as const;
export type Scope = (typeof SCOPES)[number];

export const PORTAL_SORTS = ["newest", "activity", "accounts", "people"] as const;
/** `value`: what supporting accounts are worth in a year. `due`: the first answer, the most urgent first. */
export const STAFF_SORTS = [...PORTAL_SORTS, "value", "due"] as const;
export type PortalSort = (typeof PORTAL_SORTS)[number];
export type StaffSort = (typeof STAFF_SORTS)[number];

/** The orders that a list offers. When something last happened to another account's idea is nobody else's to know. */
export function portalSorts(scope: Scope): readonly PortalSort[] {
  return scope === "all" ? PORTAL_SORTS.filter((sort) => sort !== "activity") : PORTAL_SORTS;
}

export const DUE = ["late", "waiting"] as const;
/** `with`: others were merged into it. `away`: it was merged into another; elsewhere staff's lists leave those out. */
export const MERGED = ["with", "away"] as const;
export const KINDS = ["suggestion", "complaint"] as const;
export const VISIBILITIES = ["account", "all_customers"] as const;

export const COLUMNS = [
  "account",
  "author",
  "kind",
  "product",
  "owner",
  "tags",
  "comments",
  "accounts",
  "people",
  "value",
  "due",
  "created",
  "activity",
] as const;
export type Column = (typeof COLUMNS)[number];
export const USUAL_COLUMNS: readonly Column[] = ["account", "owner", "accounts", "people", "activity"];

/** The columns that a list shows: the chosen ones, and what it is in the order of, for an order that nobody sees says nothing. */
export function shownColumns({ sort, columns }: Pick<StaffFilter, "sort" | "columns">): readonly Column[] {
  return COLUMNS.filter((column) => column === sort || columns.includes(column));
}

export type PortalFilter = {
  scope: Scope;
  q: string;
  status: string | null;
  kind: (typeof KINDS)[number] | null;
  product: string | null;
  mine: boolean;
  sort: PortalSort;
};

export type StaffFilter = {
  q: string;
  status: string | null;
  kind: (typeof KINDS)[number] | null;
  product: string | null;
  account: string | null;
  /** A person's id, whoever reads ("me"), or nobody. */
  owner: string | null;
  tag: string | null;
  due: (typeof DUE)[number] | null;
  visibility: (typeof VISIBILITIES)[number] | null;
  merged: (typeof MERGED)[number] | null;
  sort: StaffSort;
  columns: readonly Column[];
};

/** A client's list that nothing narrows. */
export const ALL_OURS: PortalFilter = {
  scope: "ours",
  q: "",
  status: null,
  kind: null,
  product: null,
  mine: false,
  sort: "newest",
};

/** A list of staff that nothing narrows. */
export const EVERYTHING: StaffFilter = {
  q: "",
  status: null,
  kind: null,
  product: null,
  account: null,
  owner: null,
  tag: null,
  due: null,
  visibility: null,
  merged: null,
  sort: "newest",
  columns: USUAL_COLUMNS,
};

type Words = Readonly<Record<string, string | boolean | null | readonly string[] | undefined>>;

// What a list is when its address says nothing.
const USUAL: Words = { scope: "ours", sort: "newest", columns: USUAL_COLUMNS.join(",") };

/** What stands behind the question mark of a list with this filter: no more than it takes, always in the same order. */
export function listQuery(filter: Words): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    const text = Array.isArray(value) ? value.join(",") : value === true ? "1" : value || "";
    if (text && text !== USUAL[name]) query.set(name, String(text));
  }
  return query.toString();
}

/** The address of a list with this filter. */
export function listAddress(path: string, filter: Words): string {
  const query = listQuery(filter);
  return query ? `${path}?${query}` : path;
}

/** How many of these narrow a list, the search not among them. */
export function narrowings({ q: _, sort: __, columns: ___, scope: ____, ...filter }: Words): number {
  return Object.values(filter).filter(Boolean).length;
}

// ------------------------------------------------------------------ pages

/**
 * Where a page begins: behind the row with this id, which stood at this value of what the list is sorted by (microseconds
 * for a time). The value is kept in the address, since the row may have moved by the time the next page is asked for.
 */
export type Place = { id: string; key: string | null };

const PLACE = /^(?:(\d{1,18})_)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Reads a place out of an address. Whatever is none of this sort begins at the first page: null. */
export function readPlace(text: string | null, sort: StaffSort): Place | null {
  const [, key = null, id] = PLACE.exec(text ?? "") ?? [];
  return id && (key === null) === (sort === "newest") ? { id, key } : null;
}

/** In: one row more than fits, when there is one. Out: the page, and the place of the next one; null when this is the last. */
export function placedPage<Row extends { id: string; key: string | null }>(
  rows: readonly Row[],
  size: number,
): { rows: Omit<Row, "key">[]; next: string | null } {
  const page = rows.slice(0, size);
  const last = rows.length > size ? page.at(-1) : undefined;
  return {
    rows: page.map(({ key: _, ...row }) => row),
    next: last ? (last.key === null ? last.id : `${last.key}_${last.id}`) : null,
  };
}

/** Lists are counted up to here; beyond it the page says that there are more. */
export const COUNTED_TO = 1_000;

/** Rows of a file that leaves; it says so itself when there are more. */
export const EXPORT_ROWS = 10_000;

/** How many ideas one bulk change takes. */
export const BULK_MAX = 200;

// ------------------------------------------------------------------ what pages show

export type Named = { id: string; name: string };

/** An idea in a client's list. What is another account's has no author and no discussion there. */
export type PortalRow = {
  id: string;
  title: string;
  status: string;
  author: string | null;
  commentCount: number | null;
  supportAccounts: number;
  supportPeople: number;
  merged: boolean;
  createdAt: Date;
};

/** An idea in a list of staff. */
export type StaffRow = {
  id: string;
  title: string;
  status: string;
  revision: number;
  kind: string;
  accountId: string;
  account: string;
  author: string;
  owner: string | null;
  product: string | null;
  tags: readonly string[] | null;
  commentCount: number;
  supportAccounts: number;
  supportPeople: number;
  /** Minor units of EUR, and of how many supporting accounts nobody put down a value in EUR. */
  valueMinor: string;
  valueUnknown: number;
  answerDueAt: Date | null;
  answeredAt: Date | null;
  late: boolean;
  merged: boolean;
  createdAt: Date;
  lastActivityAt: Date;
};

/** What supporting accounts are worth is added up in this currency alone. */
export const VALUE_CURRENCY = "EUR";

/** A view that staff keep of their list. */
export type View = Named & { query: string; shared: boolean; own: boolean; usual: boolean; owner: string };

export type ViewRefusal = "name-taken" | "not-yours" | "may-not-keep";

/** What staff narrow a list by. */
export type StaffFacets = {
  owners: readonly Named[];
  tags: readonly Named[];
  products: readonly Named[];
  views: readonly View[];
};

/** An idea on staff's board. */
export type Card = Pick<
  StaffRow,
  "id" | "title" | "status" | "revision" | "account" | "owner" | "supportAccounts" | "supportPeople"
>;

/** A column of the board: the ideas of one status. `count` is null where a search would have to read all that it finds. */
export type BoardColumn = { status: string; rows: readonly Card[]; next: string | null; count: number | null };

/** Cards of one column that come at once. */
export const BOARD_PAGE = 8;
