import fc from "fast-check";
import { expect, test } from "vitest";
import {
  leadDaysOf,
  type Option,
  type OptionGroup,
  type OptionRule,
  type PriceList,
  refusalsOf,
  tierProblem,
  unitPrice,
} from "./option";

const words = (text: string) => ({ en: text, uk: text, ru: text, zh: text });
const option = (id: string, more: Partial<Option> = {}): Option => ({
  id,
  key: id,
  names: words(id),
  leadDays: 0,
  withdrawn: false,
  revision: 1,
  ...more,
});
const group = (id: string, options: Option[], more: Partial<OptionGroup> = {}): OptionGroup => ({
  id,
  key: id,
  names: words(id),
  several: false,
  required: false,
  revision: 1,
  options,
  ...more,
});
const rule = (kind: OptionRule["kind"], one: string, other: string, more: Partial<OptionRule> = {}): OptionRule => ({
  id: `${one}-${kind}-${other}`,
  kind,
  option: one,
  other,
  sentences: words("Water gets in through an open vent."),
  retired: false,
  revision: 1,
  ...more,
});

const lamp = {
  groups: [
    group("tightness", [option("ip20"), option("ip65", { leadDays: 14 })], { required: true }),
    group("vent", [option("open"), option("membrane", { leadDays: 21 }), option("old", { withdrawn: true })]),
    group("extras", [option("dimmer"), option("clamp")], { several: true }),
  ],
  rules: [rule("excludes", "ip65", "open"), rule("requires", "membrane", "ip65")],
};
const whys = (chosen: string[], of = lamp) => refusalsOf(of, chosen).map(({ why }) => why);

test("what goes together is not refused, in whatever order it was chosen", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(["ip65", "membrane", "dimmer", "clamp"], { minLength: 4 }), (chosen) => {
      expect(refusalsOf(lamp, chosen)).toEqual([]);
    }),
  );
});

test("IP65 with an open vent is refused with the rule's sentence", () => {
  const [refusal] = refusalsOf(lamp, ["ip65", "open"]);
  expect(refusal).toMatchObject({ why: "rule", sentences: { en: "Water gets in through an open vent." } });
  expect(whys(["open", "ip20"])).toEqual([]);
  expect(whys(["ip65", "open"], { ...lamp, rules: [rule("excludes", "ip65", "open", { retired: true })] })).toEqual([]);
});

test("an option that needs another is refused without it", () => {
  expect(whys(["ip20", "membrane"])).toEqual(["rule"]);
});

test("one of a group is one, what is needed is needed, and what is withdrawn or elsewhere is not offered", () => {
  expect(whys(["ip20", "ip65"])).toEqual(["one-only"]);
  expect(whys(["dimmer"])).toEqual(["needed"]);
  expect(whys(["ip20", "old"])).toEqual(["withdrawn"]);
  expect(whys(["ip20", "of-another-lamp"])).toEqual(["not-offered"]);
  const gone = { groups: [group("g", [option("x", { withdrawn: true })], { required: true })], rules: [] };
  expect(whys([], gone)).toEqual([]);
});

test("the slowest option says when it is ready", () => {
  expect(leadDaysOf(lamp, ["ip65", "membrane", "dimmer"])).toBe(21);
  expect(leadDaysOf(lamp, [])).toBe(0);
});

const list: PriceList = {
  currency: "EUR",
  tiers: [
    { from: 10, unit: 110000n },
    { from: 25, unit: 99000n },
  ],
  adders: { ip65: 4500n, dimmer: 0n, clamp: -120000n },
  revision: 1,
};

test("a price is that of the quantity and of every option, or none at all", () => {
  expect(unitPrice(list, [], 10)).toBe(110000n);
  expect(unitPrice(list, [], 24)).toBe(110000n);
  expect(unitPrice(list, ["ip65", "dimmer", "ip65"], 25)).toBe(103500n);
  expect(unitPrice(list, [], 9)).toBeNull();
  expect(unitPrice(list, ["membrane"], 10), "nothing is posted for it").toBeNull();
  expect(unitPrice(list, ["clamp"], 10), "less than nothing").toBeNull();
});

test("tiers are posted when more never costs more for each", () => {
  expect(tierProblem(list.tiers)).toBeNull();
  expect(tierProblem([...list.tiers].reverse())).toBeNull();
  expect(tierProblem([])).toBe("no-tiers");
  expect(
    tierProblem([
      { from: 1, unit: 5n },
      { from: 1, unit: 4n },
    ]),
  ).toBe("same-quantity");
  expect(
    tierProblem([
      { from: 1, unit: 5n },
      { from: 2, unit: 6n },
    ]),
  ).toBe("dearer-for-more");
});
