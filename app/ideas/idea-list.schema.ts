import * as z from "zod";
import { readCursor } from "~/kernel/cursor";
import {
  COLUMNS,
  DUE,
  KINDS,
  MERGED,
  type PortalFilter,
  portalSorts,
  SCOPES,
  STAFF_SORTS,
  type StaffFilter,
  USUAL_COLUMNS,
  VISIBILITIES,
} from "./idea-list";
import { STATUS_ID } from "./idea-status";
import { ROADMAP_TEXT_MAX, ROADMAP_TITLE_MAX } from "./roadmap";

/** The filters of lists as they stand in addresses; whatever is not one of ours is left out, never an error. */

const oneOf = <T extends string>(values: readonly T[], text: string | null): T | null =>
  values.find((value) => value === text) ?? null;
const statusOf = (text: string | null) => (text && STATUS_ID.test(text) ? text : null);
const searchOf = (query: URLSearchParams) => (query.get("q") ?? "").replaceAll("\0", "").slice(0, 200).trim();

export function portalFilter(url: string): { filter: PortalFilter; after: string | null } {
  const { searchParams: query } = new URL(url);
  const scope = oneOf(SCOPES, query.get("scope")) ?? "ours";
  return {
    filter: {
      scope,
      q: searchOf(query),
      status: statusOf(query.get("status")),
      kind: oneOf(KINDS, query.get("kind")),
      product: readCursor(query.get("product")),
      mine: query.get("mine") === "1",
      sort: oneOf(portalSorts(scope), query.get("sort")) ?? "newest",
    },
    after: query.get("after"),
  };
}

export function staffFilter(url: string): { filter: StaffFilter; after: string | null } {
  const { searchParams: query } = new URL(url);
  // The form sends each column by itself; an address that was written by us names them in one.
  const wanted = query.getAll("columns").flatMap((text) => text.split(","));
  const columns = COLUMNS.filter((column) => wanted.includes(column));
  const owner = query.get("owner");
  return {
    filter: {
      q: searchOf(query),
      status: statusOf(query.get("status")),
      kind: oneOf(KINDS, query.get("kind")),
      product: readCursor(query.get("product")),
      account: readCursor(query.get("account")),
      owner: oneOf(["me", "nobody"], owner) ?? readCursor(owner),
      tag: readCursor(query.get("tag")),
      due: oneOf(DUE, query.get("due")),
      visibility: oneOf(VISIBILITIES, query.get("visibility")),
      merged: oneOf(MERGED, query.get("merged")),
      sort: oneOf(STAFF_SORTS, query.get("sort")) ?? "newest",
      columns: columns.length > 0 ? columns : USUAL_COLUMNS,
    },
    after: query.get("after"),
  };
}

const uuid = z.guid().transform((id) => id.toLowerCase());

/** One ticked row: which idea, and the revision at which it was seen. */
const ticked = z
  .string()
  .regex(/^[0-9a-fA-F-]{36}\.\d{1,9}$/)
  .transform((text) => ({ id: text.slice(0, 36).toLowerCase(), revision: Number(text.slice(37)) }));

const items = z.array(ticked).min(1);
const statusId = z.string().regex(STATUS_ID);
const owner = z.union([z.literal("nobody").transform(() => null), uuid]);

/** What to do with the ticked ideas, and what it takes. Without `into` the form asks first which of them stays. */
export const bulkForm = z.discriminatedUnion("what", [
  z.object({ what: z.literal("status"), item: items, to: statusId }),
  z.object({ what: z.literal("owner"), item: items, owner }),
  z.object({ what: z.literal("tag"), item: items, tag: uuid }),
  z.object({ what: z.literal("untag"), item: items, tag: uuid }),
  z.object({ what: z.literal("merge"), item: items, into: uuid.optional() }),
]);

export const viewForm = z.object({
  name: z.string().trim().min(1).max(60),
  query: z.string().max(1000).optional(),
  shared: z.literal("on").optional(),
});
export const viewNameForm = viewForm.omit({ query: true }).extend({ view: uuid });
export const viewChoice = z.object({ view: uuid.optional() });

/** A card that goes to another column, and the revision at which it was seen. */
export const cardForm = z.object({ id: uuid, to: statusId, revision: z.coerce.number().int().positive() });

/** The card whose form to move it is open, from the board's address. */
export function movingCard(url: string): string | null {
  return readCursor(new URL(url).searchParams.get("move"));
}

/** Throws away what was written for the roadmap at this revision. */
export const roadmapDraftForm = z.object({ revision: z.coerce.number().int().positive() });

const someWords = (max: number) => z.string().trim().max(max).optional();

/** Words for the public roadmap: English always, the other languages where somebody wrote them. */
export const roadmapForm = z.object({
  what: z.enum(["save", "publish", "unpublish"]),
  revision: z.coerce.number().int().nonnegative(),
  title_en: z.string().trim().min(1).max(ROADMAP_TITLE_MAX),
  title_uk: someWords(ROADMAP_TITLE_MAX),
  title_ru: someWords(ROADMAP_TITLE_MAX),
  title_zh: someWords(ROADMAP_TITLE_MAX),
  text_en: someWords(ROADMAP_TEXT_MAX),
  text_uk: someWords(ROADMAP_TEXT_MAX),
  text_ru: someWords(ROADMAP_TEXT_MAX),
  text_zh: someWords(ROADMAP_TEXT_MAX),
});
