import type { BoardElement } from "./board-element";
import { readBoard } from "./board-elements";
import { docOf, storeOfJobs } from "./stored-doc.server";

/**
 * What stands on a board as it is stored, whatever process serves its room: for forms that speak of a thing on it. Empty when
 * nobody has opened it yet; null when part of it cannot be read, which is not the same: what stood on it is not gone.
 */
export async function boardNow(room: string): Promise<BoardElement[] | null> {
  const stored = await storeOfJobs().load(room);
  if (!stored) return [];
  const doc = readable(stored);
  if (!doc) return null;
  const board = readBoard(doc);
  doc.destroy();
  return board;
}

function readable(stored: Parameters<typeof docOf>[0]) {
  if (stored.broken) return null;
  try {
    return docOf(stored);
  } catch {
    // Bytes that are no update: whoever opens the board is told, and so are those who keep the server.
    return null;
  }
}
