import { useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ReviewFile, UploadRefusal } from "../prototype-file";

const AT_ONCE = 3;
/** Nothing tells the page that a file was looked at, so it asks, ever more rarely. */
const ASK_AGAIN_MS = [500, 700, 1_000, 1_500, 2_500, 4_000, 6_000];

/** A file on its way. When all of it is there the page shows it among the version's files. */
export type Sending = {
  key: string;
  file: File;
  name: string;
  byteSize: number;
  phase: "waiting" | "sending" | "failed";
  /** Of what is being sent, 0 to 1. */
  progress: number;
  /** As the server knows it; null before it was asked for. */
  id: string | null;
  /** Why it will never be taken; null: the line broke. */
  why: UploadRefusal | null;
};

const begin = (file: File): Sending => ({
  key: crypto.randomUUID(),
  file,
  name: file.name,
  byteSize: file.size,
  phase: "waiting",
  progress: 0,
  id: null,
  why: null,
});

const WHYS: readonly string[] = ["may-not", "empty", "too-large", "too-many", "not-a-draft"] satisfies UploadRefusal[];
const isWhy = (said: unknown): said is UploadRefusal => WHYS.some((why) => why === said);

/** The uploads of a draft, and its files, which are asked about until each was looked at. */
export function useVersionUploads(version: string, files: readonly ReviewFile[]) {
  const [sendings, setSendings] = useState<readonly Sending[]>([]);
  const running = useRef(new Map<string, XMLHttpRequest>());
  const { revalidate } = useRevalidator();
  const change = useCallback((key: string, news: Partial<Sending>) => {
    setSendings((all) => all.map((one) => (one.key === key ? { ...one, ...news } : one)));
  }, []);
  const forget = useCallback((key: string) => setSendings((all) => all.filter((one) => one.key !== key)), []);
  const drop = useCallback(
    async (id: string) => {
      await tell(id, "drop");
      revalidate();
    },
    [revalidate],
  );

  useEffect(() => {
    const busy = sendings.filter(({ phase }) => phase === "sending").length;
    for (const one of sendings.filter(({ phase }) => phase === "waiting").slice(0, AT_ONCE - busy)) {
      change(one.key, { phase: "sending" });
      void send(version, one, running.current, (news) => change(one.key, news)).then((isThere) => {
        if (!isThere) return;
        forget(one.key);
        revalidate();
      });
    }
  }, [version, sendings, change, forget, revalidate]);

  const checking = files.filter(({ state }) => state === "checking").length;
  useEffect(() => {
    if (checking === 0) return;
    let round = 0;
    let timer = setTimeout(ask, ASK_AGAIN_MS[0]);
    function ask() {
      revalidate();
      round += 1;
      if (round < 60) timer = setTimeout(ask, ASK_AGAIN_MS[Math.min(round, ASK_AGAIN_MS.length - 1)]);
    }
    return () => clearTimeout(timer);
  }, [checking, revalidate]);

  return {
    sendings,
    add: (chosen: readonly File[]) => setSendings((all) => [...all, ...chosen.map(begin)]),
    cancel: ({ key, id }: Sending) => {
      running.current.get(key)?.abort();
      running.current.delete(key);
      forget(key);
      if (id) void drop(id);
    },
    retry: ({ key }: Sending) => change(key, { phase: "waiting", progress: 0 }),
    drop,
  };
}

async function tell(id: string, intent: "arrived" | "drop"): Promise<boolean> {
  try {
    return (await fetch(`/api/prototype-files/${id}`, { method: "POST", body: new URLSearchParams({ intent }) })).ok;
  } catch {
    return false;
  }
}

/** Asks for an address, puts the bytes there, and says that they are there. Out: whether they are. */
async function send(
  version: string,
  { key, file, id: before }: Sending,
  running: Map<string, XMLHttpRequest>,
  told: (news: Partial<Sending>) => void,
): Promise<boolean> {
  const request = new XMLHttpRequest();
  running.set(key, request);
  const failed = (why: UploadRefusal | null = null) => {
    running.delete(key);
    told({ phase: "failed", why });
    return false;
  };
  try {
    // What came of an earlier try is no part of the draft.
    if (before) await tell(before, "drop");
    const form = new URLSearchParams({ version, name: file.name, size: String(file.size) });
    const answer = await fetch("/api/prototype-files", { method: "POST", body: form });
    const said = (await answer.json()) as { id?: string; url?: string; why?: string };
    if (!said.id || !said.url) return failed(isWhy(said.why) ? said.why : null);
    told({ id: said.id });
    // Cancelled before there was anything to stop.
    if (running.get(key) !== request) {
      await tell(said.id, "drop");
      return false;
    }
    const isSent = await put(request, said.url, file, (progress) => told({ progress }));
    if (running.get(key) !== request) return false;
    running.delete(key);
    return isSent && (await tell(said.id, "arrived")) ? true : failed();
  } catch {
    return failed();
  }
}

/** XMLHttpRequest, because fetch does not say how much of a body has been sent. */
function put(request: XMLHttpRequest, url: string, file: File, progress: (part: number) => void): Promise<boolean> {
  return new Promise((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(request.status >= 200 && request.status < 300);
    request.onerror = () => resolve(false);
    request.onabort = () => resolve(false);
    request.open("PUT", url);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  });
}
