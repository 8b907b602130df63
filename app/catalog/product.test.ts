import { expect, test } from "vitest";
import { admin, auditor, designer, manager, metisOwner, support } from "../../tests/personas";
import { answerField, keyOf, mayEditCatalog, type Question, readAnswers, shownAnswers } from "./product";

const named = (en: string) => ({ en, uk: `${en} uk`, ru: `${en} ru`, zh: `${en} zh` });
const question = (key: string, more: Partial<Question> = {}): Question => ({
  id: key,
  key,
  kind: "text",
  names: named(key),
  help: null,
  required: false,
  choices: [],
  retired: false,
  revision: 1,
  ...more,
});
const lamp = {
  id: "p",
  questions: [
    question("mounting", {
      kind: "choice",
      required: true,
      choices: [{ key: "base", names: named("Base") }],
    }),
    question("reach", { kind: "number" }),
    question("since", { kind: "date" }),
    question("batch"),
    question("old", { required: true, retired: true }),
  ],
};
const read = (typed: Record<string, string>) =>
  readAnswers(lamp, (field) => typed[field.replace(answerField("p", ""), "")] ?? "");

test("answers are kept by key as what they are, and empty ones are left out", () => {
  expect(read({ mounting: "base", reach: " 60,5 ", since: "2026-02-28", batch: "" })).toEqual({
    ok: true,
    answers: { mounting: "base", reach: 60.5, since: "2026-02-28" },
  });
});

test.each([
  ["nothing, where an answer is needed", { mounting: "" }, "mounting", "required"],
  ["a choice that is not offered", { mounting: "ceiling" }, "mounting", "not-offered"],
  ["words for a number", { mounting: "base", reach: "far" }, "reach", "not-number"],
  ["a day that no month has", { mounting: "base", since: "2026-02-30" }, "since", "invalid"],
  ["a novel", { mounting: "base", batch: "x".repeat(501) }, "batch", "too-long:500"],
])("%s is refused at its field", (_what, typed, key, code) => {
  expect(read(typed as Record<string, string>)).toEqual({ ok: false, errors: { [answerField("p", key)]: code } });
});

test("answers are shown in the reader's language, those to retired questions too", () => {
  expect(shownAnswers(lamp.questions, { mounting: "base", old: "yes", stray: "x" }, "uk")).toEqual([
    { key: "mounting", name: "mounting uk", kind: "choice", value: "Base uk" },
    { key: "old", name: "old uk", kind: "text", value: "yes" },
  ]);
});

test("a key is made of the English name, and no two questions of a product share one", () => {
  expect(keyOf("Reach in cm", [])).toBe("reach_in_cm");
  expect(keyOf("2nd reach!", ["nd_reach"])).toBe("nd_reach_2");
  expect(keyOf("臂展", [])).toBe("question");
});

test("designers, managers and admins say what is made and asked, and nobody else", () => {
  expect([designer, manager, admin].every(mayEditCatalog)).toBe(true);
  expect([support, auditor, metisOwner].some(mayEditCatalog)).toBe(false);
});
