import type { UploadOutcome } from "~/collab/ui/brief-props";
import type { ImageRefusal } from "../idea";

type ImageAnswer = { src: string; width: number; height: number } | { why: ImageRefusal };

/** Stores a picture for an idea's brief or board. Rejects when the line failed. */
export async function sendPicture(
  ideaId: string,
  file: File,
  signal: AbortSignal,
  sayWhy: (why: ImageRefusal) => string,
): Promise<UploadOutcome> {
  const body = new FormData();
  body.set("file", file);
  const response = await fetch(`/api/ideas/${ideaId}/images`, { method: "POST", body, signal });
  if (!response.headers.get("content-type")?.includes("application/json")) throw new Error(response.statusText);
  const answer = (await response.json()) as ImageAnswer;
  return "why" in answer ? { ok: false, why: sayWhy(answer.why) } : { ok: true, ...answer };
}
