import { randomBytes } from "node:crypto";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import {
  canonicalJson,
  type FloorSchedule,
  type ScheduleProblem,
  scheduleDocument,
  scheduleProblem,
} from "./floor-schedule";
import { stateAt, timesProblem } from "./round";
import { noteFloorsRead } from "./round.jobs.server";
import type { RoundWish, StoredFloors, StoredRound } from "./round.queries.server";
import * as queries from "./round.queries.server";

/** The door to rounds: who makes, commits and cancels them, and what is seen of them. */

const NONCE_BYTES = 32;

export const mayPrice = ({ roles }: StaffActor) => roles.includes("pricing");

/** Who reads floors, or what they cost to open, reads them by this rule; the database asks again. */
const mayReadFloors = ({ roles }: StaffActor) => roles.includes("pricing") || roles.includes("auditor");

const subject = (id: string) => ({ kind: "round", id, accountId: null });

/** A round's clock is right before the job has come by. */
const byNow = (round: StoredRound): StoredRound => ({
  ...round,
  state: stateAt(
    round.state,
    { opensAt: round.opensAt.getTime(), locksAt: round.locksAt.getTime(), closesAt: round.closesAt.getTime() },
    Date.now(),
  ),
});

/** The rounds that this actor may see: all for staff, the committed ones that they may join for customers. */
export function listRounds(actor: ClientActor | StaffActor): Promise<StoredRound[]> {
  return asActor(actor, async (tx) => (await queries.listRounds(tx)).map(byNow));
}

/** One round; null when there is none of this id that this actor may see. */
export function viewRound(actor: ClientActor | StaffActor, id: string): Promise<StoredRound | null> {
  return asActor(actor, async (tx) => {
    const round = await queries.findRound(tx, id);
    return round ? byNow(round) : null;
  });
}

type Refused<Why extends string> = { ok: false; why: Why };

export type MakeRefusal = "not-allowed" | "no-product" | "no-account" | "past" | "order" | "capacity";

/** Makes a draft of a round. */
export async function makeRound(
  staff: StaffActor,
  wish: RoundWish,
): Promise<{ ok: true; id: string } | Refused<MakeRefusal>> {
  if (!mayPrice(staff)) return { ok: false, why: "not-allowed" };
  const [opensAt, locksAt, closesAt] = [wish.opensAt.getTime(), wish.locksAt.getTime(), wish.closesAt.getTime()];
  const times = timesProblem({ opensAt, locksAt, closesAt }, Date.now());
  if (times) return { ok: false, why: times };
  if (wish.decideBy.getTime() <= closesAt) return { ok: false, why: "order" };
  if (wish.minimum > wish.capacity) return { ok: false, why: "capacity" };
  return asActor(staff, async (tx) => {
    if (!(await queries.isMade(tx, wish.productId))) return { ok: false, why: "no-product" };
    const named = wish.accounts && [...new Set(wish.accounts)];
    if (named && (named.length === 0 || (await queries.countAccounts(tx, named)) < named.length)) {
      return { ok: false, why: "no-account" };
    }
    const id = await queries.insertRound(tx, wish, staff.personId);
    await recordEvent(tx, staff, "round.made", subject(id), { title: wish.title }, null, "staff");
    return { ok: true, id };
  });
}

/** The floors of a round, and a line in the log that this person read them; null for whoever is not to. */
export async function readFloors(staff: StaffActor, roundId: string): Promise<StoredFloors | null> {
  if (!mayReadFloors(staff)) return null;
  const floors = await asActor(staff, (tx) => queries.findFloors(tx, roundId));
  if (!floors) return null;
  // Nobody has seen them before that stands.
  await noteFloorsRead(staff, roundId);
  return floors;
}

export type FloorsRefusal =
  | ScheduleProblem
  | "not-allowed"
  | "not-found"
  | "currency"
  | "committed"
  | "changed-meanwhile";

/** Writes the floors of a draft in place of those that were seen (revision 0: none yet). Once committed they stand. */
export async function writeFloors(
  staff: StaffActor,
  schedule: FloorSchedule,
  revision: number,
): Promise<{ ok: true } | Refused<FloorsRefusal>> {
  if (!mayPrice(staff)) return { ok: false, why: "not-allowed" };
  const problem = scheduleProblem(schedule);
  if (problem) return { ok: false, why: problem };
  return asActor(staff, async (tx) => {
    const round = await queries.findRound(tx, schedule.round);
    if (!round) return { ok: false, why: "not-found" };
    if (round.currency !== schedule.currency) return { ok: false, why: "currency" };
    if (round.state !== "draft") return { ok: false, why: "committed" };
    const document = canonicalJson(scheduleDocument(schedule));
    const written = await queries.writeFloors(tx, { roundId: round.id, document, revision }, staff.personId);
    if (!written) return { ok: false, why: "changed-meanwhile" };
    await recordEvent(tx, staff, "round.floors_written", subject(round.id), {}, null, "staff");
    return { ok: true };
  });
}

const COMMIT_REFUSALS = [
  "not-allowed",
  "not-found",
  "committed",
  "no-floors",
  "changed-meanwhile",
  "own-floors",
  "past",
] as const;
const CANCEL_REFUSALS = ["not-allowed", "not-found", "decided", "changed-meanwhile"] as const;

function refused<Why extends string>(known: readonly Why[], why: string): Refused<Why> {
  const found = known.find((one) => one === why);
  if (!found) throw new Error(`the database refuses for a reason that nobody knows: ${why}`);
  return { ok: false, why: found };
}

/**
 * Commits the floors that another person of pricing wrote. From then on their fingerprint is shown, and nothing changes them: another
 * floor is another round. Of many who commit at once one does.
 */
export async function commitRound(
  staff: StaffActor,
  seen: { id: string; revision: number; floorsRevision: number },
): Promise<{ ok: true } | Refused<(typeof COMMIT_REFUSALS)[number]>> {
  if (!mayPrice(staff)) return { ok: false, why: "not-allowed" };
  return asActor(staff, async (tx) => {
    const why = await queries.commitRound(tx, { ...seen, nonce: randomBytes(NONCE_BYTES) });
    if (why) return refused(COMMIT_REFUSALS, why);
    const round = await queries.findRound(tx, seen.id);
    const facts = { fingerprint: round?.fingerprint ?? null };
    await recordEvent(tx, staff, "round.committed", subject(seen.id), facts, null, "staff");
    return { ok: true };
  });
}

/** Ends a round before anything of it is cleared, with a reason that all who may join can read. */
export async function cancelRound(
  staff: StaffActor,
  wish: { id: string; revision: number; reason: string },
): Promise<{ ok: true } | Refused<(typeof CANCEL_REFUSALS)[number]>> {
  if (!mayPrice(staff)) return { ok: false, why: "not-allowed" };
  return asActor(staff, async (tx) => {
    const why = await queries.cancelRound(tx, wish);
    if (why) return refused(CANCEL_REFUSALS, why);
    await recordEvent(tx, staff, "round.cancelled", subject(wish.id), { reason: wish.reason }, null, "staff");
    return { ok: true };
  });
}
