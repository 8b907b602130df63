import type { AnyExtension, Editor, Mark, Node } from "@tiptap/core";
import Collaboration from "@tiptap/extension-collaboration";
import CollaborationCaret from "@tiptap/extension-collaboration-caret";
import Image from "@tiptap/extension-image";
import { TaskItem, TaskList } from "@tiptap/extension-list";
import Mention from "@tiptap/extension-mention";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import StarterKit from "@tiptap/starter-kit";
import { HEADING_TAGS, safeHref, safeImageSrc, safeSpan } from "../rich-text";
import { type BriefLine, presentOf } from "./brief-line";
import { CaretNames } from "./caret-names";
import type { MentionSearch } from "./mention-search";

/**
 * The editor's schema: the names of rich-text.ts, and of their attributes only those that mean something. What others
 * wrote is judged again wherever it becomes an element, because a live document may hold anything.
 */

const HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"];

/** Our own headings say their level; pasted ones are taken as they are called. */
const levelOf = ({ dataset, tagName }: HTMLElement) => ({
  level: Math.min(3, Math.max(1, Number(dataset.level ?? tagName.slice(1)) || 3)),
});

/** Narrower versions of what the starter kit brings. */
const NARROWED: Record<string, (extension: AnyExtension) => AnyExtension> = {
  heading: (extension) =>
    (extension as Node).extend({
      parseHTML: () => HEADINGS.map((tag) => ({ tag, getAttrs: levelOf })),
      renderHTML: ({ node }) => {
        const level = node.attrs.level === 1 || node.attrs.level === 2 ? node.attrs.level : 3;
        return [HEADING_TAGS[level as 1 | 2 | 3], { "data-level": `${level}` }, 0];
      },
    }),
  // A language would become a class of somebody's choosing.
  codeBlock: (extension) =>
    (extension as Node).extend({ addAttributes: () => ({}), renderHTML: () => ["pre", ["code", 0]] }),
  link: (extension) =>
    (extension as Mark).extend({
      addAttributes: () => ({
        href: { default: null, parseHTML: (element) => safeHref(element.getAttribute("href")) },
      }),
      renderHTML: ({ mark }) => {
        const href = safeHref(mark.attrs.href);
        return href ? ["a", { href, rel: "noopener noreferrer nofollow" }, 0] : ["span", 0];
      },
    }),
};

const Words = StarterKit.extend({
  addExtensions() {
    const kit = this.parent?.() ?? [];
    return kit.map((extension) => NARROWED[extension.name]?.(extension) ?? extension);
  },
}).configure({
  undoRedo: false,
  underline: false,
  // It would write a paragraph into everybody's document at once.
  trailingNode: false,
  heading: { levels: [1, 2, 3] },
  dropcursor: { color: false, class: "brief-drop" },
  link: { openOnClick: false, isAllowedUri: (address) => safeHref(address) !== null },
});

const Picture = Image.extend({
  addAttributes: () => ({
    src: { default: null },
    alt: { default: "" },
    width: { default: null },
    height: { default: null },
  }),
  parseHTML: () => [{ tag: 'img[src^="/api/files/"]' }],
  renderHTML({ node }) {
    const src = safeImageSrc(node.attrs.src);
    const size = Number(node.attrs.width) > 0 ? { width: node.attrs.width, height: node.attrs.height } : {};
    return src ? ["img", { src, alt: `${node.attrs.alt ?? ""}`, ...size }] : ["span", { hidden: "" }];
  },
});

const cellAttributes = () => ({
  colspan: { default: 1, parseHTML: (element: HTMLElement) => safeSpan(element.getAttribute("colspan")) },
  rowspan: { default: 1, parseHTML: (element: HTMLElement) => safeSpan(element.getAttribute("rowspan")) },
});
const Cell = TableCell.extend({ addAttributes: cellAttributes });
const HeadCell = TableHeader.extend({ addAttributes: cellAttributes });

/** Down from the last row of a table that nothing follows: onto a new line, since there is no other way out of it. */
function leaveTable(editor: Editor): boolean {
  const { $from, empty } = editor.state.selection;
  if (!empty || !editor.view.endOfTextblock("down")) return false;
  for (let depth = $from.depth; depth > 1; depth -= 1) {
    // Above the caret: the cell (its block must be the last), the row (anywhere in it), the table (its row must be the last).
    const table = $from.node(depth - 1);
    if ($from.node(depth).type.name !== "tableRow" || table.type.name !== "table") continue;
    const cell = $from.node(depth + 1);
    const inLastRow = $from.index(depth - 1) === table.childCount - 1;
    const inLastBlock = $from.index(depth + 1) === cell.childCount - 1;
    const nothingFollows = $from.indexAfter(depth - 2) === $from.node(depth - 2).childCount;
    if (!inLastRow || !inLastBlock || !nothingFollows) return false;
    const after = $from.after(depth - 1);
    return editor
      .chain()
      .insertContentAt(after, { type: "paragraph" })
      .setTextSelection(after + 1)
      .run();
  }
  return false;
}

const ScrollingTable = Table.extend({
  addKeyboardShortcuts() {
    return { ...this.parent?.(), ArrowDown: () => leaveTable(this.editor) };
  },
  addNodeView: () => null,
  renderHTML: () => ["div", { class: "table-scroll" }, ["table", ["tbody", 0]]],
});

const People = Mention.extend({
  addAttributes: () => ({
    id: { default: null, parseHTML: (element) => element.getAttribute("data-id") },
    label: { default: null, parseHTML: (element) => element.getAttribute("data-label") },
  }),
  renderHTML: ({ node }) => {
    const { id, label } = node.attrs;
    return [
      "span",
      { "data-type": "mention", "data-id": `${id}`, "data-label": `${label}`, class: "mention" },
      `@${label}`,
    ];
  },
  renderText: ({ node }) => `@${node.attrs.label ?? ""}`,
});

function caret(user: unknown): HTMLElement {
  const person = presentOf({ user });
  const mark = document.createElement("span");
  mark.className = "collaboration-carets__caret";
  if (!person) return mark;
  const label = document.createElement("span");
  label.className = "collaboration-carets__label";
  label.textContent = person.name;
  // Checked to be six hex digits: the one style that comes from data.
  mark.style.setProperty("--caret", person.color);
  mark.append(label);
  return mark;
}

type ExtensionsOptions = {
  line: Pick<BriefLine, "doc"> & { provider: Pick<BriefLine["provider"], "awareness"> };
  me: { personId: string; name: string };
  mentions: MentionSearch;
  taskLabel: (text: string, done: boolean) => string;
};

/** Everything the editor of a brief knows, bound to one line. */
export function briefExtensions({ line, me, mentions, taskLabel }: ExtensionsOptions): AnyExtension[] {
  return [
    Words,
    TaskList,
    TaskItem.configure({
      nested: true,
      a11y: { checkboxLabel: (node, checked) => taskLabel(node.firstChild?.textContent ?? "", checked) },
    }),
    ScrollingTable.configure({ resizable: false }),
    TableRow,
    Cell,
    HeadCell,
    Picture.configure({ inline: false, allowBase64: false }),
    People.configure({ suggestion: mentions.suggestion }),
    Collaboration.configure({ document: line.doc }),
    CollaborationCaret.configure({
      provider: line.provider,
      user: me,
      render: caret,
      selectionRender: (user) => {
        const person = presentOf({ user });
        return person ? { class: "collaboration-carets__selection", style: `--caret: ${person.color}` } : {};
      },
    }),
    CaretNames,
  ];
}
