import type { Notice, NoticeFacts, NoticeSource, ToldEvent } from "~/kernel/notice";
import type { SystemTx } from "~/kernel/system-tx.server";
import * as queries from "./decision-notices.queries.server";

/**
 * Whom an event of a decision concerns: those who are asked hear that they are; whoever made or asked and everybody who was asked
 * hear that somebody does not agree yet, and that all have agreed.
 */
export const decisionNotices: NoticeSource = {
  noticesOf,
  mayStillSee: (tx, id, personIds) => queries.listWhoSee(tx, id, personIds),
};

async function noticesOf(tx: SystemTx, event: ToldEvent): Promise<Notice[]> {
  const says = sentenceOf(event);
  const revision = Number(event.facts.revision);
  const told = says && Number.isInteger(revision) && (await queries.findTold(tx, event.subjectId, revision));
  if (!told) return [];
  const { people } = event.facts;
  const asked = says === "asked" && Array.isArray(people) ? new Set<unknown>(people) : null;
  const facts: NoticeFacts = { says, title: told.title, who: await queries.nameOf(tx, event.actorId) };
  const excerpt = says === "notYet" ? await whyNot(tx, event, revision) : undefined;
  return told.concerned
    .filter(({ personId }) => asked === null || asked.has(personId))
    .map(({ personId, side }) => ({
      personId,
      kind: "decision",
      subjectId: event.subjectId,
      path: `${side === "staff" ? "/staff" : ""}/decisions/${event.subjectId}`,
      facts: excerpt === undefined ? facts : { ...facts, excerpt },
    }));
}

function sentenceOf({ name, facts }: ToldEvent): "asked" | "notYet" | "agreed" | null {
  if (name === "decision.asked") return "asked";
  if (name === "decision.agreed") return "agreed";
  return name === "decision.answered" && facts.says === "not-yet" ? "notYet" : null;
}

const whyNot = (tx: SystemTx, event: ToldEvent, revision: number) =>
  event.actorId === null ? undefined : queries.findNotYet(tx, event.subjectId, revision, event.actorId);
