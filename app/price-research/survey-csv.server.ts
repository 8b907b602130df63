import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { BOM, csvLines, csvMoment } from "~/kernel/csv.server";
import { recordEvent } from "~/kernel/events.server";
import { writeAmount } from "~/kernel/money";
import { highestPrice, nextPrice } from "./gabor-granger";
import { mayReadAnswers } from "./survey";
import * as queries from "./survey.queries.server";
import { isTransitive } from "./van-westendorp";

/** The heads of the file, in the language of who takes it along. */
export type FileWords = {
  account: string;
  respondent: string;
  begun: string;
  finished: string;
  counted: string;
  yes: string;
  no: string;
  meter: readonly string[];
  highest: string;
};

/**
 * What was stated, a line a person; their names are no part of it, numbers tell colleagues apart. Who took it stands in the log.
 * Out: the file; undefined when the survey does not exist, `may-not` for those of us who may not read it.
 */
export function surveyFile(staff: StaffActor, id: string, words: FileWords): Promise<string | "may-not" | undefined> {
  return asActor(staff, async (tx) => {
    const survey = await queries.findSurvey(tx, id);
    if (!survey) return undefined;
    if (!mayReadAnswers(staff)) return "may-not";
    const stated = await queries.listStated(tx, id);
    await recordEvent(tx, staff, "survey.exported", { kind: "survey", id, accountId: null }, {}, null, "staff");
    const { currency, method, prices } = survey;
    const amount = (minor: number | null) => (minor === null ? null : writeAmount({ minor: BigInt(minor), currency }));
    const head = (text: string) => `${text} (${currency})`;
    const isMeter = method === "meter";
    const heads = [
      words.account,
      words.respondent,
      `${words.begun} (UTC)`,
      `${words.finished} (UTC)`,
      words.counted,
      ...(isMeter ? words.meter : [words.highest]).map(head),
    ];
    const lines = stated.map(({ account, begunAt, finishedAt, meter, shown }, at) => {
      const counts = meter ? isTransitive(meter) : !isMeter && nextPrice(prices, shown) === null;
      const said = isMeter
        ? [meter?.tooCheap, meter?.cheap, meter?.expensive, meter?.tooExpensive].map((one) => amount(one ?? null))
        : [counts ? amount(highestPrice(shown) ?? 0) : null];
      const ended = finishedAt ? csvMoment(finishedAt) : null;
      return [account, at + 1, csvMoment(begunAt), ended, counts ? words.yes : words.no, ...said];
    });
    return BOM + csvLines([heads, ...lines]);
  });
}
