import { sql } from "kysely";
import type { GuestRights } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";
import { portalDb } from "~/kernel/db.server";
import type { Locale } from "~/kernel/locale";
import type { SystemTx } from "~/kernel/system-tx.server";
import type { GuestObject, GuestRow } from "./guest";

// ------------------------------------------------------------------ by those who invite

/** Guests of an object, the newest first. */
export async function listGuests(tx: ActorTx, object: GuestObject, take: number): Promise<GuestRow[]> {
  const rows = await tx
    .selectFrom("guestGrants as g")
    .innerJoin("people as inviter", "inviter.id", "g.createdBy")
    .where("g.accountId", "=", object.accountId)
    .where("g.objectKind", "=", object.kind)
    .where("g.objectId", "=", object.id)
    .select(["g.id", "g.email", "g.displayName as name", "g.expiresAt", "g.revokedAt", "g.lastSeenAt", "g.revision"])
    .select(["inviter.displayName as invitedBy", sql<GuestRights>`g.rights`.as("rights")])
    .orderBy("g.id", "desc")
    .limit(take)
    .execute();
  return rows;
}

type NewGrant = {
  email: string;
  displayName: string;
  language: Locale;
  rights: GuestRights;
  expiresAt: Date;
  createdBy: string;
};

/** A trigger adds the job that mails the link. Throws (23505) when the address is invited already. */
export async function insertGrant(tx: ActorTx, object: GuestObject, grant: NewGrant): Promise<string> {
  const { kind: objectKind, id: objectId, accountId, name: objectName } = object;
  const row = await tx
    .insertInto("guestGrants")
    .values({ objectKind, objectId, accountId, objectName, ...grant })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** A guest of this object; undefined when there is none for this actor. */
export function findGrant(tx: ActorTx, object: GuestObject, id: string) {
  return tx
    .selectFrom("guestGrants")
    .select(["id", "expiresAt", "revokedAt", "revision", sql<GuestRights>`rights`.as("rights")])
    .where("id", "=", id)
    .where("objectKind", "=", object.kind)
    .where("objectId", "=", object.id)
    .executeTakeFirst();
}

/** Out: whether the grant was still at this revision and not revoked, and is changed. */
export async function changeGrant(
  tx: ActorTx,
  seen: { id: string; revision: number },
  change: { revokedAt: Date; revokedBy: string } | { expiresAt: Date; rights?: GuestRights } | { linkAskedAt: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("guestGrants")
    .set(change)
    .where("id", "=", seen.id)
    .where("revision", "=", seen.revision)
    .where("revokedAt", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function eraseGuest(tx: ActorTx, id: string) {
  type Verdict = "ok" | "not-yours" | "not-found" | "done-already" | "is-person";
  const { rows } = await sql<{ verdict: Verdict }>`select private.erase_guest(${id}::uuid) as verdict`.execute(tx);
  return rows[0]?.verdict ?? "not-found";
}

// ------------------------------------------------------------------ the guests' door

export type SeatRow = {
  grantId: string;
  accountId: string;
  accountName: string;
  objectKind: "idea";
  objectId: string;
  displayName: string;
  language: Locale;
  rights: GuestRights;
  expiresAt: Date;
  tokenHash: Buffer | null;
  lastSeenAt: Date | null;
};

/** The living grants that a browser has shown to be its own: asked before there is an actor, as private.whoami() is. */
export async function grantsOfBrowser(browserHash: Buffer): Promise<SeatRow[]> {
  const { rows } = await sql<SeatRow>`select * from private.guests_of_browser(${browserHash})`.execute(portalDb());
  return rows;
}

/** The living grant behind a link. */
export async function grantOfLink(tokenHash: Buffer) {
  type Row = { grantId: string; displayName: string; language: Locale; rights: GuestRights };
  const { rows } = await sql<Row>`select * from private.guest_link(${tokenHash})`.execute(portalDb());
  return rows[0];
}

/** The grant, locked, with what its door must know; undefined when it does not live any more. */
export async function lockGrant(tx: SystemTx, grantId: string) {
  type Row = { accountId: string; email: string; language: Locale };
  const { rows } = await sql<Row>`
    select account_id, email::text, language from guest_grants
    where id = ${grantId} and revoked_at is null and expires_at > now() for update`.execute(tx);
  const [grant] = rows;
  if (!grant) return undefined;
  // Asked after the lock was had, not with it: else a second browser would not see the first, which held it before.
  const browser = await tx
    .selectFrom("guestBrowsers")
    .select("createdAt")
    .where("grantId", "=", grantId)
    .limit(1)
    .executeTakeFirst();
  return { ...grant, opened: browser !== undefined };
}

export async function bindBrowser(tx: SystemTx, grantId: string, browserHash: Buffer): Promise<void> {
  await tx
    .insertInto("guestBrowsers")
    .values({ grantId, browserHash })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

export async function markSeen(tx: SystemTx, grantId: string, at: Date): Promise<void> {
  await tx.updateTable("guestGrants").set({ lastSeenAt: at }).where("id", "=", grantId).execute();
}

export async function keepCode(tx: SystemTx, grantId: string, code: { hash: Buffer; expiresAt: Date }): Promise<void> {
  await tx
    .updateTable("guestKeys")
    .set({ codeHash: code.hash, codeExpiresAt: code.expiresAt, codeTries: 0 })
    .where("grantId", "=", grantId)
    .execute();
}

/** Uses a code up, or counts a wrong try of it. Out: whether it was right, in time and not tried too often. */
export async function takeCode(
  tx: SystemTx,
  grantId: string,
  shown: { hash: Buffer; at: Date; tries: number },
): Promise<boolean> {
  const taken = await tx
    .updateTable("guestKeys")
    .set({ codeHash: null, codeExpiresAt: null })
    .where("grantId", "=", grantId)
    .where("codeHash", "=", shown.hash)
    .where("codeExpiresAt", ">", shown.at)
    .where("codeTries", "<", shown.tries)
    .executeTakeFirst();
  if (taken.numUpdatedRows === 1n) return true;
  await tx
    .updateTable("guestKeys")
    .set((eb) => ({ codeTries: eb("codeTries", "+", 1) }))
    .where("grantId", "=", grantId)
    .execute();
  return false;
}

/** How a guest wants to be called. */
export async function nameGuest(tx: ActorTx, grantId: string, displayName: string): Promise<void> {
  await tx.updateTable("guestGrants").set({ displayName }).where("id", "=", grantId).execute();
}

// ------------------------------------------------------------------ the letter with the link

/** What the letter says, when there is a wish for one that was not answered yet. */
export async function findWish(tx: SystemTx, grantId: string) {
  type Row = {
    email: string;
    displayName: string;
    language: Locale;
    objectName: string;
    inviter: string;
    expiresAt: Date;
    linkAskedAt: Date;
  };
  const { rows } = await sql<Row>`
    select g.email::text, g.display_name, g.language, g.object_name, p.display_name as inviter, g.expires_at, g.link_asked_at
    from guest_grants g
    join people p on p.id = g.created_by
    left join guest_keys k on k.grant_id = g.id
    where g.id = ${grantId} and g.revoked_at is null and g.expires_at > now()
      and g.link_asked_at is distinct from k.mailed_for and g.link_asked_at is not null
    for update of g`.execute(tx);
  return rows[0];
}

/** The link from now on; the one before opens nothing. */
export async function keepLink(tx: SystemTx, grantId: string, tokenHash: Buffer, mailedFor: Date): Promise<void> {
  await tx
    .insertInto("guestKeys")
    .values({ grantId, tokenHash, mailedFor })
    .onConflict((oc) => oc.column("grantId").doUpdateSet({ tokenHash, mailedFor }))
    .execute();
}
