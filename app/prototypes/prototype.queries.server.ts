import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import { filesOfVersion } from "./prototype-file.queries.server";
import type { PrototypeRow, RawStaffPrototype, Review } from "./prototype-page";

/** Prototypes and their versions: what pages read, and what staff change. */

/** A version, the newest where `number` is null, as far as the actor is shown it. */
export async function findReview(tx: ActorTx, id: string, number: number | null): Promise<Review | undefined> {
  const { rows } = await sql<Review>`
    select json_build_object('id', p.id, 'name', p.name, 'ideaId', p.idea_id, 'ideaTitle', i.title,
        'revision', p.revision) as prototype,
      json_build_object('id', v.id, 'number', v.number, 'notes', v.notes, 'publishedAt', v.published_at,
        'approvedAt', v.approved_at, 'fingerprint', encode(v.fingerprint, 'hex'), 'revision', v.revision) as version,
      (select json_agg(json_build_object('id', o.id, 'number', o.number, 'publishedAt', o.published_at,
          'approvedAt', o.approved_at) order by o.number desc)
        from prototype_versions o where o.prototype_id = p.id) as versions,
      ${filesOfVersion} as files
    from prototypes p
    join prototype_versions v on v.prototype_id = p.id
    left join ideas i on i.id = p.idea_id
    where p.id = ${id}::uuid and (${number}::int is null or v.number = ${number}::int)
    order by v.number desc limit 1`.execute(tx);
  return rows[0];
}

/** Stages that wait for somebody now: who has not answered, and by when they were asked to. */
const WAITING = sql`prototype_stages s join prototype_reviewers r on r.stage_id = s.id and r.removed_at is null
  join prototype_versions sv on sv.id = s.version_id
  where s.opened_at <= now() and s.completed_at is null and sv.approved_at is null
    and not exists (select from prototype_verdicts d where d.reviewer_id = r.id)`;

/** Prototypes for staff, whatever waits longest first, then the newest. */
export async function listPrototypes(tx: ActorTx, ideaId: string | null, take: number): Promise<PrototypeRow[]> {
  const { rows } = await sql<PrototypeRow>`
    select p.id, p.name, p.idea_id, i.title as idea, v.number, v.published_at, v.approved_at,
      coalesce((select json_agg(distinct a.name) from prototype_releases r join accounts a on a.id = r.account_id
        where r.version_id = v.id and r.ended_at is null), '[]') as shown_to,
      coalesce((select json_agg(json_build_object('name', w.name, 'account', w.account, 'dueAt', w.due_at,
          'late', coalesce(w.due_at < now(), false)) order by w.due_at, w.name)
        from (select coalesce(x.display_name, g.display_name) as name, a.name as account, q.due_at
          from (select r.person_id, r.guest_grant_id, s.account_id, s.due_at, sv.prototype_id from ${WAITING}) q
          left join people x on x.id = q.person_id left join guest_grants g on g.id = q.guest_grant_id
          left join accounts a on a.id = q.account_id
          where q.prototype_id = p.id) w), '[]') as waits_for,
      (select count(*)::int from prototype_pins n where n.version_id = v.id and n.resolved_at is null) as open_pins
    from prototypes p
    join ideas i on i.id = p.idea_id
    left join lateral (
      select o.* from prototype_versions o where o.prototype_id = p.id order by o.number desc limit 1) v on true
    where ${ideaId}::uuid is null or p.idea_id = ${ideaId}::uuid
    order by (select min(q.due_at) from (select s.due_at, sv.prototype_id from ${WAITING}) q where q.prototype_id = p.id)
      nulls last, p.id desc
    limit ${take}`.execute(tx);
  return rows;
}

