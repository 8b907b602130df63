import { sql } from "kysely";
import type { ClientActor, ClientRole, StaffActor, StaffRole } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Money } from "~/kernel/money";
import type { ClientPerson, PersonRefused, PersonStep, StaffPerson } from "./person";

const roleOf = sql<ClientRole>`p.role`.as("role");
const rolesOf = sql<StaffRole[]>`array(select r.role from staff_roles r where r.person_id = p.id order by r.role)`.as(
  "roles",
);

/** A page of a list in the order of names: what comes after a person, and how many. */
export type NamesAfter = { after: string | null; take: number };

/** The rows after the one with this id; of none when that person is gone. */
const beyond = (after: string) =>
  sql<boolean>`(p.display_name, p.id) > (select q.display_name, q.id from people q where q.id = ${after}::uuid)`;

/** What everybody reads of a person in a list. */
function present(tx: ActorTx) {
  return tx
    .selectFrom("people as p")
    .leftJoin("personContacts as c", "c.personId", "p.id")
    .where("p.removedAt", "is", null)
    .select(["p.id", "p.displayName as name", "p.revision", "p.createdAt", "c.email"]);
}

const limitOf = (row: { minor: bigint | null; currency: string | null }): Money | null =>
  row.minor === null || row.currency === null ? null : { minor: row.minor, currency: row.currency };

const withLimit = ({
  minor,
  currency,
  ...row
}: Omit<ClientPerson, "limit"> & { minor: bigint | null; currency: string | null }) => ({
  ...row,
  limit: limitOf({ minor, currency }),
});

/** An account's people, for one of them; limits are those that `private.visible_limits` shows. */
export async function listColleagues(
  tx: ActorTx,
  accountId: string,
  { after, take }: NamesAfter,
): Promise<ClientPerson[]> {
  const rows = await colleagues(tx)
    .where("p.accountId", "=", accountId)
    .$if(after !== null, (query) => query.where(beyond(after ?? "")))
    .orderBy("p.displayName")
    .orderBy("p.id")
    .limit(take)
    .execute();
  return rows.map(withLimit);
}

/** One of the account's people, for one of them; undefined for everybody else. */
export async function findColleague(tx: ActorTx, accountId: string, id: string): Promise<ClientPerson | undefined> {
  const row = await colleagues(tx).where("p.accountId", "=", accountId).where("p.id", "=", id).executeTakeFirst();
  return row && withLimit(row);
}

function colleagues(tx: ActorTx) {
  const limits = sql<{ personId: string; minor: bigint; currency: string }>`private.visible_limits()`;
  return present(tx).leftJoin(limits.as("l"), "l.personId", "p.id").select([roleOf, "l.minor", "l.currency"]);
}

/** Members of staff, for staff. */
export function listStaff(tx: ActorTx, { after, take }: NamesAfter): Promise<StaffPerson[]> {
  return present(tx)
    .where("p.side", "=", "staff")
    .select([rolesOf])
    .$if(after !== null, (query) => query.where(beyond(after ?? "")))
    .orderBy("p.displayName")
    .orderBy("p.id")
    .limit(take)
    .execute();
}

/** Anybody who was not removed, for staff: a member of staff, or somebody of an account. */
export async function findPerson(tx: ActorTx, id: string) {
  const row = await present(tx)
    .leftJoin("accounts as a", "a.id", "p.accountId")
    .where("p.id", "=", id)
    .select([
      "p.accountId",
      "a.name as account",
      "p.spendingLimitMinor as minor",
      "p.spendingLimitCurrency as currency",
    ])
    .select([sql<ClientRole | null>`p.role`.as("role"), rolesOf])
    .executeTakeFirst();
  if (!row) return undefined;
  const { minor, currency, ...person } = row;
  return { ...person, limit: limitOf({ minor, currency }) };
}

