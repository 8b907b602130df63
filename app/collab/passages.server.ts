import type * as Y from "yjs";
import { type Ends, flatOf, type LiveFlat, type Passage, passageAt, placeOf, spanOf } from "./passage-place";
import { linesOf, lineWords, type Span } from "./passage-text";
import type { RichDoc } from "./rich-text";
import { seedUpdate } from "./rich-text-yjs.server";
import { parseRoom } from "./room";
import { readRoomState } from "./room-versions.server";
import { docOf, storeOfJobs } from "./stored-doc.server";
import { textsOf } from "./writers";

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

/** Who wrote most of a passage, by the live document: "" for what it began with, null where nobody knows. */
export async function writerOf(
  room: string,
  { before, quote }: Pick<Passage, "before" | "quote">,
): Promise<string | null> {
  const known = parseRoom(room);
  const state = known && (await readRoomState(known));
  if (!state || state === "damaged" || state.content.part !== "brief") return null;
  const { doc, written } = state.content;
  const letters = textsOf(doc)
    .map(({ text }) => text)
    .join("");
  // Lines end where blocks do, which is no letter.
  const [ahead, words] = [before.replaceAll("\n", ""), quote.replaceAll("\n", "")];
  const found = letters.indexOf(ahead + words);
  const from = found >= 0 ? found + ahead.length : letters.indexOf(words);
  if (from < 0 || words === "") return null;
  const shares = new Map<number, number>();
  let at = 0;
  for (const [length, person] of written.runs) {
    const own = Math.min(at + length, from + words.length) - Math.max(at, from);
    if (own > 0) shares.set(person, (shares.get(person) ?? 0) + own);
    at += length;
  }
  const [most] = [...shares].sort(([, one], [, other]) => other - one)[0] ?? [];
  return most === undefined ? null : (written.people[most] ?? null);
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
