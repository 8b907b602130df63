import { type SqlBool, sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Money } from "~/kernel/money";
import type { AccountHead, AccountKind, AccountRow, AccountState } from "./staff-account";

// ------------------------------------------------------------------ reading

const STATE = sql<AccountState>`case when a.merged_into is not null then 'merged' when a.closed_at is not null then 'closed' else 'open' end`;
const PEOPLE = sql<number>`(select count(*)::int from people p where p.account_id = a.id and p.removed_at is null)`;

const moneyOf = (minor: bigint | null, currency: string | null): Money | null =>
  minor === null || currency === null ? null : { minor, currency };

export type AccountQuestion = {
  q: string;
  kind: AccountKind | null;
  state: AccountState;
  after: string | null;
  take: number;
};

/** Accounts in the order of their names; `q`: part of the name, a whole domain or a whole e-mail address. */
export async function listAccounts(
  tx: ActorTx,
  { q, kind, state, after, take }: AccountQuestion,
): Promise<AccountRow[]> {
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  let rows = tx
    .selectFrom("accounts as a")
    .leftJoin("accountValues as v", "v.accountId", "a.id")
    .select(["a.id", "a.name", "a.domain", "v.yearlyMinor", "v.yearlyCurrency"])
    .select([
      sql<AccountKind>`a.kind`.as("kind"),
      STATE.as("state"),
      PEOPLE.as("people"),
      sql<string | null>`(select p.display_name from account_team t join people p on p.id = t.person_id
        where t.account_id = a.id and t.role = 'lead')`.as("lead"),
    ])
    .orderBy("a.name")
    .orderBy("a.id")
    .limit(take);
  if (kind) rows = rows.where("a.kind", "=", kind);
  if (state === "merged") rows = rows.where("a.mergedInto", "is not", null);
  else rows = rows.where("a.mergedInto", "is", null).where("a.closedAt", state === "closed" ? "is not" : "is", null);
  if (q) {
    rows = rows.where(
      sql<SqlBool>`a.id in (
        select n.id from accounts n where n.name ilike ${like} or n.domain = ${q.toLowerCase()}
        union all select c.account_id from person_contacts c where c.email = ${q}::extensions.citext)`,
    );
  }
  if (after) {
    rows = rows.where(sql<SqlBool>`(a.name, a.id) > (select l.name, l.id from accounts l where l.id = ${after}::uuid)`);
  }
  return (await rows.execute()).map(({ yearlyMinor, yearlyCurrency, ...row }) => ({
    ...row,
    value: moneyOf(yearlyMinor, yearlyCurrency),
  }));
}

/** What stands on top of every page of an account; undefined when there is none. */
export async function findAccount(tx: ActorTx, id: string): Promise<AccountHead | undefined> {
  const row = await tx
    .selectFrom("accounts as a")
    .leftJoin("accountValues as v", "v.accountId", "a.id")
    .leftJoin("accounts as into", "into.id", "a.mergedInto")
    .where("a.id", "=", id)
    .select([
      "a.id",
      "a.name",
      "a.domain",
      "a.closedAt",
      "a.createdAt",
      "a.revision",
      "v.yearlyMinor",
      "v.yearlyCurrency",
    ])
    .select([
      "into.id as intoId",
      "into.name as intoName",
      sql<AccountKind>`a.kind`.as("kind"),
      STATE.as("state"),
      PEOPLE.as("people"),
      sql<number>`(select count(*)::int from account_sites s where s.account_id = a.id)`.as("sites"),
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  const { intoId, intoName, yearlyMinor, yearlyCurrency, ...head } = row;
  return {
    ...head,
    mergedInto: intoId && intoName ? { id: intoId, name: intoName } : null,
    value: moneyOf(yearlyMinor, yearlyCurrency),
  };
}

/** What happened to an account itself, newest first. */
export function listAccountEvents(
  tx: ActorTx,
  accountId: string,
  { before, take }: { before: string | null; take: number },
) {
  let rows = tx
    .selectFrom("events as e")
    .leftJoin("people as who", "who.id", "e.actorId")
    .leftJoin("eventStaffFacts as s", "s.eventId", "e.id")
    .where("e.subjectId", "=", accountId)
    .where("e.subjectKind", "=", "account")
    .select(["e.name", "e.happenedAt as at", "who.displayName as who"])
    .select([
      sql<string>`e.id::text`.as("id"),
      sql<Record<string, unknown>>`e.facts || coalesce(s.facts, '{}')`.as("facts"),
    ])
    .orderBy("e.id", "desc")
    .limit(take);
  if (before) rows = rows.where("e.id", "<", BigInt(before));
  return rows.execute();
}

/** How many ideas staff's list shows of an account, counted up to one more than a thousand. */
export async function countIdeas(tx: ActorTx, accountId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from ideas i where i.account_id = ${accountId}::uuid and i.merged_into is null limit 1001) counted`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

/** Merges of other accounts into this one, and of this one into another, that have not been undone. */
export function listMerges(tx: ActorTx, accountId: string) {
  return tx
    .selectFrom("accountMerges as m")
    .innerJoin("accounts as a", "a.id", "m.fromAccount")
    .innerJoin("people as p", "p.id", "m.mergedBy")
    .where(({ eb, or }) => or([eb("m.intoAccount", "=", accountId), eb("m.fromAccount", "=", accountId)]))
    .where("m.undoneAt", "is", null)
    .select(["m.id", "a.id as accountId", "a.name", "m.mergedAt as at", "p.displayName as who"])
    .orderBy("m.id", "desc")
    .limit(20)
    .execute();
}

// ------------------------------------------------------------------ writing

export type NewAccount = { name: string; kind: AccountKind; domain: string | null };

export async function insertAccount(tx: ActorTx, account: NewAccount, createdBy: string): Promise<string> {
  return (
    await tx
      .insertInto("accounts")
      .values({ ...account, createdBy })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;
}

/** Changes an account when it is still at this revision. Out: whether it was. */
export async function updateAccount(tx: ActorTx, id: string, revision: number, account: NewAccount): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("accounts")
    .set(account)
    .where("id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Puts down what an account is worth in a year; null takes it back. */
export async function saveValue(tx: ActorTx, accountId: string, value: Money | null, createdBy: string): Promise<void> {
  if (!value) {
    await tx.deleteFrom("accountValues").where("accountId", "=", accountId).execute();
    return;
  }
  const money = { yearlyMinor: value.minor, yearlyCurrency: value.currency };
  await tx
    .insertInto("accountValues")
    .values({ accountId, ...money, createdBy })
    .onConflict((conflict) => conflict.column("accountId").doUpdateSet(money))
    .execute();
}