/** A prototype with all of its versions, newest first, as staff see it. */
export async function findStaffPrototype(tx: ActorTx, id: string): Promise<RawStaffPrototype | undefined> {
  const { rows } = await sql<RawStaffPrototype>`
    select p.id, p.name, p.idea_id, i.title as idea, maker.display_name as made_by, p.created_at,
      coalesce((select json_agg(json_build_object('id', v.id, 'number', v.number, 'notes', v.notes,
          'publishedAt', v.published_at, 'approvedAt', v.approved_at, 'fingerprint', encode(v.fingerprint, 'hex'),
          'revision', v.revision, 'files', ${filesOfVersion},
          'openPins', (select count(*) from prototype_pins n where n.version_id = v.id and n.resolved_at is null),
          'releases', coalesce((select json_agg(json_build_object('id', r.id, 'account', a.name, 'accountId', a.id,
              'from', r.released_from, 'people', (select json_agg(x.display_name order by x.display_name)
                from people x where x.id = any (r.people))) order by r.id)
            from prototype_releases r join accounts a on a.id = r.account_id
            where r.version_id = v.id and r.ended_at is null), '[]'),
          'openings', coalesce((select json_agg(json_build_object('name', x.display_name, 'at', o.last_at) order by o.last_at desc)
            from prototype_openings o join people x on x.id = o.person_id where o.version_id = v.id), '[]'),
          'stages', coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name, 'rule', s.rule,
              'account', a.name, 'dueAt', s.due_at, 'late', coalesce(s.due_at < now() and s.completed_at is null, false), 'openedAt', s.opened_at, 'completedAt', s.completed_at,
              'reviewers', coalesce((select json_agg(json_build_object('id', r.id, 'decides', r.decides,
                  'name', coalesce(x.display_name, g.display_name),
                  'verdict', d.verdict, 'words', d.words, 'givenAt', d.given_at) order by r.id)
                from prototype_reviewers r
                left join people x on x.id = r.person_id left join guest_grants g on g.id = r.guest_grant_id
                left join lateral (select t.verdict, t.words, t.given_at from prototype_verdicts t
                  where t.reviewer_id = r.id order by t.id desc limit 1) d on true
                where r.stage_id = s.id and r.removed_at is null), '[]'))
              order by s.account_id nulls first, s.position)
            from prototype_stages s left join accounts a on a.id = s.account_id where s.version_id = v.id), '[]'))
          order by v.number desc)
        from prototype_versions v where v.prototype_id = p.id), '[]') as versions
    from prototypes p join ideas i on i.id = p.idea_id join people maker on maker.id = p.created_by
    where p.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

/** Ideas that a prototype is made for, those changed last first. */
export function listIdeas(tx: ActorTx, take: number): Promise<{ id: string; title: string }[]> {
  return tx
    .selectFrom("ideas as i")
    .where("i.mergedInto", "is", null)
    .select(["i.id", "i.title"])
    .orderBy("i.id", "desc")
    .limit(take)
    .execute();
}

/** Out: its id; undefined when there is no such idea. */
export async function insertPrototype(
  tx: ActorTx,
  { ideaId, name, createdBy }: { ideaId: string; name: string; createdBy: string },
): Promise<string | undefined> {
  if (!(await tx.selectFrom("ideas").where("id", "=", ideaId).select("id").executeTakeFirst())) return undefined;
  const made = { ideaId, name, createdBy };
  return (await tx.insertInto("prototypes").values(made).returning("id").executeTakeFirstOrThrow()).id;
}

/** Begins the next version. Null: there is a draft already, or no such prototype. */
export async function beginVersion(tx: ActorTx, prototypeId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select private.begin_prototype_version(${prototypeId}::uuid) as id`.execute(tx);
  return rows[0]?.id ?? null;
}

/** Which version this is; undefined when there is none in this prototype. */
export function findVersion(tx: ActorTx, prototypeId: string, id: string) {
  return tx
    .selectFrom("prototypeVersions as v")
    .where("v.id", "=", id)
    .where("v.prototypeId", "=", prototypeId)
    .select(["v.id", "v.number", "v.publishedAt", "v.approvedAt", "v.revision"])
    .executeTakeFirst();
}

/** False: somebody else changed or published it meanwhile. */
export async function setNotes(tx: ActorTx, id: string, revision: number, notes: string): Promise<boolean> {
  const done = await tx
    .updateTable("prototypeVersions")
    .set({ notes })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .where("publishedAt", "is", null)
    .returning("id")
    .executeTakeFirst();
  return done !== undefined;
}

export type Published = "done" | "not-found" | "not-a-draft" | "changed" | "no-files" | "files-on-the-way";
export async function publishVersion(tx: ActorTx, id: string, revision: number): Promise<Published> {
  const { rows } = await sql<{ came: Published }>`
    select private.publish_prototype_version(${id}::uuid, ${revision}::int) as came`.execute(tx);
  return rows[0]?.came ?? "not-found";
}
