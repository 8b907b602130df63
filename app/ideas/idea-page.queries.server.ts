import { type Expression, sql } from "kysely";
import { cleanRichText } from "~/collab/rich-text-clean";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Beside } from "~/kernel/beside";
import type { Attachment } from "./idea-attachment";
import { attachmentsOf } from "./idea-attachment.queries.server";
import type {
  Decided,
  Evidence,
  Gathered,
  IdeaHead,
  SharedIdea,
  Source,
  StaffCare,
  Step,
  Together,
  Visibility,
} from "./idea-page";
import { STEPS } from "./idea-page";
import type { IdeaStatus } from "./idea-status";
import type { Sent } from "./idea-submission";
import type { ThreadView } from "./idea-thread";
import { type RawThreads, threadsOf, threadsOfRow } from "./idea-thread.queries.server";

/** What the page of one idea reads. */

const as = <T>(column: Expression<unknown>) => sql<T>`${column}`;

const following = (me: string) =>
  sql<boolean>`exists (select from idea_followers f where f.idea_id = i.id and f.person_id = ${me})`;
const mySupport = (me: string) => sql<IdeaHead["mySupport"]>`(
  select json_build_object('id', s.id, 'comment', s.comment) from idea_support s
  where s.idea_id = i.id and s.person_id = ${me} and s.on_behalf_by is null and s.withdrawn_at is null)`;

/** Whom the reader is and which account they look from. */
type Reader = { personId: string };

/** What another module adds to the row of an idea's page. */
export type DecidedBeside = Beside<Decided[]>;
const NOTHING_DECIDED: DecidedBeside = sql<Decided[]>`'[]'::json`;

const ideaPage = (tx: ActorTx, id: string, me: Reader, threads: ThreadView, decided = NOTHING_DECIDED) =>
  tx
    .selectFrom("ideas as i")
    .innerJoin("people as author", "author.id", "i.authorId")
    .innerJoin("accounts as a", "a.id", "i.accountId")
    .leftJoin("ideaBriefs as b", "b.ideaId", "i.id")
    .leftJoin("products as p", "p.id", "i.productId")
    .where("i.id", "=", id)
    .select(["i.id", "i.accountId", "i.authorId", "i.title", "i.revision", "i.commentCount", "i.createdAt"])
    .select(["i.lastActivityAt", "i.supportAccounts", "i.supportPeople"])
    .select(["author.displayName as author", "a.name as account", "i.body", "b.doc as brief", "p.name as product"])
    .select((eb) => [
      as<IdeaStatus>(eb.ref("i.status")).as("status"),
      as<Visibility>(eb.ref("i.visibility")).as("visibility"),
      as<IdeaHead["kind"]>(eb.ref("i.kind")).as("kind"),
      sql<boolean>`i.merged_at is not null`.as("merged"),
      following(me.personId).as("following"),
      mySupport(me.personId).as("mySupport"),
      sql<IdeaHead["cameFrom"]>`(select json_build_object('id', o.id, 'title', o.title, 'author', p.display_name,
        'at', o.created_at) from ideas o join people p on p.id = o.author_id where o.id = i.split_from)`.as("cameFrom"),
      sql<IdeaHead["joined"]>`case when i.merged_at is not null then json_build_object('at', i.merged_at, 'by', (
        select p.display_name from events e join people p on p.id = e.actor_id
        where e.subject_id = i.id and e.account_id = i.account_id and e.name = 'idea.merged'
        order by e.id desc limit 1)) end`.as("joined"),
      sql<Gathered[]>`coalesce((select json_agg(json_build_object('id', m.id, 'title', m.title) order by m.id)
        from ideas m where m.id in (select private.gathered_here(i.id))), '[]')`.as("gathered"),
    ])
    .select([
      attachmentsOf(tx, "i.id", me.personId).as("attachments"),
      threadsOf("i.id", me.personId, threads).as("threads"),
      decided.as("decided"),
      "i.productId",
      "i.answerDueAt",
      "i.answeredAt",
      sql<Sent["answers"]>`i.fields`.as("answers"),
      sql<Sent["beside"]>`coalesce((
        select jsonb_agg(jsonb_build_object('id', o.id, 'title', o.title, 'kind', o.kind) order by o.id) from ideas o
        where o.id = i.split_from or (o.split_from = i.id and o.account_id = i.account_id)), '[]')`.as("beside"),
    ]);

