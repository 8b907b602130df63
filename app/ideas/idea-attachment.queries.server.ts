import { type Expression, sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { SystemTx } from "~/kernel/system-tx.server";
import type { Attachment, AttachmentRefusal, AttachmentState } from "./idea-attachment";

const asState = (column: Expression<string>) => sql<AttachmentState>`${column}`;
const asRefusal = (column: Expression<string | null>) => sql<AttachmentRefusal | null>`${column}`;

const attachments = (tx: ActorTx) =>
  tx
    .selectFrom("ideaAttachments as a")
    .select(["a.id", "a.name", "a.mediaType", "a.width", "a.height", "a.supportId"])
    .select((eb) => [
      eb.fn.coalesce("a.commentId", "a.noteId").as("saidId"),
      sql<number>`${eb.ref("a.byteSize")}::float8`.as("byteSize"),
      asState(eb.ref("a.state")).as("state"),
      asRefusal(eb.ref("a.refusal")).as("refusal"),
    ]);

/**
 * A column of an idea's row: the files of the idea, of what is said about it and of its support, those sent along with what
 * was said on the ideas merged into it, and those of the text that it is a part of; oldest first, as far as this actor may see
 * them: those of internal notes exist for staff alone. A refused one is shown to whoever sent it. `idea`: the column that
 * holds the id.
 */
export function attachmentsOf(tx: ActorTx, idea: "i.id" | "s.ideaId", readerId: string) {
  const id = sql.ref<string>(idea);
  // What came with a text stays with the first of the ideas that it was parted into; a part may be parted once more.
  const near = sql<{ id: string; how: "itself" | "merged" | "whole" }>`(
    with recursive part (id, part_of, account_id) as (
      select o.id, o.split_from, o.account_id from ideas o where o.id = ${id}
      union
      select o.id, o.split_from, o.account_id
      from part join ideas o on o.id = part.part_of and o.account_id = part.account_id
    )
    select ${id} as id, 'itself' as how
    union all select private.gathered_here(${id}), 'merged'
    union all select part.id, 'whole' from part where part.id <> ${id})`.as<"near">(sql.ref("near"));
  const files = attachments(tx)
    .innerJoin(near, "near.id", "a.ideaId")
    .where(
      sql<boolean>`case near.how when 'itself' then true
        when 'merged' then num_nonnulls(a.comment_id, a.support_id) > 0
        else num_nonnulls(a.comment_id, a.support_id, a.note_id) = 0 end`,
    )
    .where((eb) => eb.or([eb("a.state", "<>", "refused"), eb("a.uploadedBy", "=", readerId)]))
    .orderBy("a.id")
    .limit(200);
  return sql<Attachment[]>`(select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name,
    'mediaType', f.media_type, 'byteSize', f.byte_size, 'width', f.width, 'height', f.height, 'state', f.state,
    'refusal', f.refusal, 'saidId', f.said_id, 'supportId', f.support_id) order by f.id), '[]') from ${files} as f)`;
}

/** Uploads of this person that were not sent with anything yet, of these ids. */
export function listOpenUploads(tx: ActorTx, personId: string, ids: readonly string[]): Promise<Attachment[]> {
  return attachments(tx)
    .where("a.uploadedBy", "=", personId)
    .where("a.ideaId", "is", null)
    .where("a.removedAt", "is", null)
    .where("a.id", "in", ids)
    .orderBy("a.id")
    .execute();
}

/** What a person has sent in a day and not sent off yet. Uploads of one person are counted one after the other. */
export async function usageOf(tx: ActorTx, personId: string): Promise<{ open: number; bytesToday: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended('upload ' || ${personId}, 0))`.execute(tx);
  return tx
    .selectFrom("ideaAttachments as a")
    .where("a.uploadedBy", "=", personId)
    .where("a.createdAt", ">", sql<Date>`now() - interval '1 day'`)
    .select([
      sql<number>`(count(*) filter (where a.idea_id is null and a.removed_at is null and a.state <> 'refused'))::int`.as(
        "open",
      ),
      sql<number>`coalesce(sum(a.byte_size), 0)::float8`.as("bytesToday"),
    ])
    .executeTakeFirstOrThrow();
}

/** Begins an upload. `accountId` null: by staff, whose upload belongs to the account of what it is sent with. */
export async function insertUpload(
  tx: ActorTx,
  upload: { accountId: string | null; uploadedBy: string; name: string; byteSize: bigint },
): Promise<string> {
  const { accountId, ...rest } = upload;
  const values = accountId === null ? rest : { ...rest, accountId };
  return (await tx.insertInto("ideaAttachments").values(values).returning("id").executeTakeFirstOrThrow()).id;
}

/** The bytes are there: has them checked. False when this is no upload of the actor, or was told before. */
export async function markArrived(tx: ActorTx, id: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select private.attachment_arrived(${id}::uuid) as done`.execute(tx);
  return rows[0]?.done ?? false;
}

