import type { Actor } from "~/kernel/actor";
import type { Locale } from "~/kernel/locale";

/** What the maker makes, and what it asks about each. */

export type InFour = Readonly<Record<Locale, string>>;

export const QUESTION_KINDS = ["text", "number", "choice", "date"] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export type Choice = { key: string; names: InFour };

/** A question about a product; an idea keeps the answer under its key. */
export type Question = {
  id: string;
  key: string;
  kind: QuestionKind;
  names: InFour;
  help: InFour | null;
  required: boolean;
  choices: readonly Choice[];
  retired: boolean;
  revision: number;
};

export type ProductState = "active" | "discontinued";
export type Product = {
  id: string;
  name: string;
  state: ProductState;
  revision: number;
  questions: readonly Question[];
};

export type Answers = Readonly<Record<string, string | number>>;

export const ANSWER_MAX = 500;
const EDITORS: readonly string[] = ["designer", "manager", "admin"];

/** Who says what is made and asked. */
export function mayEditCatalog(actor: Actor): boolean {
  return actor.side === "staff" && actor.roles.some((role) => EDITORS.includes(role));
}

/** The name of a question's field in a form: product and question, so that another product's answer is not taken for it. */
export const answerField = (productId: string, key: string) => `answer.${productId}.${key}`;

/**
 * Answers as typed, by the name of their field, judged by what is asked. Out: the answers by key (empty ones left out), or
 * codes by the name of the field. Retired questions are not asked any more.
 */
export function readAnswers(
  product: Pick<Product, "id" | "questions">,
  typed: (field: string) => string,
): { ok: true; answers: Answers } | { ok: false; errors: Record<string, string> } {
  const answers: Record<string, string | number> = {};
  const errors: Record<string, string> = {};
  for (const question of product.questions.filter(({ retired }) => !retired)) {
    const field = answerField(product.id, question.key);
    const text = typed(field).trim();
    if (text === "") {
      if (question.required) errors[field] = "required";
      continue;
    }
    const read = readAnswer(question, text);
    if (read.ok) answers[question.key] = read.value;
    else errors[field] = read.code;
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, answers };
}

type Read = { ok: true; value: string | number } | { ok: false; code: string };

function readAnswer({ kind, choices }: Question, text: string): Read {
  switch (kind) {
    case "number": {
      // People write 60,5 as well as 60.5.
      const value = /^[+-]?\d{1,12}([.,]\d{1,6})?$/.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
      return Number.isFinite(value) ? { ok: true, value } : { ok: false, code: "not-number" };
    }
    case "choice":
      return choices.some(({ key }) => key === text) ? { ok: true, value: text } : { ok: false, code: "not-offered" };
    case "date":
      return isDay(text) ? { ok: true, value: text } : { ok: false, code: "invalid" };
    case "text":
      return text.length <= ANSWER_MAX ? { ok: true, value: text } : { ok: false, code: `too-long:${ANSWER_MAX}` };
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** What was answered, in the order it was asked and in one language; what is no longer asked comes along. */
export function shownAnswers(questions: readonly Question[], answers: Answers, locale: Locale) {
  return questions.flatMap(({ key, kind, names, choices }) => {
    const value = answers[key];
    if (value === undefined) return [];
    const chosen = kind === "choice" ? choices.find((choice) => choice.key === value)?.names[locale] : undefined;
    return [{ key, name: names[locale], kind, value: chosen ?? value }];
  });
}

/** A key made of an English name: "Reach in cm" is reach_in_cm. */
export function keyOf(name: string, taken: readonly string[]): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 30);
  const base = plain || "question";
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? base : `${base}_${count}`;
    if (!taken.includes(key)) return key;
  }
}