type Below = {
  decided: Decided[];
  body: unknown;
  brief: unknown;
  attachments: readonly Attachment[];
  threads: RawThreads;
};

function pageOfRow<Row extends IdeaHead & Below & Sent>(row: Row, view: ThreadView) {
  const { decided, body, brief, attachments, threads, productId, answerDueAt, answeredAt, answers, beside, ...idea } =
    row;
  const text = { body: cleanRichText(body), brief: cleanRichText(brief ?? body) };
  return {
    idea,
    decided,
    text,
    attachments,
    threads: threadsOfRow(threads, view),
    sent: { kind: row.kind, productId, answerDueAt, answeredAt, answers, beside },
  };
}

/** The idea with its account, author, text and files; undefined when it does not exist for this actor. */
export async function findIdeaPage(tx: ActorTx, id: string, me: Reader, threads: ThreadView, decided?: DecidedBeside) {
  const row = await ideaPage(tx, id, me, threads, decided).executeTakeFirst();
  return row && pageOfRow(row, threads);
}

/** The same with what staff alone know of it. */
export async function findStaffIdeaPage(
  tx: ActorTx,
  id: string,
  me: Reader,
  threads: ThreadView,
  decided?: DecidedBeside,
) {
  const row = await ideaPage(tx, id, me, threads, decided)
    .leftJoin("people as owner", "owner.id", "i.ownerId")
    .select([
      sql<StaffCare["owner"]>`case when owner.id is not null then
        json_build_object('id', owner.id, 'name', owner.display_name) end`.as("owner"),
      sql<string[]>`array(select t.name from idea_tags x join tags t on t.id = x.tag_id
        where x.idea_id = i.id order by lower(t.name))`.as("tags"),
      sql<StaffCare["mergedInto"]>`(select json_build_object('id', m.id, 'title', m.title, 'account', ma.name)
        from ideas m join accounts ma on ma.id = m.account_id where m.id = i.merged_into)`.as("mergedInto"),
      sql<StaffCare["mergedHere"]>`coalesce((
        select json_agg(json_build_object('id', m.id, 'title', m.title, 'account', ma.name, 'revision', m.revision)
          order by m.merged_at)
        from ideas m join accounts ma on ma.id = m.account_id where m.merged_into = i.id), '[]')`.as("mergedHere"),
      sql<number>`(select count(distinct f.person_id)::int from idea_followers f
        where f.idea_id in (select private.idea_tree(i.id)))`.as("followers"),
      "i.commentsTogether",
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  const { owner, tags, mergedInto, mergedHere, followers, commentsTogether, ...rest } = row;
  // Staff read what was said on all of them.
  const page = pageOfRow({ ...rest, commentCount: commentsTogether }, threads);
  return { ...page, care: { owner, tags, mergedInto, mergedHere, followers } satisfies StaffCare };
}

/** An idea of another account that is shared with all customers, and its files; undefined when there is none with this id. */
export async function findSharedIdea(tx: ActorTx, id: string, me: Reader) {
  const row = await tx
    .selectFrom("sharedIdeas as s")
    .leftJoin("products as p", "p.id", "s.productId")
    .where("s.ideaId", "=", id)
    .select(["s.ideaId as id", "s.title", "s.body", "s.merged", "s.supportAccounts", "s.supportPeople", "s.createdAt"])
    .select((eb) => [
      eb.ref("p.name").as("product"),
      attachmentsOf(tx, "s.ideaId", me.personId).as("attachments"),
      as<IdeaStatus>(eb.ref("s.status")).as("status"),
      sql<boolean>`exists (select from idea_followers f where f.idea_id = s.idea_id and f.person_id = ${me.personId})`.as(
        "following",
      ),
      sql<SharedIdea["mySupport"]>`(
        select json_build_object('id', x.id, 'comment', x.comment) from idea_support x
        where x.idea_id = s.idea_id and x.person_id = ${me.personId} and x.on_behalf_by is null
          and x.withdrawn_at is null)`.as("mySupport"),
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  const { attachments, ...idea } = row;
  return { shared: { ...idea, body: cleanRichText(row.body) } satisfies SharedIdea, attachments };
}

/** Where an idea is followed up that was merged: what a client may know of that. */
export async function findTogether(tx: ActorTx, id: string): Promise<Together | null> {
  const { rows } = await sql<Together>`
    select status, idea_id as id, title from private.followed_together(${id}::uuid)`.execute(tx);
  return rows[0] ?? null;
}

type Older = { before: string | null; take: number };

/**
 * Who supports an idea, newest first. Clients find their own account's here and no other; for staff `whole` adds what was
 * merged into it.
 */
export async function listEvidence(
  tx: ActorTx,
  ideaId: string,
  me: Reader,
  { before, take, whole }: Older & { whole: boolean },
): Promise<Evidence[]> {
  let rows = tx
    .selectFrom("ideaSupport as s")
    .innerJoin("accounts as a", "a.id", "s.accountId")
    .leftJoin("people as p", "p.id", "s.personId")
    .leftJoin("people as b", "b.id", "s.onBehalfBy")
    .where("s.withdrawnAt", "is", null)
    .select(["s.id", "s.ideaId", "a.name as account", "p.displayName as person", "s.comment", "s.createdAt"])
    .select((eb) => [
      eb.ref("b.displayName").as("onBehalfBy"),
      as<Source | null>(eb.ref("s.source")).as("source"),
      sql<string | null>`s.said_on::text`.as("saidOn"),
      sql<boolean>`coalesce(s.person_id = ${me.personId}, false)`.as("mine"),
    ])
    .orderBy("s.id", "desc")
    .limit(take);
  rows = whole
    ? rows.where("s.ideaId", "in", sql<string>`(select private.idea_tree(${ideaId}::uuid))`)
    : rows.where("s.ideaId", "=", ideaId);
  if (before !== null) rows = rows.where("s.id", "<", before);
  return rows.execute();
}

/** Its log is that of its account: a line in another one's says nothing about it, except that this one supports it. */
type IdeaOfAccount = { readonly id: string; readonly accountId: string };

/** What a line `e` of the log speaks of by its id is shown as it is called now. */
export const nameIn = (name: "from" | "to") =>
  sql<string | null>`case e.name
    when 'idea.owner_changed' then (select p.display_name from people p where p.id = (e.facts ->> ${sql.lit(name)})::uuid)
    when 'idea.product_changed' then (select p.name from products p where p.id = (e.facts ->> ${sql.lit(name)})::uuid)
    else e.facts ->> ${sql.lit(name)} end`;

/** How an idea came to stand as it does, newest first, as far as this actor may read the log. */
export function listSteps(
  tx: ActorTx,
  idea: IdeaOfAccount,
  { before, take }: { before: string | null; take: number },
): Promise<Step[]> {
  return (
    tx
      .selectFrom("events as e")
      .leftJoin("people as who", "who.id", "e.actorId")
      .where("e.subjectId", "=", idea.id)
      .where("e.name", "in", [...STEPS])
      .where((eb) => eb.or([eb("e.accountId", "=", idea.accountId), eb("e.name", "=", "idea.supported")]))
      // Support itself stands among the evidence; what staff added for somebody is a decision of theirs.
      .where(sql<boolean>`(e.name <> 'idea.supported' or e.facts ? 'source')`)
      .select(["e.happenedAt", "who.displayName as who"])
      .select([
        sql<string>`e.id::text`.as("id"),
        sql<Step["name"]>`e.name`.as("name"),
        // Merging and parting have a line on either idea; of two accounts, only staff read the one on the second.
        sql<boolean>`e.name in ('idea.merged', 'idea.unmerged', 'idea.split')
          and (e.facts ? 'from' or e.audience = 'staff')`.as("second"),
        nameIn("from").as("from"),
        nameIn("to").as("to"),
        sql<string | null>`case e.name when 'idea.tagged' then e.facts ->> 'tags'
        when 'idea.supported' then (select a.name from accounts a where a.id = e.account_id) end`.as("what"),
      ])
      .where(before === null ? sql<boolean>`true` : sql<boolean>`e.id < ${before}::bigint`)
      .orderBy("e.id", "desc")
      .limit(take)
      .execute()
  );
}
