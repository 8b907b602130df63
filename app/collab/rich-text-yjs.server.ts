import * as Y from "yjs";
import type { RichDoc, RichMark, RichNode } from "./rich-text";
import { cleanRichText, DEEPEST } from "./rich-text-clean";
import { seedClient } from "./seed-client";

const FRAGMENT = "default";

/** The update that puts a text into an empty document. Same room and text, same bytes. */
export function seedUpdate(room: string, doc: RichDoc): Uint8Array {
  const ydoc = new Y.Doc({ gc: false });
  ydoc.clientID = seedClient(room);
  ydoc.transact(() => {
    ydoc.getXmlFragment(FRAGMENT).insert(0, children(doc.content));
  });
  const update = Y.encodeStateAsUpdate(ydoc);
  ydoc.destroy();
  return update;
}

/** A text as a document of its own, which nobody edits: what another is to become. The caller destroys it. */
export function scratchOf(doc: RichDoc): Y.Doc {
  const ydoc = new Y.Doc();
  ydoc.getXmlFragment(FRAGMENT).insert(0, children(doc.content));
  return ydoc;
}

/** The text of a live document. */
export const textIn = (ydoc: Y.Doc): Y.XmlFragment => ydoc.getXmlFragment(FRAGMENT);

type Inline = Extract<RichNode, { type: "text" }>;

function children(nodes: readonly RichNode[]): (Y.XmlElement | Y.XmlText)[] {
  const out: (Y.XmlElement | Y.XmlText)[] = [];
  let run: Inline[] = [];
  const endRun = () => {
    if (run.length === 0) return;
    const text = new Y.XmlText();
    text.applyDelta(run.map((part) => ({ insert: part.text, attributes: attributesOf(part.marks ?? []) })));
    out.push(text);
    run = [];
  };
  for (const node of nodes) {
    if (node.type === "text") run.push(node);
    else {
      endRun();
      out.push(element(node));
    }
  }
  endRun();
  return out;
}

const attributesOf = (marks: readonly RichMark[]) =>
  Object.fromEntries(marks.map((mark) => [mark.type, mark.type === "link" ? mark.attrs : {}]));

function element(node: Exclude<RichNode, Inline>): Y.XmlElement {
  // Attributes of a node are JSON values in the editor's binding, while the type of XmlElement speaks of strings.
  const made = new Y.XmlElement<Record<string, string | number | boolean>>(node.type);
  for (const [name, value] of Object.entries("attrs" in node ? node.attrs : {})) {
    if (value !== null) made.setAttribute(name, value);
  }
  const inner = children("content" in node ? ((node.content ?? []) as RichNode[]) : []);
  if (inner.length > 0) made.insert(0, inner);
  return made as Y.XmlElement;
}

/** Gives every mention of a person the label of another name. Out: how many there were. */
export function relabelMentions(parent: Y.XmlFragment, personId: string, label: string): number {
  let found = 0;
  for (const child of parent.toArray()) {
    if (!(child instanceof Y.XmlElement)) continue;
    if (child.nodeName === "mention" && child.getAttribute("id") === personId) {
      child.setAttribute("label", label);
      found += 1;
    }
    found += relabelMentions(child, personId, label);
  }
  return found;
}

/** The text of a live document as anybody may have written it, made safe. Never throws, whatever was forged into it. */
export function richTextOf(fragment: Y.XmlFragment): RichDoc {
  return cleanRichText({ type: "doc", content: rawChildren(fragment, 0) });
}

function rawChildren(parent: Y.XmlFragment, depth: number): unknown[] {
  if (depth > DEEPEST * 2) return [];
  return parent.toArray().flatMap((child: unknown): unknown[] => {
    if (child instanceof Y.XmlText) return rawText(child);
    if (!(child instanceof Y.XmlElement)) return [];
    return [{ type: child.nodeName, attrs: child.getAttributes(), content: rawChildren(child, depth + 1) }];
  });
}

function rawText(text: Y.XmlText): unknown[] {
  const delta = text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[];
  return delta.map(({ insert, attributes }) => ({
    type: "text",
    text: insert,
    // The binding writes marks that may overlap as `name--hash`.
    marks: Object.entries(attributes ?? {}).map(([name, attrs]) => ({ type: name.replace(/--.{8}$/, ""), attrs })),
  }));
}
