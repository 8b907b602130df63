import { type Expression, sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import { NEWS, NEWS_COUNTED, type News } from "./idea";
import { namesIn } from "./idea-names.queries.server";
import { beginningOf } from "./idea-page";
import { nameIn } from "./idea-page.queries.server";
import type { IdeaStatus } from "./idea-status";

/** What homes show of ideas. */

const asStatus = (column: Expression<string>) => sql<IdeaStatus>`${column}`;

const ideaRows = (tx: ActorTx) =>
  tx
    .selectFrom("ideas as i")
    .innerJoin("people as author", "author.id", "i.authorId")
    .select(["i.id", "i.title", "i.commentCount", "i.createdAt", "i.lastActivityAt", "author.displayName as author"])
    .select((eb) => asStatus(eb.ref("i.status")).as("status"))
    .orderBy("i.id", "desc");

/** The newest ideas of one account. It is named, although the rules know it, so that its index gives the order. */
export function listAccountIdeas(tx: ActorTx, accountId: string, take: number) {
  return ideaRows(tx).where("i.accountId", "=", accountId).limit(take).execute();
}

/** The newest ideas that one person of an account suggested. */
export function listIdeasOf(tx: ActorTx, author: { accountId: string; personId: string }, take: number) {
  return ideaRows(tx)
    .where("i.accountId", "=", author.accountId)
    .where("i.authorId", "=", author.personId)
    .limit(take)
    .execute();
}

/** What clients said last, over all accounts; for staff. */
export async function listClientComments(tx: ActorTx, take: number) {
  const rows = await tx
    .selectFrom("ideaComments as c")
    .leftJoin("people as author", "author.id", "c.authorId")
    .leftJoin("guestGrants as guest", "guest.id", "c.guestGrantId")
    .innerJoin("ideas as i", "i.id", "c.ideaId")
    .innerJoin("accounts as a", "a.id", "c.accountId")
    .where((eb) => eb.or([eb("author.side", "=", "client"), eb("c.guestGrantId", "is not", null)]))
    .select(["c.id", "c.ideaId", "c.createdAt", "a.name as account", "i.title"])
    .select([
      sql<string>`coalesce(author.display_name, guest.display_name)`.as("author"),
      sql<boolean>`c.guest_grant_id is not null`.as("byGuest"),
      sql<string>`left(c.body, 1200)`.as("body"),
      namesIn("c").as("names"),
    ])
    .orderBy("c.id", "desc")
    .limit(take)
    .execute();
  return rows.map(({ names, ...row }) => ({ ...row, body: beginningOf(row.body, names ?? {}, 200) }));
}

/**
 * What others did last to the ideas of the asking client's account, from the log that its people may read; with each line how
 * many there are since a moment, counted up to NEWS_COUNTED.
 */
export function listNews(tx: ActorTx, { take, since }: { take: number; since: Date | null }) {
  const newest = sql<bigint>`(select private.newest_events(${[...NEWS]}::text[], ${NEWS_COUNTED}))`;
  return (
    tx
      .selectFrom("events as e")
      .leftJoin("ideas as i", "i.id", "e.subjectId")
      // An account supports what others share, too.
      .leftJoin("sharedIdeas as s", "s.ideaId", "e.subjectId")
      .leftJoin("people as who", "who.id", "e.actorId")
      .where("e.id", "in", newest)
      .where(sql<boolean>`coalesce(i.title, s.title) is not null`)
      .select(["e.subjectId as ideaId", "e.happenedAt", "e.actorSide as side"])
      .select([
        sql<string>`coalesce(i.title, s.title)`.as("title"),
        sql<string>`e.id::text`.as("id"),
        sql<number>`(count(*) filter (where e.happened_at > ${since}::timestamptz) over ())::int`.as("fresh"),
        sql<string | null>`coalesce(who.display_name, e.facts ->> 'guest_name')`.as("who"),
        sql<News["name"]>`e.name`.as("name"),
        nameIn("from").as("from"),
        nameIn("to").as("to"),
        sql<boolean>`e.facts ? 'from'`.as("second"),
        sql<boolean>`e.facts ? 'source'`.as("onBehalf"),
      ])
      .orderBy("e.id", "desc")
      .limit(take)
      .execute()
  );
}
