import type { StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { pageOf, STAFF_PAGE_SIZE } from "~/kernel/cursor";
import { type EventFacts, recordEvent } from "~/kernel/events.server";
import type { Money } from "~/kernel/money";
import {
  type AccountHead,
  type AccountKind,
  type AccountRefused,
  type AccountState,
  answersFor,
  inTreeOrder,
  mayDefineFields,
  mayManageAccounts,
  maySayAway,
  mayViewAs,
  readFieldValue,
  type TeamRole,
} from "./staff-account";
import * as queries from "./staff-account.queries.server";

/** The door to accounts for staff. Each use case is one transaction; what there is not is undefined or "not-found". */

const EVENTS_ON_A_PAGE = 12;

/** Accounts in the order of their names: one page, and where the next one begins. */
export async function listAccounts(
  staff: StaffActor,
  question: { q: string; kind: AccountKind | null; state: AccountState; after: string | null },
) {
  const rows = await asActor(staff, (tx) => queries.listAccounts(tx, { ...question, take: STAFF_PAGE_SIZE + 1 }));
  return { ...pageOf(rows, STAFF_PAGE_SIZE), mayManage: mayManageAccounts(staff) };
}

const rightsOver = (staff: StaffActor, account: AccountHead) => ({
  mayManage: mayManageAccounts(staff) && account.state !== "merged",
  mayChange: mayManageAccounts(staff) && account.state === "open",
  mayView: mayViewAs(staff) && account.state !== "merged",
});

/** A page of an account: its head, what its reader may do, and what `read` adds. Undefined when there is no such account. */
function pageOfAccount<T>(staff: StaffActor, id: string, read: (tx: ActorTx, account: AccountHead) => Promise<T>) {
  return asActor(staff, async (tx) => {
    const account = await queries.findAccount(tx, id);
    return account && { account, ...rightsOver(staff, account), ...(await read(tx, account)) };
  });
}

/** An account at a glance: who answers for it today, its fields, what happened to it lately. */
export function viewAccount(staff: StaffActor, id: string) {
  return pageOfAccount(staff, id, async (tx) => {
    const team = await queries.listTeam(tx, id);
    const absences = team.length > 0 ? await queries.listAbsences(tx) : [];
    return {
      team,
      answering: answersFor(team, absences, now()),
      fields: await queries.listFilledFields(tx, id),
      merges: await queries.listMergesInto(tx, id),
      events: pageOf(await queries.listAccountEvents(tx, id, { before: null, take: 7 }), 6).rows,
    };
  });
}

/** The account and its fields, to be changed. */
export function accountToChange(staff: StaffActor, id: string) {
  return pageOfAccount(staff, id, async (tx) => ({ fields: await queries.listFilledFields(tx, id) }));
}

/** The account's sites as a tree, and who works where. */
export function viewSites(staff: StaffActor, id: string) {
  return pageOfAccount(staff, id, async (tx) => ({
    sites: inTreeOrder(await queries.listSites(tx, id)),
    people: await queries.listPlacedPeople(tx, id),
  }));
}

/** Who of us looks after the account, and who is away. */
export function viewTeam(staff: StaffActor, id: string) {
  return pageOfAccount(staff, id, async (tx) => {
    const team = await queries.listTeam(tx, id);
    const absences = await queries.listAbsences(tx);
    return { team, absences, answering: answersFor(team, absences, now()), staff: await queries.listStaffNames(tx) };
  });
}

/** What happened to the account itself, newest first, those before `before`. */
export function viewHistory(staff: StaffActor, id: string, before: string | null) {
  return pageOfAccount(staff, id, async (tx) => ({
    events: pageOf(await queries.listAccountEvents(tx, id, { before, take: EVENTS_ON_A_PAGE + 1 }), EVENTS_ON_A_PAGE),
  }));
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

/** The fields that accounts have. */
export async function listFields(staff: StaffActor) {
  return { fields: await asActor(staff, queries.listFields), mayDefine: mayDefineFields(staff) };
}

// ------------------------------------------------------------------ changing

type Outcome<T = object> = Promise<({ ok: true } & T) | AccountRefused>;

const refused = (why: AccountRefused["why"]): AccountRefused => ({ ok: false, why });

/** The constraints of the database that a person can run into, and what they are told. */
const CONSTRAINTS: Record<string, AccountRefused["why"]> = {
  account_sites_are_a_tree: "circle",
  account_sites_depth: "too-deep",
  account_sites_parent: "has-sites",
  only_staff: "not-staff",
  account_team_has_one_lead: "lead-already",
  account_team_pkey: "on-team-already",
  absences_do_not_overlap: "overlaps",
  absences_name_somebody_else: "overlaps",
  absences_end_after_they_begin: "overlaps",
  account_fields_key_key: "key-taken",
  account_field_values_fit: "not-a-value",
};

async function orRefused<T>(work: () => Promise<T>): Promise<T | AccountRefused> {
  try {
    return await work();
  } catch (error) {
    const constraint = error instanceof Error && "constraint" in error ? String(error.constraint) : "";
    const why = CONSTRAINTS[constraint];
    if (why) return refused(why);
    throw error;
  }
}

/** Tells that an account changed: what, and for staff from what to what. */
const tellChange = (
  tx: ActorTx,
  staff: StaffActor,
  accountId: string,
  facts: EventFacts,
  secret: EventFacts | null = null,
) => recordEvent(tx, staff, "account.changed", { kind: "account", id: accountId, accountId }, facts, secret, "staff");

/** One change to an account that is open, by somebody who may. */
function change<T extends object>(
  staff: StaffActor,
  id: string,
  work: (tx: ActorTx, account: AccountHead) => Promise<({ ok: true } & T) | AccountRefused>,
): Outcome<T> {
  return orRefused(() =>
    asActor<({ ok: true } & T) | AccountRefused>(staff, async (tx) => {
      const account = await queries.findAccount(tx, id);
      if (!account) return refused("not-found");
      if (!mayManageAccounts(staff)) return refused("not-yours");
      if (account.state !== "open") return refused("not-open");
      return work(tx, account);
    }),
  );
}

/** Makes an account. */
export async function createAccount(
  staff: StaffActor,
  wish: queries.NewAccount & { value: Money | null },
): Outcome<{ id: string }> {
  if (!mayManageAccounts(staff)) return refused("not-yours");
  const { value, ...account } = wish;
  return asActor(staff, async (tx) => {
    const id = await queries.insertAccount(tx, account, staff.personId);
    if (value) await queries.saveValue(tx, id, value, staff.personId);
    const { name, kind } = account;
    await recordEvent(
      tx,
      staff,
      "account.created",
      { kind: "account", id, accountId: id },
      { name, kind },
      null,
      "staff",
    );
    return { ok: true, id };
  });
}

/** Changes what stands about an account, when it is still as its changer saw it. In: field values as typed, by field. */
export function changeAccount(
  staff: StaffActor,
  id: string,
  wish: queries.NewAccount & { revision: number; value: Money | null; fields: ReadonlyMap<string, string> },
): Outcome {
  const { revision, value, fields, ...account } = wish;
  return change(staff, id, async (tx, before) => {
    if (!(await queries.updateAccount(tx, id, revision, account))) return refused("changed-meanwhile");
    const known = await queries.listFilledFields(tx, id);
    const read = known.flatMap((field) => {
      const typed = fields.get(field.id);
      return typed === undefined ? [] : [{ field, value: readFieldValue(field, typed) }];
    });
    if (read.some((one) => one.value === undefined)) return refused("not-a-value");
    const changed = read.filter((one) => one.value !== one.field.value);
    await queries.saveFieldValues(
      tx,
      id,
      changed.map((one) => ({ fieldId: one.field.id, value: one.value ?? null })),
      staff.personId,
    );
    const sameValue = before.value?.minor === value?.minor && before.value?.currency === value?.currency;
    if (!sameValue) await queries.saveValue(tx, id, value, staff.personId);
    const names = (["name", "kind", "domain"] as const).filter((part) => before[part] !== account[part]);
    const what = [...names, ...(sameValue ? [] : ["value"]), ...changed.map(({ field }) => field.key)];
    if (what.length > 0) {
      const was = Object.fromEntries(names.map((part) => [part, { from: before[part], to: account[part] }]));
      await tellChange(tx, staff, id, { what }, was);
    }
    return { ok: true };
  });
}

/** Adds a site below another one (null: on top). */
export function addSite(staff: StaffActor, accountId: string, site: queries.NewSite): Outcome {
  return change(staff, accountId, async (tx) => {
    await queries.insertSite(tx, accountId, site, staff.personId);
    await tellChange(tx, staff, accountId, { what: ["sites"] }, { added: site.name });
    return { ok: true };
  });
}

/** Renames a site, moves it with all below it, or both. */
export function changeSite(
  staff: StaffActor,
  accountId: string,
  wish: queries.NewSite & { id: string; revision: number },
): Outcome {
  const { id, revision, ...site } = wish;
  return change(staff, accountId, async (tx) => {
    if (!(await queries.updateSite(tx, { accountId, id, revision }, site))) return refused("changed-meanwhile");
    await tellChange(tx, staff, accountId, { what: ["sites"] }, { changed: site.name });
    return { ok: true };
  });
}

/** Takes a site away that has none below it; who worked there works at none. */
export function removeSite(staff: StaffActor, accountId: string, id: string): Outcome {
  return change(staff, accountId, async (tx) => {
    if (!(await queries.deleteSite(tx, accountId, id))) return refused("not-found");
    await tellChange(tx, staff, accountId, { what: ["sites"] });
    return { ok: true };
  });
}

/** Says at which site somebody works; null: at none. */
export function placePerson(
  staff: StaffActor,
  accountId: string,
  wish: { personId: string; siteId: string | null },
): Outcome {
  return change(staff, accountId, async (tx) => {
    const people = await queries.listPlacedPeople(tx, accountId);
    const sites = await queries.listSites(tx, accountId);
    if (!people.some(({ id }) => id === wish.personId)) return refused("not-found");
    if (wish.siteId && !sites.some(({ id }) => id === wish.siteId)) return refused("not-found");
    await queries.placePerson(tx, { accountId, ...wish }, staff.personId);
    return { ok: true };
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
    await asActor(staff, (tx) => queries.insertAbsence(tx, absence, staff.personId));
    return { ok: true };
  });
}

/** Takes back that somebody is away. */
export async function takeBackAbsence(staff: StaffActor, id: string): Outcome {
  const gone = await asActor(staff, (tx) => queries.deleteAbsence(tx, id));
  return gone ? { ok: true } : refused("not-found");
}

/** Adds a field that every account has from now on. */
export function defineField(staff: StaffActor, field: Omit<queries.NewField, "place">): Outcome {
  return orRefused(async (): Outcome => {
    if (!mayDefineFields(staff)) return refused("not-yours");
    await asActor(staff, async (tx) => {
      const place = (await queries.listFields(tx)).length + 1;
      await queries.insertField(tx, { ...field, place }, staff.personId);
    });
    return { ok: true };
  });
}

/** Takes a field out of use, or back into it; what it holds stays. */
export async function retireField(staff: StaffActor, wish: { id: string; revision: number; retire: boolean }): Outcome {
  if (!mayDefineFields(staff)) return refused("not-yours");
  const done = await asActor(staff, (tx) =>
    queries.retireField(tx, wish.id, wish.revision, wish.retire ? now() : null),
  );
  return done ? { ok: true } : refused("changed-meanwhile");
}
