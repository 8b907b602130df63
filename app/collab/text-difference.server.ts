import { isWord, shareWords, steps, stretches, wordsOf } from "./alike.server";
import type { BlockNode, InlineNode, RichDoc, RichNode } from "./rich-text";
import { nodeText } from "./rich-text-plain";
import type { Change } from "./text-shown";

/** What one text has that another has not, word by word, as one text in which both are marked. */

/** Words that came and went, and pictures and lines across with them. */
export type TextDifference = { doc: RichDoc; added: number; removed: number };

type Count = { added: number; removed: number };

const nameOf = (node: RichNode): string => JSON.stringify(node);
const childrenOf = (node: RichNode): RichNode[] => ("content" in node ? ((node.content ?? []) as RichNode[]) : []);
const isInline = (node: RichNode): node is InlineNode =>
  node.type === "text" || node.type === "mention" || node.type === "hardBreak";
const holdsInline = (node: RichNode) =>
  node.type === "paragraph" || node.type === "heading" || node.type === "codeBlock";

function alike(from: RichNode, to: RichNode): boolean {
  if (from.type !== to.type || childrenOf(from).length === 0 || childrenOf(to).length === 0) return false;
  return shareWords(nodeText(from), nodeText(to));
}

/** The whole of a part as new or gone. */
function marked<Node extends RichNode>(node: Node, change: Change, count: Count): Node {
  if (isInline(node) || node.type === "image" || node.type === "horizontalRule") {
    if (node.type === "text") count[change] += wordsOf(node.text).filter(isWord).length;
    else if (node.type !== "hardBreak") count[change] += 1;
    return { ...node, change };
  }
  const inside = childrenOf(node);
  return inside.length === 0 ? node : { ...node, content: inside.map((child) => marked(child, change, count)) };
}

function joined(before: readonly RichNode[], after: readonly RichNode[], count: Count): RichNode[] {
  return stretches(before, after, nameOf).flatMap((stretch): RichNode[] => {
    if ("same" in stretch) return stretch.same.map(([, node]) => node);
    return steps(stretch.gone, stretch.come, alike).map(({ from, to }): RichNode => {
      if (!to) return marked(from, "removed", count);
      if (!from) return marked(to, "added", count);
      const inside = holdsInline(to)
        ? inlines(childrenOf(from), childrenOf(to), count)
        : joined(childrenOf(from), childrenOf(to), count);
      return { ...to, content: inside } as RichNode;
    });
  });
}

const tokensOf = (nodes: readonly RichNode[]): RichNode[] =>
  nodes.flatMap((node): RichNode[] =>
    node.type === "text" ? wordsOf(node.text).map((text) => ({ ...node, text })) : [node],
  );

function inlines(before: readonly RichNode[], after: readonly RichNode[], count: Count): RichNode[] {
  const tokens = stretches(tokensOf(before), tokensOf(after), nameOf).flatMap((stretch): RichNode[] => {
    if ("same" in stretch) return stretch.same.map(([, node]) => node);
    return [
      ...stretch.gone.map((node) => marked(node, "removed", count)),
      ...stretch.come.map((node) => marked(node, "added", count)),
    ];
  });
  const run: RichNode[] = [];
  for (const token of tokens) {
    const last = run.at(-1);
    const isMore =
      last?.type === "text" &&
      token.type === "text" &&
      nameOf({ ...last, text: "" }) === nameOf({ ...token, text: "" });
    if (isMore) run[run.length - 1] = { ...last, text: last.text + token.text };
    else run.push(token);
  }
  return run;
}

/** In: two texts, each made safe. */
export function textDifference(before: RichDoc, after: RichDoc): TextDifference {
  const count: Count = { added: 0, removed: 0 };
  const content = joined(before.content, after.content, count) as BlockNode[];
  return { doc: { type: "doc", content }, ...count };
}
