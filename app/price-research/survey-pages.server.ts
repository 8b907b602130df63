import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { type Chart, drawChart } from "~/kernel/chart";
import { now } from "~/kernel/clock";
import { PAGE_SIZE, pageOf, STAFF_PAGE_SIZE } from "~/kernel/cursor";
import { LOCALE_TAGS, type Locale } from "~/kernel/locale";
import { readAmount, showMoney, writeAmount } from "~/kernel/money";
import { highestPrice, nextPrice } from "./gabor-granger";
import { ACCOUNTS_MAX, mayReadAnswers, mayRunSurveys, mayState, stateOf } from "./survey";
import * as queries from "./survey.queries.server";
import {
  type AskedPageData,
  METER_FIELDS,
  type NewSurveyPageData,
  type OwnSurveyRow,
  type StaffSurveyPageData,
  type StaffSurveyRow,
  type SurveyResults,
} from "./survey-page";
import { type LadderFigures, ladderFigures, type MeterFigures, meterFigures } from "./survey-results";

/** The door for whoever looks at surveys: lists of both sides, the page of whoever is asked, and that of staff with its results. */

type Page<Row> = { rows: Row[]; next: string | null };
type Survey = queries.Survey;

const rowOf = ({ id, title, method, closesAt, closedAt, openedAt }: Survey) => ({
  id,
  title,
  method,
  closesAt,
  state: stateOf({ closesAt, closedAt, openedAt }, now()),
});

/** All surveys, newest first. */
export async function listSurveys(staff: StaffActor, after: string | null): Promise<Page<StaffSurveyRow>> {
  const found = await asActor(staff, (tx) => queries.listSurveys(tx, { after, take: STAFF_PAGE_SIZE + 1 }));
  const { rows, next } = pageOf(found, STAFF_PAGE_SIZE);
  return { rows: rows.map((row) => ({ ...rowOf(row), idea: row.idea, createdAt: row.createdAt })), next };
}

/** What one's account is asked, newest first. */
export async function listAsked(client: ClientActor, after: string | null): Promise<Page<OwnSurveyRow>> {
  const { personId } = client;
  const found = await asActor(client, (tx) => queries.listForClient(tx, { after, take: PAGE_SIZE + 1, personId }));
  const { rows, next } = pageOf(found, PAGE_SIZE);
  return { rows: rows.map((row) => ({ ...rowOf(row), answered: row.finishedAt !== null })), next };
}

/** What somebody is asked, and what they stated; undefined when it does not exist for them. */
export async function viewAsked(client: ClientActor, id: string, locale: Locale): Promise<AskedPageData | undefined> {
  const [found, own] = await asActor(client, async (tx) => [
    await queries.findSurvey(tx, id),
    await queries.findOwn(tx, id, client.personId),
  ]);
  if (!found) return undefined;
  const { subject, currency, method } = found;
  const show = moneyIn(currency, locale);
  const shown = own?.shown ?? [];
  const due = method === "ladder" && !own?.finishedAt ? nextPrice(found.prices, shown) : null;
  return {
    ...rowOf(found),
    subject,
    currency,
    mayState: mayState(client),
    price: due === null ? null : { minor: String(due), text: show(due) },
    step: shown.length,
    stated: own?.finishedAt ? statedOf(own, show) : null,
  };
}

type Own = NonNullable<Awaited<ReturnType<typeof queries.findOwn>>>;

function statedOf({ meter, shown }: Own, show: (minor: number) => string): AskedPageData["stated"] {
  if (!meter) {
    const highest = highestPrice(shown);
    return { method: "ladder", highest: highest === null ? null : show(highest) };
  }
  const { tooCheap, cheap, expensive, tooExpensive } = meter;
  return {
    method: "meter",
    prices: {
      tooCheap: show(tooCheap),
      cheap: show(cheap),
      expensive: show(expensive),
      tooExpensive: show(tooExpensive),
    },
  };
}

/** Where a survey about an idea is made; undefined when there is no such idea. */
export function viewMaking(staff: StaffActor, ideaId: string): Promise<NewSurveyPageData | undefined> {
  return asActor(staff, async (tx) => {
    const title = await queries.ideaTitle(tx, ideaId);
    if (title === undefined) return undefined;
    return { idea: { id: ideaId, title }, accounts: await queries.listAskable(tx, ideaId, ACCOUNTS_MAX) };
  });
}

