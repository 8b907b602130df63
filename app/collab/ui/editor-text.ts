import type { Node } from "@tiptap/pm/model";
import { type Flat, Letters, type Span } from "../passage-text";

/** The editor's text as one run of letters, as passage-place.ts reads the document's, with where each letter stands. */
export type EditorFlat = Flat & { parts: readonly { at: number; from: number; length: number }[] };

export function flatOfEditor(doc: Node): EditorFlat {
  const parts: { at: number; from: number; length: number }[] = [];
  const letters = new Letters();
  const walk = (parent: Node, start: number) => {
    parent.forEach((child, offset) => {
      const at = start + offset;
      if (child.isText) {
        const words = child.text ?? "";
        parts.push({ at, from: letters.length, length: words.length });
        letters.add(words);
      } else if (child.type.name === "mention") letters.add(`@${child.attrs.label ?? ""}`);
      else {
        if (child.type.name !== "hardBreak") walk(child, at + 1);
        letters.endLine();
      }
    });
  };
  walk(doc, 0);
  return { text: letters.text, parts };
}

/** Where a span of letters stands in the editor; null when no letter of it does. */
export function inEditor({ parts }: EditorFlat, { from, to }: Span): Span | null {
  const first = parts.find((part) => part.from + part.length > from);
  const last = parts.findLast((part) => part.from < to);
  if (!first || !last) return null;
  const [start, end] = [first.at + Math.max(0, from - first.from), last.at + Math.min(last.length, to - last.from)];
  return start < end ? { from: start, to: end } : null;
}

/** The letters of what is selected in the editor; null when there is none. */
export function fromEditor({ parts }: EditorFlat, { from, to }: Span): Span | null {
  const first = parts.find((part) => part.at + part.length > from);
  const last = parts.findLast((part) => part.at < to);
  if (!first || !last) return null;
  const [start, end] = [first.from + Math.max(0, from - first.at), last.from + Math.min(last.length, to - last.at)];
  return start < end ? { from: start, to: end } : null;
}
