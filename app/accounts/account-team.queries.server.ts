import { type SqlBool, sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { SystemTx } from "~/kernel/system-tx.server";
import type { Absence, TeamMember, TeamRole } from "./staff-account";

/** Who of us looks after an account, the lead first. */
export function listTeam(tx: ActorTx | SystemTx, accountId: string): Promise<TeamMember[]> {
  return tx
    .selectFrom("accountTeam as t")
    .innerJoin("people as p", "p.id", "t.personId")
    .where("t.accountId", "=", accountId)
    .select(["t.personId", "p.displayName as name", sql<TeamRole>`t.role`.as("role")])
    .orderBy(sql`array_position(array['lead', 'design', 'pricing', 'production', 'support'], t.role)`)
    .orderBy("p.displayName")
    .execute();
}

/** Who is away now or later, soonest first; days begin and end in the zone of the person who is away. */
export function listAbsences(tx: ActorTx | SystemTx): Promise<Absence[]> {
  return tx
    .selectFrom("absences as b")
    .innerJoin("people as p", "p.id", "b.personId")
    .leftJoin("people as s", "s.id", "b.substituteId")
    .leftJoin("personContacts as c", "c.personId", "b.personId")
    .where(sql<SqlBool>`b.to_day >= current_date - 1`)
    .select(["b.id", "b.personId", "p.displayName as name", "b.substituteId", "s.displayName as substitute"])
    .select([
      sql<string>`coalesce(c.zone, 'Europe/Berlin')`.as("zone"),
      sql<string>`b.from_day::text`.as("fromDay"),
      sql<string>`b.to_day::text`.as("toDay"),
    ])
    .orderBy("b.fromDay")
    .orderBy("b.id")
    .limit(200)
    .execute();
}

/** Members of staff, by name. */
export function listStaffNames(tx: ActorTx) {
  return tx
    .selectFrom("people as p")
    .where("p.side", "=", "staff")
    .where("p.removedAt", "is", null)
    .select(["p.id", "p.displayName as name"])
    .orderBy("p.displayName")
    .limit(300)
    .execute();
}

export async function insertTeamMember(
  tx: ActorTx,
  member: { accountId: string; personId: string; role: TeamRole },
  createdBy: string,
): Promise<void> {
  await tx
    .insertInto("accountTeam")
    .values({ ...member, createdBy })
    .execute();
}

export async function deleteTeamMember(
  tx: ActorTx,
  { accountId, personId, role }: { accountId: string; personId: string; role: TeamRole },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("accountTeam")
    .where("accountId", "=", accountId)
    .where("personId", "=", personId)
    .where("role", "=", role)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

export type NewAbsence = { personId: string; substituteId: string | null; fromDay: string; toDay: string };

export async function insertAbsence(tx: ActorTx, absence: NewAbsence, createdBy: string): Promise<void> {
  const { fromDay, toDay, ...who } = absence;
  await tx
    .insertInto("absences")
    .values({ ...who, createdBy, fromDay: sql<Date>`${fromDay}::date`, toDay: sql<Date>`${toDay}::date` })
    .execute();
}

export async function deleteAbsence(tx: ActorTx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("absences").where("id", "=", id).executeTakeFirst();
  return numDeletedRows === 1n;
}
