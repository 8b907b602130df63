/** The way of a customer through a round, in order. */
export const FUNNEL = [
  "seen",
  "configured",
  "started",
  "active",
  "allocated",
  "paid",
  "delivered",
  "accepted",
] as const;

export type FunnelStage = (typeof FUNNEL)[number];

/** How far one account came, and why it went no further (a reason from the fixed list), if it did not. */
export type Journey = { readonly reached: FunnelStage; readonly reason?: string };

/**
 * How many accounts came to each stage, which share that is of all and of the stage before, and why those who stopped there
 * did. Whoever reached a stage passed all before it. Shares are null where nobody could have come.
 */
export function funnel(journeys: readonly Journey[]) {
  let before: number | null = null;
  return FUNNEL.map((stage, index) => {
    const reached = journeys.filter(({ reached: end }) => FUNNEL.indexOf(end) >= index).length;
    const reasons: Record<string, number> = {};
    for (const { reached: end, reason } of journeys) {
      if (end === stage && reason !== undefined) reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
    const step = {
      stage,
      reached,
      ofAll: share(reached, journeys.length),
      ofBefore: share(reached, before ?? reached),
      reasons,
    };
    before = reached;
    return step;
  });
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
