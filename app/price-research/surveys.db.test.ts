import { beforeEach, expect, test } from "vitest";
import type { ToldEvent } from "~/kernel/notice";
import { asSystem } from "~/kernel/system-tx.server";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  auditor,
  brixOwner,
  designer,
  hanlinEngineer,
  ideaId,
  manager,
  metisApprover,
  metisOwner,
  metisViewer,
  pricing,
  stifferJoint,
} from "../../tests/personas";
import { surveyFile } from "./survey-csv.server";
import { surveyNotices } from "./survey-notices.server";
import { listAsked, viewAsked, viewMaking, viewSurvey } from "./survey-pages.server";
import { closeSurvey, makeSurvey, openSurvey, stateMeter, statePrice } from "./surveys.server";

const OK = { ok: true };
const no = (why: string) => ({ ok: false, why });
const METER = {
  method: "meter",
  title: "A brass joint",
  subject: "One lamp, without tax.",
  currency: "EUR",
  prices: [],
  closesAt: new Date(Date.now() + 86_400_000),
  accounts: [accounts.metis, accounts.hanlin],
} as const;
const LADDER = { ...METER, method: "ladder", prices: [1000, 2000, 3000] } as const;
const four = (tooCheap: bigint, cheap: bigint, expensive: bigint, tooExpensive: bigint, isMeant = false) => ({
  meter: { tooCheap, cheap, expensive, tooExpensive },
  isMeant,
});
const VIEW = { cost: null, locale: "en" } as const;

async function made(asked: typeof METER | typeof LADDER): Promise<string> {
  const outcome = await makeSurvey(pricing, stifferJoint, asked);
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.survey;
}

async function opened(asked: typeof METER | typeof LADDER): Promise<string> {
  const id = await made(asked);
  expect(await openSurvey(manager, { id, revision: 1 })).toEqual(OK);
  return id;
}

beforeEach(() => asSuperuser("delete from price_surveys"));

test("a draft is nobody's but staff's; opened, those who are asked see it, and others find nothing", async () => {
  const id = await made(METER);
  expect(await viewAsked(metisOwner, id, "en")).toBeUndefined();
  expect(await openSurvey(designer, { id, revision: 1 })).toEqual(no("may-not"));
  expect(await openSurvey(pricing, { id, revision: 1 })).toEqual(OK);
  expect(await openSurvey(pricing, { id, revision: 1 })).toEqual(no("changed-meanwhile"));
  expect(await viewAsked(metisOwner, id, "en")).toMatchObject({ state: "open", mayState: true, stated: null });
  expect(await viewAsked(metisViewer, id, "en")).toMatchObject({ mayState: false });
  expect(await viewAsked(brixOwner, id, "en")).toBeUndefined();
  expect((await listAsked(brixOwner, null)).rows).toEqual([]);
  expect(await stateMeter(brixOwner, id, four(1n, 2n, 3n, 4n))).toEqual(no("not-found"));
  expect(await stateMeter(metisViewer, id, four(1n, 2n, 3n, 4n))).toEqual(no("may-not"));
});

test("about an idea of one account nobody else is asked; a day that is over is refused", async () => {
  const [own] = await asSuperuser<{ id: string; account_id: string }>(
    "select id, account_id from ideas where visibility = 'account' and account_id = $1 limit 1",
    [accounts.metis],
  );
  if (!own) throw new Error("the demo data has no idea of Metis alone");
  expect((await viewMaking(pricing, own.id))?.accounts.map(({ id }) => id)).toEqual([accounts.metis]);
  expect(await makeSurvey(pricing, own.id, METER)).toEqual(no("not-askable"));
  expect(await makeSurvey(pricing, stifferJoint, { ...METER, closesAt: new Date(0) })).toEqual(no("time-over"));
  expect(await makeSurvey(designer, stifferJoint, METER)).toEqual(no("may-not"));
  expect(await makeSurvey(pricing, ideaId(99), METER)).toEqual(no("not-found"));
});

test("four prices are stated once; what contradicts itself is asked about first, then counted and left out", async () => {
  const id = await opened(METER);
  expect(await stateMeter(metisOwner, id, four(1000n, 2000n, 3000n, 4000n))).toEqual(OK);
  expect(await stateMeter(metisOwner, id, four(1n, 2n, 3n, 4n))).toEqual(no("stated-already"));
  expect(await stateMeter(metisApprover, id, four(9000n, 2000n, 3000n, 4000n))).toEqual(no("contradicts"));
  expect(await stateMeter(metisApprover, id, four(9000n, 2000n, 3000n, 4000n, true))).toEqual(OK);
  expect(await stateMeter(hanlinEngineer, id, four(1500n, 2500n, 3500n, 4500n))).toEqual(OK);
  const page = await viewSurvey(pricing, id, VIEW);
  expect(page?.results).toMatchObject({ method: "meter", figures: { valid: 2, excluded: 1, accounts: 2, thin: true } });
  expect(page?.accounts.map(({ begun, finished }) => [begun, finished]).sort()).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect((await viewAsked(metisOwner, id, "en"))?.stated).toMatchObject({ prices: { cheap: "EUR\u00a020.00" } });
  // A colleague's answer is theirs alone, and of us only those read any who set prices, manage or audit.
  expect((await viewAsked(metisViewer, id, "en"))?.stated).toBeNull();
  expect((await viewSurvey(auditor, id, VIEW))?.results).not.toBeNull();
  expect(await viewSurvey(designer, id, VIEW)).toMatchObject({ results: null, mayRead: false });
});

