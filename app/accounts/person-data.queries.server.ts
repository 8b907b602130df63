import { type SqlBool, sql } from "kysely";
import type { ClientRole } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";

/** Somebody of an account, removed and erased ones too. */
export function findSubject(tx: ActorTx, accountId: string, id: string) {
  return tx
    .selectFrom("people as p")
    .innerJoin("accounts as a", "a.id", "p.accountId")
    .leftJoin("personContacts as c", "c.personId", "p.id")
    .where("p.id", "=", id)
    .where("p.accountId", "=", accountId)
    .select(["p.id", "p.displayName as name", "c.email", "p.removedAt", "p.erasedAt", "a.name as account"])
    .select(sql<ClientRole>`p.role`.as("role"))
    .executeTakeFirst();
}

/** People of an account by name, with their addresses, those who were removed last; those behind `after`. */
export function listPeople(tx: ActorTx, accountId: string, { after, take }: { after: string | null; take: number }) {
  let people = tx
    .selectFrom("people as p")
    .leftJoin("personContacts as c", "c.personId", "p.id")
    .where("p.accountId", "=", accountId)
    .select(["p.id", "p.displayName as name", "c.email", "p.removedAt", "p.erasedAt"])
    .select(sql<ClientRole>`p.role`.as("role"))
    .orderBy(sql`p.removed_at is not null`)
    .orderBy("p.displayName")
    .orderBy("p.id")
    .limit(take);
  if (after) {
    people = people.where(
      sql<SqlBool>`((p.removed_at is not null), p.display_name, p.id) > (
        select (l.removed_at is not null), l.display_name, l.id from people l where l.id = ${after}::uuid)`,
    );
  }
  return people.execute();
}

/** Everything that names a person, as text of JSON. */
export async function dataOfPerson(tx: ActorTx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ data: string }>`
    select jsonb_pretty(private.data_of_person(${id}::uuid)
      || jsonb_build_object('about', private.data_about_person(${id}::uuid))) as data`.execute(tx);
  return rows[0]?.data;
}

export type EraseVerdict =
  | "ok"
  | "not-found"
  | "not-yours"
  | "not-oneself"
  | "done-already"
  | "wrong-name"
  | "last-owner"
  | "last-admin";

export async function erasePerson(tx: ActorTx, id: string, typedName: string) {
  const { rows } = await sql<{ outcome: EraseVerdict; login: string | null }>`
    select * from private.erase_person(${id}::uuid, ${typedName})`.execute(tx);
  return rows[0] ?? { outcome: "not-found" as const, login: null };
}

export async function forgetLogin(tx: ActorTx, id: string): Promise<void> {
  await sql`select private.forget_login(${id}::uuid)`.execute(tx);
}
