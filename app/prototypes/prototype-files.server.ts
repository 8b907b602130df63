import { serviceClient } from "~/accounts/supabase.server";
import { attachmentName } from "~/ideas/idea-attachment";
import type { Actor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { env } from "~/kernel/env.server";
import { mayMake } from "./prototype";
import {
  type FileRefusal,
  isShownWhole,
  judgeAnnounced,
  type Rendition,
  type ReviewFile,
  savedAs,
  type UploadRefusal,
} from "./prototype-file";
import * as queries from "./prototype-file.queries.server";

/**
 * The door to files of versions. A browser sends them straight to the storage's quarantine, at an address signed for one
 * upload; a job looks at them. They are served here, asking the rules each time, so that who is let go loses them at once.
 */

export const UPLOADS_BUCKET = "prototype-uploads";
export const FILES_BUCKET = "prototype-files";

export type StartOutcome = { ok: true; id: string; url: string } | { ok: false; why: UploadRefusal | "not-found" };

/** Begins an upload to a draft: notes it down, and signs an address that takes the bytes once. */
export async function startFile(
  staff: StaffActor,
  versionId: string,
  announced: { name: string; size: number },
): Promise<StartOutcome> {
  const begun = await asActor<{ id: string } | { why: UploadRefusal | "not-found" }>(staff, async (tx) => {
    const target = await queries.findTarget(tx, versionId);
    if (!target) return { why: "not-found" };
    if (!mayMake(staff)) return { why: "may-not" };
    if (!target.isDraft) return { why: "not-a-draft" };
    const why = judgeAnnounced(announced.size, target.files);
    if (why) return { why };
    const name = attachmentName(announced.name);
    const upload = { versionId, uploadedBy: staff.personId, name, byteSize: BigInt(announced.size) };
    return { id: await queries.insertUpload(tx, upload) };
  });
  if ("why" in begun) return { ok: false, why: begun.why };
  const { data, error } = await serviceClient().storage.from(UPLOADS_BUCKET).createSignedUploadUrl(begun.id);
  if (error) throw error;
  // Of our own origin where the storage is ours: a page may be open under another name of this machine.
  const { APP_ORIGIN } = env();
  const url = data.signedUrl.startsWith(`${APP_ORIGIN}/`) ? data.signedUrl.slice(APP_ORIGIN.length) : data.signedUrl;
  return { ok: true, id: begun.id, url };
}

/** Says that the bytes of an upload are there. False when it is no waiting upload of the actor. */
export const finishFile = (staff: StaffActor, id: string): Promise<boolean> =>
  asActor(staff, (tx) => queries.markArrived(tx, id));

/** Takes a file out of a draft. False when there is none to take. */
export async function dropFile(staff: StaffActor, id: string): Promise<boolean> {
  const paths = await asActor(staff, (tx) => queries.dropFile(tx, id));
  if (!paths) return false;
  const { storage } = serviceClient();
  await storage.from(UPLOADS_BUCKET).remove([id]);
  if (paths.length > 0) await storage.from(FILES_BUCKET).remove(paths);
  return true;
}

export type FileStanding = { id: string; state: ReviewFile["state"]; refusal: FileRefusal | null };

/** How the files of a version stand. */
export const listFileStates = (staff: StaffActor, versionId: string): Promise<FileStanding[]> =>
  asActor(staff, (tx) => queries.listStates(tx, versionId));

type Asked = Pick<Rendition, "kind" | "page" | "width"> | null;

/** The file as the first of these readers who may see it finds it. Whole, readers get what a viewer needs whole; staff get all. */
async function findFor(readers: readonly Actor[], id: string, asked: Asked) {
  for (const reader of readers) {
    const found = await asActor(reader, (tx) => queries.findStored(tx, id, asked));
    if (found && (asked || reader.side === "staff" || isShownWhole(found.kind))) return found;
  }
  return undefined;
}

/** Whether a file exists for one of these readers. */
export const mayReadPrototypeFile = async (readers: readonly Actor[], id: string, asked: Asked): Promise<boolean> =>
  (await findFor(readers, id, asked)) !== undefined;

export type ServedFile = { body: ReadableStream; mediaType: string; name: string; inline: boolean };

/** A file's bytes, or those of what was made of it. Throws when the storage does not answer. */
export async function readPrototypeFile(
  readers: readonly Actor[],
  id: string,
  asked: Asked,
): Promise<ServedFile | undefined> {
  const found = await findFor(readers, id, asked);
  if (!found) return undefined;
  const { name, kind, path, mediaType } = found;
  const { data, error } = await serviceClient().storage.from(FILES_BUCKET).download(path).asStream();
  if (error) throw error;
  return { body: data, mediaType, name: savedAs(name, mediaType), inline: asked !== null || isShownWhole(kind) };
}
