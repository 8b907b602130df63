import type { StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { type EventFacts, recordEvent } from "~/kernel/events.server";
import { type AccountHead, type AccountRefused, mayManageAccounts, mayViewAs } from "./staff-account";
import { findAccount } from "./staff-account.queries.server";

/** What every page of an account and every change to one have in common: who may, what is refused, what is told. */

const rightsOver = (staff: StaffActor, account: AccountHead) => ({
  mayManage: mayManageAccounts(staff) && account.state !== "merged",
  mayChange: mayManageAccounts(staff) && account.state === "open",
  mayView: mayViewAs(staff) && account.state !== "merged",
});

/** A page of an account: its head, what its reader may do, and what `read` adds. Undefined when there is no such account. */
export function pageOfAccount<T>(
  staff: StaffActor,
  id: string,
  read: (tx: ActorTx, account: AccountHead) => Promise<T>,
) {
  return asActor(staff, async (tx) => {
    const account = await findAccount(tx, id);
    return account && { account, ...rightsOver(staff, account), ...(await read(tx, account)) };
  });
}

export type Outcome<T = object> = Promise<({ ok: true } & T) | AccountRefused>;

export const refused = (why: AccountRefused["why"]): AccountRefused => ({ ok: false, why });

/** The constraints of the database that a person can run into, and what they are told. */
const CONSTRAINTS: Record<string, AccountRefused["why"]> = {
  account_sites_are_a_tree: "circle",
  account_sites_depth: "too-deep",
  account_sites_parent: "has-sites",
  only_staff: "not-staff",
  account_team_has_one_lead: "lead-already",
  account_team_pkey: "on-team-already",
  absences_do_not_overlap: "away-already",
  absences_name_somebody_else: "stands-in-for-oneself",
  absences_end_after_they_begin: "longer-than-a-year",
  account_fields_key_key: "key-taken",
  account_field_values_fit: "not-a-value",
};

/** Thrown so that whatever was written before the refusal is not written: a refused change leaves nothing behind. */
class Undone extends Error {
  constructor(readonly refusal: AccountRefused) {
    super(refusal.why);
  }
}

export async function orRefused<T>(work: () => Promise<T>): Promise<T | AccountRefused> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    const constraint = error instanceof Error && "constraint" in error ? String(error.constraint) : "";
    const why = CONSTRAINTS[constraint];
    if (why) return refused(why);
    throw error;
  }
}

/** Tells that an account changed: what, and for staff from what to what. */
export const tellChange = (
  tx: ActorTx,
  staff: StaffActor,
  accountId: string,
  facts: EventFacts,
  secret: EventFacts | null = null,
) => recordEvent(tx, staff, "account.changed", { kind: "account", id: accountId, accountId }, facts, secret, "staff");

/** One change to an account that is open, by somebody who may. */
export function change<T extends object>(
  staff: StaffActor,
  id: string,
  work: (tx: ActorTx, account: AccountHead) => Promise<({ ok: true } & T) | AccountRefused>,
): Outcome<T> {
  return orRefused(() =>
    asActor<({ ok: true } & T) | AccountRefused>(staff, async (tx) => {
      const account = await findAccount(tx, id);
      if (!account) return refused("not-found");
      if (!mayManageAccounts(staff)) return refused("not-yours");
      if (account.state !== "open") return refused("not-open");
      const outcome = await work(tx, account);
      if (!outcome.ok) throw new Undone(outcome);
      return outcome;
    }),
  );
}
