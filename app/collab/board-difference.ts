import type { BoardElement } from "./board-element";
import type { BoardChange } from "./board-elements";
import { type OutlineItem, outlineOf } from "./board-outline";

/** What one board has that another has not. */

export type ElementChange = "added" | "changed" | "removed";

/** By the id of an element: what became of it. What stays as it was is not in here. */
export type BoardDifference = Readonly<Record<string, ElementChange>>;

/** Fields that say nothing of how an element looks: what lies on top, what holds on to it. */
const UNSEEN = new Set(["index", "boundElements", "seed", "groupIds", "locked"]);

const looks = (element: BoardElement): string =>
  JSON.stringify(Object.entries(element).filter(([field]) => !UNSEEN.has(field)));

const byId = (elements: readonly BoardElement[]) => new Map(elements.map((element) => [element.id, element]));

/** In: two boards, each made safe. */
export function boardDifference(before: readonly BoardElement[], after: readonly BoardElement[]): BoardDifference {
  const [had, has] = [byId(before), byId(after)];
  const found: Record<string, ElementChange> = {};
  for (const { id } of before) if (!has.has(id)) found[id] = "removed";
  for (const element of after) {
    const earlier = had.get(element.id);
    if (!earlier) found[element.id] = "added";
    else if (looks(earlier) !== looks(element)) found[element.id] = "changed";
  }
  return found;
}

/** The difference as a list to read aloud: a thing with what stands in it. */
export function changedItems(
  before: readonly BoardElement[],
  after: readonly BoardElement[],
): { item: OutlineItem; change: ElementChange }[] {
  const difference = boardDifference(before, after);
  const holders = new Map<string, ElementChange>();
  for (const { id, containerId } of [...before, ...after]) {
    if (typeof containerId === "string" && difference[id]) holders.set(containerId, "changed");
  }
  const changeOf = (id: string) => difference[id] ?? holders.get(id);
  const now = outlineOf(after).flatMap((item) => {
    const change = changeOf(item.id);
    return change ? [{ item, change }] : [];
  });
  const gone = outlineOf(before).filter(({ id }) => difference[id] === "removed");
  return [...now, ...gone.map((item) => ({ item, change: "removed" as const }))];
}

/** What a person would have to do to a board so that it is as another was. */
export function changeInto(present: readonly BoardElement[], wanted: readonly BoardElement[]): BoardChange {
  const [has, wants] = [byId(present), byId(wanted)];
  const changed = new Map<string, Record<string, unknown>>();
  for (const element of wanted) {
    const there = has.get(element.id);
    if (!there) continue;
    const fields: Record<string, unknown> = {};
    for (const field of new Set([...Object.keys(there), ...Object.keys(element)])) {
      if (JSON.stringify(there[field]) !== JSON.stringify(element[field])) fields[field] = element[field] ?? null;
    }
    if (Object.keys(fields).length > 0) changed.set(element.id, fields);
  }
  return {
    added: wanted.filter(({ id }) => !has.has(id)),
    changed,
    removed: present.flatMap(({ id }) => (wants.has(id) ? [] : [id])),
  };
}
