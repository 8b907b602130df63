import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Verdict } from "./verdict";

/** Reviewers' answers: which stage they stand in, and giving one. */

export type AskedStage = { id: string; versionId: string; accountId: string | null };

/** A stage of one of the prototype's versions; undefined when it does not exist for this actor. */
export async function findStage(tx: ActorTx, prototypeId: string, stage: string): Promise<AskedStage | undefined> {
  const { rows } = await sql<AskedStage>`
    select s.id, s.version_id, s.account_id from prototype_stages s join prototype_versions v on v.id = s.version_id
    where s.id = ${stage}::uuid and v.prototype_id = ${prototypeId}::uuid`.execute(tx);
  return rows[0];
}

export type Given = "done" | "not-found" | "not-published" | "closed" | "not-yet" | "needs-words";

export async function giveVerdict(tx: ActorTx, stage: string, verdict: Verdict, words: string): Promise<Given> {
  const { rows } = await sql<{ given: Given }>`
    select private.give_prototype_verdict(${stage}::uuid, ${verdict}, ${words}) as given`.execute(tx);
  return rows[0]?.given ?? "not-found";
}

/** Whether the review of a version has ended with an approval. */
export async function isApproved(tx: ActorTx, versionId: string): Promise<boolean> {
  const found = await tx
    .selectFrom("prototypeVersions")
    .where("id", "=", versionId)
    .where("approvedAt", "is not", null)
    .select("id")
    .executeTakeFirst();
  return found !== undefined;
}
