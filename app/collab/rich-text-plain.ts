import { type BlockNode, cleanText, type InlineNode, type RichDoc, type RichNode } from "./rich-text";

/** The same of a part of a text. */
export function nodeText(node: RichNode): string {
  switch (node.type) {
    case "text":
      return node.text;
    case "mention":
      return `@${node.attrs.label}`;
    case "hardBreak":
      return "\n";
    case "paragraph":
    case "heading":
    case "codeBlock":
      return ((node.content ?? []) as RichNode[]).map(nodeText).join("");
    case "image":
      return node.attrs.alt;
    case "horizontalRule":
      return "";
    case "tableRow":
      return node.content.map(nodeText).join("\t");
    default:
      return (node.content as RichNode[])
        .map(nodeText)
        .filter((text) => text !== "")
        .join("\n");
  }
}

/** What a person would read aloud: for search, mail and previews. One line a block, cells parted by tabs. */
export function plainText(doc: RichDoc): string {
  return doc.content
    .map(nodeText)
    .filter((text) => text.trim() !== "")
    .join("\n");
}

/** A typed text as rich text: an empty line parts paragraphs, a single line break stays one. */
export function fromPlainText(text: string): RichDoc {
  const paragraphs = cleanText(text.replace(/\r\n?/g, "\n"))
    .split(/\n[ \t]*\n\s*/)
    .map((part) => part.replace(/^\n+|\s+$/g, ""))
    .filter((part) => part.trim() !== "");
  const content = paragraphs.map((part): BlockNode => {
    const inline = part.split("\n").flatMap((line, index): InlineNode[] => {
      const words: InlineNode[] = line === "" ? [] : [{ type: "text", text: line }];
      return index === 0 ? words : [{ type: "hardBreak" }, ...words];
    });
    return { type: "paragraph", content: inline };
  });
  return { type: "doc", content: content.length > 0 ? content : [{ type: "paragraph" }] };
}
