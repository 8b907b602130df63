import type { ActorTx } from "~/kernel/actor-tx.server";

const holding = (typed: string) => `%${typed.replace(/[\\%_]/g, "\\$&")}%`;

/** People whose name holds what was typed, those of accounts with its name; for staff. */
export function findPeople(tx: ActorTx, typed: string, take: number) {
  return tx
    .selectFrom("people as p")
    .leftJoin("accounts as a", "a.id", "p.accountId")
    .where("p.displayName", "ilike", holding(typed))
    .where("p.removedAt", "is", null)
    .select(["p.id", "p.displayName as name", "p.accountId", "a.name as account"])
    .orderBy("p.displayName")
    .limit(take)
    .execute();
}

/** People of one account whose name holds what was typed. */
export function findColleagues(tx: ActorTx, accountId: string, typed: string, take: number) {
  return tx
    .selectFrom("people as p")
    .where("p.accountId", "=", accountId)
    .where("p.displayName", "ilike", holding(typed))
    .where("p.removedAt", "is", null)
    .select(["p.id", "p.displayName as name"])
    .orderBy("p.displayName")
    .limit(take)
    .execute();
}

/** Accounts whose name holds what was typed; for staff. */
export function findAccounts(tx: ActorTx, typed: string, take: number) {
  return tx
    .selectFrom("accounts")
    .where("name", "ilike", holding(typed))
    .select(["id", "name"])
    .orderBy("name")
    .limit(take)
    .execute();
}
