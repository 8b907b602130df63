/** A reviewer's answer on a version, and what the answers of a stage come to. */

/** Mildest first: each stands more in the way than the one before it. */
export const VERDICTS = ["approve", "approve-with-changes", "request-changes", "reject"] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * Whose answers a stage goes by. `all`: everybody has to approve. `any`: one approval is enough. `named`: as `all`, but of
 * those who are named as deciding; what the others answer is advice.
 */
export const STAGE_RULES = ["all", "any", "named"] as const;
export type StageRule = (typeof STAGE_RULES)[number];

export type Reviewer = {
  readonly id: string;
  /** Named as deciding; asked of by the rule `named` alone. */
  readonly decides: boolean;
  /** The latest answer; null: none yet. */
  readonly verdict: Verdict | null;
};

export const OVERALL = ["waiting", "approved", "approved-with-changes", "changes-requested", "rejected"] as const;
export type Overall = (typeof OVERALL)[number];

export type StageResult = {
  readonly overall: Overall;
  /** Whether everybody whose answer counts has given one: a thing apart from what the answers come to. */
  readonly complete: boolean;
  /** Whose answer is still waited for. */
  readonly waitingFor: readonly string[];
};

const SAYS: Readonly<Record<Verdict, Overall>> = {
  approve: "approved",
  "approve-with-changes": "approved-with-changes",
  "request-changes": "changes-requested",
  reject: "rejected",
};

const weight = (verdict: Verdict): number => VERDICTS.indexOf(verdict);

/** Whether a verdict lets the version pass. */
export const approves = (verdict: Verdict): boolean => weight(verdict) <= weight("approve-with-changes");

/** Those whose answers the rule goes by. */
export function deciders(rule: StageRule, reviewers: readonly Reviewer[]): readonly Reviewer[] {
  return rule === "named" ? reviewers.filter(({ decides }) => decides) : reviewers;
}

/** Whether a stage could ever come to an answer. */
export const canDecide = (rule: StageRule, reviewers: readonly Reviewer[]): boolean =>
  deciders(rule, reviewers).length > 0;

/**
 * What the answers of a stage come to so far. Who objects need not wait for the others, since no answer of theirs makes the
 * version pass by `all` or `named`; an approval by those rules waits for everybody. By `any` it is the other way about.
 */
export function stageResult(rule: StageRule, reviewers: readonly Reviewer[]): StageResult {
  const counting = deciders(rule, reviewers);
  const waitingFor = counting.filter(({ verdict }) => verdict === null).map(({ id }) => id);
  const given = counting.flatMap(({ verdict }) => (verdict === null ? [] : [verdict]));
  const complete = counting.length > 0 && waitingFor.length === 0;
  const [mildest, severest] = extremes(given);
  const stands = rule === "any" ? mildest : severest;
  if (stands === null) return { overall: "waiting", complete, waitingFor };
  const settled = rule === "any" ? approves(stands) : !approves(stands);
  return { overall: settled || complete ? SAYS[stands] : "waiting", complete, waitingFor };
}

function extremes(given: readonly Verdict[]): [Verdict, Verdict] | [null, null] {
  const [first, ...rest] = [...given].sort((one, two) => weight(one) - weight(two));
  return first === undefined ? [null, null] : [first, rest.at(-1) ?? first];
}

/**
 * What the stages of a version come to, in their order: a version has passed once all have, and the first one that has not
 * says how it stands.
 */
export function overallOf(stages: readonly StageResult[]): Overall {
  if (stages.length === 0) return "waiting";
  const stopped = stages.find(({ overall }) => !passes(overall));
  if (stopped) return stopped.overall;
  return stages.some(({ overall }) => overall === "approved-with-changes") ? "approved-with-changes" : "approved";
}

/** Whether a version that stands so has passed: comments on it are then closed. */
export const passes = (overall: Overall): boolean => overall === "approved" || overall === "approved-with-changes";
