import { serviceClient } from "~/accounts/supabase.server";
import type { Actor, ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { env } from "~/kernel/env.server";
import { limiter } from "~/kernel/limits.server";
import { uploadIds } from "./idea.schema";
import {
  ATTACHMENTS_MAX,
  type AttachmentLimits,
  attachmentName,
  isPhotoType,
  judgeUpload,
  mayUpload,
  savedName,
  type Upload,
  type UploadRefusal,
} from "./idea-attachment";
import * as queries from "./idea-attachment.queries.server";

/**
 * The door to photos and files. A browser sends them straight to the storage's quarantine, at an address signed for one
 * upload; a job looks at them; what they go with claims them. They are served here, asking the rules each time.
 */

export const UPLOADS_BUCKET = "idea-uploads";
export const FILES_BUCKET = "idea-attachments";
const UPLOADS_A_DAY = 200;

type Person = ClientActor | StaffActor;

/** The most bytes taken, as this installation was told. */
export function attachmentLimits({
  PHOTO_MAX_MB,
  FILE_MAX_MB,
}: {
  PHOTO_MAX_MB: number;
  FILE_MAX_MB: number;
}): AttachmentLimits {
  return { photo: PHOTO_MAX_MB * 1024 * 1024, file: FILE_MAX_MB * 1024 * 1024 };
}

/** A file as its browser announces it; what it is in truth is told by its contents later. */
type Announced = { name: string; size: number; type?: string };

export type StartOutcome = { ok: true; id: string; url: string } | ({ ok: false } & UploadRefusal);

/** Begins an upload: notes it down, and signs an address that takes the bytes once. */
export async function startUpload(actor: Person, announced: Announced): Promise<StartOutcome> {
  const begun = await beginUpload(actor, announced);
  if (!begun.ok) return begun;
  const { data, error } = await serviceClient().storage.from(UPLOADS_BUCKET).createSignedUploadUrl(begun.id);
  if (error) throw error;
  // Of our own origin where the storage is ours: a page may be open under another name of this machine.
  const { APP_ORIGIN } = env();
  const url = data.signedUrl.startsWith(`${APP_ORIGIN}/`) ? data.signedUrl.slice(APP_ORIGIN.length) : data.signedUrl;
  return { ok: true, id: begun.id, url };
}

const starts = limiter("uploads", { points: UPLOADS_A_DAY, seconds: 24 * 60 * 60 });

async function beginUpload(
  actor: Person,
  announced: Announced,
): Promise<{ ok: true; id: string } | ({ ok: false } & UploadRefusal)> {
  if (!mayUpload(actor)) return { ok: false, why: "may-not-upload" };
  if ((await starts.take(actor.personId)) !== null) return { ok: false, why: "too-much-today" };
  return asActor(actor, async (tx) => {
    const refused = judgeUpload(announced, await queries.usageOf(tx, actor.personId), attachmentLimits(env()));
    if (refused) return { ok: false, ...refused };
    const id = await queries.insertUpload(tx, {
      accountId: actor.side === "client" ? actor.accountId : null,
      uploadedBy: actor.personId,
      name: attachmentName(announced.name),
      byteSize: BigInt(announced.size),
    });
    return { ok: true, id };
  });
}

/** Says that the bytes of an upload are there. False when it is no waiting upload of the actor. */
export function finishUpload(actor: Person, id: string): Promise<boolean> {
  return asActor(actor, (tx) => queries.markArrived(tx, id));
}

/** Takes an upload back. False when it is no unsent upload of the actor. */
export async function dropUpload(actor: Person, id: string): Promise<boolean> {
  const dropped = await asActor(actor, (tx) => queries.dropUpload(tx, id));
  if (dropped) await serviceClient().storage.from(UPLOADS_BUCKET).remove([id]);
  return dropped;
}

/** How unsent uploads of the actor stand; ids that are none of theirs are left out. */
export async function openUploads(actor: Person, ids: readonly string[]): Promise<Upload[]> {
  if (ids.length === 0) return [];
  const found = await asActor(actor, (tx) => queries.listOpenUploads(tx, actor.personId, ids));
  return found.map(({ id, name, byteSize, state, refusal, mediaType }) => {
    return { id, name, byteSize, state, refusal, isPhoto: isPhotoType(mediaType) };
  });
}

/** The field's name in every form. */
const FIELD = "attachments";

export type Collected = {
  ids: string[];
  /** A code for the field when a file of the form was not taken. */
  error: string | null;
  /** What the field is given back when the form is refused. */
  typed: string;
};

/**
 * The uploads that a form carries: ids of those that its page sent before, and files themselves where the browser runs no
 * scripts, which are put into quarantine now. Call it before the form is judged, so that a refused form keeps its files.
 */
export async function collectAttachments(actor: Person, form: FormData): Promise<Collected> {
  const sent = form.getAll(FIELD);
  const ids = uploadIds(sent.filter((value) => typeof value === "string"));
  let error: string | null = null;
  for (const file of sent) {
    // An empty choice arrives as a file without a name.
    if (typeof file === "string" || (file.size === 0 && file.name === "")) continue;
    const kept = await keepFile(actor, file);
    if (kept.ok) ids.push(kept.id);
    else error = kept.why === "too-large" ? `file-too-large:${kept.megabytes}` : `file-${kept.why}`;
  }
  if (ids.length > ATTACHMENTS_MAX) error = `files-too-many:${ATTACHMENTS_MAX}`;
  return { ids, error, typed: JSON.stringify(await openUploads(actor, ids)) };
}

async function keepFile(actor: Person, file: File) {
  const begun = await beginUpload(actor, file);
  if (!begun.ok) return begun;
  const { error } = await serviceClient()
    .storage.from(UPLOADS_BUCKET)
    .upload(begun.id, Buffer.from(await file.arrayBuffer()), { contentType: "application/octet-stream" });
  if (error) throw error;
  await finishUpload(actor, begun.id);
  return begun;
}

/**
 * Makes uploads part of an idea, or of a comment or words of support under it, which the actor wrote in this transaction.
 * Out: whether all of them were there; else some are gone (a day passed), or were never the actor's.
 */
export async function claimAttachments(
  tx: ActorTx,
  ids: readonly string[],
  target: { ideaId: string; commentId?: string; supportId?: string },
): Promise<boolean> {
  if (ids.length === 0) return true;
  const { ideaId, commentId = null, supportId = null } = target;
  return (await queries.claimUploads(tx, ids, { ideaId, commentId, supportId })) === ids.length;
}

/** The same for an internal note of the actor's: its files exist for staff alone, as it does. */
export async function claimForNote(tx: ActorTx, ids: readonly string[], noteId: string): Promise<boolean> {
  return ids.length === 0 || (await queries.claimUploadsForNote(tx, ids, noteId)) === ids.length;
}

/** Whether a file exists for this actor. */
export async function mayReadAttachment(readers: readonly Actor[], id: string): Promise<boolean> {
  return (await findFor(readers, id)) !== undefined;
}

/** The file as the first of these readers who may see it finds it. */
async function findFor(readers: readonly Actor[], id: string) {
  for (const reader of readers) {
    const file = await asActor(reader, (tx) => queries.findReadyFile(tx, id));
    if (file) return file;
  }
  return undefined;
}

export type ServedFile = { body: ReadableStream; mediaType: string; name: string; inline: boolean };

/** A file's bytes; undefined when it exists for none of those who may be asking. Throws when the storage does not answer. */
export async function readAttachment(
  readers: readonly Actor[],
  id: string,
  size: "whole" | "thumb",
): Promise<ServedFile | undefined> {
  const file = await findFor(readers, id);
  const path = size === "thumb" ? file?.thumbPath : file?.storagePath;
  if (!file?.mediaType || !path) return undefined;
  const { data, error } = await serviceClient().storage.from(FILES_BUCKET).download(path).asStream();
  if (error) throw error;
  const { mediaType } = file;
  return { body: data, mediaType, name: savedName(file.name, mediaType), inline: isPhotoType(mediaType) };
}
