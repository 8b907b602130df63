import { createElement, Fragment, type ReactNode } from "react";
import {
  type BlockNode,
  type CellNode,
  HEADING_TAGS,
  type ImageNode,
  type InlineNode,
  type ListItemNode,
  type RichDoc,
  type RichMark,
  type RowNode,
  safeHref,
  safeImageSrc,
  type TaskItemNode,
} from "../rich-text";
import { nodeText, plainText } from "../rich-text-plain";
import { Marking } from "./shown-text";

function Marked({ marks, children }: { marks: readonly RichMark[]; children: ReactNode }): ReactNode {
  const [mark, ...rest] = marks;
  if (!mark) return children;
  const inner = <Marked marks={rest}>{children}</Marked>;
  switch (mark.type) {
    case "bold":
      return <strong>{inner}</strong>;
    case "italic":
      return <em>{inner}</em>;
    case "strike":
      return <s>{inner}</s>;
    case "code":
      return <code>{inner}</code>;
    case "link": {
      const href = safeHref(mark.attrs.href);
      return href ? (
        <a href={href} rel="noopener noreferrer nofollow">
          {inner}
        </a>
      ) : (
        inner
      );
    }
  }
}

/** Children without keys: they are static, and no index has to pose as an identity. */
function each<T>(nodes: readonly T[], show: (node: T) => ReactNode): ReactNode {
  return createElement(Fragment, null, ...nodes.map(show));
}

function inline(node: InlineNode): ReactNode {
  switch (node.type) {
    case "hardBreak":
      return <br />;
    case "mention":
      return (
        <Marking node={node}>
          <span className="mention">@{node.attrs.label}</span>
        </Marking>
      );
    case "text":
      return (
        <Marking node={node}>
          <Marked marks={node.marks ?? []}>{node.text}</Marked>
        </Marking>
      );
  }
}

const inlines = (nodes: readonly InlineNode[] | undefined) => each(nodes ?? [], inline);
const blocks = (nodes: readonly BlockNode[]) => each(nodes, block);

const listItem = (item: ListItemNode) => <li>{blocks(item.content)}</li>;

const taskItem = (item: TaskItemNode) => (
  <li data-checked={item.attrs.checked}>
    <input
      type="checkbox"
      checked={item.attrs.checked}
      disabled
      aria-label={plainText({ type: "doc", content: item.content })}
    />
    <div>{blocks(item.content)}</div>
  </li>
);

function cell({ type, attrs, content }: CellNode): ReactNode {
  // An empty cell heads nothing.
  const heads = type === "tableHeader" && content.some((node) => nodeText(node).trim() !== "");
  const Cell = heads ? "th" : "td";
  return (
    <Cell colSpan={attrs.colspan} rowSpan={attrs.rowspan}>
      {blocks(content)}
    </Cell>
  );
}

const row = (node: RowNode) => <tr>{each(node.content, cell)}</tr>;

function image({ attrs }: ImageNode): ReactNode {
  const src = safeImageSrc(attrs.src);
  const size = attrs.width && attrs.height ? { width: attrs.width, height: attrs.height } : {};
  return src ? <img src={src} alt={attrs.alt} loading="lazy" {...size} /> : null;
}

function block(node: BlockNode): ReactNode {
  switch (node.type) {
    case "paragraph":
      return <p>{node.content ? inlines(node.content) : <br />}</p>;
    case "heading": {
      const Level = HEADING_TAGS[node.attrs.level];
      return <Level data-level={node.attrs.level}>{inlines(node.content)}</Level>;
    }
    case "bulletList":
      return <ul>{each(node.content, listItem)}</ul>;
    case "orderedList":
      return <ol start={node.attrs.start}>{each(node.content, listItem)}</ol>;
    case "taskList":
      return <ul data-type="taskList">{each(node.content, taskItem)}</ul>;
    case "blockquote":
      return <blockquote>{blocks(node.content)}</blockquote>;
    case "codeBlock":
      return (
        <pre>
          <code>{inlines(node.content)}</code>
        </pre>
      );
    case "horizontalRule":
      return (
        <Marking node={node}>
          <hr />
        </Marking>
      );
    case "image":
      return <Marking node={node}>{image(node)}</Marking>;
    case "table":
      return (
        <div className="table-scroll">
          <table>
            <tbody>{each(node.content, row)}</tbody>
          </table>
        </div>
      );
  }
}

/**
 * Cleaned rich text (`cleanRichText`) as page content. Renders on the server and needs no editor code, so a brief
 * reads before and without JavaScript. Links and image addresses are judged once more here.
 */
export function RichTextView({ doc }: { doc: RichDoc }) {
  return <div className="rich-text">{blocks(doc.content)}</div>;
}
