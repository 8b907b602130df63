import type { StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { type Line, recordInOrder } from "~/kernel/events.server";
import { judgeMove, mayMoveStatus } from "./idea";
import type { BulkChange, BulkOutcome, BulkRefusal, LeftAlone, Ticked } from "./idea-bulk";
import * as queries from "./idea-bulk.queries.server";
import { linesOfMerge } from "./idea-care.server";
import { BULK_MAX } from "./idea-list";
import { statusesOf } from "./idea-statuses.server";

type Held = queries.Held;
type Judged = { taken: readonly Held[]; left: readonly (readonly [Held, BulkRefusal])[] };

/**
 * Changes many ideas at once, in one transaction. Each is judged as it would be by itself: one that somebody changed since it
 * was ticked, or that may not change so, stays as it is and is told with who changed it.
 */
export function changeIdeas(staff: StaffActor, ticked: readonly Ticked[], change: BulkChange): Promise<BulkOutcome> {
  return asActor<BulkOutcome>(staff, async (tx) => {
    if (!mayMoveStatus(staff)) return { ok: false, why: "not-yours-to-change" };
    if (ticked.length > BULK_MAX) return { ok: false, why: "too-many" };
    if (!(await isOffered(tx, change))) return { ok: false, why: "no-such-choice" };
    const seen = new Map(ticked.map(({ id, revision }) => [id, revision]));
    if (change.what === "merge") await queries.beginMerging(tx);
    const held = await queries.holdIdeas(tx, [...seen.keys()]);
    const judged = await applied(tx, staff, change, held, seen);
    const tag = change.what === "tag" || change.what === "untag" ? await queries.findTag(tx, change.tag) : undefined;
    const target = change.what === "merge" ? held.find(({ id }) => id === change.into) : undefined;
    const lines = judged.taken.flatMap((idea) =>
      target ? linesOfMerge("idea.merged", idea, target) : [lineOf(idea, change, tag?.name ?? "")],
    );
    await recordInOrder(tx, staff, lines);
    const left = await named(tx, judged.left);
    const missing = ticked.length - held.length;
    return { ok: true, change, changed: judged.taken.length, left: [...left, ...gone(missing)] };
  });
}

/** What is ticked, by name, to choose among before a merge; undefined for fewer than two. */
export function tickedIdeas(staff: StaffActor, ticked: readonly Ticked[]) {
  return asActor(staff, async (tx) => {
    const seen = new Map(ticked.map(({ id, revision }) => [id, revision]));
    const found = await queries.nameIdeas(tx, [...seen.keys()].slice(0, BULK_MAX));
    return found.length < 2 ? undefined : found.map((idea) => ({ ...idea, revision: seen.get(idea.id) ?? 0 }));
  });
}

async function isOffered(tx: ActorTx, change: BulkChange): Promise<boolean> {
  if (change.what === "status") return (await statusesOf(tx)).some(({ id, retired }) => id === change.to && !retired);
  if (change.what === "owner") return change.owner === null || Boolean(await queries.findColleague(tx, change.owner));
  if (change.what === "merge") return true;
  return Boolean(await queries.findTag(tx, change.tag));
}

const split = (held: readonly Held[], why: (idea: Held) => BulkRefusal | null): Judged => {
  const verdicts = held.map((idea) => [idea, why(idea)] as const);
  return {
    taken: verdicts.filter(([, refusal]) => refusal === null).map(([idea]) => idea),
    left: verdicts.flatMap(([idea, refusal]) => (refusal === null ? [] : [[idea, refusal] as const])),
  };
};

async function applied(
  tx: ActorTx,
  staff: StaffActor,
  change: BulkChange,
  held: readonly Held[],
  seen: ReadonlyMap<string, number>,
): Promise<Judged> {
  const idsOf = ({ taken }: Judged) => taken.map(({ id }) => id);
  const isStale = (idea: Held) => seen.get(idea.id) !== idea.revision;
  switch (change.what) {
    case "status": {
      const statuses = (await statusesOf(tx)).map(({ id, kind, retired }) => ({ id, kind, retired }));
      const judged = split(held, (idea) => {
        const request = { to: change.to, revision: seen.get(idea.id) ?? 0 };
        if (idea.status === change.to && !isStale(idea)) return "unchanged";
        const verdict = judgeMove(staff, idea, request, statuses);
        return verdict.ok || verdict.why === "not-yours-to-move" ? null : verdict.why;
      });
      if (judged.taken.length > 0) await queries.setStatuses(tx, idsOf(judged), change.to);
      return judged;
    }
    case "owner": {
      const judged = split(held, (idea) => {
        if (isStale(idea)) return "moved-meanwhile";
        return idea.ownerId === change.owner ? "unchanged" : null;
      });
      if (judged.taken.length > 0) await queries.setOwners(tx, idsOf(judged), change.owner);
      return judged;
    }
    case "merge":
      return mergeAll(tx, held, change.into, isStale);
    default: {
      const ids = held.map(({ id }) => id);
      if (ids.length === 0) return { taken: [], left: [] };
      const done =
        change.what === "tag"
          ? await queries.tagIdeas(tx, ids, change.tag, staff.personId)
          : await queries.untagIdeas(tx, ids, change.tag);
      return split(held, ({ id }) => (done.includes(id) ? null : "unchanged"));
    }
  }
}

async function mergeAll(
  tx: ActorTx,
  held: readonly Held[],
  into: string,
  isStale: (idea: Held) => boolean,
): Promise<Judged> {
  const target = held.find(({ id }) => id === into);
  const sources = held.filter(({ id }) => id !== into);
  if (!target) return { taken: [], left: sources.map((idea) => [idea, "not-found"] as const) };
  const verdicts = new Map<string, BulkRefusal>();
  for (const idea of sources) {
    if (isStale(idea) || isStale(target)) verdicts.set(idea.id, "moved-meanwhile");
    else if (idea.merged || target.merged) verdicts.set(idea.id, "merged-already");
    else if ((await queries.mergeInto(tx, idea, target)) !== "merged") verdicts.set(idea.id, "moved-meanwhile");
  }
  return split(sources, ({ id }) => verdicts.get(id) ?? null);
}

function lineOf(idea: Held, change: BulkChange, tag: string): Line {
  const subject = { kind: "idea", id: idea.id, accountId: idea.accountId };
  if (change.what === "status") {
    return { name: "idea.status_changed", subject, facts: { from: idea.status, to: change.to } };
  }
  if (change.what === "owner") {
    const facts = { from: idea.ownerId, to: change.owner };
    return { name: "idea.owner_changed", subject, facts, audience: "staff" };
  }
  const tags = `${change.what === "tag" ? "+" : "−"} ${tag}`;
  return { name: "idea.tagged", subject, facts: { tags }, audience: "staff" };
}

async function named(tx: ActorTx, left: Judged["left"]): Promise<LeftAlone[]> {
  const stale = left.filter(([, why]) => why === "moved-meanwhile").map(([{ id }]) => id);
  const changers = stale.length > 0 ? await queries.lastChangers(tx, stale) : new Map<string, string>();
  return left.map(([{ id, title, status }, why]) => {
    const by = why === "moved-meanwhile" ? (changers.get(id) ?? null) : null;
    return { id, title, status, why, by };
  });
}

const gone = (count: number): LeftAlone[] =>
  Array.from({ length: count }, () => ({ id: "", title: "", status: "", why: "not-found" as const, by: null }));