/** A survey with its response and, for those of us who may read them, its results. In: what one piece costs, as typed. */
export async function viewSurvey(
  staff: StaffActor,
  id: string,
  { cost, locale }: { cost: string | null; locale: Locale },
): Promise<StaffSurveyPageData | undefined> {
  const mayRead = mayReadAnswers(staff);
  const read = await asActor(staff, async (tx) => {
    const found = await queries.findSurvey(tx, id);
    if (!found) return undefined;
    return {
      found,
      idea: (await queries.ideaTitle(tx, found.ideaId)) ?? "",
      accounts: await queries.listResponses(tx, id),
      stated: mayRead ? await queries.listStated(tx, id) : [],
    };
  });
  if (!read) return undefined;
  const { found, stated, ...page } = read;
  const { prices, revision, ideaId, madeBy, createdAt, openedAt, closedAt, subject, currency } = found;
  const show = moneyIn(currency, locale);
  return {
    ...rowOf(found),
    ...page,
    revision,
    ideaId,
    madeBy: madeBy ?? "",
    createdAt,
    openedAt,
    closedAt,
    subject,
    currency,
    prices: prices.map(show),
    mayRun: mayRunSurveys(staff),
    mayRead,
    results: stated.length === 0 ? null : resultsOf(found, stated, { cost, locale }),
  };
}

type Stated = Awaited<ReturnType<typeof queries.listStated>>;

function resultsOf(
  survey: Survey,
  stated: Stated,
  { cost: typed, locale }: { cost: string | null; locale: Locale },
): SurveyResults {
  const { method, currency, prices } = survey;
  const axes = {
    x: (minor: number) => moneyIn(currency, locale)(Math.round(minor)),
    y: (share: number) => new Intl.NumberFormat(LOCALE_TAGS[locale], { style: "percent" }).format(share),
  };
  if (method === "meter") {
    const figures = meterFigures(
      stated.flatMap(({ accountId: account, meter: said, finishedAt }) =>
        said && finishedAt ? [{ account, said }] : [],
      ),
    );
    return { method, figures, chart: meterChart(figures, axes) };
  }
  const minor = typed === null ? null : readAmount(typed, currency);
  const answers = stated.map(({ accountId: account, shown: said }) => ({ account, said }));
  const figures = ladderFigures(prices, answers, { cost: minor === null ? null : Number(minor), seed: SEED });
  const cost = minor === null ? null : writeAmount({ minor, currency });
  return { method, figures, chart: ladderChart(figures, axes), cost };
}

/** Whoever reads a survey twice reads the same figures. */
const SEED = 20_260_101;

type Axes = { x: (minor: number) => string; y: (share: number) => string };

function meterChart({ steps, points }: MeterFigures, axes: Axes): Chart | null {
  const meeting = [
    { key: "pmc", x: points.pmcOriginal },
    { key: "opp", x: points.optimal },
    { key: "ipp", x: points.indifference },
    { key: "pme", x: points.pmeOriginal },
  ];
  return drawChart({
    ...axes,
    series: METER_FIELDS.map((key) => ({ key, dots: steps.map((step) => [step.price, step[key]] as const) })),
    markers: meeting.flatMap(({ key, x }) => (x === null ? [] : [{ key, x }])),
  });
}

function ladderChart({ steps, accounts, best }: LadderFigures, axes: Axes): Chart | null {
  if (accounts === 0) return null;
  return drawChart({
    ...axes,
    stepped: true,
    series: [{ key: "accounts", dots: steps.map((one) => [one.price, one.accounts / accounts] as const) }],
    band: steps.map(({ price, interval: { lo, hi } }) => [price, lo, hi] as const),
    markers: best ? [{ key: "best", x: best.contribution ?? best.revenue }] : [],
  });
}

const moneyIn = (currency: string, locale: Locale) => (minor: number) =>
  showMoney({ minor: BigInt(minor), currency }, LOCALE_TAGS[locale]);
