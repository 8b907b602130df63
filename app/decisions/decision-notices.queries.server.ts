import { sql } from "kysely";
import type { Side } from "~/kernel/actor";
import type { SystemTx } from "~/kernel/system-tx.server";

/** What notices of decisions are made of, read past row level security: every answer says whom it is for. */

export type Concerned = { personId: string; side: Side };

/** A decision at one of its revisions, with everybody whom that concerns; undefined when there is none. */
export async function findTold(tx: SystemTx, id: string, revision: number) {
  const { rows } = await sql<{ accountId: string; title: string; concerned: Concerned[] }>`
    select d.account_id, r.title, (
      select json_agg(json_build_object('personId', p.id, 'side', p.side) order by p.id) from people p
      where p.id in (d.made_by, r.asked_by)
        or exists (select from decision_signatures s where s.revision_id = r.id and s.person_id = p.id)) as concerned
    from decisions d join decision_revisions r on r.decision_id = d.id and r.number = ${revision}
    where d.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

/** What somebody said was missing; undefined when they have signed since. */
export async function findNotYet(tx: SystemTx, id: string, revision: number, personId: string) {
  const row = await tx
    .selectFrom("decisionSignatures as s")
    .innerJoin("decisionRevisions as r", "r.id", "s.revisionId")
    .where("s.decisionId", "=", id)
    .where("r.number", "=", revision)
    .where("s.personId", "=", personId)
    .select(sql<string | null>`left(s.reason, 280)`.as("reason"))
    .executeTakeFirst();
  return row?.reason ?? undefined;
}

export async function nameOf(tx: SystemTx, personId: string | null): Promise<string | null> {
  if (personId === null) return null;
  const row = await tx.selectFrom("people").select("displayName").where("id", "=", personId).executeTakeFirst();
  return row?.displayName ?? null;
}

/** Who of these sees a decision: staff, and clients of its account, as long as they are with us. */
export async function listWhoSee(tx: SystemTx, id: string, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  const rows = await tx
    .selectFrom("people as p")
    .innerJoin("decisions as d", (join) =>
      join.on(sql<boolean>`p.side = 'staff' or p.account_id = d.account_id`).on("d.id", "=", id),
    )
    .where("p.id", "in", [...personIds])
    .where("p.removedAt", "is", null)
    .select("p.id")
    .execute();
  return rows.map((row) => row.id);
}
