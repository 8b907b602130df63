import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Place } from "./pin";
import type { Marker, Pin, PinList, PinOf, Pins } from "./pin-page";

/** All SQL on pins and what is said at them: those of both sides, and staff's own, which stand in tables of their own. */

const TAKE = 20;
const SAID_MAX = 200;
/** As many as one version has at most in what we measure. */
const MARKERS_MAX = 2_000;

/** What a pin can be set on. `file`: null when that version has no such file that one could look at. */
export type Target = {
  versionId: string;
  publishedAt: Date | null;
  approvedAt: Date | null;
  /** Whether it is released to the account in question; of a customer: always, or they would not find it. */
  released: boolean;
  file: { id: string; kind: "picture" | "pdf" | "video" | "model" | "web" | "sample"; pages: number | null } | null;
};

/** Staff alone read releases. */
const releasedTo = (account: string | null, isStaff: boolean) =>
  isStaff
    ? sql<boolean>`exists (select from prototype_releases r
        where r.version_id = v.id and r.account_id = ${account}::uuid and r.ended_at is null)`
    : sql<boolean>`true`;

type Asking = { prototypeId: string; account: string | null; isStaff: boolean };

export async function findTarget(
  tx: ActorTx,
  { prototypeId, account, isStaff }: Asking,
  { version, file }: { version: string; file: string },
): Promise<Target | undefined> {
  const { rows } = await sql<Target>`
    select v.id as version_id, v.published_at, v.approved_at, ${releasedTo(account, isStaff)} as released,
      (select json_build_object('id', f.id, 'kind', f.kind, 'pages', f.pages) from prototype_files f
        where f.version_id = v.id and f.id = ${file}::uuid and f.state = 'ready') as file
    from prototype_versions v where v.id = ${version}::uuid and v.prototype_id = ${prototypeId}::uuid`.execute(tx);
  return rows[0];
}

/** A pin with what decides what may be done at it; undefined when it does not exist for this actor. */
export type KnownPin = Omit<Target, "file"> & { id: string; accountId: string | null; isResolved: boolean };

export async function findPin(
  tx: ActorTx,
  { prototypeId, isStaff }: Omit<Asking, "account">,
  { pin, of }: { pin: string; of: PinOf },
): Promise<KnownPin | undefined> {
  const [table, account] =
    of === "staff"
      ? [sql.table("prototype_staff_pins"), sql<null>`null::uuid`]
      : [sql.table("prototype_pins"), sql<string>`p.account_id`];
  const released = isStaff
    ? sql<boolean>`exists (select from prototype_releases r
        where r.version_id = v.id and r.account_id = ${account} and r.ended_at is null)`
    : sql<boolean>`true`;
  const { rows } = await sql<KnownPin>`
    select p.id, ${account} as account_id, p.resolved_at is not null as is_resolved, v.id as version_id, v.published_at,
      v.approved_at, ${released} as released
    from ${table} p join prototype_versions v on v.id = p.version_id
    where p.id = ${pin}::uuid and v.prototype_id = ${prototypeId}::uuid`.execute(tx);
  return rows[0];
}

type NewPin = { versionId: string; fileId: string; createdBy: string; page: number | null; place: Place | null };

/** In: the account whose conversation it stands in; null: staff's own. */
export async function insertPin(tx: ActorTx, accountId: string | null, { place, ...pin }: NewPin): Promise<string> {
  const row = { ...pin, ...(place ?? {}) };
  const made =
    accountId === null
      ? await tx.insertInto("prototypeStaffPins").values(row).returning("id").executeTakeFirstOrThrow()
      : await tx
          .insertInto("prototypePins")
          .values({ ...row, accountId })
          .returning("id")
          .executeTakeFirstOrThrow();
  return made.id;
}

export async function insertWords(
  tx: ActorTx,
  { id: pinId, versionId, accountId }: Pick<KnownPin, "id" | "versionId" | "accountId">,
  authorId: string,
  body: string,
): Promise<string> {
  const made =
    accountId === null
      ? await tx
          .insertInto("prototypeStaffPinComments")
          .values({ pinId, authorId, body })
          .returning("id")
          .executeTakeFirstOrThrow()
      : await tx
          .insertInto("prototypePinComments")
          .values({ pinId, versionId, accountId, authorId, body })
          .returning("id")
          .executeTakeFirstOrThrow();
  return made.id;
}

