import { randomUUID } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import { serviceClient } from "~/accounts/supabase.server";
import type { Actor, ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { briefRights, IMAGE_MAX_BYTES, type ImageRefusal } from "./idea";
import { findFile, findIdeaHead, insertFile } from "./idea.queries.server";

/** Pictures of a brief: re-encoded, so that neither a script nor a place of a photo comes along, and kept in a private bucket. */

export const IMAGES_BUCKET = "idea-files";
const TAKEN: readonly string[] = ["image/png", "image/jpeg", "image/webp", "image/avif", "image/gif"];
/** A picture that unpacks to more pixels than this is refused: it would fill the memory. */
const MOST_PIXELS = 60_000_000;
const LONGEST_SIDE = 2_400;

export type ImageOutcome =
  | { ok: true; src: string; width: number; height: number }
  | { ok: false; why: ImageRefusal | "not-found" };

/** Keeps one picture for an idea's brief. Throws when the storage does not answer; then nothing was kept. */
export async function addImage(actor: ClientActor | StaffActor, ideaId: string, file: File): Promise<ImageOutcome> {
  const idea = await asActor(actor, (tx) => findIdeaHead(tx, ideaId));
  if (!idea) return { ok: false, why: "not-found" };
  if (briefRights(actor) !== "edit") return { ok: false, why: "may-not-write" };
  if (file.size === 0) return { ok: false, why: "no-file" };
  if (file.size > IMAGE_MAX_BYTES) return { ok: false, why: "too-large" };

  const picture = await reencode(Buffer.from(await file.arrayBuffer()));
  if (!picture) return { ok: false, why: "not-an-image" };
  const { width, height } = picture.info;
  const id = randomUUID();
  const storagePath = `${ideaId}/${id}.webp`;
  const bucket = serviceClient().storage.from(IMAGES_BUCKET);
  const { error } = await bucket.upload(storagePath, picture.data, { contentType: "image/webp" });
  if (error) throw error;

  const kept = {
    id,
    ideaId,
    accountId: idea.accountId,
    name: nameOf(file),
    mediaType: "image/webp",
    byteSize: BigInt(picture.data.length),
    width,
    height,
    storagePath,
    createdBy: actor.personId,
  };
  try {
    await asActor(actor, (tx) => insertFile(tx, kept));
  } catch (error) {
    await bucket.remove([storagePath]);
    throw error;
  }
  return { ok: true, src: `/api/files/${id}`, width, height };
}

/** Upright, without metadata, as WebP; null when the bytes are not a picture that we take, whatever the name says. */
async function reencode(bytes: Buffer) {
  const type = await fileTypeFromBuffer(bytes);
  if (!type || !TAKEN.includes(type.mime)) return null;
  try {
    return await sharp(bytes, { limitInputPixels: MOST_PIXELS })
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true });
  } catch {
    // Cut off, damaged, or too many pixels: to the person it is one thing.
    return null;
  }
}

function nameOf(file: File): string {
  const name = file.name.replace(/\p{C}/gu, "").trim();
  return [...name].slice(0, 200).join("") || "picture";
}

/** The picture as the first of these readers who may see it finds it. */
async function findFor(readers: readonly Actor[], fileId: string) {
  for (const reader of readers) {
    const file = await asActor(reader, (tx) => findFile(tx, fileId));
    if (file) return file;
  }
  return undefined;
}

/** Whether a picture exists for one of those who may be asking. */
export async function mayReadImage(readers: readonly Actor[], fileId: string): Promise<boolean> {
  return (await findFor(readers, fileId)) !== undefined;
}

/** A picture's bytes; undefined when it exists for none of them. Throws when the storage does not answer. */
export async function readImage(
  readers: readonly Actor[],
  fileId: string,
): Promise<{ bytes: Blob; mediaType: string } | undefined> {
  const file = await findFor(readers, fileId);
  if (!file) return undefined;
  const { data, error } = await serviceClient().storage.from(IMAGES_BUCKET).download(file.storagePath);
  if (error) throw error;
  return { bytes: data, mediaType: file.mediaType };
}
