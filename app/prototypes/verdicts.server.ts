import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import type { Verdict } from "./verdict";
import * as queries from "./verdict.queries.server";

/**
 * The door to verdicts. What they come to follows in the database from the answers alone: the next stage begins when the one
 * before it has passed, and a version is approved with the last answer that lets it pass.
 */

export type Why = "not-found" | "not-asked" | "review-closed" | "not-yet" | "needs-words";
export type Outcome = { ok: true; approved: boolean } | { ok: false; why: Why };

const WHY: Readonly<Record<Exclude<queries.Given, "done">, Why>> = {
  "not-found": "not-asked",
  "not-published": "not-yet",
  "not-yet": "not-yet",
  closed: "review-closed",
  "needs-words": "needs-words",
};

/** Answers in a stage, as one of its reviewers; an answer given before stays, and the last one counts. */
export function giveVerdict(
  actor: ClientActor | StaffActor,
  prototypeId: string,
  stageId: string,
  { verdict, words }: { verdict: Verdict; words: string },
): Promise<Outcome> {
  return asActor<Outcome>(actor, async (tx) => {
    const stage = await queries.findStage(tx, prototypeId, stageId);
    if (!stage) return { ok: false, why: "not-found" };
    const given = await queries.giveVerdict(tx, stageId, verdict, words);
    if (given !== "done") return { ok: false, why: WHY[given] };
    const { versionId, accountId } = stage;
    const approved = await queries.isApproved(tx, versionId);
    const subject = { kind: "prototype", id: prototypeId, accountId };
    const facts = { version: versionId, stage: stageId, verdict, ...(approved && { approved }) };
    await recordEvent(
      tx,
      actor,
      "prototype.verdict_given",
      subject,
      facts,
      null,
      accountId === null ? "staff" : "both",
    );
    return { ok: true, approved };
  });
}
