import { generateKeyBetween } from "fractional-indexing";
import { type BoardElement, cleanElement } from "./board-element";
import type { BoardChange } from "./board-elements";
import { type LookWord, lookOf } from "./board-looks";
import { highEnough, LINE, widthOf, widthWithin, wrapped } from "./board-words";
import { cleanText } from "./rich-text";
import { cleanLink, type ThingLink } from "./thing-link";

/** A board as a list: what a person reads aloud, and what a keyboard does to it. */

export const OUTLINE_KINDS = [
  "sticky",
  "shape",
  "line",
  "arrow",
  "drawing",
  "text",
  "picture",
  "frame",
  "link",
] as const;
export type OutlineKind = (typeof OUTLINE_KINDS)[number];

/**
 * One thing on a board. `says`: what stands in it, on it or under it; `frame`: the name of the frame it lies in; `look`: how it
 * differs in look from what nobody coloured; `link`: what it leads to, when it does.
 */
export type OutlineItem = {
  readonly id: string;
  readonly kind: OutlineKind;
  readonly says: string;
  readonly inFrame: boolean;
  readonly frame: string;
  readonly look: readonly LookWord[];
  readonly link?: ThingLink;
};

const isOf = (element: BoardElement, field: string): string =>
  typeof element[field] === "string" ? `${element[field]}` : "";
const extra = ({ customData }: BoardElement) => (customData ?? {}) as { kind?: string; alt?: string; link?: unknown };

function kindOf(element: BoardElement): OutlineKind {
  switch (element.type) {
    case "rectangle":
      if (cleanLink(extra(element).link)) return "link";
      return extra(element).kind === "sticky" ? "sticky" : "shape";
    case "diamond":
    case "ellipse":
      return "shape";
    case "freedraw":
      return "drawing";
    case "image":
      return "picture";
    default:
      return element.type;
  }
}

/** Looks by element, which are never changed: of thousands, one that is dragged is another one each time, and the others are not. */
const looks = new WeakMap<BoardElement, readonly LookWord[]>();
function knownLook(element: BoardElement): readonly LookWord[] {
  const look = looks.get(element) ?? lookOf(element);
  looks.set(element, look);
  return look;
}

const textIn = (elements: readonly BoardElement[], id: string) =>
  elements.find((element) => element.type === "text" && element.containerId === id);

/** Everything on a board, a text that stands in something together with that, from below to above. */
export function outlineOf(elements: readonly BoardElement[]): OutlineItem[] {
  const inside = new Map<string, BoardElement>();
  const frames = new Map<string, string>();
  for (const element of elements) {
    const container = isOf(element, "containerId");
    if (container && !inside.has(container)) inside.set(container, element);
    if (element.type === "frame") frames.set(element.id, isOf(element, "name"));
  }
  return elements.flatMap((element): OutlineItem[] => {
    if (isOf(element, "containerId")) return [];
    const own = element.type === "frame" ? isOf(element, "name") : isOf(element, "originalText");
    const says = own || isOf(inside.get(element.id) ?? element, "originalText") || extra(element).alt || "";
    const { id, frameId } = element;
    const frame = frames.get(frameId ?? "") ?? "";
    const link = cleanLink(extra(element).link);
    const item = { id, kind: kindOf(element), says, inFrame: frameId !== null, frame, look: knownLook(element) };
    return [link ? { ...item, link } : item];
  });
}

/** What a board says, a thing a line: for search. */
export function boardText(elements: readonly BoardElement[]): string {
  return outlineOf(elements)
    .map(({ says }) => says.trim())
    .filter((says) => says !== "")
    .join("\n");
}

const [STICKY, GAP] = [180, 24];

/** What a text takes and where it stands; in something, in the middle of that. What the drawing measures it sets anew. */
export function textFields(said: string, box: BoardElement | null): Record<string, unknown> {
  const originalText = cleanText(said);
  const isWithin = box !== null && box.type !== "arrow";
  const text = isWithin ? wrapped(originalText, widthWithin(box)) : originalText;
  const lines = text.split("\n");
  const width = Math.max(...lines.map(widthOf), LINE / 2);
  const height = lines.length * LINE;
  const middle = box && middleOf(box);
  return { text, originalText, width, height, ...(middle && { x: middle.x - width / 2, y: middle.y - height / 2 }) };
}

/** An arrow begins where it was begun, which may be its right end. */
function middleOf({ x, y, width, height, points }: BoardElement): { x: number; y: number } {
  const [last] = Array.isArray(points) ? points.slice(-1) : [];
  return { x: x + (last?.[0] ?? width) / 2, y: y + (last?.[1] ?? height) / 2 };
}

