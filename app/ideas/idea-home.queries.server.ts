import { sql } from "kysely";
import type { ClientActor } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Beside } from "~/kernel/beside";
import type { Waiting } from "./idea";
import { namesIn } from "./idea-names.queries.server";
import { beginningOf } from "./idea-page";
import type { IdeaStatus } from "./idea-status";

/** When no other module reads anything along with a home. */
export const NOTHING_BESIDE: Beside<never[]> = sql`'[]'::json`;

/** Marks that the asking person is here. Out: when their visit before this one ended; null at the first. */
export async function comeHome<T>(tx: ActorTx, beside: Beside<T[]>): Promise<{ since: Date | null; beside: T[] }> {
  const { rows } = await sql<{ before: Date | null; beside: T[] }>`
    select private.come_home() as before, ${beside} as beside`.execute(tx);
  return { since: rows[0]?.before ?? null, beside: rows[0]?.beside ?? [] };
}

/** Among how many of one's newest ideas the ones that wait are looked for, and for how many days they wait. */
const [NEWEST, DAYS] = [50, 60];

/** Letters of what somebody said that a home shows. */
const BEGINNING = 160;
/** More of a comment than that, since the key of a mention is longer than a name, and the names it needs. */
const said = sql`left(c.body, 1200) as body, ${namesIn("c")} as names`;

/**
 * What waits for a client: their own ideas where we spoke last, and words that mention them, on whichever idea of their
 * account, until they open or answer those. Newest first, each idea once.
 */
export async function listWaitingFor(tx: ActorTx, client: ClientActor, take: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting & { names: Record<string, string> | null }>`
    with mention as (
      select distinct on (i.id) i.id, i.title, c.id as comment_id, c.created_at,
        coalesce(who.display_name, guest.display_name) as who, ${said}
      from (
        select n.subject_id, n.event_id from notifications n
        where n.person_id = ${client.personId} and n.read_at is null and n.kind = 'mention' and n.subject_kind = 'idea'
        order by n.id desc limit ${NEWEST}
      ) told
      join events e on e.id = told.event_id
      join idea_comments c on c.id = (e.facts ->> 'comment')::uuid
      join ideas i on i.id = told.subject_id
      left join people who on who.id = c.author_id
      left join guest_grants guest on guest.id = c.guest_grant_id
      where not exists (
        select from idea_comments mine
        where mine.idea_id = c.idea_id and mine.author_id = ${client.personId} and mine.id > c.id)
      order by i.id, c.id desc
    ), answer as (
      select i.id, i.title, last.id as comment_id, last.created_at, last.who, last.body, last.names
      from (
        select id, title from ideas where account_id = ${client.accountId} and author_id = ${client.personId}
        order by id desc limit ${NEWEST}
      ) i
      cross join lateral (
        select c.id, c.created_at, who.side, who.display_name as who, ${said}
        from idea_comments c left join people who on who.id = c.author_id
        where c.idea_id = i.id order by c.id desc limit 1
      ) last
      where last.side = 'staff' and last.created_at > now() - ${DAYS} * interval '1 day'
    )
    select m.*, true as mentioned from mention m
    union all
    select a.*, false from answer a where a.id not in (select id from mention)
    order by created_at desc, id desc limit ${take}`.execute(tx);
  return rows.map(({ names, ...row }) => ({ ...row, body: beginningOf(row.body, names ?? {}, BEGINNING) }));
}

/** Ideas without a first answer, the most urgent first; for staff. One that was merged is answered where it went. */
export function listUnanswered(tx: ActorTx, take: number) {
  return tx
    .selectFrom("ideas as i")
    .innerJoin("accounts as a", "a.id", "i.accountId")
    .where("i.answeredAt", "is", null)
    .where("i.answerDueAt", "is not", null)
    .where("i.mergedInto", "is", null)
    .select(["i.id", "i.title", "a.name as account"])
    .select([
      sql<"suggestion" | "complaint">`i.kind`.as("kind"),
      sql<Date>`i.answer_due_at`.as("dueAt"),
      sql<boolean>`i.answer_due_at < now()`.as("late"),
    ])
    .orderBy("i.answerDueAt")
    .limit(take)
    .execute();
}

/** Ideas that one of us looks after, newest first. */
export function listOwned(tx: ActorTx, personId: string, take: number) {
  return tx
    .selectFrom("ideas as i")
    .innerJoin("accounts as a", "a.id", "i.accountId")
    .where("i.ownerId", "=", personId)
    .where("i.mergedInto", "is", null)
    .select(["i.id", "i.title", "a.name as account", "i.lastActivityAt"])
    .select(sql<IdeaStatus>`i.status`.as("status"))
    .orderBy("i.id", "desc")
    .limit(take)
    .execute();
}
