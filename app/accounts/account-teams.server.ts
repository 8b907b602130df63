import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import type { SystemTx } from "~/kernel/system-tx.server";
import { change, type Outcome, orRefused, pageOfAccount, refused, tellChange } from "./account-changes.server";
import * as queries from "./account-team.queries.server";
import { answersFor, maySayAway, standIn, type TeamRole } from "./staff-account";

/** The door to who of us looks after an account, and who stands in while somebody is away. */

/** Who of us looks after the account, and who is away. */
export function viewTeam(staff: StaffActor, id: string) {
  return pageOfAccount(staff, id, async (tx) => {
    const team = await queries.listTeam(tx, id);
    const absences = await queries.listAbsences(tx);
    return { team, absences, answering: answersFor(team, absences, now()), staff: await queries.listStaffNames(tx) };
  });
}

/** Those of us who hear of what happens to an account: its team and, of an idea, its owner, or who does their work today. */
export async function carersOf(tx: SystemTx, accountId: string, ownerId: string | null): Promise<string[]> {
  const team = await queries.listTeam(tx, accountId);
  return whoDoesTheWorkOf(tx, [...team.map(({ personId }) => personId), ...(ownerId ? [ownerId] : [])]);
}

/**
 * Who does the work of these people today: they themselves, and for who is away whoever stands in for them. Where nobody
 * does, it waits for them: else nobody would know of it.
 */
export async function whoDoesTheWorkOf(tx: SystemTx, personIds: readonly string[]): Promise<string[]> {
  const absences = await queries.listAbsences(tx);
  return [...new Set(personIds.map((id) => standIn(id, absences, now())?.by?.personId ?? id))];
}

/** Who is away now or later, and whom one may speak for. */
export function listAbsences(staff: StaffActor) {
  return asActor(staff, async (tx) => {
    const absences = await queries.listAbsences(tx);
    const everybody = await queries.listStaffNames(tx);
    return {
      absences: absences.map((one) => ({ ...one, mayTakeBack: maySayAway(staff, one.personId) })),
      speaksFor: everybody.filter(({ id }) => maySayAway(staff, id)),
      everybody,
      me: staff.personId,
    };
  });
}

/** Puts a member of staff on the account's team; an account has one lead at most. */
export function joinTeam(staff: StaffActor, accountId: string, wish: { personId: string; role: TeamRole }): Outcome {
  return change(staff, accountId, async (tx) => {
    await queries.insertTeamMember(tx, { accountId, ...wish }, staff.personId);
    await tellChange(tx, staff, accountId, { what: ["team"] }, { joined: wish.personId, role: wish.role });
    return { ok: true };
  });
}

/** Takes somebody off the account's team. */
export function leaveTeam(staff: StaffActor, accountId: string, wish: { personId: string; role: TeamRole }): Outcome {
  return change(staff, accountId, async (tx) => {
    if (!(await queries.deleteTeamMember(tx, { accountId, ...wish }))) return refused("not-found");
    await tellChange(tx, staff, accountId, { what: ["team"] }, { left: wish.personId, role: wish.role });
    return { ok: true };
  });
}

/** Says that somebody is away, and who stands in for them. */
export function sayAway(staff: StaffActor, absence: queries.NewAbsence): Outcome {
  return orRefused(async (): Outcome => {
    if (!maySayAway(staff, absence.personId)) return refused("not-yours");
    // Said before it is written: the constraint of the days holds their order and their length in one.
    if (absence.toDay < absence.fromDay) return refused("last-before-first");
    await asActor(staff, (tx) => queries.insertAbsence(tx, absence, staff.personId));
    return { ok: true };
  });
}

/** Takes back that somebody is away. */
export async function takeBackAbsence(staff: StaffActor, id: string): Outcome {
  const gone = await asActor(staff, (tx) => queries.deleteAbsence(tx, id));
  return gone ? { ok: true } : refused("not-found");
}
