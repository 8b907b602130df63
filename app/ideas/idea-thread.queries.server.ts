import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { SystemTx } from "~/kernel/system-tx.server";
import { namesIn } from "./idea-names.queries.server";
import {
  keptOf,
  listOf,
  type Thread,
  type ThreadAbout,
  type Threads,
  type ThreadsOf,
  type ThreadView,
} from "./idea-thread";

/**
 * Threads about passages of a brief and things on a board: reading, beginning, resolving, placing anew. Those of staff's layer
 * stand in a table of their own that has the same columns, and what is said in them are internal notes.
 */

const TAKE = 10;
const SAID_MAX = 100;

/** What the statement of a page brings of them. */
export type RawThreads = { rows: Thread[] | null; counts: Threads["counts"] };

/** The tables of threads and of what is said in them. Guests say nothing among staff. */
const KEPT = {
  shared: { threads: sql.table("idea_threads"), said: sql.table("idea_comments"), guest: sql.ref("c.guest_grant_id") },
  layer: { threads: sql.table("idea_layer_threads"), said: sql.table("idea_notes"), guest: sql`null::uuid` },
};
const tableOf = (of: ThreadsOf) => (of === "layer" ? "ideaLayerThreads" : "ideaThreads") as "ideaThreads";

/** Names of whom a comment calls; time as everywhere in what a page's loader answers. */
const saidIn = ({ said, guest }: (typeof KEPT)[ThreadsOf]) => sql`(select json_agg(x order by x.id) from (
  select c.id, c.body, c.created_at as "createdAt", c.edited_at as "editedAt",
    coalesce(p.display_name, g.display_name) as author, coalesce(p.side, 'guest') as side,
    ${namesIn("c")} as mentions
  from ${said} c left join people p on p.id = c.author_id left join guest_grants g on g.id = ${guest}
  where c.idea_id = t.idea_id and c.thread_id = t.id order by c.id desc limit ${sql.lit(SAID_MAX)}) x)`;

const LISTS = {
  open: sql`t.resolved_at is null and t.place <> 'gone'`,
  gone: sql`t.resolved_at is null and t.place = 'gone'`,
  resolved: sql`t.resolved_at is not null`,
};

/**
 * The threads of an idea for its page, or for that of its board, newest words first, as a part of the page's own statement. In:
 * the column with the idea's id. What was said comes along for the one that is open.
 */
export function threadsOf(idea: string, me: string, { list, before, open }: ThreadView, about: ThreadAbout = "brief") {
  const i = sql.ref(idea);
  const kept = KEPT[keptOf(about)];
  return sql<RawThreads>`(select json_build_object(
    'counts', json_build_object(
      'open', count(*) filter (where ${LISTS.open}), 'gone', count(*) filter (where ${LISTS.gone}),
      'resolved', count(*) filter (where ${LISTS.resolved})),
    'rows', (select json_agg(r order by r.id desc) from (
      select t.last_said_id as id, t.id as "threadId", coalesce(t.anchor ->> 'start', '') as start,
        coalesce(t.anchor ->> 'end', '') as "end", t.anchor ->> 'element' as element, t.anchor ->> 'kind' as kind,
        t.quote, t.before, t.after, t.place, t.present, coalesce(t.begun_by = ${me}::uuid, false) as mine, t.revision, t.said_count as said,
        case when t.resolved_at is not null then json_build_object('at', t.resolved_at, 'by',
          (select p.display_name from people p where p.id = t.resolved_by)) end as resolved,
        coalesce(lp.display_name, lg.display_name) as "lastAuthor", l.created_at as "lastAt",
        case when t.id = ${open}::uuid then ${saidIn(kept)} end as "all"
      from ${kept.threads} t
      join lateral (select c.created_at, c.author_id, ${kept.guest} as guest_grant_id from ${kept.said} c
        where c.idea_id = t.idea_id and c.thread_id = t.id order by c.id desc limit 1) l on true
      left join people lp on lp.id = l.author_id left join guest_grants lg on lg.id = l.guest_grant_id
      where t.idea_id = ${i} and t.about = ${about} and ((${LISTS[list]} and (${before}::uuid is null or t.last_said_id < ${before}::uuid))
        or t.id = ${open}::uuid)
      order by t.last_said_id desc limit ${sql.lit(TAKE + 2)}) r))
    from ${kept.threads} t where t.idea_id = ${i} and t.about = ${about})`;
}

