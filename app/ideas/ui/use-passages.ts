import { useNavigate } from "@remix-run/react";
import { useCallback, useMemo, useState } from "react";
import type { PassageProps, Picked } from "~/collab/ui/passage-props";
import type { Threads } from "../idea-thread";

/** What a live brief marks of its threads and lets be chosen, and what was chosen, for the form beside it. */
export function usePassages(threads: Threads, mayPick: boolean) {
  const [picked, setPicked] = useState<Picked | null>(null);
  const navigate = useNavigate();
  const open = threads.rows.find(({ all }) => all)?.threadId ?? null;
  const marked = useMemo(
    () => threads.rows.filter(({ resolved }) => !resolved).map((thread) => ({ ...thread, id: thread.threadId })),
    [threads],
  );
  const onOpen = useCallback((id: string) => navigate(`?thread=${id}#thread-${id}`), [navigate]);
  const passages: PassageProps = { marked, open, onOpen, onPick: mayPick ? setPicked : undefined };
  return { passages, picked, onDone: () => setPicked(null) };
}
