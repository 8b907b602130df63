import { useEffect } from "react";

/** The list of what this device keeps (kept.ts), whose script only those load who keep something. */
const LIST = "kept";

/** The list as it is written; null when nothing is kept, or a browser refuses storage. */
function keptList(): string | null {
  try {
    return localStorage.getItem(LIST);
  } catch {
    return null;
  }
}

/** On a page of somebody who is signed in: what another person left on this device goes. */
export function useKeptFor(person: string | undefined): void {
  useEffect(() => {
    if (person) only(person);
  }, [person]);
}

/** On the page where one signs in nobody is signed in: whoever sits here next must find nothing. */
export function useNobodysKept(): void {
  useEffect(() => only(""), []);
}

/** Deletes everything that is kept when somebody signs out; the page after that does so, too. */
export function forgetKeptOnSignOut(): void {
  document.addEventListener("submit", ({ target }) => {
    if (target instanceof HTMLFormElement && target.action.endsWith("/logout")) only("");
  });
}

function only(person: string): void {
  if (keptList() !== null) void import("./kept").then(({ keepOnlyFor }) => keepOnlyFor(person));
}
