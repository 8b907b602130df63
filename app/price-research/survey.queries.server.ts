import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Method } from "./survey";
import type { AskedAccount } from "./survey-page";

/** Surveys of stated prices: making, opening, closing, answering, and what pages show of them. */

export type NewSurvey = {
  ideaId: string;
  method: Method;
  title: string;
  subject: string;
  currency: string;
  prices: readonly number[];
  closesAt: Date;
  madeBy: string;
};

export async function insertSurvey(tx: ActorTx, survey: NewSurvey): Promise<string> {
  const { prices, ...rest } = survey;
  const made = await tx
    .insertInto("priceSurveys")
    .values({ ...rest, ladder: prices.map(BigInt) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return made.id;
}

export async function insertAsked(tx: ActorTx, surveyId: string, accounts: readonly string[]): Promise<void> {
  await tx
    .insertInto("priceSurveyAccounts")
    .values(accounts.map((accountId) => ({ surveyId, accountId })))
    .execute();
}

export type Survey = {
  id: string;
  ideaId: string;
  method: Method;
  title: string;
  subject: string;
  currency: string;
  prices: number[];
  createdAt: Date;
  openedAt: Date | null;
  closesAt: Date;
  closedAt: Date | null;
  revision: number;
};

const COLUMNS = [
  "s.id",
  "s.ideaId",
  "s.method",
  "s.title",
  "s.subject",
  "s.currency",
  "s.createdAt",
  "s.openedAt",
  "s.closesAt",
  "s.closedAt",
  "s.revision",
] as const;

type Raw = Omit<Survey, "prices" | "method"> & { method: string; prices: string[] };
const surveyOf = <R extends Raw>({ prices, method, ...row }: R) => ({
  ...row,
  method: method as Method,
  prices: prices.map(Number),
});

/** A survey with who made it; undefined when it does not exist for this actor. */
export async function findSurvey(tx: ActorTx, id: string) {
  const row = await tx
    .selectFrom("priceSurveys as s")
    .leftJoin("people as p", "p.id", "s.madeBy")
    .where("s.id", "=", id)
    .select(COLUMNS)
    .select(sql<string[]>`s.ladder::text[]`.as("prices"))
    .select("p.displayName as madeBy")
    .executeTakeFirst();
  return row && surveyOf(row);
}

/** The same with the name of its idea, for staff, who see every idea. */
export async function ideaTitle(tx: ActorTx, id: string): Promise<string | undefined> {
  return (await tx.selectFrom("ideas").where("id", "=", id).select("title").executeTakeFirst())?.title;
}

/** Opens a draft. Out: whether somebody else was not quicker. */
export async function setOpened(tx: ActorTx, id: string, revision: number, openedAt: Date): Promise<boolean> {
  const done = await tx
    .updateTable("priceSurveys")
    .set({ openedAt })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .where("openedAt", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function setClosed(tx: ActorTx, id: string, revision: number, closedAt: Date): Promise<boolean> {
  const done = await tx
    .updateTable("priceSurveys")
    .set({ closedAt })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .where("closedAt", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Those of these accounts that may be asked about an idea: its own, and all when it is shared with all customers. */
export async function listAskable(tx: ActorTx, ideaId: string, take: number): Promise<{ id: string; name: string }[]> {
  return tx
    .selectFrom("accounts as a")
    .innerJoin("ideas as i", (join) => join.on("i.id", "=", ideaId))
    .where("a.closedAt", "is", null)
    .where((of) =>
      of.or([
        of("a.id", "=", of.ref("i.accountId")),
        of.exists(
          of.selectFrom("sharedIdeas as shared").whereRef("shared.ideaId", "=", "i.id").select("shared.ideaId"),
        ),
      ]),
    )
    .select(["a.id", "a.name"])
    .orderBy("a.name")
    .orderBy("a.id")
    .limit(take)
    .execute();
}

/** Surveys, newest first. In: how many; an id to go on after. */
export async function listSurveys(tx: ActorTx, { after, take }: { after: string | null; take: number }) {
  const rows = await tx
    .selectFrom("priceSurveys as s")
    .innerJoin("ideas as i", "i.id", "s.ideaId")
    .$if(after !== null, (query) => query.where("s.id", "<", after as string))
    .select(COLUMNS)
    .select("i.title as idea")
    .select(sql<string[]>`s.ladder::text[]`.as("prices"))
    .orderBy("s.id", "desc")
    .limit(take)
    .execute();
  return rows.map(surveyOf);
}

/** What an account is asked, newest first, and whether this person has answered. */
export async function listForClient(
  tx: ActorTx,
  { after, take, personId }: { after: string | null; take: number; personId: string },
) {
  const rows = await tx
    .selectFrom("priceSurveys as s")
    .leftJoin("priceSurveyAnswers as w", (join) =>
      join.onRef("w.surveyId", "=", "s.id").on("w.personId", "=", personId),
    )
    .where("s.openedAt", "is not", null)
    .$if(after !== null, (query) => query.where("s.id", "<", after as string))
    .select(COLUMNS)
    .select(sql<string[]>`s.ladder::text[]`.as("prices"))
    .select("w.finishedAt")
    .orderBy("s.id", "desc")
    .limit(take)
    .execute();
  return rows.map(surveyOf);
}

/** Each account that is asked: how many of its people could answer, and how many began and ended. Readers of answers only. */
export async function listResponses(tx: ActorTx, surveyId: string): Promise<AskedAccount[]> {
  const { rows } = await sql<AskedAccount>`
    select a.id, a.name,
      (select count(*)::int from people p where p.account_id = a.id and p.removed_at is null
        and p.role in ('owner', 'member', 'approver')) as people,
      (select count(*)::int from price_survey_answers w where w.survey_id = s.survey_id and w.account_id = a.id) as begun,
      (select count(*)::int from price_survey_answers w
        where w.survey_id = s.survey_id and w.account_id = a.id and w.finished_at is not null) as finished
    from price_survey_accounts s join accounts a on a.id = s.account_id
    where s.survey_id = ${surveyId}::uuid order by a.name, a.id`.execute(tx);
  return rows;
}

export type StatedRow = {
  id: string;
  accountId: string;
  account: string;
  begunAt: Date;
  finishedAt: Date | null;
  meter: { tooCheap: number; cheap: number; expensive: number; tooExpensive: number } | null;
  shown: { price: number; buys: boolean }[];
};

/** Everything that was stated, in the order in which it was begun. */
export async function listStated(tx: ActorTx, surveyId: string): Promise<StatedRow[]> {
  const rows = await statedOf(tx)
    .innerJoin("accounts as a", "a.id", "w.accountId")
    .select("a.name as account")
    .where("w.surveyId", "=", surveyId)
    .orderBy("w.id")
    .execute();
  return rows.map((row) => ({ ...readStated(row), account: row.account }));
}

/** What this person stated so far; undefined before they begin. */
export async function findOwn(tx: ActorTx, surveyId: string, personId: string) {
  const row = await statedOf(tx)
    .where("w.surveyId", "=", surveyId)
    .where("w.personId", "=", personId)
    .executeTakeFirst();
  return row && readStated(row);
}

const statedOf = (tx: ActorTx) =>
  tx
    .selectFrom("priceSurveyAnswers as w")
    .select(["w.id", "w.accountId", "w.begunAt", "w.finishedAt", "w.buys"])
    .select(["w.tooCheap", "w.cheap", "w.expensive", "w.tooExpensive"])
    .select(sql<string[]>`w.shown::text[]`.as("shown"));

type RawStated = Awaited<ReturnType<ReturnType<typeof statedOf>["executeTakeFirstOrThrow"]>>;

function readStated({ tooCheap, cheap, expensive, tooExpensive, shown, buys, ...row }: RawStated) {
  return {
    ...row,
    meter:
      tooCheap === null
        ? null
        : {
            tooCheap: Number(tooCheap),
            cheap: Number(cheap),
            expensive: Number(expensive),
            tooExpensive: Number(tooExpensive),
          },
    shown: shown.map((price, at) => ({ price: Number(price), buys: buys[at] ?? false })),
  };
}

/** Begins an answer, once. */
export async function begin(
  tx: ActorTx,
  own: { surveyId: string; accountId: string; personId: string },
): Promise<void> {
  await tx
    .insertInto("priceSurveyAnswers")
    .values(own)
    .onConflict((on) => on.columns(["surveyId", "personId"]).doNothing())
    .execute();
}

type Own = { surveyId: string; personId: string };

/** Out: false when it stood already, or the survey closed meanwhile. */
export async function setMeter(
  tx: ActorTx,
  { surveyId, personId }: Own,
  meter: { tooCheap: bigint; cheap: bigint; expensive: bigint; tooExpensive: bigint },
  finishedAt: Date,
): Promise<boolean> {
  const done = await tx
    .updateTable("priceSurveyAnswers")
    .set({ ...meter, finishedAt })
    .where("surveyId", "=", surveyId)
    .where("personId", "=", personId)
    .where("finishedAt", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Adds a step to a ladder. In: how many there were before. Out: false when somebody was quicker, or it was closed. */
export async function setShown(
  tx: ActorTx,
  { surveyId, personId }: Own,
  before: number,
  shown: readonly { price: number; buys: boolean }[],
  finishedAt: Date | null,
): Promise<boolean> {
  const done = await tx
    .updateTable("priceSurveyAnswers")
    .set({
      shown: shown.map(({ price }) => BigInt(price)),
      buys: shown.map(({ buys }) => buys),
      finishedAt,
    })
    .where("surveyId", "=", surveyId)
    .where("personId", "=", personId)
    .where("finishedAt", "is", null)
    .where(sql<number>`cardinality(shown)`, "=", before)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
