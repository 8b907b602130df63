import { expect, test } from "vitest";
import { answerDue, answerState } from "./idea-clock";

test.each([
  ["complaint", "2026-11-23T09:30:00Z", "2026-11-24T09:30:00.000Z"],
  ["complaint", "2026-11-27T15:00:00Z", "2026-11-30T15:00:00.000Z"],
  ["complaint", "2026-11-28T10:00:00Z", "2026-12-01T00:00:00.000Z"],
  ["complaint", "2026-11-29T23:59:00Z", "2026-12-01T00:00:00.000Z"],
  ["suggestion", "2026-11-23T09:30:00Z", "2026-11-30T09:30:00.000Z"],
  ["suggestion", "2026-11-27T15:00:00Z", "2026-12-04T15:00:00.000Z"],
  ["suggestion", "2026-12-30T08:00:00Z", "2027-01-06T08:00:00.000Z"],
] as const)("a %s of %s is to be answered by %s", (kind, sent, due) => {
  expect(answerDue(kind, new Date(sent)).toISOString()).toBe(due);
});

test("what was sent before there were clocks is never late, and an answer after the aim is called late", () => {
  const due = new Date("2026-11-24T09:30:00Z");
  const state = (answered: string | null, now: string) =>
    answerState({ answerDueAt: due, answeredAt: answered === null ? null : new Date(answered) }, new Date(now));
  expect(answerState({ answerDueAt: null, answeredAt: null }, due)).toBe("none");
  expect(state(null, "2026-11-24T09:30:00Z")).toBe("waiting");
  expect(state(null, "2026-11-24T09:30:01Z")).toBe("late");
  expect(state("2026-11-24T09:00:00Z", "2026-12-24T09:30:00Z")).toBe("answered");
  expect(state("2026-11-24T10:00:00Z", "2026-12-24T09:30:00Z")).toBe("answered-late");
});
