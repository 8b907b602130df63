import { sql } from "kysely";
import type { ClientRole, StaffRole } from "~/kernel/actor";
import type { ActorTx } from "~/kernel/actor-tx.server";
import { isLocale, type Locale } from "~/kernel/locale";
import type { SystemTx } from "~/kernel/system-tx.server";
import { type Invitation, LETTERS_MAX, type OpenInvitation } from "./person";

/** Who may wait for an answer at once, in one account: more than anybody reads, few enough for one page. */
const MOST_SHOWN = 50;

/** Invitations to an account (null: to staff) that are neither accepted nor taken back, newest first. */
export async function listOpenInvitations(tx: ActorTx, accountId: string | null, at: Date): Promise<OpenInvitation[]> {
  const rows = await tx
    .selectFrom("invitations as i")
    .innerJoin("people as inviter", "inviter.id", "i.invitedBy")
    .where("i.accountId", accountId === null ? "is" : "=", accountId)
    .where("i.acceptedAt", "is", null)
    .where("i.revokedAt", "is", null)
    .select(["i.id", "i.email", "i.sentAt", "i.expiresAt", "inviter.displayName as inviter"])
    .select([sql<ClientRole | null>`i.role`.as("role"), sql<Locale>`i.language`.as("language")])
    .select(
      accountId === null ? sql<StaffRole[] | null>`i.staff_roles`.as("staffRoles") : sql<null>`null`.as("staffRoles"),
    )
    .orderBy("i.id", "desc")
    .limit(MOST_SHOWN)
    .execute();
  return rows.map((row) => ({ ...row, over: row.expiresAt <= at }));
}

/** Whether somebody of the account (null: of staff) signs in with this address. */
export async function isOneOfUs(tx: ActorTx, accountId: string | null, email: string): Promise<boolean> {
  const row = await tx
    .selectFrom("people as p")
    .innerJoin("personContacts as c", "c.personId", "p.id")
    .where("c.email", "=", email)
    .where("p.accountId", accountId === null ? "is" : "=", accountId)
    .where("p.removedAt", "is", null)
    .where(sql<boolean>`private.signs_in(p.id)`)
    .select("p.id")
    .executeTakeFirst();
  return row !== undefined;
}

/** An account as those who invite into it need it, for staff: what it is called, and whether the work with it goes on. */
export function accountToInvite(tx: ActorTx, id: string): Promise<{ name: string; open: boolean } | undefined> {
  const open = sql<boolean>`closed_at is null and merged_into is null`.as("open");
  return tx.selectFrom("accounts").where("id", "=", id).select(["name", open]).executeTakeFirst();
}

export type NewInvitation = {
  accountId: string | null;
  email: string;
  role: ClientRole | null;
  staffRoles: StaffRole[] | null;
  language: Locale;
  invitedBy: string;
  expiresAt: Date;
};

/** Out: the invitation's id; undefined when one waits for this address already. */
export async function insertInvitation(tx: ActorTx, invitation: NewInvitation): Promise<string | undefined> {
  const { staffRoles, ...client } = invitation;
  const row = await tx
    .insertInto("invitations")
    .values(invitation.accountId === null ? { ...client, staffRoles } : client)
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** The account and the address of an open invitation as the actor sees it; undefined when it is not there for them, or no longer open. */
export function findOpenInvitation(tx: ActorTx, id: string) {
  return tx
    .selectFrom("invitations as i")
    .where("i.id", "=", id)
    .where("i.acceptedAt", "is", null)
    .where("i.revokedAt", "is", null)
    .select(["i.accountId", "i.email"])
    .executeTakeFirst();
}

/** Asks for another letter. Out: whether the invitation was still open, and not asked for too often. */
export async function askForLetter(tx: ActorTx, id: string, expiresAt: Date): Promise<boolean> {
  const result = await tx
    .updateTable("invitations")
    .set((eb) => ({ letters: eb("letters", "+", 1), expiresAt }))
    .where("id", "=", id)
    .where("acceptedAt", "is", null)
    .where("revokedAt", "is", null)
    .where("letters", "<", LETTERS_MAX)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Out: whether the invitation was still open. */
export async function takeBack(tx: ActorTx, id: string, by: string, at: Date): Promise<boolean> {
  const result = await tx
    .updateTable("invitations")
    .set({ revokedAt: at, revokedBy: by })
    .where("id", "=", id)
    .where("acceptedAt", "is", null)
    .where("revokedAt", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

// ------------------------------------------------------------------ the letter and its reader, who is nobody yet

/** What a letter says; undefined when the invitation was accepted or taken back before it was written. */
export async function findLetter(tx: SystemTx, id: string) {
  const row = await tx
    .selectFrom("invitations as i")
    .innerJoin("people as inviter", "inviter.id", "i.invitedBy")
    .leftJoin("accounts as a", "a.id", "i.accountId")
    .where("i.id", "=", id)
    .where("i.acceptedAt", "is", null)
    .where("i.revokedAt", "is", null)
    .select(["i.email", "i.language", "i.expiresAt", "inviter.displayName as inviter", "a.name as account"])
    .executeTakeFirst();
  return row && { ...row, language: isLocale(row.language) ? row.language : ("en" as const) };
}

/** From now on the invitation opens with this token alone. */
export async function keepToken(tx: SystemTx, id: string, tokenHash: Buffer, at: Date): Promise<void> {
  await tx.updateTable("invitations").set({ tokenHash, sentAt: at }).where("id", "=", id).execute();
}

export type Letter = { recipient: string; language: Locale; subject: string; html: string; bodyText: string };

/** A trigger adds the job that sends it. */
export async function queueLetter(tx: SystemTx, letter: Letter): Promise<void> {
  await tx.insertInto("mailOutbox").values(letter).execute();
}

/** The invitation that a token opens, and the login its address has already; undefined for a token of no letter. */
export async function lookAt(tx: SystemTx, tokenHash: Buffer, at: Date) {
  type Row = Omit<Invitation, "account" | "knownName"> & {
    accountName: string | null;
    knownName: string | null;
    login: string | null;
  };
  const { rows } = await sql<Row>`select * from private.look_at_invitation(${tokenHash}, ${at})`.execute(tx);
  const [row] = rows;
  if (!row) return undefined;
  const { accountName: account, login, ...invitation } = row;
  return {
    invitation: { ...invitation, account } satisfies Invitation,
    login: login ? { id: login, isNew: false } : null,
  };
}

/** Whether a login is of a person. */
export async function isSomebodys(tx: SystemTx, login: string): Promise<boolean> {
  return (await tx.selectFrom("people").where("userId", "=", login).select("id").executeTakeFirst()) !== undefined;
}

type Accepted =
  | { outcome: "ok"; personId: string; accountId: string | null }
  | { outcome: "over" | Exclude<Invitation["outcome"], "open"> };

/** Makes the person, once. */
export async function accept(
  tx: SystemTx,
  letter: { tokenHash: Buffer; login: string; name: string; zone: string | null; at: Date },
): Promise<Accepted> {
  const { tokenHash, login, name, zone, at } = letter;
  const { rows } = await sql<Accepted>`
    select * from private.accept_invitation(${tokenHash}, ${login}::uuid, ${name}, ${zone}, ${at})`.execute(tx);
  return rows[0] ?? { outcome: "over" };
}
