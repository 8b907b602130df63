import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { SystemTx } from "~/kernel/system-tx.server";
import type { FileRefusal, Rendition, ReviewFile } from "./prototype-file";

/** Files of versions: sending, finding, and what the check writes down. */

/** A column with the files of the version `v`, in their order, as far as the actor sees them. */
export const filesOfVersion = sql<ReviewFile[]>`coalesce((
  select json_agg(json_build_object('id', f.id, 'name', f.name, 'kind', f.kind, 'address', f.address,
    'mediaType', f.media_type, 'byteSize', f.byte_size, 'width', f.width, 'height', f.height, 'pages', f.pages,
    'durationMs', f.duration_ms, 'frameRate', f.frame_rate, 'triangles', f.triangles, 'state', f.state,
    'refusal', f.refusal, 'renditions', coalesce((
      select json_agg(json_build_object('kind', r.kind, 'page', r.page, 'width', r.width, 'height', r.height)
        order by r.page, r.width)
      from prototype_renditions r where r.version_id = f.version_id and r.file_id = f.id), '[]')) order by f.id)
  from prototype_files f where f.version_id = v.id), '[]')`;

/** A draft that files come to: how many it holds. Undefined: there is no such version; `isDraft` false: nothing comes to it. */
export function findTarget(tx: ActorTx, versionId: string) {
  return tx
    .selectFrom("prototypeVersions as v")
    .where("v.id", "=", versionId)
    .select(sql<boolean>`v.published_at is null`.as("isDraft"))
    .select(sql<number>`(select count(*)::int from prototype_files f where f.version_id = v.id)`.as("files"))
    .executeTakeFirst();
}

export async function insertUpload(
  tx: ActorTx,
  upload: { versionId: string; uploadedBy: string; name: string; byteSize: bigint },
): Promise<string> {
  return (await tx.insertInto("prototypeFiles").values(upload).returning("id").executeTakeFirstOrThrow()).id;
}

/** The bytes are there: has them checked. False when this is no upload of the actor, or was told before. */
export async function markArrived(tx: ActorTx, id: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select private.prototype_file_arrived(${id}::uuid) as done`.execute(tx);
  return rows[0]?.done ?? false;
}

/** Takes a file out of a draft. Out: where what was kept of it lay; undefined when there is none to take. */
export async function dropFile(tx: ActorTx, id: string): Promise<string[] | undefined> {
  const { rows } = await sql<{ path: string | null }>`
    select private.drop_prototype_file(${id}::uuid) as path`.execute(tx);
  return rows.length > 0 ? rows.flatMap(({ path }) => path ?? []) : undefined;
}

/** How the files of a version stand. */
export function listStates(tx: ActorTx, versionId: string) {
  return tx
    .selectFrom("prototypeFiles as f")
    .where("f.versionId", "=", versionId)
    .select(["f.id", sql<ReviewFile["state"]>`f.state`.as("state"), sql<FileRefusal | null>`f.refusal`.as("refusal")])
    .orderBy("f.id")
    .execute();
}

/** Where a file, or what was made of it, lies; undefined when it does not exist for this actor, or is not ready. */
export async function findStored(
  tx: ActorTx,
  id: string,
  rendition: Pick<Rendition, "kind" | "page" | "width"> | null,
) {
  const found = await tx
    .selectFrom("prototypeFiles as f")
    .leftJoin("prototypeRenditions as r", (on) =>
      on
        .onRef("r.fileId", "=", "f.id")
        .on("r.kind", "=", rendition?.kind ?? "")
        .on("r.page", "=", rendition?.page ?? 0)
        .on("r.width", "=", rendition?.width ?? 0),
    )
    .where("f.id", "=", id)
    .where("f.state", "=", "ready")
    .select(["f.name", "f.mediaType", "f.storagePath", sql<ReviewFile["kind"]>`f.kind`.as("kind")])
    .select(["r.storagePath as madePath", "r.mediaType as madeType"])
    .executeTakeFirst();
  if (!found) return undefined;
  const { name, kind, mediaType, storagePath, madePath, madeType } = found;
  const at = rendition ? { path: madePath, mediaType: madeType } : { path: storagePath, mediaType };
  return at.path && at.mediaType ? { name, kind, path: at.path, mediaType: at.mediaType } : undefined;
}

// ------------------------------------------------------------------ as the system checks them

/** An upload that waits for its check; undefined when there is none of this id any more. */
export function findUnchecked(tx: SystemTx, id: string) {
  return tx
    .selectFrom("prototypeFiles as f")
    .where("f.id", "=", id)
    .where("f.state", "=", "checking")
    .select(["f.id", "f.versionId"])
    .executeTakeFirst();
}

/** Whether there is such a file at all. */
export async function isThere(tx: SystemTx, id: string): Promise<boolean> {
  return (await tx.selectFrom("prototypeFiles").where("id", "=", id).select("id").executeTakeFirst()) !== undefined;
}

export async function setRefused(tx: SystemTx, id: string, refusal: FileRefusal): Promise<void> {
  await tx
    .updateTable("prototypeFiles")
    .set({ state: "refused", refusal })
    .where("id", "=", id)
    .where("state", "=", "checking")
    .execute();
}

export type Kept = {
  kind: string;
  mediaType: string;
  byteSize: bigint;
  sha256: Buffer;
  storagePath: string;
  width: number | null;
  height: number | null;
  pages: number | null;
  triangles: number | null;
};
export type KeptRendition = Rendition & { storagePath: string; byteSize: number };

/** Writes down what a file is and what was made of it, unless another check was quicker or it was taken out meanwhile. */
export async function setReady(
  tx: SystemTx,
  { id, versionId }: { id: string; versionId: string },
  kept: Kept,
  made: readonly KeptRendition[],
): Promise<boolean> {
  const done = await tx
    .updateTable("prototypeFiles")
    .set({ ...kept, state: "ready" })
    .where("id", "=", id)
    .where("state", "=", "checking")
    .returning("id")
    .executeTakeFirst();
  if (!done) return false;
  const rows = made.map((one) => ({ ...one, fileId: id, versionId, mediaType: "image/webp" }));
  if (rows.length > 0) await tx.insertInto("prototypeRenditions").values(rows).execute();
  return true;
}
