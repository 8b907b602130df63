import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Choice } from "./prototype-page";
import type { StageRule } from "./verdict";

/** Who is shown a version from when on, and who is asked about it. */

export function listAccounts(tx: ActorTx, versionId: string): Promise<{ id: string; name: string; shown: boolean }[]> {
  return tx
    .selectFrom("accounts as a")
    .where("a.closedAt", "is", null)
    .where("a.mergedInto", "is", null)
    .select(["a.id", "a.name"])
    .select(
      sql<boolean>`exists (select from prototype_releases r
        where r.version_id = ${versionId}::uuid and r.account_id = a.id and r.ended_at is null)`.as("shown"),
    )
    .orderBy("a.name")
    .execute();
}

/** The people of an account; of ours, those who answer for a version. */
export async function listChoices(tx: ActorTx, accountId: string | null): Promise<Choice[]> {
  const people = tx
    .selectFrom("people as p")
    .where("p.removedAt", "is", null)
    .select(["p.id", "p.displayName as name"])
    .orderBy("p.displayName")
    .limit(200);
  if (accountId !== null) {
    const answers = sql<boolean>`p.role in ('owner', 'member', 'approver')`.as("mayAnswer");
    return people.where("p.accountId", "=", accountId).select(answers).execute();
  }
  return people
    .where("p.side", "=", "staff")
    .where(sql<boolean>`exists (select from staff_roles s where s.person_id = p.id and s.role <> 'auditor')`)
    .select(sql<boolean>`true`.as("mayAnswer"))
    .execute();
}

/** When a day of the calendar begins, or ends, where somebody is. */
const beginOf = (day: string, zone: string) => sql<Date>`(${day}::date)::timestamp at time zone ${zone}`;
const endOf = (day: string, zone: string) =>
  sql<Date>`((${day}::date + 1)::timestamp at time zone ${zone}) - interval '1 second'`;

type Days = { from: string | null; due: string | null; zone: string };

export async function insertRelease(
  tx: ActorTx,
  release: { versionId: string; accountId: string; people: string[] | null; releasedBy: string },
  { from, zone }: Days,
): Promise<void> {
  const releasedFrom = from === null ? {} : { releasedFrom: beginOf(from, zone) };
  await tx
    .insertInto("prototypeReleases")
    .values({ ...release, ...releasedFrom })
    .execute();
}

/** Asks people for their answers; those who are asked are named by a stage of the account, or of ours. */
export async function insertStage(
  tx: ActorTx,
  stage: { versionId: string; accountId: string | null; name: string; rule: StageRule; createdBy: string },
  reviewers: readonly { personId: string; decides: boolean }[],
  { from, due, zone }: Days,
): Promise<void> {
  const { versionId, accountId, createdBy } = stage;
  const next = sql<number>`(select coalesce(max(s.position), 0) + 1 from prototype_stages s
    where s.version_id = ${versionId}::uuid and s.account_id is not distinct from ${accountId}::uuid)`;
  const made = await tx
    .insertInto("prototypeStages")
    .values({
      ...stage,
      position: next,
      openedAt: from === null ? sql<Date>`now()` : beginOf(from, zone),
      dueAt: due === null ? null : endOf(due, zone),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const rows = reviewers.map((one) => ({ ...one, stageId: made.id, versionId, accountId, createdBy }));
  await tx.insertInto("prototypeReviewers").values(rows).execute();
}

/** Ends a release of a version of this prototype. Out: whose it was; undefined when there is none that goes on. */
export async function endRelease(
  tx: ActorTx,
  { prototypeId, id, by }: { prototypeId: string; id: string; by: string },
): Promise<{ accountId: string; versionId: string } | undefined> {
  return tx
    .updateTable("prototypeReleases")
    .set({ endedAt: sql<Date>`now()`, endedBy: by })
    .where("id", "=", id)
    .where("endedAt", "is", null)
    .where("versionId", "in", (of) =>
      of.selectFrom("prototypeVersions").where("prototypeId", "=", prototypeId).select("id"),
    )
    .returning(["accountId", "versionId"])
    .executeTakeFirst();
}