/** Out: whether it was still as it was looked at. */
export async function setResolved(
  tx: ActorTx,
  of: PinOf,
  { id, revision }: { id: string; revision: number },
  by: string | null,
): Promise<boolean> {
  const table = of === "staff" ? "prototypeStaffPins" : "prototypePins";
  const { numUpdatedRows } = await tx
    .updateTable(table as "prototypePins")
    .set({
      resolvedBy: by,
      resolvedAt: by === null ? null : sql`now()`,
      ...(of === "shared" && by === null && { resolvedByGuest: null }),
    })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .where("resolvedAt", by === null ? "is not" : "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

const COLUMNS = sql`p.id, p.file_id, p.page, p.x, p.y, p.width, p.height, p.carried, p.resolved_at, p.revision, p.created_at`;
const number = sql`(row_number() over (order by p.id))::int as number`;

/** Both conversations as one, counted each for itself. */
const everyPin = (versionId: string, account: string | null, withStaff: boolean) => sql`
  select 'shared' as of, ${number}, ${COLUMNS}, p.created_by, p.guest_grant_id, p.resolved_by, p.resolved_by_guest
  from prototype_pins p where p.version_id = ${versionId}::uuid and p.account_id = ${account}::uuid
  ${
    withStaff
      ? sql`union all select 'staff', ${number}, ${COLUMNS}, p.created_by, null::uuid, p.resolved_by, null::uuid
          from prototype_staff_pins p where p.version_id = ${versionId}::uuid`
      : sql``
  }`;

const wordsOf = (table: string, guest: string) => sql`
  select c.id, c.body, c.created_at as "createdAt", coalesce(w.display_name, g.display_name) as author,
    coalesce(w.side, 'guest') as side
  from ${sql.table(table)} c left join people w on w.id = c.author_id left join guest_grants g on g.id = ${sql.raw(guest)}
  where c.pin_id = e.id`;
const SAID = {
  shared: wordsOf("prototype_pin_comments", "c.guest_grant_id"),
  staff: wordsOf("prototype_staff_pin_comments", "null::uuid"),
};

const IN_LIST: Readonly<Record<PinList, ReturnType<typeof sql>>> = {
  open: sql`e.resolved_at is null`,
  resolved: sql`e.resolved_at is not null`,
  all: sql`true`,
};

const PLACE = sql`case when e.x is not null then json_build_object('x', e.x, 'y', e.y, 'width', e.width, 'height', e.height) end`;

const rowOf = (of: PinOf, withStaff: boolean, open: string | null) => {
  if (of === "staff" && !withStaff) return sql`select ''::text as says, 0 as said, null::json as all where false`;
  return sql`select (select s.body from (${SAID[of]} order by c.id limit 1) s) as says,
    (select count(*)::int from ${sql.table(of === "staff" ? "prototype_staff_pin_comments" : "prototype_pin_comments")} c
      where c.pin_id = e.id) as said,
    case when e.id = ${open}::uuid then (select json_agg(s order by s.id)
      from (${SAID[of]} order by c.id desc limit ${sql.lit(SAID_MAX)}) s) end as all
    where e.of = ${of}`;
};

export type PinsAsked = {
  versionId: string;
  account: string | null;
  withStaff: boolean;
  /** What is shown of the version: whose markers are wanted. */
  fileId: string | null;
  page: number;
  list: PinList;
  after: string | null;
  /** The pin that is open. */
  pin: string | null;
};

type Raw = { counts: Pins["counts"]; rows: Pin[] | null; markers: Marker[] | null };

/** The pins of a version as its page shows them, in one statement. */
export async function listPins(tx: ActorTx, asked: PinsAsked): Promise<Pins> {
  const { versionId, account, withStaff, fileId, page, list, after, pin } = asked;
  const { rows } = await sql<Raw>`
    with every as materialized (${everyPin(versionId, account, withStaff)})
    select json_build_object('open', count(*) filter (where e.resolved_at is null),
        'resolved', count(*) filter (where e.resolved_at is not null)) as counts,
      (select json_agg(json_build_object('id', m.id, 'of', m.of, 'number', m.number, 'place', m.place,
          'resolved', m.resolved) order by m.id)
        from (select e.id, e.of, e.number, ${PLACE} as place, e.resolved_at is not null as resolved from every e
          where e.file_id = ${fileId}::uuid and e.x is not null and coalesce(e.page, 1) = ${page}
            and (${IN_LIST[list]} or e.id = ${pin}::uuid)
          order by e.id desc limit ${sql.lit(MARKERS_MAX)}) m) as markers,
      (select json_agg(json_build_object('id', r.id, 'of', r.of, 'number', r.number, 'fileId', r.file_id, 'page', r.page,
          'place', r.place, 'carried', r.carried, 'resolved', r.resolved, 'revision', r.revision, 'author', r.author,
          'createdAt', r.created_at, 'says', left(r.says, 300), 'said', r.said, 'all', r.all) order by r.id desc)
        from (
          select e.id, e.of, e.number, e.file_id, e.page, ${PLACE} as place, e.carried, e.revision, e.created_at,
            case when e.resolved_at is not null then json_build_object('at', e.resolved_at,
              'by', coalesce(rp.display_name, rg.display_name)) end as resolved,
            coalesce(a.display_name, g.display_name) as author, w.says, w.said, w.all
          from every e
          left join people a on a.id = e.created_by left join guest_grants g on g.id = e.guest_grant_id
          left join people rp on rp.id = e.resolved_by left join guest_grants rg on rg.id = e.resolved_by_guest
          cross join lateral (${rowOf("shared", withStaff, pin)} union all ${rowOf("staff", withStaff, pin)}) w
          where (${IN_LIST[list]} and (${after}::uuid is null or e.id < ${after}::uuid)) or e.id = ${pin}::uuid
          order by e.id is not distinct from ${pin}::uuid desc, e.id desc limit ${sql.lit(TAKE + 2)}) r) as rows
    from every e`.execute(tx);
  const [found] = rows;
  const all = found?.rows ?? [];
  // The one that is open stands in the list whatever its state is.
  const listed = all.filter(({ resolved }) => list === "all" || (resolved !== null) === (list === "resolved"));
  const shown = listed.slice(0, TAKE);
  return {
    list,
    counts: found?.counts ?? { open: 0, resolved: 0 },
    rows: all.filter((one) => one.id === pin || shown.includes(one)),
    next: listed.length > TAKE ? (shown.at(-1)?.id ?? null) : null,
    markers: found?.markers ?? [],
  };
}
