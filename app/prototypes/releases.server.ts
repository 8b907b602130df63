import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { mayMake } from "./prototype";
import { findReview, findVersion } from "./prototype.queries.server";
import type { ReleasePage } from "./prototype-page";
import { MAY_NOT, NOT_FOUND, OK, ours } from "./prototypes.server";
import * as queries from "./release.queries.server";
import { canDecide, type StageRule } from "./verdict";

/** The door to who is shown a version: from when on, whom of an account, and who is asked for an answer by when. */

const at = (prototypeId: string, accountId: string) => ({ kind: "prototype", id: prototypeId, accountId });
type Where = { prototypeId: string; version: string };

/** What a release is chosen from. `who`: an account, "us", or nobody yet. Undefined: there is nothing to release. */
export function viewRelease(
  staff: StaffActor,
  { prototypeId, version }: Where,
  who: string | null,
): Promise<ReleasePage | undefined> {
  return asActor(staff, async (tx) => {
    const found = await findVersion(tx, prototypeId, version);
    const review = found && (await findReview(tx, prototypeId, found.number));
    if (!found?.publishedAt || !review || !mayMake(staff)) return undefined;
    const accounts = await queries.listAccounts(tx, version);
    const account = who === "us" ? null : accounts.find(({ id }) => id === who);
    const { id, name } = review.prototype;
    return {
      prototype: { id, name },
      version: { id: found.id, number: found.number },
      isApproved: found.approvedAt !== null,
      accounts,
      chosen: account === undefined ? null : { account, people: await queries.listChoices(tx, account?.id ?? null) },
    };
  });
}

export type Terms = {
  /** null: nobody is shown anything; we ourselves are asked. */
  accountId: string | null;
  /** Of the account, those who are shown it; null: everybody. */
  people: string[] | null;
  /** Days of the calendar where whoever releases it is; null: at once, and without an end. */
  from: string | null;
  due: string | null;
  zone: string;
  stage: { name: string; rule: StageRule; asked: string[]; deciding: string[] } | null;
};
export type ReleaseRefusal =
  | "may-not"
  | "not-published"
  | "shown-already"
  | "nobody-shown"
  | "nobody-asked"
  | "nobody-decides"
  | "asked-not-shown"
  | "cannot-be-asked"
  | "due-before"
  | "approved-already";
export type ReleaseOutcome = { ok: true } | { ok: false; why: ReleaseRefusal | "not-found" };

/** What is wrong with the terms themselves; null: nothing. */
export function judgeTerms({ accountId, people, stage, from, due }: Terms): ReleaseRefusal | null {
  if (people?.length === 0) return "nobody-shown";
  if (accountId === null && !stage) return "nobody-asked";
  if (!stage) return null;
  if (stage.asked.length === 0) return "nobody-asked";
  const reviewers = stage.asked.map((id) => ({ id, decides: stage.deciding.includes(id), verdict: null }));
  if (!canDecide(stage.rule, reviewers)) return "nobody-decides";
  if (people && stage.asked.some((id) => !people.includes(id))) return "asked-not-shown";
  return from !== null && due !== null && due < from ? "due-before" : null;
}

/** Shows a published version to an account from a day on, and asks people for their answers. All of it, or nothing. */
export function releaseVersion(
  staff: StaffActor,
  { prototypeId, version }: Where,
  terms: Terms,
): Promise<ReleaseOutcome> {
  return asActor<ReleaseOutcome>(staff, async (tx) => {
    const found = await findVersion(tx, prototypeId, version);
    if (!found) return NOT_FOUND;
    if (!mayMake(staff)) return MAY_NOT;
    if (found.publishedAt === null) return { ok: false, why: "not-published" };
    if (found.approvedAt !== null && terms.stage) return { ok: false, why: "approved-already" };
    const why = judgeTerms(terms);
    if (why) return { ok: false, why };
    const { accountId, people, stage } = terms;
    const account = (await queries.listAccounts(tx, version)).find(({ id }) => id === accountId);
    if (accountId !== null && !account) return NOT_FOUND;
    if (account?.shown) return { ok: false, why: "shown-already" };
    const choices = await queries.listChoices(tx, accountId);
    const may = (id: string) => choices.some((one) => one.id === id);
    const answers = (id: string) => choices.some((one) => one.id === id && one.mayAnswer);
    if (people?.some((id) => !may(id)) || stage?.asked.some((id) => !answers(id))) {
      return { ok: false, why: "cannot-be-asked" };
    }
    const by = staff.personId;
    if (accountId !== null) {
      await queries.insertRelease(tx, { versionId: version, accountId, people, releasedBy: by }, terms);
    }
    if (stage) {
      const { name, rule, asked, deciding } = stage;
      const reviewers = asked.map((personId) => ({ personId, decides: deciding.includes(personId) }));
      await queries.insertStage(tx, { versionId: version, accountId, name, rule, createdBy: by }, reviewers, terms);
    }
    const subject = accountId === null ? ours(prototypeId) : at(prototypeId, accountId);
    // In an account's log it would tell on Monday what is to be shown on Friday, and colleagues what is shown to one of them.
    await recordEvent(tx, staff, "prototype.released", subject, { version }, null, "staff");
    return OK;
  });
}

/** Ends a release: whoever was shown the version by it finds nothing there any more. */
export function endRelease(staff: StaffActor, prototypeId: string, id: string): Promise<ReleaseOutcome> {
  return asActor<ReleaseOutcome>(staff, async (tx) => {
    if (!mayMake(staff)) return (await findReview(tx, prototypeId, null)) ? MAY_NOT : NOT_FOUND;
    const ended = await queries.endRelease(tx, { prototypeId, id, by: staff.personId });
    if (!ended) return NOT_FOUND;
    const subject = at(prototypeId, ended.accountId);
    await recordEvent(tx, staff, "prototype.hidden", subject, { version: ended.versionId }, null, "staff");
    return OK;
  });
}
