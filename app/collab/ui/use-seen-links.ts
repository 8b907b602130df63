import { useEffect, useMemo, useRef, useState } from "react";
import type { BoardElement } from "../board-element";
import { keyOf, linkOf, type SeenLinks } from "../thing-link";
import type { Seen } from "./seen-links";

const AT_ONCE = 100;

/** Asks the server what the cards among these things say to this person, each once. */
export function useSeenLinks(elements: readonly BoardElement[]): Seen {
  const [seen, setSeen] = useState<Seen>(new Map());
  const asked = useRef(new Set<string>());
  const keys = useMemo(
    () => [...new Set(elements.flatMap((element) => linkOf(element) ?? []).map(keyOf))].join(" "),
    [elements],
  );
  useEffect(() => {
    const fresh = keys.split(" ").filter((key) => key !== "" && !asked.current.has(key));
    for (let from = 0; from < fresh.length; from += AT_ONCE) {
      const some = fresh.slice(from, from + AT_ONCE);
      for (const key of some) asked.current.add(key);
      askFor(some).then(
        (answer) => setSeen((known) => new Map([...known, ...some.map((key) => [key, answer[key] ?? null] as const)])),
        () => {
          // No connection: asked again with the next card.
          for (const key of some) asked.current.delete(key);
        },
      );
    }
  }, [keys]);
  return seen;
}

async function askFor(keys: readonly string[]): Promise<SeenLinks> {
  const answer = await fetch(`/api/links?${new URLSearchParams(keys.map((key) => ["of", key]))}`);
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()) as SeenLinks;
}
