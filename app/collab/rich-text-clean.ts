import {
  type BlockNode,
  cleanText,
  type InlineNode,
  isMentionId,
  type ListItemNode,
  type PlainMark,
  type RichDoc,
  type RichMark,
  type RowNode,
  safeHref,
  safeImageSrc,
  safeSpan,
  type TaskItemNode,
  WIDEST_SPAN,
} from "./rich-text";

/** Deeper nesting than this is dropped: it is an attack on the renderer, not a text. */
export const DEEPEST = 24;
/** More nodes than this are dropped; the longest honest brief we know of has about 3,000. */
export const MOST_NODES = 60_000;
const PLAIN_MARKS: readonly string[] = ["bold", "italic", "strike", "code"];

type Fields = Record<string, unknown>;
type Budget = { nodes: number };

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const fields = (value: unknown): Fields => (isFields(value) ? value : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const pixels = (value: unknown): number | null => {
  const size = typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
  return Number.isInteger(size) && size >= 1 && size <= 20_000 ? size : null;
};

function cleanMarks(value: unknown): RichMark[] {
  const kept = new Map<string, RichMark>();
  for (const mark of list(value).map(fields)) {
    if (mark.type === "link") {
      const href = safeHref(fields(mark.attrs).href);
      if (href) kept.set("link", { type: "link", attrs: { href } });
    } else if (typeof mark.type === "string" && PLAIN_MARKS.includes(mark.type)) {
      kept.set(mark.type, { type: mark.type } as PlainMark);
    }
  }
  return [...kept.values()];
}

function cleanInline(value: unknown, budget: Budget): InlineNode[] {
  const out: InlineNode[] = [];
  for (const node of list(value).map(fields)) {
    if (--budget.nodes < 0) break;
    if (node.type === "hardBreak") out.push({ type: "hardBreak" });
    if (node.type === "mention") {
      const { id, label } = fields(node.attrs);
      const name = cleanText(label, 140).trim();
      if (isMentionId(id) && name) out.push({ type: "mention", attrs: { id, label: name } });
    }
    if (node.type === "text") {
      const text = cleanText(node.text);
      const marks = cleanMarks(node.marks);
      if (text) out.push(marks.length > 0 ? { type: "text", text, marks } : { type: "text", text });
    }
  }
  return out;
}

const isInline = (node: Fields) => node.type === "text" || node.type === "mention" || node.type === "hardBreak";
const withInline = (content: InlineNode[]) => (content.length > 0 ? { content } : {});
const emptyParagraph = (): BlockNode => ({ type: "paragraph" });

function cleanItems(value: unknown, name: string, depth: number, budget: Budget): Fields[] {
  if (depth >= DEEPEST) return [];
  return list(value)
    .map(fields)
    .filter((node) => node.type === name && --budget.nodes >= 0);
}

/** Blocks that must not be empty hold at least a paragraph, as the editor's schema asks. */
function someBlocks(value: unknown, depth: number, budget: Budget): BlockNode[] {
  const blocks = cleanBlocks(value, depth, budget);
  return blocks.length > 0 ? blocks : [emptyParagraph()];
}

function cleanTable(node: Fields, depth: number, budget: Budget): BlockNode | null {
  const rows = cleanItems(node.content, "tableRow", depth, budget).map((row): RowNode => {
    const cells = list(row.content)
      .map(fields)
      .filter((cell) => (cell.type === "tableCell" || cell.type === "tableHeader") && --budget.nodes >= 0)
      .slice(0, WIDEST_SPAN);
    return {
      type: "tableRow",
      content: cells.map((cell) => ({
        type: cell.type === "tableHeader" ? "tableHeader" : "tableCell",
        attrs: { colspan: safeSpan(fields(cell.attrs).colspan), rowspan: safeSpan(fields(cell.attrs).rowspan) },
        content: someBlocks(cell.content, depth + 1, budget),
      })),
    };
  });
  const filled = rows.filter((row) => row.content.length > 0);
  return filled.length > 0 ? { type: "table", content: filled } : null;
}

function cleanList(node: Fields, depth: number, budget: Budget): BlockNode | null {
  if (node.type === "taskList") {
    const content = cleanItems(node.content, "taskItem", depth, budget).map(
      (item): TaskItemNode => ({
        type: "taskItem",
        attrs: { checked: fields(item.attrs).checked === true || fields(item.attrs).checked === "true" },
        content: someBlocks(item.content, depth + 1, budget),
      }),
    );
    return content.length > 0 ? { type: "taskList", content } : null;
  }
  const content = cleanItems(node.content, "listItem", depth, budget).map(
    (item): ListItemNode => ({ type: "listItem", content: someBlocks(item.content, depth + 1, budget) }),
  );
  if (content.length === 0) return null;
  if (node.type === "bulletList") return { type: "bulletList", content };
  const start = Number(fields(node.attrs).start ?? 1);
  const honest = Number.isInteger(start) && start >= 0 && start <= 1_000_000;
  return { type: "orderedList", attrs: { start: honest ? start : 1 }, content };
}

function cleanImage(node: Fields): BlockNode | null {
  const attrs = fields(node.attrs);
  const src = safeImageSrc(attrs.src);
  if (!src) return null;
  const size = { width: pixels(attrs.width), height: pixels(attrs.height) };
  return { type: "image", attrs: { src, alt: cleanText(attrs.alt, 500).trim(), ...size } };
}

function cleanBlock(node: Fields, depth: number, budget: Budget): BlockNode | null {
  switch (node.type) {
    case "paragraph":
      return { type: "paragraph", ...withInline(cleanInline(node.content, budget)) };
    case "heading": {
      const level = Number(fields(node.attrs).level);
      const content = withInline(cleanInline(node.content, budget));
      return { type: "heading", attrs: { level: level === 1 || level === 2 ? level : 3 }, ...content };
    }
    case "bulletList":
    case "orderedList":
    case "taskList":
      return cleanList(node, depth, budget);
    case "blockquote":
      return { type: "blockquote", content: someBlocks(node.content, depth + 1, budget) };
    case "codeBlock": {
      const code = cleanInline(node.content, budget).reduce(
        (all, part) => all + (part.type === "text" ? part.text : ""),
        "",
      );
      return code ? { type: "codeBlock", content: [{ type: "text", text: code }] } : { type: "codeBlock" };
    }
    case "horizontalRule":
      return { type: "horizontalRule" };
    case "table":
      return cleanTable(node, depth, budget);
    case "image":
      return cleanImage(node);
    default:
      return null;
  }
}

function cleanBlocks(value: unknown, depth: number, budget: Budget): BlockNode[] {
  if (depth >= DEEPEST) return [];
  const out: BlockNode[] = [];
  let loose: Fields[] = [];
  const gather = () => {
    const content = cleanInline(loose, budget);
    if (content.length > 0) out.push({ type: "paragraph", content });
    loose = [];
  };
  for (const node of list(value).map(fields)) {
    if (isInline(node)) {
      loose.push(node);
      continue;
    }
    gather();
    if (--budget.nodes < 0) break;
    const block = cleanBlock(node, depth, budget);
    if (block) out.push(block);
  }
  gather();
  return out;
}

/** Any JSON, made safe and well formed: in come untrusted bytes' contents, out comes what may be stored and rendered. */
export function cleanRichText(json: unknown): RichDoc {
  const root = fields(json);
  return { type: "doc", content: someBlocks(root.type === "doc" ? root.content : [], 0, { nodes: MOST_NODES }) };
}
