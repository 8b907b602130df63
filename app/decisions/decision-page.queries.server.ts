import { sql } from "kysely";
import type { BoardElement } from "~/collab/board-element";
import type { Passage } from "~/collab/passage-place";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Beside } from "~/kernel/beside";
import type { State } from "./decision";
import {
  type Choice,
  type DecisionBead,
  type DecisionRow,
  type List,
  STEPS,
  type Step,
  type WaitingDecision,
} from "./decision-page";
import type { SourceKind } from "./source";

/** What pages and lists of decisions read. */

type Person = ClientActor | StaffActor;

/** What the answers to a revision `r` come to, as `stateOf` says it. */
const STATE = sql<State>`case
  when r.asked_at is null then 'draft'
  when exists (select from decision_signatures s where s.revision_id = r.id and s.answer = 'not-yet') then 'not-yet'
  when exists (select from decision_signatures s where s.revision_id = r.id and s.answer is null) then 'asked'
  else 'agreed' end`;

/** Decisions at their newest revisions, which alone are answered. */
const NEWEST = sql`decisions d join decision_revisions r on r.decision_id = d.id and r.number = d.number`;

/** What a person is asked about and has not answered. */
const waitsFor = (personId: string) => sql<boolean>`exists (
  select from decision_signatures s where s.revision_id = r.id and s.person_id = ${personId}::uuid and s.answer is null)`;

type RawAnswer = { personId: string; name: string; side: "client" | "staff" } & (
  | { says: null }
  | { says: "agree"; at: string }
  | { says: "not-yet"; at: string; reason: string }
);
export type RawRevision = {
  id: string;
  number: number;
  title: string;
  reason: string;
  rejected: string[];
  askedAt: string | null;
  askedBy: string | null;
  hash: string | null;
  asked: RawAnswer[];
};
export type RawSource = {
  id: string;
  kind: SourceKind;
  objectId: string;
  element: string | null;
  drawn: BoardElement[] | null;
  anchor: Omit<Passage, "quote"> | null;
  quote: string;
  author: string | null;
  authorId: string | null;
  writtenAt: string;
  sha256: string;
};
type RawPage = {
  id: string;
  accountId: string;
  account: string;
  ideaId: string;
  idea: string;
  madeBy: string;
  createdAt: Date;
  revisions: RawRevision[];
  sources: RawSource[];
};

/** So many revisions a page shows, the newest of them. */
const REVISIONS = 20;

