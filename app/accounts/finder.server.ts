import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import type { Hits } from "~/kernel/hit";
import * as queries from "./finder.queries.server";

/** Accounts and people by a part of their name: for staff of all accounts, for clients the colleagues of their own account. */
export async function findAccountsAndPeople(
  actor: ClientActor | StaffActor,
  typed: string,
  take: number,
): Promise<Hits<"accounts.finder.accounts" | "accounts.finder.people">[]> {
  if (actor.side === "client") {
    const colleagues = await asActor(actor, (tx) => queries.findColleagues(tx, actor.accountId, typed, take));
    const hits = colleagues.map(({ id, name }) => ({ id, title: name, detail: null, to: `/people/${id}` }));
    return [{ label: "accounts.finder.people", hits }];
  }
  const { accounts, people } = await asActor(actor, async (tx) => ({
    accounts: await queries.findAccounts(tx, typed, take),
    people: await queries.findPeople(tx, typed, take),
  }));
  return [
    {
      label: "accounts.finder.accounts",
      hits: accounts.map(({ id, name }) => ({ id, title: name, detail: null, to: `/staff/accounts/${id}` })),
    },
    {
      label: "accounts.finder.people",
      hits: people.map(({ id, name, account }) => ({ id, title: name, detail: account, to: `/staff/people/${id}` })),
    },
  ];
}