/** What happened to a person, newest first, from the log that the reader may see. */
export function listSteps(tx: ActorTx, personId: string, take: number): Promise<PersonStep[]> {
  return tx
    .selectFrom("events as e")
    .leftJoin("people as who", "who.id", "e.actorId")
    .where("e.subjectId", "=", personId)
    .where("e.subjectKind", "=", "person")
    .where("e.name", "in", ["person.joined", "person.role_changed", "person.limit_changed", "person.removed"])
    .select(["e.name", "e.happenedAt as at", "who.displayName as who"])
    .select([
      sql<string>`e.id::text`.as("id"),
      sql<string | null>`e.facts ->> 'from'`.as("from"),
      sql<string | null>`e.facts ->> 'to'`.as("to"),
    ])
    .orderBy("e.id", "desc")
    .limit(take)
    .execute();
}

/** Somebody who was removed, with who did it, as the actor may know it: clients of their own account alone. */
export async function findRemoved(tx: ActorTx, actor: ClientActor | StaffActor, id: string) {
  const row = await tx
    .selectFrom("people as p")
    .where("p.id", "=", id)
    .where("p.removedAt", "is not", null)
    .$if(actor.side === "client", (query) =>
      query.where("p.accountId", "=", actor.side === "client" ? actor.accountId : null),
    )
    .select("p.displayName as name")
    .executeTakeFirst();
  return row && { name: row.name, by: await lastDecider(tx, id) };
}

/** Who decided last about a person; null when nobody is known to have. */
export async function lastDecider(tx: ActorTx, personId: string): Promise<string | null> {
  const [step] = await listSteps(tx, personId, 1);
  return step?.who ?? null;
}

type Verdict = "ok" | PersonRefused["why"];

async function verdictOf(tx: ActorTx, call: ReturnType<typeof sql<{ verdict: Verdict }>>): Promise<Verdict> {
  const { rows } = await call.execute(tx);
  return rows[0]?.verdict ?? "not-found";
}

export const changeRole = (tx: ActorTx, id: string, revision: number, role: ClientRole) =>
  verdictOf(tx, sql`select private.change_role(${id}::uuid, ${revision}::int, ${role}) as verdict`);

export const changeStaffRoles = (tx: ActorTx, id: string, revision: number, roles: readonly StaffRole[]) =>
  verdictOf(
    tx,
    sql`select private.change_staff_roles(${id}::uuid, ${revision}::int, ${[...roles]}::text[]) as verdict`,
  );

export const changeLimit = (tx: ActorTx, id: string, revision: number, limit: Money | null) =>
  verdictOf(
    tx,
    sql`select private.change_limit(${id}::uuid, ${revision}::int, ${limit?.minor ?? null}::bigint, ${limit?.currency ?? null}) as verdict`,
  );

export const removePerson = (tx: ActorTx, id: string, revision: number) =>
  verdictOf(tx, sql`select private.remove_person(${id}::uuid, ${revision}::int) as verdict`);

/** The person's own name. Out: whether it is another one than before. */
export async function rename(tx: ActorTx, personId: string, name: string): Promise<boolean> {
  const result = await tx
    .updateTable("people")
    .set({ displayName: name })
    .where("id", "=", personId)
    .where("displayName", "<>", name)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function ownEmail(tx: ActorTx, personId: string): Promise<string | null> {
  const row = await tx.selectFrom("personContacts").where("personId", "=", personId).select("email").executeTakeFirst();
  return row?.email ?? null;
}

/** A living session of the asking person. */
export type SessionRow = { id: string; beganAt: Date; seenAt: Date; userAgent: string | null; address: string | null };

export async function listMySessions(tx: ActorTx): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`select * from private.my_sessions()`.execute(tx);
  return rows;
}

/** Ends the asking person's sessions except `kept`; with `only`, that one alone. Out: how many ended. */
export async function endMySessions(tx: ActorTx, kept: string, only: string | null): Promise<number> {
  const { rows } = await sql<{
    ended: number;
  }>`select private.end_my_sessions(${kept}::uuid, ${only}::uuid) as ended`.execute(tx);
  return rows[0]?.ended ?? 0;
}
