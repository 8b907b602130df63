import type { RichDoc, RichNode } from "./rich-text";
import type { Written } from "./writers";

/** A text as it is shown with more than it says: which of its words came or went, or who wrote them. */

export type Change = "added" | "removed";

/** What a part of a text may carry when it is shown so; nothing stored does. */
export type Shown = { readonly change?: Change; readonly by?: number };

/** A text with its words parted by who wrote them: each carries the person's place in `people`. */
export function withWriters(doc: RichDoc, { runs }: Written): RichDoc {
  const left = runs.map(([length, person]) => ({ length, person }));
  let at = 0;
  const parted = (node: RichNode): RichNode[] => {
    if (node.type !== "text") {
      if (!("content" in node) || !node.content) return [node];
      return [{ ...node, content: (node.content as RichNode[]).flatMap(parted) } as RichNode];
    }
    const parts: RichNode[] = [];
    let from = 0;
    while (from < node.text.length) {
      const run = left[at];
      const length = Math.min(run?.length ?? Number.POSITIVE_INFINITY, node.text.length - from);
      const by = run && run.person >= 0 ? { by: run.person } : {};
      parts.push({ ...node, text: node.text.slice(from, from + length), ...by });
      from += length;
      if (!run) continue;
      run.length -= length;
      if (run.length === 0) at += 1;
    }
    return parts;
  };
  return { ...doc, content: doc.content.flatMap(parted) as RichDoc["content"] };
}
