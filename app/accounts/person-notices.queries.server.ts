import type { SystemTx } from "~/kernel/system-tx.server";

/** Who invited somebody, and how they call themselves; undefined when nobody did. */
export function findInvitation(tx: SystemTx, personId: string) {
  return tx
    .selectFrom("invitations as i")
    .innerJoin("people as p", "p.id", "i.personId")
    .innerJoin("people as inviter", "inviter.id", "i.invitedBy")
    .select(["inviter.id as inviterId", "inviter.side", "p.displayName as name"])
    .where("i.personId", "=", personId)
    .where("i.acceptedAt", "is not", null)
    .orderBy("i.acceptedAt", "desc")
    .executeTakeFirst();
}

/** Where these people belong, as long as they are with us. */
export function listBelonging(tx: SystemTx, ids: readonly string[]) {
  return tx
    .selectFrom("people")
    .select(["id", "side", "accountId"])
    .where("id", "in", ids.length > 0 ? [...ids] : [null])
    .where("removedAt", "is", null)
    .execute();
}
