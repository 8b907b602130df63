import { useSyncExternalStore } from "react";
import { type Here, NOBODY } from "~/kernel/here";

/** Who is at what, as the server tells it to this browser. */
const at = new Map<string, Here>();
const listeners = new Set<() => void>();

/** Takes what the server tells. In: who is where; `whole`: and nobody is anywhere else. */
export function takeHere(things: Readonly<Record<string, Here>>, whole = false): void {
  if (whole) {
    if (at.size === 0 && Object.keys(things).length === 0) return;
    at.clear();
  }
  for (const [topic, here] of Object.entries(things)) {
    if (here.people.length > 0) at.set(topic, here);
    else at.delete(topic);
  }
  for (const listener of listeners) listener();
}

/** Everything that is known, for a tab that has just been opened. */
export const allHere = (): Record<string, Here> => Object.fromEntries(at);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Who else is at a thing now. In: its topic, as `idea:<id>`. Nobody, until a page with a line to the server is told. */
export function useHere(topic: string): Here {
  return useSyncExternalStore(
    subscribe,
    () => at.get(topic) ?? NOBODY,
    () => NOBODY,
  );
}
