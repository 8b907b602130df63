import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Source } from "./idea-page";

/** Who supports and who follows. */

/** Whether an idea exists for this actor, and whose log tells of it: of their account, shared with it, or any for staff. */
export async function findSeen(tx: ActorTx, id: string): Promise<{ shared: boolean } | undefined> {
  const { rows } = await sql<{ shared: boolean }>`
    select false as shared from ideas where id = ${id}
    union all
    select true from shared_ideas where idea_id = ${id}
    limit 1`.execute(tx);
  return rows[0];
}

type Supporter = { ideaId: string; accountId: string; personId: string };

/** Supports an idea, once: undefined when this person does already. It takes the place of what staff noted on their behalf. */
export async function insertSupport(tx: ActorTx, supporter: Supporter): Promise<string | undefined> {
  const row = await tx
    .insertInto("ideaSupport")
    .values(supporter)
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** A person's own support, not what staff noted on their behalf. */
export function findSupport(tx: ActorTx, ideaId: string, personId: string) {
  return tx
    .selectFrom("ideaSupport")
    .where("ideaId", "=", ideaId)
    .where("personId", "=", personId)
    .where("onBehalfBy", "is", null)
    .where("withdrawnAt", "is", null)
    .select(["id", "comment"])
    .executeTakeFirst();
}

export async function setEvidence(tx: ActorTx, id: string, comment: string | null): Promise<void> {
  await tx.updateTable("ideaSupport").set({ comment }).where("id", "=", id).execute();
}

/** Takes one's own support back. Out: its id, undefined when there was none. */
export async function withdrawSupport(tx: ActorTx, ideaId: string, personId: string): Promise<string | undefined> {
  const row = await tx
    .updateTable("ideaSupport")
    .set({ withdrawnAt: sql`now()` })
    .where("ideaId", "=", ideaId)
    .where("personId", "=", personId)
    .where("onBehalfBy", "is", null)
    .where("withdrawnAt", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export type OnBehalf = {
  ideaId: string;
  accountId: string;
  personId: string | null;
  comment: string | null;
  source: Source;
  saidOn: string;
  onBehalfBy: string;
};

/** Adds support that staff heard of. Undefined when that account (or person) supports it already. */
export async function insertOnBehalf(tx: ActorTx, support: OnBehalf): Promise<string | undefined> {
  const row = await tx
    .insertInto("ideaSupport")
    .values({ ...support, saidOn: sql<Date>`${support.saidOn}::date` })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** Takes support back that staff added. Out: whose it was, undefined when there is none such. */
export async function withdrawOnBehalf(tx: ActorTx, ideaId: string, id: string) {
  return tx
    .updateTable("ideaSupport")
    .set({ withdrawnAt: sql`now()` })
    .where("id", "=", id)
    .where("ideaId", "=", ideaId)
    .where("withdrawnAt", "is", null)
    .where("onBehalfBy", "is not", null)
    .returning(["id", "accountId"])
    .executeTakeFirst();
}

/** The account of this name, whatever its letters' case; undefined when none or several are called so. */
export async function findAccountByName(tx: ActorTx, name: string) {
  const rows = await tx
    .selectFrom("accounts")
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .select(["id", "name"])
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0] : undefined;
}

/** The person of an account by name or address; undefined when none or several are meant. */
export async function findPersonOf(tx: ActorTx, accountId: string, typed: string): Promise<string | undefined> {
  const rows = await tx
    .selectFrom("people as p")
    .leftJoin("personContacts as c", "c.personId", "p.id")
    .where("p.accountId", "=", accountId)
    .where("p.removedAt", "is", null)
    .where(sql<boolean>`(lower(p.display_name) = lower(${typed}) or c.email = ${typed})`)
    .select("p.id")
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0]?.id : undefined;
}

/** Whether an account's people may see an idea: it is theirs, or shared. */
export async function isSeenBy(tx: ActorTx, ideaId: string, accountId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("ideas")
    .where("id", "=", ideaId)
    .where((eb) => eb.or([eb("accountId", "=", accountId), eb("visibility", "=", "all_customers")]))
    .select("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Names of accounts to choose from, the first in the alphabet. */
export async function listAccountNames(tx: ActorTx, take: number): Promise<string[]> {
  const rows = await tx.selectFrom("accounts").select("name").orderBy("name").orderBy("id").limit(take).execute();
  return rows.map(({ name }) => name);
}

/** Follows an idea; nothing happens when one does already. `accountId` null: staff. */
export async function insertFollower(
  tx: ActorTx,
  follower: { ideaId: string; personId: string; accountId: string | null },
): Promise<void> {
  await tx
    .insertInto("ideaFollowers")
    .values(follower)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deleteFollower(tx: ActorTx, ideaId: string, personId: string): Promise<void> {
  await tx.deleteFrom("ideaFollowers").where("ideaId", "=", ideaId).where("personId", "=", personId).execute();
}
