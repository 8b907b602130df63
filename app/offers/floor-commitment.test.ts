import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { clear } from "./clearing";
import { commitFloors, verifyFloors } from "./floor-commitment.server";
import { canonicalJson, type FloorSchedule, floorsOf, scheduleDocument, scheduleProblem } from "./floor-schedule";

const schedule: FloorSchedule = {
  round: "r1",
  currency: "EUR",
  tiers: [
    { from: 0, unit: 95_000n },
    { from: 40, unit: 85_000n },
    { from: 60, unit: 82_000n },
  ],
  options: { ip65: 4_500n, clamp: -1_000n },
  delivery: { pallet: 0n, courier: 900n },
  neededBy: [
    { day: "2027-01-31", delta: 5_000n },
    { day: "2027-03-31", delta: 2_000n },
  ],
};

test("canonical JSON is that of RFC 8785, with its own examples", () => {
  const given =
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}';
  expect(canonicalJson(JSON.parse(given))).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
  const keys = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
  expect(canonicalJson(keys)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
});

test("what JSON cannot say is no commitment", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, undefined, "\ud83d", { a: undefined }]) {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  }
});

test("the same value is written the same way, in whatever order it was put together", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.oneof(fc.integer(), fc.boolean())), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("a commitment is SHA-256 over the document and the nonce, and anybody can check it", () => {
  const { document, nonce, fingerprint } = commitFloors(schedule);
  expect(fingerprint).toEqual(
    createHash("sha256")
      .update(Buffer.concat([Buffer.from(document), nonce]))
      .digest(),
  );
  const pretty = JSON.stringify(scheduleDocument(schedule), null, 2);
  expect(verifyFloors(pretty, nonce.toString("hex"), fingerprint.toString("hex").toUpperCase())).toBe("match");
  expect(commitFloors(schedule).fingerprint, "another nonce").not.toEqual(fingerprint);
});

test("a floor that is one cent lower, another nonce and what is no schedule are told apart", () => {
  const { document, nonce, fingerprint } = commitFloors(schedule, Buffer.alloc(32, 7));
  const [secret, shown] = [nonce.toString("hex"), fingerprint.toString("hex")];
  expect(verifyFloors(document.replace("85000", "84999"), secret, shown)).toBe("mismatch");
  expect(verifyFloors(document, Buffer.alloc(32, 8).toString("hex"), shown)).toBe("mismatch");
  expect(verifyFloors("{", secret, shown)).toBe("not-json");
  expect(verifyFloors(document, "07", shown)).toBe("not-a-nonce");
  expect(verifyFloors(document, secret, "zz")).toBe("not-a-fingerprint");
  expect(() => commitFloors(schedule, Buffer.alloc(31))).toThrow(RangeError);
});

test("a schedule that leaves a quantity without a floor is not committed", () => {
  const problem = (more: Partial<FloorSchedule>) => scheduleProblem({ ...schedule, ...more });
  expect(problem({})).toBeNull();
  expect(problem({ tiers: [] })).toBe("no-tiers");
  expect(problem({ tiers: [{ from: 2, unit: 1n }] })).toBe("first-tier");
  const twice = { from: 1, unit: 1n };
  expect(problem({ tiers: [twice, twice] })).toBe("tiers-order");
  expect(problem({ tiers: [{ from: 1, unit: 0n }] })).toBe("not-positive");
  expect(problem({ neededBy: [...schedule.neededBy].reverse() })).toBe("days-order");
  expect(problem({ neededBy: [{ day: "soon", delta: 1n }] })).toBe("not-a-day");
});

test("a configuration's floor is the base with its options, delivery and day, and clearing holds to it", () => {
  const plain = { options: [], delivery: "pallet", neededBy: null };
  const floors = floorsOf(schedule, {
    plain,
    dear: { options: ["ip65", "clamp", "ip65"], delivery: "courier", neededBy: "2027-01-31" },
    later: { ...plain, neededBy: "2027-02-01" },
    late: { ...plain, neededBy: "2027-04-01" },
  });
  expect(floors.deltas).toEqual({ plain: 0n, dear: 9_400n, later: 2_000n, late: 0n });
  expect(() => floorsOf(schedule, { x: { ...plain, options: ["constructor"] } })).toThrow(RangeError);

  const offer = { id: "O1", limit: 90_000n, adders: 0n, quantity: 45, atLeast: 45, activeSince: 0 };
  const rules = {
    minimum: 25,
    capacity: 60,
    objective: { kind: "max-units", marginPerUnit: 0n } as const,
    costs: { tiers: [{ from: 0, unit: 60_000n }], deltas: {}, fixed: 0n },
  };
  expect(clear([{ ...offer, configuration: "plain" }], floors, rules).outcome).toBe("cleared");
  expect(clear([{ ...offer, configuration: "dear" }], floors, rules)).toMatchObject({ why: "below-floor" });
});
