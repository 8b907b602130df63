import fc from "fast-check";
import { expect, test } from "vitest";
import {
  approves,
  canDecide,
  deciders,
  overallOf,
  passes,
  type Reviewer,
  STAGE_RULES,
  type StageResult,
  type StageRule,
  stageResult,
  VERDICTS,
  type Verdict,
} from "./verdict";

const RULE = fc.constantFrom(...STAGE_RULES);
const VERDICT = fc.constantFrom(...VERDICTS);
const REVIEWERS = fc
  .array(fc.record({ decides: fc.boolean(), verdict: fc.option(VERDICT) }), { maxLength: 6 })
  .map((all) => all.map((one, at): Reviewer => ({ ...one, id: `r${at}` })));
const weight = (verdict: Verdict) => VERDICTS.indexOf(verdict);
const OBJECTIONS = ["changes-requested", "rejected"];

const answers = (...verdicts: (Verdict | null)[]): Reviewer[] =>
  verdicts.map((verdict, at) => ({ id: `r${at}`, decides: at === 0, verdict }));
const overall = (rule: StageRule, ...verdicts: (Verdict | null)[]) => stageResult(rule, answers(...verdicts)).overall;

test("the owner approves with changes and the guest requests changes: changes are requested", () => {
  expect(overall("all", "approve-with-changes", "request-changes")).toBe("changes-requested");
});

test.each<[StageRule, (Verdict | null)[], string]>([
  ["all", ["approve", "approve"], "approved"],
  ["all", ["approve", "approve-with-changes"], "approved-with-changes"],
  ["all", ["approve", null], "waiting"],
  ["all", ["reject", null], "rejected"],
  ["all", [], "waiting"],
  ["any", ["approve", "reject"], "approved"],
  ["any", ["approve-with-changes", null], "approved-with-changes"],
  ["any", ["reject", null], "waiting"],
  ["any", ["reject", "request-changes"], "changes-requested"],
  ["named", ["approve", "reject"], "approved"],
  ["named", [null, "approve"], "waiting"],
  ["named", ["request-changes", "approve"], "changes-requested"],
])("by the rule %s, %j come to %s", (rule, verdicts, expected) => {
  expect(overall(rule, ...verdicts)).toBe(expected);
});

test("what a stage comes to does not hang on the order of its reviewers", () => {
  fc.assert(
    fc.property(RULE, REVIEWERS, (rule, reviewers) => {
      const turned = stageResult(rule, [...reviewers].reverse());
      expect({ ...turned, waitingFor: [...turned.waitingFor].sort() }).toEqual(stageResult(rule, reviewers));
    }),
  );
});

test("nothing passes unless somebody whose answer counts approved, and by all and named unless each of them did", () => {
  fc.assert(
    fc.property(RULE, REVIEWERS, (rule, reviewers) => {
      const counting = deciders(rule, reviewers);
      const approving = counting.filter(({ verdict }) => verdict !== null && approves(verdict)).length;
      const enough = rule === "any" ? approving > 0 : approving > 0 && approving === counting.length;
      expect(passes(stageResult(rule, reviewers).overall)).toBe(enough);
    }),
  );
});

test("a review is complete when nobody whose answer counts is waited for, whatever it came to", () => {
  fc.assert(
    fc.property(RULE, REVIEWERS, (rule, reviewers) => {
      const { complete, waitingFor, overall: came } = stageResult(rule, reviewers);
      expect(complete).toBe(canDecide(rule, reviewers) && waitingFor.length === 0);
      if (complete) expect(came).not.toBe("waiting");
    }),
  );
});

test("what stands before all have answered is not overturned by whoever answers last", () => {
  fc.assert(
    fc.property(RULE, REVIEWERS, VERDICT, (rule, reviewers, late) => {
      const before = stageResult(rule, reviewers).overall;
      const [next] = stageResult(rule, reviewers).waitingFor;
      fc.pre(before !== "waiting" && next !== undefined);
      const after = stageResult(
        rule,
        reviewers.map((one) => (one.id === next ? { ...one, verdict: late } : one)),
      ).overall;
      expect(passes(after)).toBe(passes(before));
      if (OBJECTIONS.includes(before)) expect(OBJECTIONS).toContain(after);
    }),
  );
});

test("a severer answer never lets pass what did not pass before", () => {
  fc.assert(
    fc.property(RULE, REVIEWERS, fc.nat(5), VERDICT, (rule, reviewers, at, severer) => {
      const one = reviewers[at];
      fc.pre(one?.verdict != null && weight(severer) >= weight(one.verdict));
      const harder = reviewers.map((other) => (other === one ? { ...other, verdict: severer } : other));
      if (passes(stageResult(rule, harder).overall)) expect(passes(stageResult(rule, reviewers).overall)).toBe(true);
    }),
  );
});

test("what those say who are not named changes nothing", () => {
  fc.assert(
    fc.property(REVIEWERS, VERDICT, (reviewers, said) => {
      const others = reviewers.map((one) => (one.decides ? one : { ...one, verdict: said }));
      expect(stageResult("named", others)).toEqual(stageResult("named", reviewers));
    }),
  );
});

test("a version passes when all its stages have, and the first that has not says how it stands", () => {
  const came = (...all: StageResult["overall"][]) =>
    overallOf(all.map((one) => ({ overall: one, complete: true, waitingFor: [] })));
  expect(came()).toBe("waiting");
  expect(came("approved", "approved")).toBe("approved");
  expect(came("approved-with-changes", "approved")).toBe("approved-with-changes");
  expect(came("approved", "waiting")).toBe("waiting");
  expect(came("approved", "changes-requested", "rejected")).toBe("changes-requested");
});
