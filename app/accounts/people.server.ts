import type { ClientActor, ClientRole, StaffActor, StaffRole } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { PAGE_SIZE, pageOf, STAFF_PAGE_SIZE } from "~/kernel/cursor";
import { type EventFacts, recordEvent } from "~/kernel/events.server";
import type { Money } from "~/kernel/money";
import { listOpenInvitations } from "./invitation.queries.server";
import { mayDecideAbout, type PersonRefused } from "./person";
import * as queries from "./person.queries.server";

/** The door to people: who they are and what they may do. What the actor may not see is undefined or "not-found". */

const STEPS_ON_A_PAGE = 12;

/** The client's colleagues in the order of their names, and to owners who is invited. In: the id of the last one seen. */
export function listColleagues(client: ClientActor, after: string | null) {
  const mayManage = mayDecideAbout(client, client.accountId);
  return asActor(client, async (tx) => ({
    people: pageOf(await queries.listColleagues(tx, client.accountId, { after, take: PAGE_SIZE + 1 }), PAGE_SIZE),
    invitations: mayManage && !after ? await listOpenInvitations(tx, client.accountId, now()) : [],
    mayManage,
  }));
}

/** One of the client's colleagues (or the client), and what happened to them; undefined when there is no such person. */
export function viewColleague(client: ClientActor, id: string) {
  return asActor(client, async (tx) => {
    const person = await queries.findColleague(tx, client.accountId, id);
    if (!person) return undefined;
    return {
      person,
      steps: await queries.listSteps(tx, id, STEPS_ON_A_PAGE),
      ...rightsOver(client, client.accountId, id),
    };
  });
}

/** Who is invited to an account, for staff: beside its people. */
export function invitedTo(staff: StaffActor, accountId: string) {
  return asActor(staff, async (tx) => ({
    invitations: await listOpenInvitations(tx, accountId, now()),
    mayManage: mayDecideAbout(staff, accountId),
  }));
}

/** Members of staff in the order of their names, and who is invited. */
export function listStaff(staff: StaffActor, after: string | null) {
  return asActor(staff, async (tx) => ({
    people: pageOf(await queries.listStaff(tx, { after, take: STAFF_PAGE_SIZE + 1 }), STAFF_PAGE_SIZE),
    invitations: after ? [] : await listOpenInvitations(tx, null, now()),
    mayManage: mayDecideAbout(staff, null),
  }));
}

/** Anybody, for staff; undefined when there is no such person, or no longer. */
export function viewPerson(staff: StaffActor, id: string) {
  return asActor(staff, async (tx) => {
    const person = await queries.findPerson(tx, id);
    if (!person) return undefined;
    return {
      person,
      steps: await queries.listSteps(tx, id, STEPS_ON_A_PAGE),
      ...rightsOver(staff, person.accountId, id),
    };
  });
}

/** Somebody who was removed lately, and who did it, for the page that one comes back to; undefined for anybody else. */
export function viewRemoved(actor: ClientActor | StaffActor, id: string) {
  return asActor(actor, (tx) => queries.findRemoved(tx, actor, id));
}

/** Nobody decides about their own role or stay; a limit is set for oneself as well. */
function rightsOver(actor: ClientActor | StaffActor, accountId: string | null, id: string) {
  const mayManage = mayDecideAbout(actor, accountId);
  return {
    maySetLimit: mayManage && accountId !== null,
    mayChange: mayManage && id !== actor.personId,
    isMe: id === actor.personId,
  };
}

type Decided = { ok: true; accountId: string | null } | PersonRefused;
type Target = { accountId: string | null; facts: EventFacts };

/**
 * One decision about a person, as one transaction: the database takes it or says why not, and what was taken is told.
 * In: how to find the person as the actor sees them, and the call that decides.
 */
function decide(
  actor: ClientActor | StaffActor,
  subject: string,
  name: string,
  find: (tx: ActorTx) => Promise<Target | undefined>,
  call: (tx: ActorTx) => Promise<"ok" | PersonRefused["why"]>,
): Promise<Decided> {
  return asActor(actor, async (tx) => {
    const target = await find(tx);
    if (!target) {
      const gone = await queries.findRemoved(tx, actor, subject);
      return { ok: false, why: gone ? "removed-meanwhile" : "not-found", by: gone?.by ?? null };
    }
    const { accountId, facts } = target;
    const verdict = await call(tx);
    if (verdict !== "ok") {
      const by = verdict === "changed-meanwhile" ? await queries.lastDecider(tx, subject) : null;
      return { ok: false, why: verdict, by };
    }
    await recordEvent(tx, actor, name, { kind: "person", id: subject, accountId }, facts);
    return { ok: true, accountId };
  });
}

/** The person as the actor sees them, unless they were removed. */
async function seen(tx: ActorTx, actor: ClientActor | StaffActor, id: string) {
  if (actor.side === "staff") return queries.findPerson(tx, id);
  const person = await queries.findColleague(tx, actor.accountId, id);
  return person && { ...person, accountId: actor.accountId, roles: [] as StaffRole[] };
}

/** Gives a colleague, or for staff somebody of an account, another role. In: the revision the actor was looking at. */
export function changeRole(actor: ClientActor | StaffActor, id: string, wish: { revision: number; role: ClientRole }) {
  return decide(
    actor,
    id,
    "person.role_changed",
    async (tx) => {
      const person = await seen(tx, actor, id);
      return person && { accountId: person.accountId, facts: { from: person.role, to: wish.role } };
    },
    (tx) => queries.changeRole(tx, id, wish.revision, wish.role),
  );
}

/** Gives a member of staff other roles, at least one. */
export function changeStaffRoles(
  staff: StaffActor,
  id: string,
  wish: { revision: number; roles: readonly StaffRole[] },
) {
  return decide(
    staff,
    id,
    "person.role_changed",
    async (tx) => {
      const person = await queries.findPerson(tx, id);
      const facts = { from: person?.roles.join(" "), to: [...wish.roles].sort().join(" ") };
      return person && { accountId: person.accountId, facts };
    },
    (tx) => queries.changeStaffRoles(tx, id, wish.revision, wish.roles),
  );
}

/** Says how much somebody may spend without asking; null: no limit of their own. What it is stands in no event. */
export function changeLimit(
  actor: ClientActor | StaffActor,
  id: string,
  wish: { revision: number; limit: Money | null },
) {
  return decide(
    actor,
    id,
    "person.limit_changed",
    async (tx) => {
      const person = await seen(tx, actor, id);
      return person && { accountId: person.accountId, facts: {} };
    },
    (tx) => queries.changeLimit(tx, id, wish.revision, wish.limit),
  );
}

/** Takes somebody's access away: their sessions end with it, and whatever they have open closes within a second. */
export function removePerson(actor: ClientActor | StaffActor, id: string, wish: { revision: number }) {
  return decide(
    actor,
    id,
    "person.removed",
    async (tx) => {
      const person = await seen(tx, actor, id);
      return person && { accountId: person.accountId, facts: {} };
    },
    (tx) => queries.removePerson(tx, id, wish.revision),
  );
}
