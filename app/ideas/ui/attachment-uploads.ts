import { useCallback, useEffect, useRef, useState } from "react";
import { ATTACHMENTS_MAX, type Upload } from "../idea-attachment";

/** A file on its way: waiting for its turn, being sent, looked at, taken or not. */
export type Item = {
  key: string;
  name: string;
  byteSize: number;
  phase: "waiting" | "sending" | "checking" | "ready" | "refused" | "failed";
  /** Of what is being sent, 0 to 1. */
  progress: number;
  id: string | null;
  isPhoto: boolean;
  why: string | null;
  megabytes: number | null;
  file: File | null;
};

const AT_ONCE = 3;
const ASK_AGAIN_MS = [400, 600, 900, 1_500, 2_500, 4_000];
const DRAFT = "draft-files:";

const kept = ({ id, name, byteSize, state, refusal, isPhoto }: Upload): Item => ({
  key: id,
  id,
  name,
  byteSize,
  isPhoto,
  phase: state === "ready" || state === "refused" ? state : "checking",
  progress: 1,
  why: refusal,
  megabytes: null,
  file: null,
});

const isSent = ({ phase, id }: Item) => id !== null && (phase === "checking" || phase === "ready");

/** The uploads of one form: several at once, with progress; each may be cancelled, tried again, or taken out. */
export function useUploads(initial: readonly Upload[], draft: string | undefined) {
  const [items, setItems] = useState<readonly Item[]>(() => initial.map(kept));
  const running = useRef(new Map<string, XMLHttpRequest>());
  const change = useCallback((key: string, news: Partial<Item>) => {
    setItems((all) => all.map((item) => (item.key === key ? { ...item, ...news } : item)));
  }, []);

  const remove = useCallback((item: Item) => {
    running.current.get(item.key)?.abort();
    running.current.delete(item.key);
    setItems((all) => all.filter(({ key }) => key !== item.key));
    if (item.id) void tell(item.id, "drop");
  }, []);

  const add = useCallback((files: readonly File[]) => {
    setItems((all) => {
      const room = Math.max(0, ATTACHMENTS_MAX - all.length);
      return [...all, ...files.slice(0, room).map(begin)];
    });
    return files.length;
  }, []);

  const retry = useCallback((item: Item) => change(item.key, { phase: "waiting", why: null, progress: 0 }), [change]);

  // Whoever waits is sent as soon as a place is free.
  useEffect(() => {
    const busy = items.filter(({ phase }) => phase === "sending").length;
    for (const item of items.filter(({ phase }) => phase === "waiting").slice(0, AT_ONCE - busy)) {
      change(item.key, { phase: "sending" });
      void send(item, running.current, (news) => change(item.key, news));
    }
  }, [items, change]);

  const waiting = items.filter(({ phase }) => phase === "checking").map(({ id }) => id);
  const asked = waiting.join(" ");
  // The check takes a moment; nothing tells an unsent form about it, so it asks, ever more rarely.
  useEffect(() => {
    if (!asked) return;
    let round = 0;
    let timer = setTimeout(ask, ASK_AGAIN_MS[0]);
    async function ask() {
      round += 1;
      const found = await standing(asked.split(" "));
      for (const upload of found ?? []) if (upload.state !== "checking") change(upload.id, settled(upload));
      if (round < 40) timer = setTimeout(ask, ASK_AGAIN_MS[Math.min(round, ASK_AGAIN_MS.length - 1)]);
    }
    return () => clearTimeout(timer);
    function settled(upload: Upload): Partial<Item> {
      return { phase: upload.state === "ready" ? "ready" : "refused", why: upload.refusal, isPhoto: upload.isPhoto };
    }
  }, [asked, change]);

  const restored = useDraftOfFiles(items, setItems, draft);
  const clear = useCallback(() => setItems([]), []);
  return {
    items,
    add,
    remove,
    retry,
    clear,
    restored,
    isBusy: items.some(({ phase }) => phase === "waiting" || phase === "sending"),
  };
}

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
    why: null,
    megabytes: null,
  };
}

async function tell(id: string, intent: "arrived" | "drop"): Promise<boolean> {
  try {
    return (await fetch(`/api/attachments/${id}`, { method: "POST", body: new URLSearchParams({ intent }) })).ok;
  } catch {
    return false;
  }
}

async function standing(ids: readonly string[]): Promise<Upload[] | null> {
  try {
    const answer = await fetch(`/api/attachments?${new URLSearchParams(ids.map((id) => ["id", id]))}`);
    return answer.ok ? ((await answer.json()) as Upload[]) : null;
  } catch {
    return null;
  }
}

/** Asks for an address, puts the bytes there, and says that they are there. Every end of it is told. */
async function send(
  item: Item,
  running: Map<string, XMLHttpRequest>,
  told: (news: Partial<Item>) => void,
): Promise<void> {
  const { file, key } = item;
  if (!file) return;
  const failed = () => told({ phase: "failed", why: "failed" });
  try {
    const form = new URLSearchParams({ name: file.name, size: String(file.size) });
    const answer = await fetch("/api/attachments", { method: "POST", body: form });
    const begun = (await answer.json()) as { id?: string; url?: string; why?: string; megabytes?: number };
    if (!begun.id || !begun.url) {
      return told({ phase: "refused", why: begun.why ?? "failed", megabytes: begun.megabytes ?? null });
    }
    told({ id: begun.id });
    const request = new XMLHttpRequest();
    running.set(key, request);
    const done = await put(request, begun.url, file, (progress) => told({ progress }));
    running.delete(key);
    if (done === "cancelled") return;
    if (!done || !(await tell(begun.id, "arrived"))) return failed();
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
): Promise<boolean | "cancelled"> {
  return new Promise((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    // 409: these very bytes arrived at an earlier try whose answer was lost.
    request.onload = () => resolve((request.status >= 200 && request.status < 300) || request.status === 409);
    request.onerror = () => resolve(false);
    request.onabort = () => resolve("cancelled");
    request.open("PUT", url);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  });
}

/** Remembers what was sent, next to the draft of the form, and finds it again after a reload. */
function useDraftOfFiles(
  items: readonly Item[],
  setItems: (change: (all: readonly Item[]) => readonly Item[]) => void,
  draft: string | undefined,
) {
  const [restored, setRestored] = useState(false);
  useEffect(() => {
    if (!draft) return setRestored(true);
    const ids = read(draft);
    if (ids.length === 0) return setRestored(true);
    void standing(ids).then((found) => {
      setItems((all) => [...(found ?? []).filter(({ id }) => all.every((item) => item.id !== id)).map(kept), ...all]);
      setRestored(true);
    });
  }, [draft, setItems]);
  useEffect(() => {
    if (draft && restored)
      write(
        draft,
        items.filter(isSent).map(({ id }) => id),
      );
  }, [draft, restored, items]);
  return restored;
}

// A browser may refuse storage (private windows, full disk): then nothing is kept, and sending goes on.
function read(draft: string): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(DRAFT + draft) ?? "[]");
    return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

function write(draft: string, ids: readonly (string | null)[]): void {
  try {
    if (ids.length > 0) localStorage.setItem(DRAFT + draft, JSON.stringify(ids));
    else localStorage.removeItem(DRAFT + draft);
  } catch {}
}
