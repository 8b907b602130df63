import { useCallback, useEffect, useRef, useState } from "react";
import type { Upload } from "../idea-attachment";
import { type Item, kept, send, standing, tell, withFiles } from "./attachment-sending";

const AT_ONCE = 3;
const ASK_AGAIN_MS = [400, 600, 900, 1_500, 2_500, 4_000];
const DRAFT = "draft-files:";

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
    setItems((all) => withFiles(all, files));
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

/** Remembers what was sent, next to the draft of the form, and finds it again after a reload. */
function useDraftOfFiles(
  items: readonly Item[],
  setItems: (change: (all: readonly Item[]) => readonly Item[]) => void,
  draft: string | undefined,
) {
  const [restored, setRestored] = useState(false);
  const unanswered = useRef<readonly string[]>([]);
  useEffect(() => {
    if (!draft) return setRestored(true);
    const ids = read(draft);
    if (ids.length === 0) return setRestored(true);
    void standing(ids).then((found) => {
      // Nobody said that they are gone: they are asked for again when the page is opened next.
      if (!found) unanswered.current = ids;
      setItems((all) => [...(found ?? []).filter(({ id }) => all.every((item) => item.id !== id)).map(kept), ...all]);
      setRestored(true);
    });
  }, [draft, setItems]);
  useEffect(() => {
    if (draft && restored) write(draft, [...unanswered.current, ...items.filter(isSent).map(({ id }) => id)]);
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
