/** What an address shows of an idea, on either side: its brief or its board. */
export type KeptPlace = { path: string; idea: string; part: "brief" | "board" };

// public/offline-worker.js knows the same addresses.
const PLACE = /^((?:\/staff)?\/ideas\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))(\/board)?\/?$/;

/** The document at an address, null when none is. */
export function keptPlace(path: string): KeptPlace | null {
  const [, , idea, board] = PLACE.exec(path) ?? [];
  return idea === undefined ? null : { path, idea, part: board ? "board" : "brief" };
}

/** The address of the same idea's board, or of its brief. */
export const otherPart = ({ path, part }: KeptPlace): string =>
  part === "brief" ? `${path.replace(/\/$/, "")}/board` : path.replace(/\/board\/?$/, "");
