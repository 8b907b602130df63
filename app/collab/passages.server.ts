import type * as Y from "yjs";
import { type Ends, flatOf, type LiveFlat, type Passage, passageAt, placeOf, spanOf } from "./passage-place";
import { linesOf, lineWords, type Span } from "./passage-text";
import type { RichDoc } from "./rich-text";
import { seedUpdate } from "./rich-text-yjs.server";
import { docOf, storeOfJobs } from "./stored-doc.server";

/** Passages of a brief as it is stored: what somebody chose is looked up here, so that nobody is quoted with words they did not see. */

/** What somebody chose: in the live text its ends, in the page's list of lines the beginning of one, with its number. */
export type Chosen = Ends | { line: number; words: string };

/**
 * The passage that somebody chose, bound to the document as it is stored. In: the room, its first words when nobody opened it
 * yet. Out: null when what was chosen is not there (any more).
 */
export async function findPassage(
  room: string,
  seed: () => Promise<RichDoc | null>,
  chosen: Chosen,
): Promise<Passage | null> {
  return await reading(room, seed, (flat, doc) => {
    const span = "line" in chosen ? lineOf(flat, chosen) : spanOf(flat, doc, chosen);
    return span && passageAt(flat, span);
  });
}

/** Where each passage is now. In: as they were kept. Out: in their order; `present`: the words that stand there now, when they moved. */
export async function findPlaces(room: string, passages: readonly Passage[]): Promise<StoredPlace[] | null> {
  return await reading(
    room,
    () => Promise.resolve(null),
    (flat, doc) => passages.map((passage) => storedPlace(flat, doc, passage)),
  );
}

/** A place as a list shows it; `passage`: what it would be bound to when somebody confirms it. */
export type StoredPlace =
  | { place: "here" | "gone"; present: null; passage: null }
  | { place: "moved"; present: string; passage: Passage };

function storedPlace(flat: LiveFlat, doc: Y.Doc, kept: Passage): StoredPlace {
  const place = placeOf(kept, flat, doc);
  // What has grown beyond a passage cannot be pointed at any more.
  const passage = place.is === "moved" ? passageAt(flat, place.span) : null;
  if (passage) return { place: "moved", present: passage.quote, passage };
  return { place: place.is === "here" ? "here" : "gone", present: null, passage: null };
}

async function reading<T>(
  room: string,
  seed: () => Promise<RichDoc | null>,
  read: (flat: LiveFlat, doc: Y.Doc) => T,
): Promise<T | null> {
  const store = storeOfJobs();
  let stored = await store.load(room);
  if (!stored) {
    const first = await seed();
    if (!first) return null;
    // The same bytes as the first who opens it would store.
    await store.create(room, seedUpdate(room, first));
    stored = await store.load(room);
  }
  if (!stored) return null;
  const doc = docOf(stored);
  try {
    return read(flatOf(doc.getXmlFragment("default")), doc);
  } finally {
    doc.destroy();
  }
}

/** The line that begins so: the one of that number, else the only one. */
function lineOf(flat: LiveFlat, { line, words }: { line: number; words: string }): Span | null {
  const alike = linesOf(flat).filter(({ text }) => lineWords(text) === words);
  const found = alike.find(({ at }) => at === line) ?? (alike.length === 1 ? alike[0] : undefined);
  return found ? cut(flat, found.span) : null;
}

/** A long line is quoted by its beginning, up to the end of a word. */
function cut({ text }: LiveFlat, { from, to }: Span): Span {
  if (to - from <= LINE_QUOTED) return { from, to };
  const words = text.slice(from, from + LINE_QUOTED);
  return { from, to: from + Math.max(words.lastIndexOf(" "), LINE_QUOTED / 2) };
}

const LINE_QUOTED = 600;
