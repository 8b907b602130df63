import { sql } from "kysely";
import type { Notice, ToldEvent } from "~/kernel/notice";
import type { SystemTx } from "~/kernel/system-tx.server";
import { sameAddress } from "./notification.queries.server";

/** What jobs read and write to tell people of an event: whom, as they chose; what was kept for them; what waits for a letter. */

// ------------------------------------------------------------------ telling

/** An event as notices are made of it; undefined when there is none. */
export async function findEvent(tx: SystemTx, id: string): Promise<ToldEvent | undefined> {
  const row = await tx
    .selectFrom("events as e")
    .select(["e.name", "e.subjectKind", "e.subjectId", "e.accountId", "e.actorId", "e.facts"])
    .select([
      sql<string>`e.id::text`.as("id"),
      sql<ToldEvent["actorSide"]>`e.actor_side`.as("actorSide"),
      sql<ToldEvent["audience"]>`e.audience`.as("audience"),
    ])
    .where("e.id", "=", sql<bigint>`${id}::bigint`)
    .executeTakeFirst();
  return row && { ...row, facts: (row.facts ?? {}) as ToldEvent["facts"] };
}

/** How a person wants to hear, as they chose; what is null was not chosen, or they cannot be written to. */
export type Recipient = {
  id: string;
  side: "client" | "staff";
  accountId: string | null;
  displayName: string;
  email: string | null;
  language: string | null;
  zone: string | null;
  /** What the server of the address said when it refused a letter for good. */
  refused: string | null;
  mailOff: boolean | null;
  quietFrom: number | null;
  quietTo: number | null;
  digestHour: number | null;
  choices: Record<string, string>;
};

/** Those of these people who are still with us, each with all that decides how they hear of something. */
export async function listRecipients(tx: SystemTx, personIds: readonly string[]): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`
    select p.id, p.side, p.account_id, p.display_name, c.email, c.language, c.zone, s.said as refused,
      h.mail_off, h.quiet_from, h.quiet_to, h.digest_hour,
      coalesce((select json_object_agg(x.kind, x.how) from notification_choices x where x.person_id = p.id), '{}') as choices
    from people p
    left join person_contacts c on c.person_id = p.id
    left join mail_suppressions s on ${sameAddress}
    left join notification_settings h on h.person_id = p.id
    where p.id = any (${[...personIds]}::uuid[]) and p.removed_at is null`.execute(tx);
  return rows;
}

type MailState = "none" | "instant" | "daily" | "mailed" | "dropped";

export type KeptNotice = Notice & { accountId: string | null; mailState: MailState };

/** Keeps notices of an event. Out: whom they are news to; the others were told of it before. */
export async function insertNotices(
  tx: SystemTx,
  event: ToldEvent,
  notices: readonly KeptNotice[],
  createdAt: Date,
): Promise<Set<string>> {
  if (notices.length === 0) return new Set();
  const rows = notices.map(({ personId, accountId, kind, subjectId, path, facts, mailState }) => ({
    personId,
    accountId,
    kind,
    eventId: sql<bigint>`${event.id}::bigint`,
    subjectKind: event.subjectKind,
    subjectId,
    path,
    facts: JSON.stringify(facts),
    mailState,
    createdAt,
  }));
  const inserted = await tx
    .insertInto("notifications")
    .values(rows)
    .onConflict((kept) => kept.constraint("notifications_once_for_each_event").doNothing())
    .returning("personId")
    .execute();
  return new Set(inserted.map(({ personId }) => personId));
}

/** Forgets what people were told about a thing, except those who may see it. Out: how many notices. */
export async function forgetNotices(tx: SystemTx, subjectId: string, except: readonly string[]): Promise<void> {
  let rows = tx.deleteFrom("notifications").where("subjectId", "=", subjectId);
  if (except.length > 0) rows = rows.where("personId", "not in", [...except]);
  await rows.execute();
}

/** Everybody who was told about a thing. */
export async function listTold(tx: SystemTx, subjectId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("notifications")
    .select("personId")
    .distinct()
    .where("subjectId", "=", subjectId)
    .execute();
  return rows.map(({ personId }) => personId);
}

export type PlannedMail = { person: string; how: "instant" | "daily"; at: Date };

/** Has the job mail_notices done at those moments; `keep`: or earlier, when it is planned already. */
export async function planMail(tx: SystemTx, planned: readonly PlannedMail[], keep: boolean): Promise<void> {
  if (planned.length === 0) return;
  await sql`select private.plan_notice_mail(person, how, at, ${keep}) from unnest(
    ${planned.map(({ person }) => person)}::uuid[], ${planned.map(({ how }) => how)}::text[],
    ${planned.map(({ at }) => at.toISOString())}::timestamptz[]) planned (person, how, at)`.execute(tx);
}

// ------------------------------------------------------------------ mailing

/** A person's notices that wait for a letter, oldest first. Two jobs for one person take turns. */
export function takeWaiting(tx: SystemTx, personId: string) {
  return tx
    .selectFrom("notifications")
    .select(["id", "kind", "subjectKind", "subjectId", "path", "facts", "readAt", "mailState", "createdAt"])
    .where("personId", "=", personId)
    .where("mailState", "in", ["instant", "daily"])
    .orderBy("id")
    .forUpdate()
    .execute();
}

export async function setMailState(tx: SystemTx, ids: readonly string[], mailState: MailState): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable("notifications")
    .set({ mailState })
    .where("id", "in", [...ids])
    .execute();
}

/** The proof in an unsubscribe link of this person. */
export async function unsubscribeProof(tx: SystemTx, personId: string, kind: string): Promise<string> {
  const { rows } = await sql<{ proof: string }>`
    select private.unsubscribe_proof(${personId}::uuid, ${kind}) as proof`.execute(tx);
  if (!rows[0]) throw new Error("The database gave no proof");
  return rows[0].proof;
}

type Letter = {
  personId: string;
  recipient: string;
  language: string;
  subject: string;
  html: string;
  bodyText: string;
  unsubscribeUrl: string;
};

/** Puts a letter into the outbox; a trigger has it sent. */
export async function insertLetter(tx: SystemTx, letter: Letter): Promise<void> {
  await tx.insertInto("mailOutbox").values(letter).execute();
}
