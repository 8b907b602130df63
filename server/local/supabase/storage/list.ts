import * as z from "zod";
import { callerOf } from "../caller";
import type { Gateway } from "../gateway-context";
import { json, readJson } from "../http";
import { asCaller, requireBucket } from "./access";
import { decoded } from "./names";

const PAGE_LIMIT = 1000;

const listSchema = z.object({
  prefix: z.string().max(1024).default(""),
  limit: z.int().min(1).max(PAGE_LIMIT).catch(PAGE_LIMIT).default(100),
  offset: z.int().min(0).default(0),
  search: z.string().max(1024).nullish(),
  sortBy: z
    .object({
      column: z.enum(["name", "updated_at", "created_at", "last_accessed_at"]).default("name"),
      order: z.enum(["asc", "desc"]).default("asc"),
    })
    .nullish(),
});

/**
 * POST /object/list/bucket: what is directly below a folder, folders included (without id). `search` is how names
 * begin, capital or small.
 */
export async function handleList(gateway: Gateway, request: Request, _url: URL, rest: string): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const asked = await readJson(request, listSchema);
  const bucket = decoded(rest);
  await requireBucket(gateway, bucket);
  const folder = asked.prefix.replace(/^\/+|\/+$/g, "");
  const { column, order } = { column: "name", order: "asc", ...asked.sortBy };
  const rows = await asCaller(gateway, caller, async (db) => {
    const { rows: found } = await db.query(
      `with inside as (
         select o.*, substr(o.name, length($2) + 1) as rest
         from storage.objects o where o.bucket_id = $1 and starts_with(o.name, $2)
       ), entries as (
         select split_part(rest, '/', 1) as name, null::uuid as id, null::timestamptz as updated_at,
           null::timestamptz as created_at, null::timestamptz as last_accessed_at, null::jsonb as metadata
         from inside where rest like '%/%' group by 1
         union all
         select rest, id, updated_at, created_at, last_accessed_at, metadata from inside where rest not like '%/%'
       )
       select * from entries where name <> '' and starts_with(lower(name), lower($3))
       order by ${column} ${order} nulls first, name ${order} limit $4 offset $5`,
      [bucket, folder === "" ? "" : `${folder}/`, asked.search ?? "", asked.limit, asked.offset],
    );
    return found;
  });
  return json(rows);
}

const listV2Schema = z.object({
  prefix: z.string().max(1024).default(""),
  limit: z.int().min(1).max(PAGE_LIMIT).catch(PAGE_LIMIT).default(PAGE_LIMIT),
  cursor: z.string().max(4096).nullish(),
  with_delimiter: z.boolean().default(false),
  sortBy: z
    .object({
      column: z.enum(["name", "updated_at", "created_at"]).default("name"),
      order: z.enum(["asc", "desc"]).default("asc"),
    })
    .nullish(),
});

/**
 * POST /object/list-v2/bucket: names that begin with a prefix, page by page; with a delimiter, what lies deeper is
 * gathered into folders. The cursor is the last entry shown; one we did not make starts at the beginning.
 */
export async function handleListV2(gateway: Gateway, request: Request, _url: URL, rest: string): Promise<Response> {
  const caller = await callerOf(gateway, request);
  const asked = await readJson(request, listV2Schema);
  const bucket = decoded(rest);
  await requireBucket(gateway, bucket);
  const { column, order } = { column: "name", order: "asc", ...asked.sortBy };
  const after = readCursor(asked.cursor);
  const compare = order === "asc" ? ">" : "<";
  type Entry = { key: string; sort: string; id: string | null };
  const rows = await asCaller(gateway, caller, async (db) => {
    const { rows: found } = await db.query<Entry>(
      `with inside as (
         select o.*, case when $3 and position('/' in substr(o.name, length($2) + 1)) > 0
           then $2 || split_part(substr(o.name, length($2) + 1), '/', 1) || '/' end as folder
         from storage.objects o where o.bucket_id = $1 and starts_with(o.name, $2)
       ), entries as (
         select folder as key, null::uuid as id, max(updated_at) as updated_at, max(created_at) as created_at,
           null::timestamptz as last_accessed_at, null::jsonb as metadata
         from inside where folder is not null group by folder
         union all
         select name, id, updated_at, created_at, last_accessed_at, metadata from inside where folder is null
       ), sorted as (
         select *, ${column === "name" ? 'key collate "C"' : `to_char(${column} at time zone 'utc', 'YYYYMMDDHH24MISSUS')`} as sort
         from entries
       )
       select * from sorted where $4::text is null or (sort, key collate "C") ${compare} ($4, $5)
       order by sort ${order}, key collate "C" ${order} limit $6`,
      [bucket, asked.prefix, asked.with_delimiter, after?.sort ?? null, after?.key ?? null, asked.limit + 1],
    );
    return found;
  });
  const hasNext = rows.length > asked.limit;
  const page = rows.slice(0, asked.limit);
  const last = page.at(-1);
  return json({
    hasNext,
    folders: page.filter(({ id }) => id === null).map(({ key }) => ({ key, name: key })),
    objects: page.filter(({ id }) => id !== null).map(({ sort: _, ...entry }) => ({ ...entry, name: entry.key })),
    ...(hasNext && last
      ? { nextCursor: Buffer.from(JSON.stringify([last.sort, last.key])).toString("base64url") }
      : {}),
  });
}

function readCursor(cursor: string | null | undefined): { sort: string; key: string } | null {
  try {
    const [sort, key] = z
      .tuple([z.string(), z.string()])
      .parse(JSON.parse(Buffer.from(cursor ?? "", "base64url").toString()));
    return { sort, key };
  } catch {
    return null;
  }
}
