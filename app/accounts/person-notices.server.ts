import type { Notice, NoticeSource, ToldEvent } from "~/kernel/notice";
import type { SystemTx } from "~/kernel/system-tx.server";
import * as queries from "./person-notices.queries.server";

/** Who hears of what happens to people: whoever invited somebody hears that they came. */
export const personNotices: NoticeSource = { noticesOf, mayStillSee };

async function noticesOf(tx: SystemTx, event: ToldEvent): Promise<Notice[]> {
  if (event.name !== "person.joined") return [];
  const invitation = await queries.findInvitation(tx, event.subjectId);
  if (!invitation) return [];
  const { inviterId, side, name } = invitation;
  return [
    {
      personId: inviterId,
      kind: "invitation",
      subjectId: event.subjectId,
      path: side === "staff" ? "/staff/people" : "/people",
      facts: { says: "joined", title: name, who: name },
    },
  ];
}

/** Staff see everybody; a client the people of the own account, and us. */
async function mayStillSee(tx: SystemTx, subjectId: string, personIds: readonly string[]): Promise<string[]> {
  const people = await queries.listBelonging(tx, [...personIds, subjectId]);
  const subject = people.find(({ id }) => id === subjectId);
  if (!subject) return [];
  return people
    .filter(
      ({ id, side, accountId }) =>
        personIds.includes(id) && (side === "staff" || subject.side === "staff" || accountId === subject.accountId),
    )
    .map(({ id }) => id);
}
