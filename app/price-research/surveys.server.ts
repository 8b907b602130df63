import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { recordEvent, recordInOrder } from "~/kernel/events.server";
import { ACCOUNTS_MAX, type Method, mayRunSurveys, mayState, stateOf, step } from "./survey";
import * as queries from "./survey.queries.server";
import { isTransitive } from "./van-westendorp";

/** The door to surveys of stated prices: making, opening and closing one, and stating a price. */

type Refusal =
  | "not-found"
  | "may-not"
  | "not-askable"
  | "changed-meanwhile"
  | "not-open"
  | "time-over"
  | "stated-already"
  | "contradicts"
  | "other-price";
export type Outcome = { ok: true } | { ok: false; why: Refusal };

const OK = { ok: true } as const;
const no = (why: Refusal) => ({ ok: false, why }) as const;

export type Asked = {
  method: Method;
  title: string;
  subject: string;
  currency: string;
  /** Minor units, ascending; none for a meter. */
  prices: readonly number[];
  closesAt: Date;
  accounts: readonly string[];
};

/** Makes a draft about an idea. Refused: an account that does not see it, a time that is over. Out: the survey's id. */
export async function makeSurvey(
  staff: StaffActor,
  ideaId: string,
  { accounts, ...asked }: Asked,
): Promise<{ ok: true; survey: string } | { ok: false; why: Refusal }> {
  if (!mayRunSurveys(staff)) return no("may-not");
  if (asked.closesAt <= now()) return no("time-over");
  return asActor(staff, async (tx) => {
    if ((await queries.ideaTitle(tx, ideaId)) === undefined) return no("not-found");
    const askable = new Set((await queries.listAskable(tx, ideaId, ACCOUNTS_MAX)).map(({ id }) => id));
    if (accounts.some((account) => !askable.has(account))) return no("not-askable");
    const survey = await queries.insertSurvey(tx, { ...asked, ideaId, madeBy: staff.personId });
    await queries.insertAsked(tx, survey, accounts);
    const subject = { kind: "survey", id: survey, accountId: null };
    await recordEvent(tx, staff, "survey.made", subject, { idea: ideaId }, null, "staff");
    return { ok: true, survey };
  });
}

/** From now on those who are asked see it, and its words stay as they are. */
export function openSurvey(staff: StaffActor, { id, revision }: Seen): Promise<Outcome> {
  return running(staff, id, async (tx, found) => {
    if (stateOf(found, now()) !== "draft") return no("changed-meanwhile");
    if (found.closesAt <= now()) return no("time-over");
    const accounts = await queries.listResponses(tx, id);
    if (!(await queries.setOpened(tx, id, revision, now()))) return no("changed-meanwhile");
    const facts = { title: found.title };
    const line = (accountId: string) => ({ name: "survey.opened", subject: { kind: "survey", id, accountId }, facts });
    await recordInOrder(
      tx,
      staff,
      accounts.map((account) => line(account.id)),
    );
    return OK;
  });
}

/** Takes no more answers, before its time. */
export function closeSurvey(staff: StaffActor, { id, revision }: Seen): Promise<Outcome> {
  return running(staff, id, async (tx, found) => {
    if (stateOf(found, now()) !== "open") return no("changed-meanwhile");
    if (!(await queries.setClosed(tx, id, revision, now()))) return no("changed-meanwhile");
    await recordEvent(tx, staff, "survey.closed", { kind: "survey", id, accountId: null }, {}, null, "staff");
    return OK;
  });
}

export type Seen = { id: string; revision: number };
type Found = NonNullable<Awaited<ReturnType<typeof queries.findSurvey>>>;

function running(
  staff: StaffActor,
  id: string,
  work: (tx: ActorTx, found: Found) => Promise<Outcome>,
): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    const found = await queries.findSurvey(tx, id);
    if (!found) return no("not-found");
    return mayRunSurveys(staff) ? work(tx, found) : no("may-not");
  });
}

/** What one person answers to a meter, in minor units. */
export type TypedMeter = { tooCheap: bigint; cheap: bigint; expensive: bigint; tooExpensive: bigint };

/**
 * States four prices. Once: what was given whole stands. Prices that contradict each other come back the first time, with a
 * sentence; whoever means them says so, and they are taken, left out of results, and counted.
 */
export function stateMeter(
  client: ClientActor,
  id: string,
  { meter, isMeant }: { meter: TypedMeter; isMeant: boolean },
): Promise<Outcome> {
  return stating(client, id, "meter", async (tx, own) => {
    const { tooCheap, cheap, expensive, tooExpensive } = meter;
    const numbers = {
      tooCheap: Number(tooCheap),
      cheap: Number(cheap),
      expensive: Number(expensive),
      tooExpensive: Number(tooExpensive),
    };
    if (!isMeant && !isTransitive(numbers)) return no("contradicts");
    await queries.begin(tx, own);
    if (!(await queries.setMeter(tx, own, meter, now()))) return no("stated-already");
    return OK;
  });
}

/** Says whether one would buy at the price that is due. Another one may be due by now, as in a second tab: `other-price`. */
export function statePrice(
  client: ClientActor,
  id: string,
  answer: { price: number; buys: boolean },
): Promise<Outcome> {
  return stating(client, id, "ladder", async (tx, own, found) => {
    const shown = (await queries.findOwn(tx, id, client.personId))?.shown ?? [];
    const next = step(found.prices, shown, answer);
    if (!next.ok) return no("other-price");
    await queries.begin(tx, own);
    const finished = next.isLast ? now() : null;
    return (await queries.setShown(tx, own, shown.length, next.shown, finished)) ? OK : no("other-price");
  });
}

type Own = { surveyId: string; accountId: string; personId: string };

function stating(
  client: ClientActor,
  id: string,
  method: Method,
  work: (tx: ActorTx, own: Own, found: Found) => Promise<Outcome>,
): Promise<Outcome> {
  return asActor<Outcome>(client, async (tx) => {
    const found = await queries.findSurvey(tx, id);
    if (!found || found.method !== method) return no("not-found");
    if (!mayState(client)) return no("may-not");
    if (stateOf(found, now()) !== "open") return no("not-open");
    const own = await queries.findOwn(tx, id, client.personId);
    if (own?.finishedAt) return no("stated-already");
    return work(tx, { surveyId: id, accountId: client.accountId, personId: client.personId }, found);
  });
}
