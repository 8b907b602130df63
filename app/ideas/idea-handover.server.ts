import type { FileToHandOver } from "~/accounts/archive.server";
import { serviceClient } from "~/accounts/supabase.server";
import type { StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { savedName } from "./idea-attachment";
import * as queries from "./idea-attachment.queries.server";
import { FILES_BUCKET } from "./idea-attachments.server";
import { IMAGES_BUCKET } from "./idea-images.server";

/** The door to the files of an account, or of somebody in it, when its data is handed over. What goes with internal notes is ours. */

/** Everything that was sent along with ideas of an account and stands in their briefs; of one person (`by`), what they sent. */
export async function filesToHandOver(staff: StaffActor, accountId: string, by?: string): Promise<FileToHandOver[]> {
  const { sent, pictures } = await asActor(staff, (tx) => queries.listFilesOf(tx, accountId, by ?? null));
  return [
    ...sent.map(({ id, ideaId, name, mediaType, byteSize, storagePath }) => {
      const saved = savedName(name, mediaType);
      return handed({ id, ideaId, name: saved, byteSize }, FILES_BUCKET, storagePath);
    }),
    ...pictures.map(({ storagePath, ...picture }) => handed(picture, IMAGES_BUCKET, storagePath)),
  ];
}

function handed(
  { id, ideaId, name, byteSize }: { id: string; ideaId: string; name: string; byteSize: bigint | number },
  bucket: string,
  storagePath: string,
): FileToHandOver {
  return {
    // By what it is first: two files may have one name. Without what would lead elsewhere where somebody unpacks it.
    path: `files/${ideaId}/${id}-${name.replace(/[\p{Cc}/\\:*?"<>|]/gu, "_")}`,
    name,
    ideaId,
    byteSize: Number(byteSize),
    open: async () => {
      const { data, error } = await serviceClient().storage.from(bucket).download(storagePath).asStream();
      if (!error) return data as unknown as AsyncIterable<Uint8Array>;
      if ("status" in error && (error.status === 404 || error.status === 400)) return null;
      throw error;
    },
  };
}
