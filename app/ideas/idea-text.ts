import type { BlockNode, InlineNode, RichDoc, RichMark, TextNode } from "~/collab/rich-text";
import { safeHref } from "~/collab/rich-text";
import { cleanRichText } from "~/collab/rich-text-clean";

/**
 * A typed text as rich text, so that the field for an idea needs no JavaScript. What people write anyway is kept: an empty line
 * parts paragraphs, "- " and "1. " make lists, "[ ] " tasks, "## " a heading, "> " a quote, **bold**, *italic*, `code`, [words](address), addresses.
 */
export function richFromTyped(typed: string): RichDoc {
  const blocks: BlockNode[] = [];
  for (const line of typed.replace(/\r\n?/g, "\n").split("\n")) addLine(blocks, line.trimEnd());
  return cleanRichText({ type: "doc", content: blocks.filter((block) => !isGap(block)) });
}

const HEADING = /^(#{1,3})\s+(.+)$/;
const TASK = /^(?:[-*]\s+)?\[([ xX]?)\]\s+(.+)$/;
const BULLET = /^\s*[-*•–]\s+(.+)$/;
const NUMBERED = /^\s*(\d{1,4})[.)]\s+(.+)$/;
const QUOTE = /^>\s?(.+)$/;

const paragraph = (text: string): BlockNode => ({ type: "paragraph", content: inlineOf(text) });
const isGap = (block: BlockNode) => block.type === "paragraph" && !block.content?.length;

function addLine(blocks: BlockNode[], line: string): void {
  const last = blocks.at(-1);
  const heading = HEADING.exec(line);
  if (heading?.[2]) {
    // A heading below a missing one is no order that a screen reader can follow: the largest sign people use comes first.
    blocks.push({ type: "heading", attrs: { level: heading[1]?.length === 3 ? 2 : 1 }, content: inlineOf(heading[2]) });
    return;
  }
  const task = TASK.exec(line);
  if (task?.[2]) {
    const item = {
      type: "taskItem",
      attrs: { checked: task[1]?.toLowerCase() === "x" },
      content: [paragraph(task[2])],
    } as const;
    if (last?.type === "taskList") last.content.push({ ...item, content: [...item.content] });
    else blocks.push({ type: "taskList", content: [{ ...item, content: [...item.content] }] });
    return;
  }
  const bullet = BULLET.exec(line);
  if (bullet?.[1]) {
    const item = { type: "listItem" as const, content: [paragraph(bullet[1])] };
    if (last?.type === "bulletList") last.content.push(item);
    else blocks.push({ type: "bulletList", content: [item] });
    return;
  }
  const numbered = NUMBERED.exec(line);
  if (numbered?.[2]) {
    const item = { type: "listItem" as const, content: [paragraph(numbered[2])] };
    if (last?.type === "orderedList") last.content.push(item);
    else blocks.push({ type: "orderedList", attrs: { start: Number(numbered[1]) }, content: [item] });
    return;
  }
  const quote = QUOTE.exec(line);
  if (quote?.[1]) {
    if (last?.type === "blockquote") last.content.push(paragraph(quote[1]));
    else blocks.push({ type: "blockquote", content: [paragraph(quote[1])] });
    return;
  }
  addPlain(blocks, line.trim());
}

// An empty line leaves an empty paragraph behind, so that the next line begins a block of its own; gaps are dropped at the end.
function addPlain(blocks: BlockNode[], text: string): void {
  const last = blocks.at(-1);
  if (text === "" || last?.type !== "paragraph" || !last.content?.length) {
    blocks.push({ type: "paragraph", content: inlineOf(text) });
    return;
  }
  last.content.push({ type: "hardBreak" }, ...inlineOf(text));
}

const INLINE =
  /\*\*(?<bold>[^*\s](?:[^*]*[^*\s])?)\*\*|(?<![\p{L}\p{N}*])\*(?<italic>[^*\s](?:[^*]*[^*\s])?)\*(?![\p{L}\p{N}*])|`(?<code>[^`]+)`|\[(?<words>[^[\]\s](?:[^[\]]{0,298}[^[\]\s])?)\]\((?<to>https?:\/\/[^\s()<>"']+(?:\([^\s()<>"']*\)[^\s()<>"']*)*)\)|(?<address>https?:\/\/[^\s<>"'）】]+[^\s<>"'）】.,;:!?)\]。，；：！？])/gu;

function inlineOf(text: string): InlineNode[] {
  const nodes: InlineNode[] = [];
  const put = (words: string, mark?: RichMark) => {
    if (words) nodes.push({ type: "text", text: words, ...(mark && { marks: [mark] }) } satisfies TextNode);
  };
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    put(text.slice(from, match.index));
    from = match.index + match[0].length;
    const { bold, italic, code, words, to, address } = match.groups ?? {};
    const href = safeHref(to ?? address ?? "");
    if (bold) put(bold, { type: "bold" });
    else if (italic) put(italic, { type: "italic" });
    else if (code) put(code, { type: "code" });
    else if (words && href) put(words, { type: "link", attrs: { href } });
    else put(match[0], href ? { type: "link", attrs: { href } } : undefined);
  }
  put(text.slice(from));
  return nodes;
}
