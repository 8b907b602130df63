import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Locale } from "~/kernel/locale";
import type { SystemTx } from "~/kernel/system-tx.server";
import type { SecuredPerson } from "./second-factor";

/** Whether an admin asks staff for a second factor, and the revision of that decision. */
export function securitySettings(tx: ActorTx) {
  return tx.selectFrom("securitySettings").select(["secondFactorRequired", "revision"]).executeTakeFirstOrThrow();
}

/** Out: whether the settings were still at this revision, and are changed. */
export async function requireSecondFactor(tx: ActorTx, required: boolean, revision: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("securitySettings")
    .set({ secondFactorRequired: required })
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Staff and who of them has a second factor; empty for whoever may not know. */
export async function listSecured(tx: ActorTx): Promise<SecuredPerson[]> {
  const { rows } = await sql<SecuredPerson>`
    select p.id, p.display_name as "name", c.email::text as "email", f.has_second_factor as "hasSecondFactor"
    from private.second_factors() f
    join people p on p.id = f.person_id
    left join person_contacts c on c.person_id = p.id
    order by p.display_name, p.id`.execute(tx);
  return rows;
}

/** The login of a member of staff; undefined when there is none. */
export function staffLogin(tx: ActorTx, personId: string) {
  return tx
    .selectFrom("people")
    .select(["id", "userId"])
    .where("id", "=", personId)
    .where("side", "=", "staff")
    .where("removedAt", "is", null)
    .executeTakeFirst();
}

/** Where and in which language somebody is written to. */
export async function contactOf(
  tx: SystemTx,
  personId: string,
): Promise<{ email: string; language: Locale } | undefined> {
  const row = await tx
    .selectFrom("personContacts")
    .select((eb) => ["email", sql<Locale>`coalesce(${eb.ref("language")}, 'en')`.as("language")])
    .where("personId", "=", personId)
    .executeTakeFirst();
  return row;
}

/** Notes that a session proved who it is; `recovered`: by a code in place of the second factor. */
export async function keepProof(
  tx: SystemTx,
  proof: { sessionId: string; personId: string; at: Date; recovered: boolean },
): Promise<void> {
  const { sessionId, personId, at } = proof;
  const recoveredAt = proof.recovered ? { recoveredAt: at } : {};
  await tx
    .insertInto("sessionProofs")
    .values({ sessionId, personId, provedAt: at, ...recoveredAt })
    .onConflict((oc) => oc.column("sessionId").doUpdateSet({ provedAt: at, ...recoveredAt }))
    .execute();
  // Sessions last 30 days: what is older belongs to none.
  await sql`delete from session_proofs where person_id = ${personId} and proved_at < now() - interval '60 days'`.execute(
    tx,
  );
}

/** Uses a recovery code up. Out: how many are left, or undefined when it is none of this person's that is left. */
export async function useRecoveryCode(
  tx: SystemTx,
  personId: string,
  hash: Buffer,
  at: Date,
): Promise<number | undefined> {
  const used = await tx
    .updateTable("recoveryCodes")
    .set({ usedAt: at })
    .where("codeHash", "=", hash)
    .where("personId", "=", personId)
    .where("usedAt", "is", null)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n ? countRecoveryCodes(tx, personId) : undefined;
}

export async function countRecoveryCodes(tx: SystemTx, personId: string): Promise<number> {
  const row = await tx
    .selectFrom("recoveryCodes")
    .select(sql<number>`count(*)::int`.as("left"))
    .where("personId", "=", personId)
    .where("usedAt", "is", null)
    .executeTakeFirstOrThrow();
  return row.left;
}

/** A person's codes from now on: none, or these. */
export async function replaceRecoveryCodes(tx: SystemTx, personId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom("recoveryCodes").where("personId", "=", personId).execute();
  if (hashes.length === 0) return;
  await tx
    .insertInto("recoveryCodes")
    .values(hashes.map((codeHash) => ({ codeHash, personId })))
    .execute();
}

/** Ends every session of a person, with what is open in them. */
export async function endSessionsOf(tx: SystemTx, personId: string): Promise<void> {
  await sql`select private.end_sessions_of(${personId}::uuid)`.execute(tx);
}
