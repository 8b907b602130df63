/**
 * The allow-list of a brief, as plain tiptap JSON. Whatever reaches a page, a mail or the search index went through
 * `cleanRichText` (rich-text-clean.ts; showing a text needs none of it). The editor's schema (ui/brief-extensions.ts) knows the
 * same names and nothing else.
 */

export type PlainMark = { type: "bold" | "italic" | "strike" | "code" };
export type LinkMark = { type: "link"; attrs: { href: string } };
export type RichMark = PlainMark | LinkMark;

export type TextNode = { type: "text"; text: string; marks?: RichMark[] };
export type MentionNode = { type: "mention"; attrs: { id: string; label: string } };
export type InlineNode = TextNode | MentionNode | { type: "hardBreak" };

export type ListItemNode = { type: "listItem"; content: BlockNode[] };
export type TaskItemNode = { type: "taskItem"; attrs: { checked: boolean }; content: BlockNode[] };
export type CellNode = {
  type: "tableCell" | "tableHeader";
  attrs: { colspan: number; rowspan: number };
  content: BlockNode[];
};
export type RowNode = { type: "tableRow"; content: CellNode[] };
export type ImageNode = {
  type: "image";
  attrs: { src: string; alt: string; width: number | null; height: number | null };
};
export type BlockNode =
  | { type: "paragraph"; content?: InlineNode[] }
  | { type: "heading"; attrs: { level: 1 | 2 | 3 }; content?: InlineNode[] }
  | { type: "bulletList"; content: ListItemNode[] }
  | { type: "orderedList"; attrs: { start: number }; content: ListItemNode[] }
  | { type: "taskList"; content: TaskItemNode[] }
  | { type: "blockquote"; content: BlockNode[] }
  | { type: "codeBlock"; content?: TextNode[] }
  | { type: "horizontalRule" }
  | { type: "table"; content: RowNode[] }
  | ImageNode;

export type RichNode = BlockNode | InlineNode | ListItemNode | TaskItemNode | RowNode | CellNode;
export type RichDoc = { type: "doc"; content: BlockNode[] };

/** A brief stands under a page's h1 and its section's h2, so its own headings begin below them. */
export const HEADING_TAGS = { 1: "h3", 2: "h4", 3: "h5" } as const;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const FILE = /^\/api\/files\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PROTOCOLS: readonly string[] = ["http:", "https:", "mailto:", "tel:"];

/** Text that Postgres can hold (no NUL, no half surrogate) and a page shows as written. */
export function cleanText(value: unknown, longest = 1_000_000): string {
  return typeof value === "string" ? value.slice(0, longest).replace(/\p{Cs}|(?![\t\n])\p{Cc}/gu, "") : "";
}

/**
 * The address of a link that may be followed: http, https, mailto, tel, or a path on this site; normalised, so that
 * what was judged is what is rendered. Everything else, `javascript:` however it is spelt included, is null.
 */
export function safeHref(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const raw = value.trim();
  if (raw === "" || raw.length > 2048) return null;
  const onThisSite = raw.startsWith("/");
  try {
    const url = new URL(raw, onThisSite ? "https://this.site.invalid" : undefined);
    if (url.username !== "" || url.password !== "") return null;
    if (onThisSite) {
      return url.host === "this.site.invalid" && !url.pathname.startsWith("//")
        ? url.pathname + url.search + url.hash
        : null;
    }
    return PROTOCOLS.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** The address of a picture this installation stores, or null: nothing is ever loaded from elsewhere. */
export function safeImageSrc(value: unknown): string | null {
  return typeof value === "string" && FILE.test(value) ? value : null;
}

export const isMentionId = (value: unknown): value is string => typeof value === "string" && UUID.test(value);

export const WIDEST_SPAN = 50;

/** A span of a table cell, 1 when it is not an honest one. */
export function safeSpan(value: unknown): number {
  const span = Number(value);
  return Number.isInteger(span) && span >= 1 && span <= WIDEST_SPAN ? span : 1;
}