/** The same thing, grown if these words do not fit into it. */
const fitted = (box: BoardElement, said: string): BoardElement =>
  box.type === "arrow" ? box : highEnough(box, Number(textFields(said, box).height));

const made = (fields: Record<string, unknown>): BoardElement[] => {
  const element = cleanElement(fields);
  return element ? [element] : [];
};

const after = (elements: readonly BoardElement[]) => generateKeyBetween(elements.at(-1)?.index ?? null, null);

/** A text that stands in something. In: ids nobody uses, one a call. */
function insideText(box: BoardElement, said: string, index: string, newId: () => string): BoardElement[] {
  const middle = { textAlign: "center", verticalAlign: "middle", containerId: box.id, frameId: box.frameId };
  return made({ id: newId(), type: "text", index, ...middle, ...textFields(said, box) });
}

/** Puts a new sticky with these words beside what is there. */
export function addSticky(elements: readonly BoardElement[], said: string, newId: () => string): BoardChange {
  const right = elements.map(({ x, width }) => x + width);
  const top = elements.map(({ y }) => y);
  const [x, y] = [right.length > 0 ? Math.max(...right) + GAP : 0, top.length > 0 ? Math.min(...top) : 0];
  return addStickyAt(elements, said, { x, y }, newId);
}

/** The same at a place. */
export function addStickyAt(
  elements: readonly BoardElement[],
  said: string,
  at: { x: number; y: number },
  newId: () => string,
): BoardChange {
  const index = after(elements);
  const [empty] = made({
    id: newId(),
    type: "rectangle",
    index,
    ...at,
    width: STICKY,
    height: STICKY,
    backgroundColor: "#ffec99",
    strokeColor: "#1e1e1e",
    strokeWidth: 1,
    roughness: 0,
    customData: { kind: "sticky" },
  });
  if (!empty) return { added: [], changed: new Map(), removed: [] };
  const box = fitted(empty, said);
  const text = said.trim() === "" ? [] : insideText(box, said, generateKeyBetween(index, null), newId);
  const bound = text.map(({ id }) => ({ id, type: "text" }) as const);
  return {
    added: [{ ...box, boundElements: bound.length > 0 ? bound : null }, ...text],
    changed: new Map(),
    removed: [],
  };
}

/** Gives a thing other words: what it says, its name, or what it shows. */
export function reword(elements: readonly BoardElement[], id: string, said: string, newId: () => string): BoardChange {
  const element = elements.find((one) => one.id === id);
  const nothing: BoardChange = { added: [], changed: new Map(), removed: [] };
  if (!element) return nothing;
  const words = said.trim();
  const only = (of: string, fields: Record<string, unknown>) => ({ ...nothing, changed: new Map([[of, fields]]) });
  if (element.type === "frame") return only(id, { name: cleanText(words, 200) || null });
  if (element.type === "text") return words === "" ? { ...nothing, removed: [id] } : only(id, textFields(words, null));
  if (["image", "freedraw", "line"].includes(element.type)) {
    return only(id, { customData: { ...extra(element), alt: cleanText(words, 500) } });
  }
  const text = textIn(elements, id);
  const others = (element.boundElements ?? []).filter((one) => one.id !== text?.id);
  if (text && words === "") return { ...only(id, { boundElements: others }), removed: [text.id] };
  const box = fitted(element, words);
  const grown = box === element ? {} : { height: box.height };
  if (text) return { ...nothing, changed: new Map([...only(id, grown).changed, [text.id, textFields(words, box)]]) };
  const added = words === "" ? [] : insideText(box, words, after(elements), newId);
  const bound = [...others, ...added.map((one) => ({ id: one.id, type: "text" as const }))];
  return { ...only(id, { boundElements: bound, ...grown }), added };
}

/** Moves a thing, with what stands in it; a frame with everything that lies in it. */
export function moveBy(elements: readonly BoardElement[], id: string, dx: number, dy: number): BoardChange {
  const moving = elements.filter((one) => one.id === id || one.containerId === id || one.frameId === id);
  const within = new Set(moving.map((one) => one.id));
  const all = elements.filter((one) => within.has(one.id) || within.has(isOf(one, "containerId")));
  return { added: [], changed: new Map(all.map(({ id, x, y }) => [id, { x: x + dx, y: y + dy }])), removed: [] };
}

/** Takes a thing away, with what stands in it. What lies in a frame stays. */
export function takeAway(elements: readonly BoardElement[], id: string): BoardChange {
  const gone = elements.filter((one) => one.id === id || one.containerId === id).map((one) => one.id);
  return { added: [], changed: new Map(), removed: gone };
}
