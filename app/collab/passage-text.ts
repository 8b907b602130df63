import type { RichDoc, RichNode } from "./rich-text";

/** The text of a brief as one run of letters, one line a block: what stands on a screen and what is stored are compared by it. */
export type Flat = { text: string };
/** From a letter up to before another one. */
export type Span = { from: number; to: number };

/** More places than this are not told apart. */
const PLACES_MAX = 20;

/**
 * Letters put one behind the other, line after line. Asking a growing string how it ends makes one piece of all of it each time,
 * which for some thousands of lines takes seconds.
 */
export class Letters {
  length = 0;
  private readonly pieces: string[] = [];

  add(words: string): void {
    if (words === "") return;
    this.pieces.push(words);
    this.length += words.length;
  }

  /** What comes next stands on another line. */
  endLine(): void {
    const last = this.pieces.at(-1);
    if (last !== undefined && !last.endsWith("\n")) this.add("\n");
  }

  get text(): string {
    return this.pieces.join("");
  }
}

/** Words with single spaces between them, whatever parted them. */
export const wordsOf = (text: string): string => text.trim().replace(/\s+/g, " ");

/** Where these words stand, however they are parted: a passage that was split in two lines is still itself. */
export function sameWords({ text }: Flat, words: string): Span[] {
  const pattern = new RegExp(words.split(" ").map(escaped).join("\\s+"), "gu");
  const found: Span[] = [];
  for (const match of text.matchAll(pattern)) {
    found.push({ from: match.index, to: match.index + match[0].length });
    if (found.length === PLACES_MAX) break;
  }
  return found;
}

const escaped = (word: string) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** A block of a text to choose as a passage: its number among all lines, and its words. */
type Line = { at: number; span: Span; text: string };

/** The beginning of a line: enough to tell it from others. */
export const lineWords = (text: string): string => [...wordsOf(text)].slice(0, 120).join("");

/** The lines of a text in which something stands. */
export function linesOf({ text }: Flat): Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (const line of text.split("\n")) {
    if (line.trim() !== "") lines.push({ at: lines.length, span: { from, to: from + line.length }, text: line });
    from += line.length + 1;
  }
  return lines;
}

/** The same run of letters of a text that is no live document. */
export function flatOfRich({ content }: RichDoc): Flat {
  const letters = new Letters();
  const walk = (nodes: readonly RichNode[]) => {
    for (const node of nodes) {
      if (node.type === "text") letters.add(node.text);
      else if (node.type === "mention") letters.add(`@${node.attrs.label}`);
      else {
        if ("content" in node) walk((node.content ?? []) as RichNode[]);
        letters.endLine();
      }
    }
  };
  walk(content);
  return { text: letters.text };
}
