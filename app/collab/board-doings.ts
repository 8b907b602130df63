import type { BoardElement } from "./board-element";
import { type OutlineItem, outlineOf } from "./board-outline";

/** What happened on a board between two moments, thing by thing: what is said to whoever does not see it happen. */

export type Did = "added" | "moved" | "changed" | "restyled" | "removed";

/** `parts`: the elements that the thing is made of, by which whoever knows who changed those knows who did this. */
export type Doing = { readonly did: Did; readonly item: OutlineItem; readonly parts: readonly string[] };

/** How a thing is drawn, not what it is. */
const STYLES = ["strokeColor", "backgroundColor", "fillStyle", "strokeWidth", "strokeStyle", "opacity"] as const;
const FORM = ["width", "height", "angle", "points", "fileId"] as const;

const differ = (before: BoardElement, after: BoardElement, fields: readonly string[]) =>
  fields.some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));

/** How far something went, in whole units. */
function way(id: string, had: Board, has: Board): string {
  const [before, after] = [had.elements.get(id), has.elements.get(id)];
  return before && after ? `${Math.round(after.x - before.x)} ${Math.round(after.y - before.y)}` : "";
}

class Board {
  readonly elements: ReadonlyMap<string, BoardElement>;
  readonly items: ReadonlyMap<string, OutlineItem>;
  private readonly inside = new Map<string, string>();

  constructor(board: readonly BoardElement[]) {
    this.elements = new Map(board.map((element) => [element.id, element]));
    this.items = new Map(outlineOf(board).map((item) => [item.id, item]));
    for (const { id, containerId } of board) if (typeof containerId === "string") this.inside.set(containerId, id);
  }

  parts(id: string): string[] {
    const text = this.inside.get(id);
    return text === undefined ? [id] : [id, text];
  }
}

/** In: a board, made safe, and the same one later. */
export function doingsBetween(before: readonly BoardElement[], after: readonly BoardElement[]): Doing[] {
  if (before === after) return [];
  const [had, has] = [new Board(before), new Board(after)];
  const moved = new Set<string>();
  const doings: Doing[] = [];
  const tell = (did: Did, item: OutlineItem) => {
    doings.push({ did, item, parts: [...new Set([...had.parts(item.id), ...has.parts(item.id)])] });
  };
  for (const [id, element] of has.elements) {
    const earlier = had.elements.get(id);
    if (earlier && earlier !== element && differ(earlier, element, ["x", "y"])) moved.add(id);
  }
  for (const [id, item] of has.items) {
    const [earlier, element] = [had.elements.get(id), has.elements.get(id)];
    if (!earlier || !element) {
      tell("added", item);
      continue;
    }
    const saidBefore = had.items.get(id)?.says;
    const reworded = saidBefore !== item.says;
    const follows = goesWith(element, moved, had, has);
    // A text takes the room that its words need.
    const isOther = earlier !== element && !(reworded && element.type === "text");
    const reshaped = isOther && !follows && differ(earlier, element, FORM);
    if (reworded || reshaped) tell("changed", item);
    if (isOther && moved.has(id) && !reshaped && !follows) tell("moved", item);
    if (earlier !== element && differ(earlier, element, STYLES)) tell("restyled", item);
  }
  for (const [id, item] of had.items) if (!has.elements.has(id)) tell("removed", item);
  return doings;
}

/** Whether a thing only went where something else took it: with its frame, or held by what it leads to. */
function goesWith(element: BoardElement, moved: ReadonlySet<string>, had: Board, has: Board): boolean {
  const { id, frameId } = element;
  if (frameId !== null && moved.has(frameId)) return way(id, had, has) === way(frameId, had, has);
  return [element.startBinding, element.endBinding].some((end) => {
    const { elementId } = (end ?? {}) as { elementId?: string };
    return elementId !== undefined && moved.has(elementId);
  });
}
