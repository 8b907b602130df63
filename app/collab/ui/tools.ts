import type { Editor } from "@tiptap/react";
import {
  Bold,
  Braces,
  Code,
  Heading1,
  Heading2,
  Heading3,
  Italic,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Minus,
  Quote,
  Redo2,
  Strikethrough,
  Table,
  Undo2,
} from "lucide-react";
import type words from "../words/en";

export type ToolName = Exclude<keyof typeof words.tools, "bar" | "link" | "image" | "mention">;

export type Tool = {
  name: ToolName;
  icon?: LucideIcon;
  run: (editor: Editor) => boolean;
  /** Whether it is on where the caret is; left out for what is done once. */
  on?: (editor: Editor) => boolean;
  /** Whether it can be done where the caret is. */
  can?: (editor: Editor) => boolean;
};

const heading = (level: 1 | 2 | 3, icon: LucideIcon): Tool => ({
  name: `heading${level}`,
  icon,
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
  on: (editor) => editor.isActive("heading", { level }),
});

const UNDO: Tool[] = [
  { name: "undo", icon: Undo2, run: (editor) => editor.commands.undo(), can: (editor) => editor.can().undo() },
  { name: "redo", icon: Redo2, run: (editor) => editor.commands.redo(), can: (editor) => editor.can().redo() },
];

const SHAPES: Tool[] = [
  heading(1, Heading1),
  heading(2, Heading2),
  heading(3, Heading3),
  {
    name: "bold",
    icon: Bold,
    run: (editor) => editor.chain().focus().toggleBold().run(),
    on: (editor) => editor.isActive("bold"),
  },
  {
    name: "italic",
    icon: Italic,
    run: (editor) => editor.chain().focus().toggleItalic().run(),
    on: (editor) => editor.isActive("italic"),
  },
  {
    name: "strike",
    icon: Strikethrough,
    run: (editor) => editor.chain().focus().toggleStrike().run(),
    on: (editor) => editor.isActive("strike"),
  },
  {
    name: "code",
    icon: Code,
    run: (editor) => editor.chain().focus().toggleCode().run(),
    on: (editor) => editor.isActive("code"),
  },
];

const BLOCKS: Tool[] = [
  {
    name: "bulletList",
    icon: List,
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
    on: (editor) => editor.isActive("bulletList"),
  },
  {
    name: "orderedList",
    icon: ListOrdered,
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
    on: (editor) => editor.isActive("orderedList"),
  },
  {
    name: "taskList",
    icon: ListChecks,
    run: (editor) => editor.chain().focus().toggleTaskList().run(),
    on: (editor) => editor.isActive("taskList"),
  },
  {
    name: "quote",
    icon: Quote,
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
    on: (editor) => editor.isActive("blockquote"),
  },
  {
    name: "codeBlock",
    icon: Braces,
    run: (editor) => editor.chain().focus().toggleCodeBlock().run(),
    on: (editor) => editor.isActive("codeBlock"),
  },
  { name: "rule", icon: Minus, run: (editor) => editor.chain().focus().setHorizontalRule().run() },
  {
    name: "table",
    icon: Table,
    run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: false }).run(),
    can: (editor) => !editor.isActive("table"),
  },
];

/** Offered while the caret is in a table, by their names: no icon tells a row from a column. */
export const TABLE_TOOLS: readonly Tool[] = [
  { name: "rowAbove", run: (editor) => editor.chain().focus().addRowBefore().run() },
  { name: "rowBelow", run: (editor) => editor.chain().focus().addRowAfter().run() },
  { name: "columnBefore", run: (editor) => editor.chain().focus().addColumnBefore().run() },
  { name: "columnAfter", run: (editor) => editor.chain().focus().addColumnAfter().run() },
  { name: "headerRow", run: (editor) => editor.chain().focus().toggleHeaderRow().run() },
  { name: "deleteRow", run: (editor) => editor.chain().focus().deleteRow().run() },
  { name: "deleteColumn", run: (editor) => editor.chain().focus().deleteColumn().run() },
  { name: "deleteTable", run: (editor) => editor.chain().focus().deleteTable().run() },
];

/** What the toolbar offers, in its order. */
export const TOOLS: readonly Tool[] = [...UNDO, ...SHAPES, ...BLOCKS];
