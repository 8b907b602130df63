/** A round: what state it is in, who moves it, and what its clock lets an offer do. Times are milliseconds of the server's clock. */

export const ROUND_STATES = [
  "draft",
  "committed",
  "open",
  "locked",
  "closed",
  "clearing",
  "cleared",
  "settling",
  "settled",
  "failed",
  "cancelled",
] as const;
export type RoundState = (typeof ROUND_STATES)[number];

/** `clock`: nobody moves it, its time has come. `system`: what clearing or payments came to. */
type Mover = "pricing" | "clock" | "system";
type Move = { readonly to: RoundState; readonly by: Mover };

const CANCEL: Move = { to: "cancelled", by: "pricing" };

/**
 * From where to where. Nothing leads back from `committed` to `draft`: floors that were committed change by no way but a new round.
 * A lapsed payment leads from settling into clearing again; when no price is left, the round has failed.
 */
const TABLE: Readonly<Record<RoundState, readonly Move[]>> = {
  draft: [{ to: "committed", by: "pricing" }, CANCEL],
  committed: [{ to: "open", by: "clock" }, CANCEL],
  open: [{ to: "locked", by: "clock" }, CANCEL],
  locked: [{ to: "closed", by: "clock" }, CANCEL],
  closed: [{ to: "clearing", by: "pricing" }, CANCEL],
  clearing: [{ to: "cleared", by: "system" }, { to: "failed", by: "system" }, CANCEL],
  cleared: [{ to: "settling", by: "system" }],
  settling: [
    { to: "clearing", by: "system" },
    { to: "settled", by: "system" },
    { to: "failed", by: "system" },
  ],
  settled: [],
  failed: [],
  cancelled: [],
};

export const movesFrom = (state: RoundState): readonly Move[] => TABLE[state];

/** Whether this mover may bring a round from one state into the other. */
export function mayMove(from: RoundState, to: RoundState, by: Mover): boolean {
  return TABLE[from].some((move) => move.to === to && move.by === by);
}

export type RoundTimes = { readonly opensAt: number; readonly locksAt: number; readonly closesAt: number };

/** Why times cannot be those of a round; null when they can. */
export function timesProblem({ opensAt, locksAt, closesAt }: RoundTimes, at: number): "past" | "order" | null {
  if (opensAt < at) return "past";
  return opensAt < locksAt && locksAt < closesAt ? null : "order";
}

/** Where the clock has brought a round by now: through all states whose time has come, whoever looks first. */
export function stateAt(state: RoundState, { opensAt, locksAt, closesAt }: RoundTimes, at: number): RoundState {
  if (state !== "committed" && state !== "open" && state !== "locked") return state;
  if (at >= closesAt) return "closed";
  if (at >= locksAt) return "locked";
  return at >= opensAt ? "open" : state;
}

/** What is being changed of an offer in the book. A limit is for one unit, in minor units of the round's currency. */
export type Terms = { readonly limit: bigint; readonly quantity: number; readonly configuration: string };

export type RoundLimits = { readonly revisions: number; readonly smallestRaise: bigint; readonly coolingMs: number };

export type RevisionRefusal = "not-open" | "only-raises" | "raise-too-small" | "no-revisions-left" | "nothing-changed";

/** Whether a new offer counts: it was received strictly before the close. */
export function takesOffers(state: RoundState, times: RoundTimes, at: number): boolean {
  const now = stateAt(state, times, at);
  return now === "open" || now === "locked";
}

/**
 * Why an offer cannot become this one; null when it can. A lower limit is taken while the round is open; in its last hours only
 * raises of the same thing are, so that nobody lures others in and leaves.
 * @param used how many revisions of its own the account has made in this configuration family
 */
export function revisionRefusal(
  round: { state: RoundState; times: RoundTimes; limits: RoundLimits },
  before: Terms,
  after: Terms,
  { used, at }: { used: number; at: number },
): RevisionRefusal | null {
  const { state, times, limits } = round;
  if (!takesOffers(state, times, at)) return "not-open";
  const same = before.quantity === after.quantity && before.configuration === after.configuration;
  const raise = after.limit - before.limit;
  if (same && raise === 0n) return "nothing-changed";
  if (stateAt(state, times, at) === "locked" && (!same || raise < 0n)) return "only-raises";
  if (same && raise > 0n && raise < limits.smallestRaise) return "raise-too-small";
  return used >= limits.revisions ? "no-revisions-left" : null;
}

/** Whether an offer may be taken back: soon after it was made, or at any time before the lock. */
export function mayWithdraw(
  round: { state: RoundState; times: RoundTimes; limits: RoundLimits },
  { activeSince, at }: { activeSince: number; at: number },
): boolean {
  const now = stateAt(round.state, round.times, at);
  return now === "open" || (now === "locked" && at - activeSince < round.limits.coolingMs);
}
