import { generateKeyBetween } from "fractional-indexing";
import { cleanText } from "./rich-text";
import { cleanLink } from "./thing-link";

/**
 * What may stand on a board, as anybody may have written it, made safe. The same list holds for the drawing, the outline
 * and the readable copy: what is not on it is shown nowhere. No element leads anywhere or brings a foreign page.
 */

const SHAPES = ["rectangle", "diamond", "ellipse"] as const;
const BOUND = ["arrow", "text"] as const;
const TYPES = [...SHAPES, "line", "arrow", "freedraw", "text", "image", "frame"] as const;
export type BoardElementType = (typeof TYPES)[number];

type Point = readonly [number, number];

/** One element with every field that the drawing reads; `index` says what lies over what. */
export type BoardElement = {
  readonly id: string;
  readonly type: BoardElementType;
  readonly index: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly groupIds: readonly string[];
  readonly frameId: string | null;
  readonly boundElements: readonly { readonly id: string; readonly type: "arrow" | "text" }[] | null;
  readonly locked: boolean;
  readonly [field: string]: unknown;
};

export const TEXT_MOST = 5_000;
/** More than this is not read of one board: nobody could work with it, and a forged one must not stop a browser. */
export const ELEMENTS_MOST = 10_000;
const POINTS_MOST = 5_000;
const FAR = 1_000_000;

