import * as z from "zod";
import { typedText } from "~/ideas/idea.schema";
import { readCursor } from "~/kernel/cursor";
import { CURRENCIES, readAmount } from "~/kernel/money";
import { ACCOUNTS_MAX, METHODS, PRICES_MAX, PRICES_MIN, SUBJECT_MAX, TITLE_MAX } from "./survey";
import { METER_FIELDS } from "./survey-page";

/** The forms of surveys, and the addresses of their pages. */

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The end of a day in UTC; null when there is no such day. */
function endOf(day: string): Date | null {
  if (!DAY.test(day)) return null;
  const end = new Date(`${day}T23:59:59.999Z`);
  return Number.isNaN(end.getTime()) || !end.toISOString().startsWith(day) ? null : end;
}

/** Amounts as people list them: one a line, or with spaces or semicolons between them. */
const amountsIn = (text: string) => text.split(/[\s;]+/).filter((amount) => amount !== "");

export const surveyForm = z
  .object({
    method: z.enum(METHODS),
    title: typedText(TITLE_MAX).transform((line) => line.replace(/\s+/g, " ")),
    subject: typedText(SUBJECT_MAX),
    currency: z.enum(CURRENCIES),
    prices: z.string().max(1_000).default(""),
    closes: z.string(),
  })
  .transform(({ prices: typed, closes, ...rest }, context) => {
    const closesAt = endOf(closes);
    if (!closesAt) context.addIssue({ code: "custom", message: "no-such-day", path: ["closes"] });
    const amounts = rest.method === "ladder" ? amountsIn(typed).map((one) => readAmount(one, rest.currency)) : [];
    const prices = [...new Set(amounts.flatMap((minor) => (minor ? [Number(minor)] : [])))].sort((a, b) => a - b);
    if (amounts.some((minor) => !minor)) {
      context.addIssue({ code: "custom", message: "no-price", path: ["prices"] });
    } else if (rest.method === "ladder" && (prices.length < PRICES_MIN || prices.length > PRICES_MAX)) {
      context.addIssue({ code: "custom", message: "prices-count", path: ["prices"] });
    }
    return { ...rest, prices, closesAt: closesAt ?? new Date(0) };
  });

const ACCOUNT = /^ask-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The accounts that are ticked, each by a field of its own, so that a form that comes back knows them. */
export function tickedAccounts(typed: FormData): string[] {
  return [...new Set([...typed.keys()].flatMap((name) => ACCOUNT.exec(name)?.[1] ?? []))].slice(0, ACCOUNTS_MAX);
}

export const revisionForm = z.object({ revision: z.coerce.number().int().positive() });

/** Four amounts in the currency of their survey, and whether somebody who contradicts themselves means it. */
export const meterForm = (currency: string) =>
  z
    .object({
      ...(Object.fromEntries(METER_FIELDS.map((field) => [field, amountOf(currency)])) as Record<
        (typeof METER_FIELDS)[number],
        ReturnType<typeof amountOf>
      >),
      meant: z.literal("1").optional(),
    })
    .transform(({ meant, ...meter }) => ({ meter, isMeant: meant === "1" }));

const amountOf = (currency: string) =>
  z.string().transform((typed, context) => {
    const minor = readAmount(typed, currency);
    if (minor !== null) return minor;
    context.addIssue({ code: "custom", message: "no-price" });
    return z.NEVER;
  });

export const priceForm = z.object({
  price: z.coerce.number().int().positive(),
  buys: z.enum(["yes", "no"]).transform((says) => says === "yes"),
});

/** From where on a list is asked for. */
export const surveysAsked = (url: string) => ({ after: readCursor(new URL(url).searchParams.get("after")) });

/** What one piece costs, as it stands in the address of a page of results. */
export function costAsked(url: string): string | null {
  const cost = new URL(url).searchParams.get("cost")?.trim() ?? "";
  return cost === "" || cost.length > 20 ? null : cost;
}
