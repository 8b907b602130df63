import type { BoardElement } from "./board-element";
import type { BoardChange } from "./board-elements";

/**
 * What things on a board look like, in words: a small palette whose colours have names, and lines. Every colour is readable on
 * every background, light and dark (the drawing turns its colours round on a dark page). What was given another colour
 * elsewhere keeps it, and is called so.
 */

export const COLOURS = {
  plain: "#1e1e1e",
  grey: "#495057",
  red: "#a31f1f",
  orange: "#943d00",
  green: "#1a6030",
  blue: "#1559a3",
  violet: "#6236b5",
} as const;
export const BACKGROUNDS = {
  none: "transparent",
  grey: "#e9ecef",
  red: "#ffc9c9",
  orange: "#ffd8a8",
  yellow: "#ffec99",
  green: "#b2f2bb",
  blue: "#c5e4ff",
  violet: "#e5dbff",
} as const;
export const WIDTHS = { thin: 1, medium: 2, thick: 4 } as const;
export const LINES = { solid: "solid", dashed: "dashed", dotted: "dotted" } as const;

type Name<T> = Extract<keyof T, string>;

/** What may be chosen of one thing, by name; several at once. */
export type LookChange = {
  readonly colour?: Name<typeof COLOURS>;
  readonly background?: Name<typeof BACKGROUNDS>;
  readonly width?: Name<typeof WIDTHS>;
  readonly line?: Name<typeof LINES>;
};
export type Aspect = keyof LookChange;

/** Where the drawing keeps each of them, and the names of what it may be. */
const FIELDS = {
  colour: { field: "strokeColor", values: COLOURS },
  background: { field: "backgroundColor", values: BACKGROUNDS },
  width: { field: "strokeWidth", values: WIDTHS },
  line: { field: "strokeStyle", values: LINES },
} as const satisfies Record<Aspect, { field: string; values: Readonly<Record<string, string | number>> }>;

export const CHOICES = {
  colour: Object.keys(COLOURS) as Name<typeof COLOURS>[],
  background: Object.keys(BACKGROUNDS) as Name<typeof BACKGROUNDS>[],
  width: Object.keys(WIDTHS) as Name<typeof WIDTHS>[],
  line: Object.keys(LINES) as Name<typeof LINES>[],
} as const;

const SHAPE = ["colour", "background", "width", "line"] as const;

/** What can be chosen of a thing of this type. */
export function aspectsOf(type: BoardElement["type"]): readonly Aspect[] {
  switch (type) {
    case "image":
    case "frame":
      return [];
    case "text":
      return ["colour"];
    case "freedraw":
      return ["colour", "width"];
    case "line":
    case "arrow":
      return ["colour", "width", "line"];
    default:
      return SHAPE;
  }
}

/** One word about how a thing looks, as the words call it. */
export type LookWord = {
  [A in Aspect]: `${A}.${NonNullable<LookChange[A]> | (A extends "line" ? never : "other")}`;
}[Aspect];

/** What one aspect of an element is called; `other`: nothing of ours. */
export function named(aspect: Aspect, value: unknown): LookWord {
  const { values } = FIELDS[aspect];
  const found = Object.entries(values).find(
    ([, one]) => one === (typeof value === "string" ? value.toLowerCase() : value),
  );
  return `${aspect}.${found?.[0] ?? "other"}` as LookWord;
}

/** How an element looks, aspect by aspect. */
export const looksOf = (element: BoardElement): LookWord[] =>
  aspectsOf(element.type).map((aspect) => named(aspect, element[FIELDS[aspect].field]));

/** What is not worth a word: how everything looks until somebody chooses. A sticky's edge is thin. */
const USUAL: ReadonlySet<LookWord> = new Set([
  "colour.plain",
  "background.none",
  "width.thin",
  "width.medium",
  "line.solid",
]);

/** The words about a thing's look that tell it from another's. */
export const lookOf = (element: BoardElement): LookWord[] => looksOf(element).filter((word) => !USUAL.has(word));

/** The fields of the drawing that make a look. */
export const fieldsOf = (look: LookChange): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(look).map(([aspect, name]) => {
      const { field, values } = FIELDS[aspect as Aspect];
      return [field, (values as Record<string, string | number>)[name] as string | number];
    }),
  );

/** Gives things another look, as far as they can have it; what stands in one takes its colour. */
export function restyle(elements: readonly BoardElement[], ids: readonly string[], look: LookChange): BoardChange {
  const chosen = new Set(ids);
  const changed = new Map<string, Record<string, unknown>>();
  for (const element of elements) {
    const within = element.type === "text" && chosen.has(`${element.containerId}`);
    if (!chosen.has(element.id) && !within) continue;
    const can = new Set(aspectsOf(element.type).map((aspect): string => FIELDS[aspect].field));
    const fields = Object.entries(fieldsOf(look)).filter(
      ([field, value]) => can.has(field) && element[field] !== value,
    );
    if (fields.length > 0) changed.set(element.id, Object.fromEntries(fields));
  }
  return { added: [], changed, removed: [] };
}