/** What the statement brought, as a stretch of a list. One that was opened stands in it whatever its list. */
export function threadsOfRow({ rows, counts }: RawThreads, { list, open }: ThreadView): Threads {
  const all = rows ?? [];
  const listed = all.filter((thread) => listOf(thread) === list);
  const page = listed.slice(0, TAKE);
  const next = listed.length > TAKE ? (page.at(-1)?.id ?? null) : null;
  return { list, counts, rows: all.filter((thread) => thread.threadId === open || page.includes(thread)), next };
}

type New = { ideaId: string; accountId: string } & ({ begunBy: string } | { guestGrantId: string });

/** What a thread holds on to, and what stood there. */
export type Bound = { anchor: Readonly<Record<string, string>>; quote: string; before: string; after: string };

export async function insertThread(tx: ActorTx, thread: New & { about: ThreadAbout }, { anchor, ...quoted }: Bound) {
  const words = { ...quoted, anchor: JSON.stringify(anchor) };
  return (
    await tx
      .insertInto(tableOf(keptOf(thread.about)))
      .values({ ...thread, ...words })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;
}

const known = (tx: ActorTx | SystemTx, of: ThreadsOf) =>
  tx
    .selectFrom(`${tableOf(of)} as t`)
    .select(["t.id", "t.ideaId", "t.accountId", "t.begunBy", "t.revision", "t.resolvedAt", "t.place", "t.present"])
    .select(["t.quote", "t.before", "t.after", sql<ThreadAbout>`t.about`.as("about")])
    .select([
      sql<string>`coalesce(t.anchor ->> 'start', '')`.as("start"),
      sql<string>`coalesce(t.anchor ->> 'end', '')`.as("end"),
      sql<string>`coalesce(t.anchor ->> 'element', '')`.as("element"),
      sql<string>`coalesce(t.anchor ->> 'kind', '')`.as("kind"),
    ]);

/** A thread of the idea; undefined when it does not exist there for this actor. */
export function findThread(tx: ActorTx, of: ThreadsOf, ideaId: string, id: string) {
  return known(tx, of).where("t.ideaId", "=", ideaId).where("t.id", "=", id).executeTakeFirst();
}

/** Threads whose place is to be kept up with the brief or the board: those that are not resolved. */
export function listUnresolved(tx: SystemTx, ideaId: string, about: ThreadAbout) {
  return known(tx, keptOf(about))
    .where("t.ideaId", "=", ideaId)
    .where("t.about", "=", about)
    .where("t.resolvedAt", "is", null)
    .orderBy("t.id")
    .limit(500)
    .execute();
}

/** Out: whether it changed. In: the thread as it was looked at. */
export async function setResolved(tx: ActorTx, of: ThreadsOf, thread: Seen, by: string | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable(tableOf(of))
    .set({ resolvedBy: by, resolvedAt: by === null ? null : sql`now()` })
    .where("id", "=", thread.id)
    .where("revision", "=", thread.revision)
    .where("resolvedAt", by === null ? "is not" : "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

type Seen = { id: string; revision: number };

/** Binds a thread to another place. Out: whether it was still as it was looked at. */
export async function setBound(
  tx: ActorTx,
  of: ThreadsOf,
  thread: Seen,
  { anchor, ...words }: Bound,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable(tableOf(of))
    .set({ ...words, anchor: JSON.stringify(anchor), place: "here", present: null })
    .where("id", "=", thread.id)
    .where("revision", "=", thread.revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Keeps where the passage or thing of a thread is. Out: whether that is news. */
export async function keepPlace(
  tx: ActorTx | SystemTx,
  of: ThreadsOf,
  thread: Seen,
  { place, present }: Pick<Thread, "place" | "present">,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable(tableOf(of))
    .set({ place, present })
    .where("id", "=", thread.id)
    // Somebody may have placed it anew meanwhile.
    .where("revision", "=", thread.revision)
    .where(sql<boolean>`(place, present) is distinct from (${place}::text, ${present}::text)`)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Tells open pages that something of the idea is elsewhere. */
export async function tellPages(
  tx: SystemTx,
  of: ThreadsOf,
  { ideaId, accountId }: { ideaId: string; accountId: string },
) {
  const to = of === "layer" ? "staff" : "both";
  await sql`select private.say_live('idea', ${ideaId}::uuid, ${accountId}::uuid, ${to})`.execute(tx);
}
