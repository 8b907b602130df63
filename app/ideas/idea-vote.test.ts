import fc from "fast-check";
import { expect, test } from "vitest";
import type { OutlineItem } from "~/collab/board-outline";
import type { Actor } from "~/kernel/actor";
import { dotsLeft, mayBeginVote, mayCloseVote, mayVote, resultOf, strayDots } from "./idea-vote";

const item = (id: string): OutlineItem => ({
  id,
  kind: "sticky",
  says: `says ${id}`,
  inFrame: false,
  frame: "",
  look: [],
});
const ID: fc.Arbitrary<string> = fc.constantFrom("a", "b", "c", "d", "e");
const DOTS = fc.dictionary(ID, fc.integer({ min: 1, max: 10 }), { maxKeys: 5 });

test("nobody has fewer than no dots left, and a closed vote takes none", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), DOTS, (dotsEach, mine) => {
      const given = Object.values(mine).reduce((sum, dots) => sum + dots, 0);
      expect(dotsLeft({ dotsEach, mine, closed: null })).toBe(given >= dotsEach ? 0 : dotsEach - given);
      expect(dotsLeft({ dotsEach, mine, closed: { by: "X", at: "", result: [] } })).toBe(0);
    }),
  );
});

test("a result holds every dot once, most first, in the order of the board where there are as many", () => {
  fc.assert(
    fc.property(DOTS, fc.uniqueArray(ID), (dots, board) => {
      const result = resultOf(dots, board.map(item));
      expect(Object.fromEntries(result.map(({ id, dots: count }) => [id, count]))).toEqual({ ...dots });
      for (const { id, item: thing } of result) {
        expect(thing).toEqual(board.includes(id) ? { kind: "sticky", says: `says ${id}` } : null);
      }
      const place = (id: string) => (board.includes(id) ? board.indexOf(id) : board.length);
      for (const [at, one] of result.entries()) {
        const next = result[at + 1];
        if (!next) continue;
        expect(one.dots).toBeGreaterThanOrEqual(next.dots);
        if (one.dots === next.dots) expect(place(one.id)).toBeLessThanOrEqual(place(next.id));
      }
      expect(resultOf(dots, board.map(item))).toEqual(result);
    }),
  );
});

test("dots on what has left the board are found, to be taken back", () => {
  expect(strayDots({ mine: { a: 1, b: 2 } }, new Set(["b"]))).toEqual(["a"]);
});

test("who may comment votes, who draws begins, staff who decide about ideas close", () => {
  const client = (role: "owner" | "member" | "approver" | "viewer"): Actor => ({
    side: "client",
    userId: "u",
    personId: "p",
    accountId: "a",
    role,
  });
  const staff = (role: "designer" | "support" | "auditor"): Actor => ({
    side: "staff",
    userId: "u",
    personId: "p",
    roles: [role],
  });
  const guest = (rights: "view" | "comment" | "edit"): Actor => ({
    side: "guest",
    grantId: "g",
    accountId: "a",
    rights,
    object: { kind: "idea", id: "i" },
  });
  const may = (actor: Actor) => [mayVote(actor), mayBeginVote(actor), mayCloseVote(actor)];
  for (const role of ["owner", "member", "approver"] as const) expect(may(client(role))).toEqual([true, true, false]);
  expect(may(client("viewer"))).toEqual([false, false, false]);
  expect(may(staff("designer"))).toEqual([true, true, true]);
  expect(may(staff("support"))).toEqual([true, false, false]);
  expect(may(staff("auditor"))).toEqual([false, false, false]);
  expect(may(guest("edit"))).toEqual([true, false, false]);
  expect(may(guest("comment"))).toEqual([true, false, false]);
  expect(may(guest("view"))).toEqual([false, false, false]);
});
