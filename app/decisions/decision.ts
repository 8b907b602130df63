import type { Actor, StaffRole } from "~/kernel/actor";

/** A decision: what was settled in co-design, who is asked to agree to it, and what their answers come to. */

/**
 * `draft`: its words still change. `asked`: the words stand, and answers are waited for. `agreed`: everybody who was asked has
 * signed. `not-yet`: somebody who was asked has said why not.
 */
export const STATES = ["draft", "asked", "agreed", "not-yet"] as const;
export type State = (typeof STATES)[number];

export const MOVES = ["edit", "ask", "answer", "reopen"] as const;
export type Move = (typeof MOVES)[number];

/** What may be done when. Nothing but a new revision changes words that somebody was asked to agree to. */
const TABLE: Readonly<Record<State, readonly Move[]>> = {
  draft: ["edit", "ask"],
  asked: ["answer", "reopen"],
  // Whoever was won over signs the same words; nobody has to ask them again.
  "not-yet": ["answer", "reopen"],
  agreed: ["reopen"],
};

export const movesIn = (state: State): readonly Move[] => TABLE[state];

type Side = "client" | "staff";

export type Answer =
  | { readonly says: "agree"; readonly at: Date }
  | { readonly says: "not-yet"; readonly reason: string; readonly at: Date };

/** Somebody who is asked, with their latest answer; null: none yet. */
export type Asked = { readonly personId: string; readonly side: Side; readonly answer: Answer | null };

/** One revision of a decision. The one before it is kept as it was, signatures and all. */
export type Revision = {
  readonly number: number;
  /** Empty: nobody has been asked yet, and it is a draft. */
  readonly asked: readonly Asked[];
};

/** The state follows from the answers, so that two who answer at once cannot leave one that fits neither. */
export function stateOf({ asked }: Revision): State {
  if (asked.length === 0) return "draft";
  if (asked.some(({ answer }) => answer?.says === "not-yet")) return "not-yet";
  return asked.every(({ answer }) => answer?.says === "agree") ? "agreed" : "asked";
}

export const waitingFor = ({ asked }: Revision): readonly string[] =>
  asked.filter(({ answer }) => answer === null).map(({ personId }) => personId);

/** Why a move is refused; every one of them is a sentence for whoever made it. */
export type Refusal =
  | "changed-meanwhile"
  | "not-a-draft"
  | "asked-twice"
  | "a-side-is-missing"
  | "nobody-was-asked"
  | "not-asked-of-you"
  | "reason-missing"
  | "signed-already"
  | "open-already";

export type Outcome =
  | { readonly ok: true; readonly revision: Revision }
  | { readonly ok: false; readonly why: Refusal };

const refused = (why: Refusal): Outcome => ({ ok: false, why });

/** Agreement is between two sides: people of one alone have nothing to agree on with each other here. */
export function ask(now: Revision, seen: number, people: readonly Pick<Asked, "personId" | "side">[]): Outcome {
  if (seen !== now.number) return refused("changed-meanwhile");
  if (!movesIn(stateOf(now)).includes("ask")) return refused("not-a-draft");
  if (new Set(people.map(({ personId }) => personId)).size < people.length) return refused("asked-twice");
  const sides = new Set(people.map(({ side }) => side));
  if (sides.size < 2) return refused("a-side-is-missing");
  const asked = people.map(({ personId, side }): Asked => ({ personId, side, answer: null }));
  return { ok: true, revision: { ...now, asked } };
}

/**
 * An answer to the revision its author was looking at. A signature stands until the decision is reopened; a "not yet" may become
 * another one, or a signature.
 */
export function answer(now: Revision, seen: number, personId: string, given: Answer): Outcome {
  if (seen !== now.number) return refused("changed-meanwhile");
  if (stateOf(now) === "draft") return refused("nobody-was-asked");
  const mine = now.asked.find((one) => one.personId === personId);
  if (!mine) return refused("not-asked-of-you");
  if (mine.answer?.says === "agree") return refused("signed-already");
  if (given.says === "not-yet" && given.reason.trim() === "") return refused("reason-missing");
  return {
    ok: true,
    revision: { ...now, asked: now.asked.map((one) => (one === mine ? { ...one, answer: given } : one)) },
  };
}

/** The next revision, which nobody has been asked about. */
export function reopen(now: Revision, seen: number): Outcome {
  if (seen !== now.number) return refused("changed-meanwhile");
  if (!movesIn(stateOf(now)).includes("reopen")) return refused("open-already");
  return { ok: true, revision: { number: now.number + 1, asked: [] } };
}

const holds = (actor: Actor, roles: readonly StaffRole[]): boolean =>
  actor.side === "staff" && actor.roles.some((role) => roles.includes(role));

/** Making, wording, asking and reopening: whoever writes the brief. */
export const mayMake = (actor: Actor): boolean =>
  actor.side === "client" ? actor.role !== "viewer" : holds(actor, ["designer", "manager", "admin"]);

/** Whether somebody could be asked at all. An auditor changes nothing, and a viewer reads. */
export const mayAnswer = (actor: Actor): boolean =>
  actor.side === "client"
    ? actor.role !== "viewer"
    : holds(actor, ["designer", "pricing", "manager", "production", "support", "admin"]);