/** A decision with its revisions, newest first, who was asked about each, and what it quotes. */
export async function findDecisionPage(tx: ActorTx, id: string): Promise<RawPage | undefined> {
  const { rows } = await sql<RawPage>`
    select d.id, d.account_id, a.name as account, d.idea_id, i.title as idea, maker.display_name as made_by, d.created_at,
      (select json_agg(json_build_object('id', r.id, 'number', r.number, 'title', r.title, 'reason', r.reason,
          'rejected', r.rejected, 'askedAt', r.asked_at, 'askedBy', asker.display_name,
          'hash', encode(r.document_hash, 'hex'), 'asked', coalesce((
            select json_agg(json_build_object('personId', s.person_id, 'name', p.display_name, 'side', p.side,
              'says', s.answer, 'reason', s.reason, 'at', s.answered_at) order by p.side, p.display_name, p.id)
            from decision_signatures s join people p on p.id = s.person_id where s.revision_id = r.id), '[]'))
          order by r.number desc)
        from decision_revisions r left join people asker on asker.id = r.asked_by
        where r.decision_id = d.id and r.number > d.number - ${REVISIONS}) as revisions,
      coalesce((select json_agg(json_build_object('id', s.id, 'kind', s.kind, 'objectId', s.object_id, 'quote', s.quote,
          'element', s.element, 'drawn', s.drawn, 'anchor', s.anchor, 'author', coalesce(p.display_name, g.display_name), 'authorId', s.author_id, 'writtenAt', s.written_at,
          'sha256', encode(s.sha256, 'hex')) order by s.id)
        from decision_sources s left join people p on p.id = s.author_id left join guest_grants g on g.id = s.guest_grant_id
        where s.decision_id = d.id), '[]') as sources
    from decisions d
    join accounts a on a.id = d.account_id
    join ideas i on i.id = d.idea_id
    join people maker on maker.id = d.made_by
    where d.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

/** How a decision came to stand as it does, newest first. */
export function listSteps(
  tx: ActorTx,
  { id, accountId }: { id: string; accountId: string },
  take: number,
): Promise<Step[]> {
  return tx
    .selectFrom("events as e")
    .leftJoin("people as who", "who.id", "e.actorId")
    .where("e.subjectId", "=", id)
    .where("e.accountId", "=", accountId)
    .where("e.name", "in", [...STEPS])
    .select([sql<string>`e.id::text`.as("id"), sql<Step["name"]>`e.name`.as("name"), "who.displayName as who"])
    .select([
      sql<string | null>`e.facts ->> 'says'`.as("says"),
      sql<string | null>`e.facts ->> 'revision'`.as("revision"),
      "e.happenedAt",
    ])
    .orderBy("e.id", "desc")
    .limit(take)
    .execute();
}

/** People of the maker that somebody chooses among; whoever has had to do with the idea comes first. */
const STAFF_AT_MOST = 200;

/** Who could be asked about a decision of an idea: of its account, and of the maker. */
export async function listChoices(
  tx: ActorTx,
  { accountId, ideaId }: { accountId: string; ideaId: string },
): Promise<Omit<Choice, "chosen">[]> {
  const { rows } = await sql<Omit<Choice, "chosen">>`
    (select p.id, p.display_name as name, 'client' as side, true as near from people p
      where p.account_id = ${accountId}::uuid and p.removed_at is null and p.role in ('owner', 'member', 'approver')
      order by p.display_name, p.id limit ${STAFF_AT_MOST})
    union all
    (select p.id, p.display_name, 'staff', near.is_near from people p
      cross join lateral (select
        exists (select from idea_comments c where c.idea_id = ${ideaId}::uuid and c.author_id = p.id)
        or exists (select from decisions o where o.idea_id = ${ideaId}::uuid and o.made_by = p.id) as is_near) near
      where p.id in (select private.staff_who_answer())
      order by near.is_near desc, p.display_name, p.id limit ${STAFF_AT_MOST})`.execute(tx);
  return rows;
}

export type Narrowed = { list: List | null; idea: string | null; after: string | null; take: number };

/** A page of decisions, newest first. A client's account is named, although the rules know it, so that its index gives the order. */
export async function listDecisions(tx: ActorTx, actor: Person, asked: Narrowed): Promise<DecisionRow[]> {
  const { list, idea, after, take } = asked;
  const which = [
    actor.side === "client" ? sql`d.account_id = ${actor.accountId}::uuid` : sql`true`,
    ...(idea === null ? [] : [sql`d.idea_id = ${idea}::uuid`]),
    ...(after === null ? [] : [sql`d.id < ${after}::uuid`]),
    ...(list === null ? [] : list === "mine" ? [mine(actor.personId)] : [sql`${STATE} = ${list}`]),
  ];
  const { rows } = await sql<DecisionRow>`
    select d.id, r.title, ${STATE} as state, i.title as idea, a.name as account, maker.display_name as made_by, d.created_at,
      (select count(*)::int from decision_signatures s where s.revision_id = r.id) as asked,
      (select count(*)::int from decision_signatures s where s.revision_id = r.id and s.answer = 'agree') as agreed,
      ${waitsFor(actor.personId)} as waits
    from ${NEWEST}
    join ideas i on i.id = d.idea_id
    join accounts a on a.id = d.account_id
    join people maker on maker.id = d.made_by
    where ${sql.join(which, sql` and `)}
    order by d.id desc limit ${take}`.execute(tx);
  return rows;
}

/** Decisions about which somebody is asked; found from that person's own few rows. */
const mine = (personId: string) => sql`d.id in (
  select s.decision_id from decision_signatures s where s.person_id = ${personId}::uuid and s.answer is null)
  and ${waitsFor(personId)}`;

/** Decisions of these ids that the actor sees. */
export async function findLinked(tx: ActorTx, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; title: string; state: State }>`
    select d.id, r.title, ${STATE} as state from ${NEWEST} where d.id = any (${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

/** So many of an idea's decisions hang on its thread, the newest of them. */
const BEADS = 8;

/** What was decided about an idea (its id is a column there) or about what was merged into it, oldest first. */
export const besideIdea = (idea: string): Beside<DecisionBead[]> => sql<DecisionBead[]>`coalesce((
  select json_agg(json_build_object('id', bead.id, 'title', bead.title, 'state', bead.state, 'by', bead.by, 'at', bead.at)
    order by bead.id)
  from (
    select d.id, r.title, ${STATE} as state, maker.display_name as by, d.created_at as at
    from ${NEWEST} join people maker on maker.id = d.made_by
    where d.idea_id = ${sql.ref(idea)} or d.idea_id in (select private.gathered_here(${sql.ref(idea)}))
    order by d.id desc limit ${BEADS}
  ) bead), '[]')`;

const WAITING = 5;

/** What a person is asked about and has not answered, newest first. */
export const besideHome = (personId: string): Beside<WaitingDecision[]> => sql<WaitingDecision[]>`coalesce((
  select json_agg(json_build_object('id', one.id, 'title', one.title, 'by', one.by, 'at', one.at) order by one.at desc)
  from (
    select d.id, r.title, asker.display_name as by, r.asked_at as at
    from ${NEWEST} join people asker on asker.id = r.asked_by
    where ${mine(personId)} order by r.asked_at desc limit ${WAITING}
  ) one), '[]')`;

/** Decisions whose newest words hold these, newest first. `words`: text for to_tsquery. */
export async function findByWords(tx: ActorTx, words: string, take: number) {
  const { rows } = await sql<{ id: string; title: string; idea: string }>`
    select d.id, r.title, i.title as idea from ${NEWEST} join ideas i on i.id = d.idea_id
    where r.search @@ to_tsquery('simple', ${words})
    order by d.id desc limit ${take}`.execute(tx);
  return rows;
}