const ID = /^[\w-]{1,64}$/;
const FILE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const COLOUR = /^(?:#[0-9a-f]{3,8}|transparent)$/i;
const ARROWHEADS = [
  "arrow",
  "bar",
  "dot",
  "circle",
  "circle_outline",
  "triangle",
  "triangle_outline",
  "diamond",
] as const;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const number = (value: unknown, fallback: number, least = -FAR, most = FAR): number =>
  typeof value === "number" && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : fallback;
const oneOf = <T>(value: unknown, among: readonly T[], fallback: T): T =>
  among.includes(value as T) ? (value as T) : fallback;
const colour = (value: unknown, fallback: string): string =>
  typeof value === "string" && COLOUR.test(value) ? value : fallback;
const id = (value: unknown): string | null => (typeof value === "string" && ID.test(value) ? value : null);
const list = (value: unknown, most: number): readonly unknown[] => (Array.isArray(value) ? value.slice(0, most) : []);
const words = (value: unknown, most = TEXT_MOST): string => (typeof value === "string" ? cleanText(value, most) : "");

/** Whether others can be placed before and after it. */
export function isIndex(value: unknown): value is string {
  if (typeof value !== "string" || value.length > 200) return false;
  try {
    generateKeyBetween(value, null);
    return true;
  } catch {
    return false;
  }
}

function points(value: unknown): Point[] {
  return list(value, POINTS_MOST).flatMap((at): Point[] =>
    Array.isArray(at) ? [[number(at[0], 0), number(at[1], 0)]] : [],
  );
}

function binding(value: unknown) {
  if (!isObject(value)) return null;
  const elementId = id(value.elementId);
  return elementId && { elementId, focus: number(value.focus, 0, -10, 10), gap: number(value.gap, 1, 0, 1_000) };
}

/** What an element carries beyond its picture: that it is a sticky, what it leads to, and what a picture shows in words. */
function extra(type: BoardElementType, value: unknown) {
  if (!isObject(value)) return {};
  const kind = value.kind === "sticky" ? { kind: "sticky" } : {};
  const alt = words(value.alt, 500);
  const link = type === "rectangle" ? cleanLink(value.link) : null;
  const kept = { ...kind, ...(link && { link }), ...(alt && { alt }) };
  return Object.keys(kept).length > 0 ? { customData: kept } : {};
}

function own(type: BoardElementType, raw: Record<string, unknown>): Record<string, unknown> | null {
  switch (type) {
    case "line":
    case "arrow": {
      const through = points(raw.points);
      if (through.length < 2) return null;
      return {
        points: through,
        lastCommittedPoint: null,
        startBinding: binding(raw.startBinding),
        endBinding: binding(raw.endBinding),
        startArrowhead: oneOf(raw.startArrowhead, [...ARROWHEADS, null], null),
        endArrowhead: oneOf(raw.endArrowhead, [...ARROWHEADS, null], null),
        ...(type === "arrow" && { elbowed: false }),
      };
    }
    case "freedraw": {
      const through = points(raw.points);
      if (through.length === 0) return null;
      const pressures = list(raw.pressures, POINTS_MOST).map((pressure) => number(pressure, 0.5, 0, 1));
      return { points: through, pressures, simulatePressure: raw.simulatePressure !== false, lastCommittedPoint: null };
    }
    case "text": {
      const text = words(raw.text);
      return {
        text,
        originalText: words(raw.originalText) || text,
        fontSize: number(raw.fontSize, 20, 4, 400),
        fontFamily: oneOf(raw.fontFamily, [1, 2, 3, 5, 6, 7, 8, 9], 5),
        textAlign: oneOf(raw.textAlign, ["left", "center", "right"], "left"),
        verticalAlign: oneOf(raw.verticalAlign, ["top", "middle", "bottom"], "top"),
        containerId: id(raw.containerId),
        autoResize: raw.autoResize !== false,
        lineHeight: number(raw.lineHeight, 1.25, 0.5, 4),
      };
    }
    case "image": {
      // Pictures lie in the storage under an id of ours; nothing else can be asked for.
      if (typeof raw.fileId !== "string" || !FILE_ID.test(raw.fileId)) return null;
      const scale = list(raw.scale, 2).map((side) => (number(side, 1) < 0 ? -1 : 1));
      return { fileId: raw.fileId, status: "saved", scale: [scale[0] ?? 1, scale[1] ?? 1], crop: null };
    }
    case "frame":
      return { name: words(raw.name, 200) || null };
    default:
      return {};
  }
}

/** An element with what is allowed of it, null when nothing is. Never throws, whatever was forged. */
export function cleanElement(raw: unknown): BoardElement | null {
  if (!isObject(raw)) return null;
  const [known, type] = [id(raw.id), TYPES.find((name) => name === raw.type)];
  const more = known && type ? own(type, raw) : null;
  if (!known || !type || !more) return null;
  const rounding = isObject(raw.roundness) ? oneOf(raw.roundness.type, [1, 2, 3], 3) : null;
  const bound = list(raw.boundElements, 200).flatMap((one) => {
    if (!isObject(one)) return [];
    const [to, kind] = [id(one.id), BOUND.find((name) => name === one.type)];
    return to && kind ? [{ id: to, type: kind }] : [];
  });
  return {
    id: known,
    type,
    index: isIndex(raw.index) ? raw.index : "a0",
    x: number(raw.x, 0),
    y: number(raw.y, 0),
    width: number(raw.width, 0),
    height: number(raw.height, 0),
    angle: number(raw.angle, 0, -10, 10),
    strokeColor: colour(raw.strokeColor, "#1e1e1e"),
    backgroundColor: colour(raw.backgroundColor, "transparent"),
    fillStyle: oneOf(raw.fillStyle, ["solid", "hachure", "cross-hatch", "zigzag"], "solid"),
    strokeWidth: number(raw.strokeWidth, 2, 0, 50),
    strokeStyle: oneOf(raw.strokeStyle, ["solid", "dashed", "dotted"], "solid"),
    roughness: number(raw.roughness, 1, 0, 5),
    opacity: number(raw.opacity, 100, 0, 100),
    roundness: rounding === null ? null : { type: rounding },
    seed: Math.trunc(number(raw.seed, 1, 0, 2 ** 31)),
    groupIds: list(raw.groupIds, 20).flatMap((group) => id(group) ?? []),
    frameId: id(raw.frameId),
    boundElements: bound.length > 0 ? bound : null,
    link: null,
    locked: raw.locked === true,
    ...extra(type, raw.customData),
    ...more,
  };
}

const before = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/**
 * Elements from below to above, each with a place of its own and holding on only to what is there. Two people may have put
 * theirs into the same place; which lies above follows from the ids, so that it is the same on every screen.
 */
export function arranged(elements: readonly BoardElement[]): BoardElement[] {
  const sorted = [...elements].sort((one, two) => before(one.index, two.index) || before(one.id, two.id));
  const kinds = new Map(sorted.map((element) => [element.id, element.type]));
  const there = (other: unknown) => typeof other === "string" && kinds.has(other);
  let last: string | null = null;
  // Never goes back: what lay above one place lies above the next, or no more.
  let above = 0;
  return sorted.map((element) => {
    let { index } = element;
    if (last !== null && index <= last) {
      while (above < sorted.length && (sorted[above]?.index ?? "") <= last) above += 1;
      index = generateKeyBetween(last, sorted[above]?.index ?? null);
    }
    last = index;
    const bound = element.boundElements?.filter((one) => there(one.id)) ?? [];
    const frameId = kinds.get(element.frameId ?? "") === "frame" ? element.frameId : null;
    const held: Record<string, unknown> = {};
    if ("containerId" in element && !there(element.containerId)) held.containerId = null;
    for (const side of ["startBinding", "endBinding"]) {
      const to = element[side];
      if (isObject(to) && !there(to.elementId)) held[side] = null;
    }
    const isAsItWas =
      index === element.index &&
      frameId === element.frameId &&
      bound.length === (element.boundElements?.length ?? 0) &&
      Object.keys(held).every((field) => element[field] === null);
    // The same object: whoever shows thousands knows by it that nothing changed.
    if (isAsItWas) return element;
    return { ...element, index, frameId, boundElements: bound.length > 0 ? bound : null, ...held };
  });
}

/** Elements that were stored as plain data (the readable copy), made safe and put in order. */
export function cleanElements(raw: unknown): BoardElement[] {
  const found = new Map<string, BoardElement>();
  for (const one of list(raw, ELEMENTS_MOST)) {
    const element = cleanElement(one);
    if (element) found.set(element.id, element);
  }
  return arranged([...found.values()]);
}
