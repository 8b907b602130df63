import type { Actor, ClientActor, StaffActor, StaffRole } from "~/kernel/actor";
import { nextPrice, type ShownPrice } from "./gabor-granger";

/** A survey of stated prices: which states it has, who may do what with it, and what its answers are. */

/** The price meter of van Westendorp, or prices shown one by one (Gabor and Granger). */
export const METHODS = ["meter", "ladder"] as const;
export type Method = (typeof METHODS)[number];

export type SurveyState = "draft" | "open" | "closed";

/** A survey closes at its time by itself, or sooner by hand. In: its times, and the present. */
export function stateOf(
  { openedAt, closesAt, closedAt }: { openedAt: Date | null; closesAt: Date; closedAt: Date | null },
  at: Date,
): SurveyState {
  if (openedAt === null) return "draft";
  return closedAt !== null || closesAt <= at ? "closed" : "open";
}

const holds = (actor: Actor, roles: readonly StaffRole[]): boolean =>
  actor.side === "staff" && actor.roles.some((role) => roles.includes(role));

/** Making, opening and closing one. */
export const mayRunSurveys = (staff: StaffActor): boolean => holds(staff, ["pricing", "manager"]);
/** Reading what was stated, of everybody together and one by one. */
export const mayReadAnswers = (staff: StaffActor): boolean => holds(staff, ["pricing", "manager", "auditor"]);
/** Stating a price: everybody of a customer who does more than read. */
export const mayState = (client: ClientActor): boolean => client.role !== "viewer";

export const [TITLE_MAX, SUBJECT_MAX] = [140, 4_000];
/** Fewer prices are no ladder; among more of them nobody tells neighbours apart. */
export const [PRICES_MIN, PRICES_MAX] = [3, 20];
export const ACCOUNTS_MAX = 500;

/**
 * The next step of a ladder. In: the prices of the survey, what was answered so far, and what the person had before them.
 * Out: the answers with this one, and whether that was the last; `changed` when another price is due by now, as in a second tab.
 */
export function step(
  prices: readonly number[],
  shown: readonly ShownPrice[],
  answer: ShownPrice,
): { ok: true; shown: ShownPrice[]; isLast: boolean } | { ok: false; why: "changed" } {
  if (nextPrice(prices, shown) !== answer.price) return { ok: false, why: "changed" };
  const after = [...shown, answer];
  return { ok: true, shown: after, isLast: nextPrice(prices, after) === null };
}
