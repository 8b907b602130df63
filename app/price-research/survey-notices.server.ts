import type { Notice, NoticeSource, ToldEvent } from "~/kernel/notice";
import type { SystemTx } from "~/kernel/system-tx.server";
import * as queries from "./survey-notices.queries.server";

/** Whom an event of a survey concerns: those who may answer it, once it opens to their account. */
export const surveyNotices: NoticeSource = {
  noticesOf,
  mayStillSee: (tx, id, personIds) => queries.listWhoSee(tx, id, personIds),
};

async function noticesOf(tx: SystemTx, { name, subjectId, accountId }: ToldEvent): Promise<Notice[]> {
  if (name !== "survey.opened" || accountId === null) return [];
  const told = await queries.findToldOf(tx, subjectId, accountId);
  if (!told) return [];
  const facts = { says: "priced", title: told.title, who: told.who } as const;
  return told.people.map((personId) => ({
    personId,
    kind: "survey",
    subjectId,
    path: `/surveys/${subjectId}`,
    facts,
  }));
}
