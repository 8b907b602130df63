import { ATTACHMENTS_MAX, type Upload } from "../idea-attachment";

/** A file on its way: waiting for its turn, being sent, looked at, taken or not. */
export type Item = {
  key: string;
  name: string;
  byteSize: number;
  phase: "waiting" | "sending" | "checking" | "ready" | "refused" | "failed";
  /** Of what is being sent, 0 to 1. */
  progress: number;
  /** As the server knows it, and where its bytes go; null before it was asked for. */
  id: string | null;
  url: string | null;
  isPhoto: boolean;
  why: string | null;
  megabytes: number | null;
  file: File | null;
};

/** An upload that the server knows already, as the form shows it. */
export const kept = ({ id, name, byteSize, state, refusal, isPhoto }: Upload): Item => ({
  key: id,
  id,
  name,
  byteSize,
  isPhoto,
  phase: state === "ready" || state === "refused" ? state : "checking",
  progress: 1,
  why: refusal,
  megabytes: null,
  url: null,
  file: null,
});

function begin(file: File): Item {
  const { name, size: byteSize } = file;
  const isPhoto = file.type.startsWith("image/");
  return {
    key: crypto.randomUUID(),
    name,
    byteSize,
    isPhoto,
    file,
    phase: "waiting",
    progress: 0,
    id: null,
    url: null,
    why: null,
    megabytes: null,
  };
}

/** The list with files that were chosen. Those that one thing said does not take any more stand in it as refused, and why. */
export function withFiles(all: readonly Item[], files: readonly File[]): readonly Item[] {
  const room = Math.max(0, ATTACHMENTS_MAX - all.filter(({ phase }) => phase !== "refused").length);
  const added = files.map(begin);
  const refused = { phase: "refused", why: "one-too-many" } as const;
  return [...all, ...added.map((item, index) => (index < room ? item : { ...item, ...refused }))];
}

/** Tells the server what became of an upload. Out: whether it took that. */
export async function tell(id: string, intent: "arrived" | "drop"): Promise<boolean> {
  try {
    return (await fetch(`/api/attachments/${id}`, { method: "POST", body: new URLSearchParams({ intent }) })).ok;
  } catch {
    return false;
  }
}

/** How uploads stand; null when nobody answers. */
export async function standing(ids: readonly string[]): Promise<Upload[] | null> {
  try {
    const answer = await fetch(`/api/attachments?${new URLSearchParams(ids.map((id) => ["id", id]))}`);
    return answer.ok ? ((await answer.json()) as Upload[]) : null;
  } catch {
    return null;
  }
}

/**
 * Asks for an address, puts the bytes there, and says that they are there. Every end of it is told. Tried again, it goes on
 * with the upload that it began, since each one counts against what a person may have waiting.
 */
export async function send(
  item: Item,
  running: Map<string, XMLHttpRequest>,
  told: (news: Partial<Item>) => void,
): Promise<void> {
  const { file, key } = item;
  if (!file) return;
  const failed = () => told({ phase: "failed", why: "failed" });
  const request = new XMLHttpRequest();
  running.set(key, request);
  try {
    let begun = item.id && item.url ? { id: item.id, url: item.url } : null;
    if (begun) {
      const found = await standing([begun.id]);
      if (!found) return failed();
      const state = found[0]?.state;
      // All of it arrived at an earlier try, whose answer was lost.
      if (state && state !== "uploading") return told({ key: begun.id, phase: "checking", progress: 1 });
      if (!state) begun = null;
    }
    if (!begun) {
      const form = new URLSearchParams({ name: file.name, type: file.type, size: String(file.size) });
      const answer = await fetch("/api/attachments", { method: "POST", body: form });
      const said = (await answer.json()) as { id?: string; url?: string; why?: string; megabytes?: number };
      if (!said.id || !said.url) {
        return told({ phase: "refused", why: said.why ?? "failed", megabytes: said.megabytes ?? null });
      }
      begun = { id: said.id, url: said.url };
      // Cancelled before there was anything to stop.
      if (running.get(key) !== request) return void tell(begun.id, "drop");
      told(begun);
    }
    const done = await put(request, begun.url, file, (progress) => told({ progress }));
    running.delete(key);
    if (done === "cancelled") return;
    if (done === "refused") {
      // The address takes nothing any more: the next try asks for another one.
      if (await tell(begun.id, "drop")) told({ id: null, url: null });
      return failed();
    }
    if (done === "lost" || !(await tell(begun.id, "arrived"))) return failed();
    // From here on it goes by the name that the server knows it by.
    told({ key: begun.id, phase: "checking", progress: 1 });
  } catch {
    failed();
  }
}

/** XMLHttpRequest, because fetch does not say how much of a body has been sent. */
function put(
  request: XMLHttpRequest,
  url: string,
  file: File,
  progress: (part: number) => void,
): Promise<"sent" | "refused" | "lost" | "cancelled"> {
  return new Promise((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    // 409: these very bytes arrived at an earlier try whose answer was lost.
    request.onload = () =>
      resolve((request.status >= 200 && request.status < 300) || request.status === 409 ? "sent" : "refused");
    request.onerror = () => resolve("lost");
    request.onabort = () => resolve("cancelled");
    request.open("PUT", url);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  });
}
