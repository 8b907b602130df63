/** Suggestion and complaint: what each means for the first answer. An aim that both sides see, never a promise. */

export const IDEA_KINDS = ["suggestion", "complaint"] as const;
export type IdeaKind = (typeof IDEA_KINDS)[number];

/** Within how many working days we aim to answer first. */
export const ANSWER_DAYS: Record<IdeaKind, number> = { suggestion: 5, complaint: 1 };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const isWeekend = (moment: Date) => moment.getUTCDay() === 0 || moment.getUTCDay() === 6;

/**
 * By when a first answer is due: so many working days (Monday to Friday, UTC) after it was sent, at the same time of day.
 * What is sent at a weekend counts from Monday's beginning.
 */
export function answerDue(kind: IdeaKind, sent: Date): Date {
  let due = sent;
  while (isWeekend(due)) due = new Date((Math.floor(due.getTime() / DAY) + 1) * DAY);
  for (let left = ANSWER_DAYS[kind]; left > 0; ) {
    due = new Date(due.getTime() + DAY);
    if (!isWeekend(due)) left -= 1;
  }
  return due;
}

/** How a first answer stands: none was aimed at, it is awaited, late, or was given in time or late. */
export type AnswerState = "none" | "waiting" | "late" | "answered" | "answered-late";

export function answerState(
  { answerDueAt, answeredAt }: { answerDueAt: Date | null; answeredAt: Date | null },
  now: Date,
): AnswerState {
  if (answerDueAt === null) return "none";
  if (answeredAt !== null) return answeredAt <= answerDueAt ? "answered" : "answered-late";
  return now <= answerDueAt ? "waiting" : "late";
}

/** The kind beside this one, into which a text may be split as well. */
export const otherKind = (kind: IdeaKind): IdeaKind => (kind === "suggestion" ? "complaint" : "suggestion");
