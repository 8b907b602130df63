import fc from "fast-check";
import { expect, test } from "vitest";
import type { Actor, ClientRole, StaffRole } from "~/kernel/actor";
import {
  type Answer,
  type Asked,
  answer,
  ask,
  mayAnswer,
  mayMake,
  movesIn,
  type Revision,
  reopen,
  STATES,
  stateOf,
  waitingFor,
} from "./decision";

const at = new Date("2026-11-23T12:00:00Z");
const agree: Answer = { says: "agree", at };
const notYet = (reason: string): Answer => ({ says: "not-yet", reason, at });
const owner = { personId: "owner", side: "client" } as const;
const designer = { personId: "designer", side: "staff" } as const;
const draft: Revision = { number: 1, asked: [] };

function done(outcome: ReturnType<typeof ask>): Revision {
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.revision;
}
const asked = done(ask(draft, 1, [owner, designer]));

const ANSWER = fc.constantFrom<Answer>(agree, notYet("the price"));
const PEOPLE = fc.array(fc.constantFrom<"client" | "staff">("client", "staff"), { maxLength: 5 });

test("both agree, and it is agreed; who is first changes nothing", () => {
  const one = done(answer(done(answer(asked, 1, "owner", agree)), 1, "designer", agree));
  const two = done(answer(done(answer(asked, 1, "designer", agree)), 1, "owner", agree));
  expect(stateOf(one)).toBe("agreed");
  expect(two).toEqual(one);
});

test("one of two who agreed leaves it asked, and says who is waited for", () => {
  const half = done(answer(asked, 1, "owner", agree));
  expect([stateOf(half), waitingFor(half)]).toEqual(["asked", ["designer"]]);
});

test("not yet stands beside an agreement, and ends when that person signs the same words", () => {
  const half = done(answer(done(answer(asked, 1, "owner", agree)), 1, "designer", notYet("no hinge drawn")));
  expect(stateOf(half)).toBe("not-yet");
  expect(stateOf(done(answer(half, 1, "designer", agree)))).toBe("agreed");
});

test.each<[string, ReturnType<typeof ask>, string]>([
  ["people of one side", ask(draft, 1, [owner, { ...owner, personId: "colleague" }]), "a-side-is-missing"],
  ["nobody", ask(draft, 1, []), "a-side-is-missing"],
  ["somebody twice", ask(draft, 1, [owner, designer, owner]), "asked-twice"],
  ["again", ask(asked, 1, [owner, designer]), "not-a-draft"],
  ["about words not seen", ask(draft, 2, [owner, designer]), "changed-meanwhile"],
  ["an answer to a draft", answer(draft, 1, "owner", agree), "nobody-was-asked"],
  ["an answer of somebody else", answer(asked, 1, "brix", agree), "not-asked-of-you"],
  ["not yet without a reason", answer(asked, 1, "owner", notYet("  ")), "reason-missing"],
  ["an answer to words not seen", answer(asked, 0, "owner", agree), "changed-meanwhile"],
  ["reopening a draft", reopen(draft, 1), "open-already"],
  ["reopening words not seen", reopen(asked, 0), "changed-meanwhile"],
])("refused: %s", (_what, outcome, why) => {
  expect(outcome).toEqual({ ok: false, why });
});

test("a signature is not taken back, and a second press of Agree is no second signature", () => {
  const signed = done(answer(asked, 1, "owner", agree));
  expect(answer(signed, 1, "owner", notYet("changed my mind"))).toEqual({ ok: false, why: "signed-already" });
  expect(answer(signed, 1, "owner", agree)).toEqual({ ok: false, why: "signed-already" });
});

test("reopening makes a revision that nobody was asked about, and leaves the one before as it was", () => {
  const agreed = done(answer(done(answer(asked, 1, "owner", agree)), 1, "designer", agree));
  const before = structuredClone(agreed);
  const next = done(reopen(agreed, 1));
  expect([next.number, stateOf(next)]).toEqual([2, "draft"]);
  expect(agreed).toEqual(before);
  expect(answer(next, 1, "owner", agree)).toEqual({ ok: false, why: "changed-meanwhile" });
});

test("whoever answers and in whatever order, it is agreed only when all have signed", () => {
  fc.assert(
    fc.property(PEOPLE, fc.array(fc.tuple(fc.nat(5), ANSWER)), (sides, answers) => {
      const people = sides.map((side, index) => ({ side, personId: `p${index}` }));
      const begun = ask(draft, 1, people);
      expect(begun.ok).toBe(new Set(sides).size === 2);
      if (!begun.ok) return;
      const end = answers.reduce<Revision>((now, [who, given]) => {
        const outcome = answer(now, 1, `p${who}`, given);
        return outcome.ok ? outcome.revision : now;
      }, begun.revision);
      const last = (one: Asked) => one.answer?.says;
      expect(stateOf(end) === "agreed").toBe(end.asked.every((one) => last(one) === "agree"));
      expect(end.asked.map(({ personId }) => personId)).toEqual(people.map(({ personId }) => personId));
    }),
  );
});

test("words change in a draft alone, and every state but a draft leads to a new revision", () => {
  expect(STATES.filter((state) => movesIn(state).includes("edit"))).toEqual(["draft"]);
  expect(STATES.filter((state) => movesIn(state).includes("reopen"))).toEqual(["asked", "agreed", "not-yet"]);
});

test("who reads only makes no decision and answers none", () => {
  const client = (role: ClientRole): Actor => ({ side: "client", userId: "u", personId: "p", accountId: "a", role });
  const staff = (role: StaffRole): Actor => ({ side: "staff", userId: "u", personId: "p", roles: [role] });
  const all = [
    client("owner"),
    client("member"),
    client("approver"),
    client("viewer"),
    staff("designer"),
    staff("pricing"),
    staff("auditor"),
  ];
  expect(all.map(mayMake)).toEqual([true, true, true, false, true, false, false]);
  expect(all.map(mayAnswer)).toEqual([true, true, true, false, true, true, false]);
});
