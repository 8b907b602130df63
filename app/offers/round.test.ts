import { expect, test } from "vitest";
import {
  mayMove,
  mayWithdraw,
  movesFrom,
  ROUND_STATES,
  type RoundState,
  revisionRefusal,
  stateAt,
  type Terms,
  takesOffers,
  timesProblem,
} from "./round";

const times = { opensAt: 1_000, locksAt: 2_000, closesAt: 3_000 };
const limits = { revisions: 3, smallestRaise: 500n, coolingMs: 600 };
const round = (state: RoundState) => ({ state, times, limits });

test("a round that was committed never becomes a draft again, and is cancelled at any time before it is cleared", () => {
  expect(ROUND_STATES.filter((state) => movesFrom(state).some(({ to }) => to === "draft"))).toEqual([]);
  expect(ROUND_STATES.filter((state) => mayMove(state, "cancelled", "pricing"))).toEqual([
    "draft",
    "committed",
    "open",
    "locked",
    "closed",
    "clearing",
  ]);
  expect(ROUND_STATES.filter((state) => movesFrom(state).length === 0)).toEqual(["settled", "failed", "cancelled"]);
});

test("every state but the first is reached, and nobody but its mover takes a step", () => {
  const reached = new Set(ROUND_STATES.flatMap((state) => movesFrom(state).map(({ to }) => to)));
  expect(ROUND_STATES.filter((state) => !reached.has(state))).toEqual(["draft"]);
  expect(mayMove("closed", "clearing", "pricing")).toBe(true);
  expect(mayMove("clearing", "cleared", "pricing")).toBe(false);
  expect(mayMove("open", "locked", "pricing")).toBe(false);
  expect(mayMove("open", "closed", "clock")).toBe(false);
  expect(mayMove("settling", "clearing", "system")).toBe(true);
});

test("the clock alone opens, locks and closes, also when nobody looked for a while", () => {
  expect([999, 1_000, 1_999, 2_000, 2_999, 3_000].map((at) => stateAt("committed", times, at))).toEqual([
    "committed",
    "open",
    "open",
    "locked",
    "locked",
    "closed",
  ]);
  for (const state of ["draft", "clearing", "failed", "cancelled"] as const) {
    expect(stateAt(state, times, 9_999)).toBe(state);
  }
});

test("an offer exactly at the close does not count, and one a moment before does", () => {
  expect(takesOffers("locked", times, 2_999)).toBe(true);
  expect(takesOffers("locked", times, 3_000)).toBe(false);
  expect(takesOffers("open", times, 3_000), "though nobody has closed it yet").toBe(false);
  expect(takesOffers("draft", times, 1_500)).toBe(false);
});

const offer: Terms = { limit: 110_000n, quantity: 10, configuration: "a" };
const change = (more: Partial<Terms>, at: number, used = 0, state: RoundState = "open") =>
  revisionRefusal(round(state), offer, { ...offer, ...more }, { used, at });

test("raising works to the end, lowering and changing only before the lock", () => {
  expect(change({ limit: 111_000n }, 1_500)).toBeNull();
  expect(change({ limit: 111_000n }, 2_500)).toBeNull();
  expect(change({ limit: 109_000n }, 1_500)).toBeNull();
  expect(change({ limit: 109_000n }, 2_500)).toBe("only-raises");
  expect(change({ limit: 111_000n, quantity: 9 }, 2_500)).toBe("only-raises");
  expect(change({ configuration: "b" }, 1_500)).toBeNull();
  expect(change({ limit: 120_000n, configuration: "b" }, 2_500)).toBe("only-raises");
});

test("a raise is at least the smallest one, and revisions are few and the same for all", () => {
  expect(change({ limit: 110_499n }, 1_500)).toBe("raise-too-small");
  expect(change({ limit: 110_500n }, 1_500)).toBeNull();
  expect(change({}, 1_500)).toBe("nothing-changed");
  expect(change({ limit: 120_000n }, 1_500, 2)).toBeNull();
  expect(change({ limit: 120_000n }, 1_500, 3)).toBe("no-revisions-left");
  expect(change({ limit: 120_000n }, 3_000)).toBe("not-open");
  expect(change({ limit: 120_000n }, 1_500, 0, "cancelled")).toBe("not-open");
});

test("an offer is taken back before the lock, or soon after it was made", () => {
  expect(mayWithdraw(round("open"), { activeSince: 1_000, at: 1_999 })).toBe(true);
  expect(mayWithdraw(round("open"), { activeSince: 1_000, at: 2_000 })).toBe(false);
  expect(mayWithdraw(round("locked"), { activeSince: 2_000, at: 2_599 })).toBe(true);
  expect(mayWithdraw(round("locked"), { activeSince: 2_000, at: 2_600 })).toBe(false);
  expect(mayWithdraw(round("locked"), { activeSince: 2_900, at: 3_000 })).toBe(false);
});

test("a round opens, locks and closes in this order, and none of it lies behind us", () => {
  expect(timesProblem(times, 1_000)).toBeNull();
  expect(timesProblem(times, 1_001)).toBe("past");
  expect(timesProblem({ ...times, locksAt: 3_000 }, 0)).toBe("order");
  expect(timesProblem({ ...times, locksAt: 1_000 }, 0)).toBe("order");
});
