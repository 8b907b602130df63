import { sql } from "kysely";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { ShownFile, ShownRow, StageReviewer, VersionRef } from "./review-page";
import type { StageRule } from "./verdict";

/** What the page of a review and the list of prototypes read. */

type Person = ClientActor | StaffActor;

export type RawStage = {
  id: string;
  name: string;
  rule: StageRule;
  dueAt: string | null;
  opened: boolean;
  account: string | null;
  accountId: string | null;
  reviewers: StageReviewer[];
};

export type RawReview = {
  id: string;
  name: string;
  ideaId: string;
  idea: string | null;
  version: VersionRef & { notes: string; publishedAt: string | null };
  versions: VersionRef[];
  files: ShownFile[];
  stages: RawStage[];
  accounts: { id: string; name: string }[] | null;
};

const VERSIONS_MAX = 100;

const REF = sql`'id', v.id, 'number', v.number, 'approved', v.approved_at is not null, 'draft', v.published_at is null`;

const FILES = sql<ShownFile[]>`coalesce((
  select json_agg(json_build_object('id', f.id, 'name', f.name, 'kind', f.kind, 'address', f.address, 'pages', f.pages,
    'renditions', coalesce((
      select json_agg(json_build_object('kind', r.kind, 'page', r.page, 'width', r.width, 'height', r.height)
        order by r.page, r.width)
      from prototype_renditions r where r.version_id = f.version_id and r.file_id = f.id), '[]')) order by f.id)
  from prototype_files f where f.version_id = v.id and f.state = 'ready'), '[]')`;

const stages = (me: string) => sql<RawStage[]>`coalesce((
  select json_agg(json_build_object('id', s.id, 'name', s.name, 'rule', s.rule, 'dueAt', s.due_at,
    'opened', s.opened_at is not null, 'accountId', s.account_id,
    'account', (select a.name from accounts a where a.id = s.account_id),
    'reviewers', coalesce((
      select json_agg(json_build_object('id', r.id, 'name', coalesce(p.display_name, g.display_name), 'decides', r.decides,
        'mine', coalesce(r.person_id = ${me}::uuid, false), 'verdict', d.verdict, 'words', coalesce(d.words, ''),
        'at', d.given_at) order by r.id)
      from prototype_reviewers r
      left join people p on p.id = r.person_id left join guest_grants g on g.id = r.guest_grant_id
      left join lateral (select d.verdict, d.words, d.given_at from prototype_verdicts d
        where d.reviewer_id = r.id and d.version_id = r.version_id order by d.id desc limit 1) d on true
      where r.stage_id = s.id and r.version_id = s.version_id and r.removed_at is null), '[]'))
    order by s.account_id nulls first, s.position)
  from prototype_stages s where s.version_id = v.id), '[]')`;

/** Staff alone read whom it is released to. */
const accountsOf = (isStaff: boolean) =>
  isStaff
    ? sql<RawReview["accounts"]>`coalesce((
        select json_agg(json_build_object('id', a.id, 'name', a.name) order by a.name, a.id)
        from prototype_releases r join accounts a on a.id = r.account_id
        where r.version_id = v.id and r.ended_at is null), '[]')`
    : sql<null>`null::json`;

/** A prototype at one of its versions, the newest that its reader sees when none is named. */
export async function findReview(
  tx: ActorTx,
  actor: Person,
  id: string,
  number: number | null,
): Promise<RawReview | undefined> {
  const { rows } = await sql<RawReview>`
    select p.id, p.name, p.idea_id, i.title as idea,
      json_build_object(${REF}, 'notes', v.notes, 'publishedAt', v.published_at) as version,
      (select json_agg(json_build_object(${REF}) order by v.number desc) from (
        select * from prototype_versions v where v.prototype_id = p.id order by v.number desc limit ${VERSIONS_MAX}) v)
        as versions,
      ${FILES} as files, ${stages(actor.personId)} as stages, ${accountsOf(actor.side === "staff")} as accounts
    from prototypes p
    join prototype_versions v on v.prototype_id = p.id
    left join ideas i on i.id = p.idea_id
    where p.id = ${id}::uuid and (${number}::int is null or v.number = ${number})
    order by v.published_at is not null desc, v.number desc limit 1`.execute(tx);
  return rows[0];
}

/** Notes that a customer has a version open. */
export async function noteOpening(tx: ActorTx, version: string): Promise<void> {
  await sql`select private.open_prototype_version(${version}::uuid)`.execute(tx);
}

/** Prototypes that a customer is shown, newest first, each with its newest version. */
export async function listShown(
  tx: ActorTx,
  { personId, accountId }: ClientActor,
  { after, take }: { after: string | null; take: number },
): Promise<ShownRow[]> {
  const { rows } = await sql<ShownRow>`
    select p.id, p.name, v.number, v.approved_at is not null as approved, v.published_at,
      (select count(*)::int from prototype_pins n where n.version_id = v.id and n.account_id = ${accountId}::uuid
        and n.resolved_at is null) as open_pins,
      v.approved_at is null and exists (
        select from prototype_reviewers r join prototype_stages s on s.id = r.stage_id
        where r.version_id = v.id and r.account_id = ${accountId}::uuid and r.person_id = ${personId}::uuid
          and r.removed_at is null and s.opened_at is not null and not exists (
            select from prototype_verdicts d where d.reviewer_id = r.id and d.version_id = r.version_id)) as waits
    from prototypes p
    cross join lateral (select * from prototype_versions v where v.prototype_id = p.id order by v.number desc limit 1) v
    where ${after}::uuid is null or p.id < ${after}::uuid
    order by p.id desc limit ${take}`.execute(tx);
  return rows;
}