test("prices one by one: each step is of the price that is due, the last one ends it, and none is taken back", async () => {
  const id = await opened(LADDER);
  expect((await viewAsked(metisOwner, id, "en"))?.price).toEqual({ minor: "2000", text: "EUR\u00a020.00" });
  expect(await statePrice(metisOwner, id, { price: 3000, buys: true })).toEqual(no("other-price"));
  expect(await statePrice(metisOwner, id, { price: 2000, buys: true })).toEqual(OK);
  expect(await statePrice(metisOwner, id, { price: 2000, buys: false })).toEqual(no("other-price"));
  expect(await statePrice(metisOwner, id, { price: 3000, buys: false })).toEqual(OK);
  expect((await viewAsked(metisOwner, id, "en"))?.stated).toEqual({ method: "ladder", highest: "EUR\u00a020.00" });
  expect(await statePrice(metisOwner, id, { price: 3000, buys: true })).toEqual(no("stated-already"));
  expect(await statePrice(hanlinEngineer, id, { price: 2000, buys: true })).toEqual(OK);
  const page = await viewSurvey(pricing, id, { cost: "15", locale: "en" });
  expect(page?.results).toMatchObject({
    method: "ladder",
    cost: "15.00",
    figures: { valid: 1, excluded: 1, best: { revenue: 2000, contribution: 2000 } },
  });
});

test("two tabs that answer the same price at once leave one answer, fifty times", async () => {
  for (let run = 0; run < 50; run++) {
    const id = await opened(LADDER);
    const both = await Promise.all([true, false].map((buys) => statePrice(metisOwner, id, { price: 2000, buys })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  }
});

test("after its time and after it was closed nothing is taken, by the database neither", async () => {
  const id = await opened(METER);
  expect(await closeSurvey(pricing, { id, revision: 2 })).toEqual(OK);
  expect(await stateMeter(metisOwner, id, four(1n, 2n, 3n, 4n))).toEqual(no("not-open"));
  const late = await opened(METER);
  await asSuperuser("update price_surveys set closes_at = now() - interval '1 second' where id = $1", [late]);
  expect(await viewAsked(metisOwner, late, "en")).toMatchObject({ state: "closed" });
  expect(await stateMeter(metisOwner, late, four(1n, 2n, 3n, 4n))).toEqual(no("not-open"));
});

test("what people are asked stays as it is once it is open, whoever writes", async () => {
  const id = await opened(METER);
  await expect(asSuperuser("update price_surveys set subject = 'Another' where id = $1", [id])).rejects.toThrow(
    "stays as it is",
  );
});

test("those who may answer hear of it once it opens, and nobody of an account that is not asked", async () => {
  const id = await opened(METER);
  const event: ToldEvent = {
    id: "1",
    name: "survey.opened",
    subjectKind: "survey",
    subjectId: id,
    accountId: accounts.metis,
    actorId: manager.personId,
    actorSide: "staff",
    audience: "both",
    facts: {},
  };
  const notices = await asSystem("test: notices of surveys", (tx) => surveyNotices.noticesOf(tx, event));
  expect(notices.map(({ personId }) => personId).sort()).toEqual([metisOwner.personId, metisApprover.personId].sort());
  expect(notices[0]).toMatchObject({ path: `/surveys/${id}`, facts: { says: "priced", title: METER.title } });
  const see = await asSystem("test: who sees a survey", (tx) =>
    surveyNotices.mayStillSee(tx, id, [metisOwner.personId, brixOwner.personId]),
  );
  expect(see).toEqual([metisOwner.personId]);
});

test("taken along, everybody's answer is a line without a name, and whoever took it stands in the log", async () => {
  const id = await opened(METER);
  await stateMeter(hanlinEngineer, id, four(1500n, 2500n, 3500n, 4500n));
  const words = {
    account: "Account",
    respondent: "Respondent",
    begun: "Begun",
    finished: "Finished",
    counted: "Counted",
    yes: "yes",
    no: "no",
    meter: ["a", "b", "c", "d"],
    highest: "Highest",
  };
  expect(await surveyFile(designer, id, words)).toBe("may-not");
  const file = await surveyFile(pricing, id, words);
  expect(file).toMatch(/,1,[^,]+,[^,]+,yes,15\.00,25\.00,35\.00,45\.00\r\n$/);
  expect(file).not.toContain("陈立伟");
  const lines = await asSuperuser("select 1 from events where name = 'survey.exported' and subject_id = $1", [id]);
  expect(lines).toHaveLength(1);
});
