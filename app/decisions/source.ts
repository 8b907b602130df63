/** What a decision quotes, as it was when it was quoted, and whether that still stands. */

/** Elements of the board, pins and tickets join here with their modules; a picture is quoted by the hash of what was drawn. */
export const SOURCE_KINDS = ["passage", "comment"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** A quote: it never changes, whatever becomes of what it quotes. */
export type Source = {
  readonly kind: SourceKind;
  /** The comment, or the thread that holds the passage. */
  readonly objectId: string;
  readonly text: string;
  readonly authorId: string;
  readonly writtenAt: Date;
};

/** What stands there now; null: it is gone, or its reader may no longer see it. */
export type SourceNow = { readonly text: string } | null;

export const STANDINGS = ["as-quoted", "changed", "gone"] as const;
export type Standing = (typeof STANDINGS)[number];

/** Words alone count: a text saved anew in another form of the same letters has not changed for anybody who reads it. */
export function standingOf(source: Pick<Source, "text">, now: SourceNow): Standing {
  if (now === null) return "gone";
  return readAs(now.text) === readAs(source.text) ? "as-quoted" : "changed";
}

const readAs = (text: string): string => text.normalize("NFC").replaceAll("\r\n", "\n");

/** What the hash of a quote is taken over. */
export const quoteOf = (source: Source): string =>
  JSON.stringify([source.kind, source.objectId, source.text, source.authorId, source.writtenAt.toISOString()]);

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
