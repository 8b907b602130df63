/** What a decision quotes, as it was when it was quoted, and whether that still stands. */

/** Pins and tickets join here with their modules. */
export const SOURCE_KINDS = ["passage", "comment", "thing"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** A quote: it never changes, whatever becomes of what it quotes. */
export type Source = {
  readonly kind: SourceKind;
  /** The comment, the thread that holds the passage, or the idea on whose board the thing stands. */
  readonly objectId: string;
  readonly text: string;
  /** Empty where nobody knows. */
  readonly authorId: string;
  readonly writtenAt: Date;
  /** Of a thing: which one, and all of it as it was drawn. */
  readonly thing?: { readonly element: string; readonly drawn: readonly Part[] };
  /** Of a passage: what binds it to the text. */
  readonly anchor?: Part;
};

/** A part of a drawing, as the board keeps it. */
export type Part = Readonly<Record<string, unknown>>;

/** What stands there now; null: it is gone, or its reader may no longer see it. */
export type SourceNow = { readonly text: string; readonly drawn?: readonly Part[] | null } | null;

export const STANDINGS = ["as-quoted", "changed", "gone"] as const;
export type Standing = (typeof STANDINGS)[number];

/** Words alone count: a text saved anew in another form of the same letters has not changed for anybody who reads it. */
export function standingOf(source: NonNullable<SourceNow>, now: SourceNow): Standing {
  if (now === null) return "gone";
  const same = readAs(now.text) === readAs(source.text) && shapeOf(now.drawn) === shapeOf(source.drawn);
  return same ? "as-quoted" : "changed";
}

/** What a drawing shows, wherever on the board it stands and whatever lies above it. */
const SHOWN = ["type", "width", "height", "angle", "strokeColor", "backgroundColor", "strokeStyle", "points", "fileId"];

const shapeOf = (drawn: readonly Part[] | null | undefined): string =>
  JSON.stringify(
    (drawn ?? []).filter(({ type }) => type !== "text").map((part) => SHOWN.map((field) => part[field] ?? null)),
  );

const readAs = (text: string): string => text.normalize("NFC").replaceAll("\r\n", "\n");

/** What the hash of a quote is taken over. */
export const quoteOf = ({ kind, objectId, text, authorId, writtenAt, thing, anchor }: Source): string =>
  JSON.stringify([
    kind,
    objectId,
    text,
    authorId,
    writtenAt.toISOString(),
    ...(thing ? [thing.element, canonical(thing.drawn)] : []),
    ...(anchor ? [canonical(anchor)] : []),
  ]);

/** The same text for the same drawing, in whatever order its fields come back from where it was kept. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([field, inside]) => [field, canonical(inside)]);
};

/** The words that are agreed to. */
export type Wording = {
  readonly decisionId: string;
  readonly revision: number;
  readonly title: string;
  readonly reason: string;
  readonly rejected: readonly string[];
  /** Hashes of the quotes, in the order in which they are shown. */
  readonly quotes: readonly string[];
};

/**
 * What the hash of a document is taken over. Signatures are no part of it: everybody who signs a revision signs the same hash,
 * whoever is first. Fields have their places, so no text can pass for two others put together.
 */
export const documentOf = (words: Wording): string =>
  JSON.stringify([words.decisionId, words.revision, words.title, words.reason, words.rejected, words.quotes]);