/** Takes an upload back that was not sent with anything yet. */
export async function dropUpload(tx: ActorTx, id: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select private.drop_attachment(${id}::uuid) as done`.execute(tx);
  return rows[0]?.done ?? false;
}

/** Makes uploads part of what was said. Out: how many became that. */
export async function claimUploads(
  tx: ActorTx,
  ids: readonly string[],
  target: { ideaId: string; commentId: string | null; supportId: string | null },
): Promise<number> {
  const { rows } = await sql<{ claimed: number }>`select private.claim_attachments(${[...ids]}::uuid[],
    ${target.ideaId}::uuid, ${target.commentId}::uuid, ${target.supportId}::uuid) as claimed`.execute(tx);
  return rows[0]?.claimed ?? 0;
}

/** The same for an internal note, which belongs to no account. */
export async function claimUploadsForNote(tx: ActorTx, ids: readonly string[], noteId: string): Promise<number> {
  const { rows } = await sql<{ claimed: number }>`
    select private.claim_note_attachments(${[...ids]}::uuid[], ${noteId}::uuid) as claimed`.execute(tx);
  return rows[0]?.claimed ?? 0;
}

/** Where a file lies; undefined when it does not exist for this actor, or is not ready. */
export function findReadyFile(tx: ActorTx, id: string) {
  return tx
    .selectFrom("ideaAttachments as a")
    .where("a.id", "=", id)
    .where("a.state", "=", "ready")
    .where("a.removedAt", "is", null)
    .select(["a.name", "a.mediaType", "a.storagePath", "a.thumbPath"])
    .executeTakeFirst();
}

/** Files that an account's people can read, sent along and in briefs, oldest first; with `by` those of one person alone. */
export async function listFilesOf(tx: ActorTx, accountId: string, by: string | null) {
  let sent = tx
    .selectFrom("ideaAttachments as a")
    .where("a.accountId", "=", accountId)
    .where("a.state", "=", "ready")
    .where("a.removedAt", "is", null)
    .where("a.ideaId", "is not", null)
    .where("a.storagePath", "is not", null)
    .select(["a.id", "a.name", "a.byteSize"])
    .select((eb) => [
      eb.ref("a.ideaId").$notNull().as("ideaId"),
      eb.ref("a.mediaType").$notNull().as("mediaType"),
      eb.ref("a.storagePath").$notNull().as("storagePath"),
    ])
    .orderBy("a.id");
  let pictures = tx
    .selectFrom("ideaFiles as f")
    .where("f.accountId", "=", accountId)
    .select(["f.id", "f.ideaId", "f.name", "f.byteSize", "f.storagePath"])
    .orderBy("f.id");
  if (by) {
    sent = sent.where("a.uploadedBy", "=", by);
    pictures = pictures.where("f.createdBy", "=", by);
  }
  return { sent: await sent.execute(), pictures: await pictures.execute() };
}

// ------------------------------------------------------------------ as the system checks and clears them

/** An upload that waits for its check; undefined when there is none of this id any more. */
export function findUnchecked(tx: SystemTx, id: string) {
  return tx
    .selectFrom("ideaAttachments as a")
    .where("a.id", "=", id)
    .where("a.state", "=", "checking")
    .where("a.removedAt", "is", null)
    .select(["a.id", "a.name"])
    .executeTakeFirst();
}

export type Checked =
  | {
      state: "ready";
      mediaType: string;
      byteSize: bigint;
      width: number | null;
      height: number | null;
      storagePath: string;
      thumbPath: string | null;
    }
  | { state: "refused"; refusal: AttachmentRefusal };

/** Writes down what the check found, unless another one was quicker. */
export async function setChecked(tx: SystemTx, id: string, found: Checked): Promise<void> {
  await tx.updateTable("ideaAttachments").set(found).where("id", "=", id).where("state", "=", "checking").execute();
}

/**
 * Marks uploads that belong to nothing after so many hours as removed, so that nobody can send them any more. One that
 * somebody is sending at this moment is left alone. Out: where their bytes lie.
 */
export function removeUnclaimed(tx: SystemTx, hours: number, take: number) {
  return tx
    .updateTable("ideaAttachments")
    .set({ removedAt: sql<Date>`coalesce(removed_at, now())` })
    .where("id", "in", (stale) =>
      stale
        .selectFrom("ideaAttachments as a")
        .where("a.ideaId", "is", null)
        .where("a.createdAt", "<", sql<Date>`now() - make_interval(hours => ${hours})`)
        .select("a.id")
        .orderBy("a.createdAt")
        .limit(take)
        .forUpdate()
        .skipLocked(),
    )
    .returning(["id", "storagePath", "thumbPath"])
    .execute();
}

/** Forgets removed uploads whose bytes are gone. */
export async function deleteRemoved(tx: SystemTx, ids: readonly string[]): Promise<void> {
  await tx
    .deleteFrom("ideaAttachments")
    .where("id", "in", ids)
    .where("ideaId", "is", null)
    .where("removedAt", "is not", null)
    .execute();
}
