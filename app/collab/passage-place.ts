import * as Y from "yjs";
import { type Flat, Letters, type Span, sameWords, wordsOf } from "./passage-text";

/**
 * Where in a brief a comment belongs. The ends of a passage are bound to its first and last character, as the document itself
 * knows them; what the passage said is kept beside them. A place is only believed where both agree.
 */

/** The longest passage that can be commented on. */
export const PASSAGE_MAX = 2_000;
/** Letters kept from before and after it. */
const AROUND = 40;
/** So many letters beside a short passage must be as they were; a longer one is known by itself. */
const [NEAR, SHORT] = [8, 8];
/** An end bound to a character is some twenty letters; what is longer is none. */
const END_MAX = 200;

/** The ends of a passage, as base64 of positions in the live document. */
export type Ends = { start: string; end: string };
/** What a passage said when it was commented on, and what stood around it. */
export type Quoted = { quote: string; before: string; after: string };
export type Passage = Ends & Quoted;

/**
 * `here`: as it was. `moved`: its words were changed, or they stand elsewhere now; `span` is where somebody has to look and
 * confirm. `gone`: nothing of it is left, and no other part stands for it.
 */
export type Place = { is: "here" | "moved"; span: Span } | { is: "gone" };

const GONE: Place = { is: "gone" };

/** A live document's text with the characters it consists of. */
export type LiveFlat = Flat & { parts: readonly { text: Y.XmlText; from: number; length: number }[] };

/** Reads the text of a live brief, one line a block. Never throws, whatever was forged into it. */
export function flatOf(fragment: Y.XmlFragment): LiveFlat {
  const parts: { text: Y.XmlText; from: number; length: number }[] = [];
  const letters = new Letters();
  const walk = (parent: Y.XmlFragment) => {
    for (const child of parent.toArray() as unknown[]) {
      if (child instanceof Y.XmlText) {
        const words = wordsIn(child);
        if (words === "") continue;
        parts.push({ text: child, from: letters.length, length: words.length });
        letters.add(words);
      } else if (child instanceof Y.XmlElement) {
        if (child.nodeName === "mention") letters.add(`@${child.getAttribute("label") ?? ""}`);
        else {
          if (child.nodeName !== "hardBreak") walk(child);
          letters.endLine();
        }
      }
    }
  };
  walk(fragment);
  return { text: letters.text, parts };
}

/** Its letters; what is no letter counts as one, as it does in the document. */
const wordsIn = (text: Y.XmlText): string =>
  (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === "string" ? insert : "\uFFFC"))
    .join("");

/**
 * Binds a passage to its characters. In: where it stands. Out: null when there is nothing in it to bind to, or too much. Spaces
 * at its ends are left out.
 */
export function passageAt(flat: LiveFlat, span: Span): Passage | null {
  const wanted = trimmed(flat.text, span);
  const first = flat.parts.find((part) => part.from + part.length > wanted.from);
  const last = flat.parts.findLast((part) => part.from < wanted.to);
  if (!first || !last) return null;
  // A person's name is no part of the text that anything can be bound to.
  const [from, to] = [Math.max(wanted.from, first.from), Math.min(wanted.to, last.from + last.length)];
  if (to <= from || to - from > PASSAGE_MAX) return null;
  const start = Y.createRelativePositionFromTypeIndex(first.text, from - first.from, 0);
  const end = Y.createRelativePositionFromTypeIndex(last.text, to - last.from, -1);
  return {
    start: toBase64(Y.encodeRelativePosition(start)),
    end: toBase64(Y.encodeRelativePosition(end)),
    quote: flat.text.slice(from, to),
    before: flat.text.slice(Math.max(0, from - AROUND), from),
    after: flat.text.slice(to, to + AROUND),
  };
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

const trimmed = (text: string, { from, to }: Span): Span => {
  const words = text.slice(from, to);
  const start = from + (words.length - words.trimStart().length);
  return { from: start, to: Math.max(start, start + words.trim().length) };
};

/** Where between its ends something stands now; null when that is nowhere, or nothing. */
export function spanOf(flat: LiveFlat, doc: Y.Doc, { start, end }: Ends): Span | null {
  const [from, to] = [offsetOf(flat, doc, start), offsetOf(flat, doc, end)];
  return from === null || to === null || to <= from ? null : { from, to };
}

/** Undone removals are not followed: only who undid them knows of them, and everybody has to see the same. */
function offsetOf(flat: LiveFlat, doc: Y.Doc, encoded: string): number | null {
  if (encoded.length > END_MAX) return null;
  try {
    const position = Y.decodeRelativePosition(fromBase64(encoded));
    const found = Y.createAbsolutePositionFromRelativePosition(position, doc, false);
    const part = flat.parts.find(({ text }) => text === found?.type);
    return part && found ? part.from + Math.min(found.index, part.length) : null;
  } catch {
    // Not what an end of a passage looks like.
    return null;
  }
}

/** Where a passage is in the document as it is now. */
export function placeOf(passage: Passage, flat: LiveFlat, doc: Y.Doc): Place {
  const span = spanOf(flat, doc, passage);
  const now = span && flat.text.slice(span.from, span.to);
  if (span && now === passage.quote && (now.length >= SHORT || neighboured(passage, flat, span))) {
    return { is: "here", span };
  }
  const elsewhere = find(passage, flat);
  const left = span && now && now.trim() !== "" ? span : null;
  if (elsewhere && (!left || touches(elsewhere, left) || left.to - left.from < passage.quote.length / 2)) {
    return { is: "moved", span: elsewhere };
  }
  return left ? { is: "moved", span: left } : GONE;
}

const touches = (one: Span, other: Span) => one.from < other.to && other.from < one.to;

/** Whether what stood beside a passage still does, on one of its sides. */
function neighboured({ before, after }: Quoted, { text }: Flat, { from, to }: Span): boolean {
  const [left, right] = [before.slice(-NEAR), after.slice(0, NEAR)];
  if (left === "" && right === "") return true;
  return (
    (left !== "" && text.slice(Math.max(0, from - left.length), from) === left) ||
    (right !== "" && text.slice(to, to + right.length) === right)
  );
}

/** The one place where the words of a passage stand; null when they stand nowhere, or in several that cannot be told apart. */
function find(passage: Passage, flat: Flat): Span | null {
  const quote = wordsOf(passage.quote);
  if (quote.length < 3) return null;
  const all = sameWords(flat, quote);
  if (all.length <= 1) return all[0] ?? null;
  const likely = all.filter((span) => neighboured(passage, flat, span));
  return likely.length === 1 ? (likely[0] ?? null) : null;
}
