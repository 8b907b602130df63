import type { BoardElement } from "./board-element";
import { readBoard } from "./board-elements";
import { docOf, storeOfJobs } from "./stored-doc.server";

/**
 * What stands on a board as it is stored, whatever process serves its room: for forms that speak of a thing on it. Nothing when
 * nobody has opened it yet, or when part of it cannot be read.
 */
export async function boardNow(room: string): Promise<BoardElement[]> {
  const stored = await storeOfJobs().load(room);
  if (!stored || stored.broken) return [];
  const doc = docOf(stored);
  const board = readBoard(doc);
  doc.destroy();
  return board;
}
