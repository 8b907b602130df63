import * as Y from "yjs";
import { shareWords, steps, stretches, wordsOf } from "./alike.server";
import type { RichDoc } from "./rich-text";
import { richTextOf, scratchOf, textIn } from "./rich-text-yjs.server";

/**
 * Makes a live text say what an earlier version said, by the smallest edits: what is the same stays, with whoever wrote it,
 * and what others write meanwhile in other places stays, too.
 */

type Unit = Y.XmlElement | Y.XmlText;
type Parent = Y.XmlFragment | Y.XmlElement;
type Delta = { insert: unknown; attributes?: Record<string, unknown> }[];

const sorted = (fields: Record<string, unknown>) =>
  Object.entries(fields)
    .filter(([, value]) => value !== null && value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
const isUnit = (child: unknown): child is Unit => child instanceof Y.XmlElement || child instanceof Y.XmlText;
const deltaOf = (text: Y.XmlText) => text.toDelta() as Delta;
const unitsOf = (parent: Parent): Unit[] => parent.toArray().filter(isUnit);

function formOf(unit: Unit): unknown {
  if (unit instanceof Y.XmlText) return deltaOf(unit).map((part) => [part.insert, sorted(part.attributes ?? {})]);
  const inside = unitsOf(unit).filter((child) => !(child instanceof Y.XmlText && child.length === 0));
  return [unit.nodeName, sorted(unit.getAttributes()), inside.map(formOf)];
}

function wordsIn(unit: Unit): string {
  if (unit instanceof Y.XmlText)
    return deltaOf(unit)
      .map(({ insert }) => (typeof insert === "string" ? insert : ""))
      .join("");
  return unitsOf(unit).map(wordsIn).join(" ");
}

function alike(one: Unit, other: Unit): boolean {
  if (one instanceof Y.XmlText || other instanceof Y.XmlText)
    return one instanceof Y.XmlText && other instanceof Y.XmlText;
  return one.nodeName === other.nodeName && shareWords(wordsIn(one), wordsIn(other));
}

function become(live: Parent, wanted: Parent): void {
  let at = 0;
  for (const stretch of stretches(unitsOf(live), unitsOf(wanted), (unit) => JSON.stringify(formOf(unit)))) {
    if ("same" in stretch) {
      at += stretch.same.length;
      continue;
    }
    for (const { from, to } of steps(stretch.gone, stretch.come, alike)) {
      if (!to) live.delete(at, 1);
      else {
        if (!from) live.insert(at, [to.clone() as Unit]);
        else if (from instanceof Y.XmlText && to instanceof Y.XmlText) becomeText(from, to);
        else if (from instanceof Y.XmlElement && to instanceof Y.XmlElement) becomeElement(from, to);
        at += 1;
      }
    }
  }
}

function becomeElement(live: Y.XmlElement, wanted: Y.XmlElement): void {
  const [had, has] = [live.getAttributes(), wanted.getAttributes()];
  for (const name of Object.keys(had)) if (has[name] === undefined) live.removeAttribute(name);
  for (const [name, value] of Object.entries(has)) {
    if (value !== undefined && JSON.stringify(value) !== JSON.stringify(had[name])) live.setAttribute(name, value);
  }
  become(live, wanted);
}

function becomeText(live: Y.XmlText, wanted: Y.XmlText): void {
  const [had, has] = [deltaOf(live), deltaOf(wanted)];
  if (had.some(({ insert }) => typeof insert !== "string")) {
    live.delete(0, live.length);
    live.applyDelta(has);
    return;
  }
  let at = 0;
  for (const stretch of stretches(wordsOf(wordsIn(live)), wordsOf(wordsIn(wanted)), (word) => word)) {
    if ("same" in stretch) {
      at += stretch.same.reduce((sum, [word]) => sum + word.length, 0);
      continue;
    }
    const gone = stretch.gone.join("");
    if (gone !== "") live.delete(at, gone.length);
    const come = stretch.come.join("");
    if (come !== "") live.insert(at, come, {});
    at += come.length;
  }
  format(live, has);
}

/** Gives a text that says the same already the marks it is to have. */
function format(live: Y.XmlText, wanted: Delta): void {
  let at = 0;
  for (const { insert, attributes = {} } of wanted) {
    const end = at + `${insert}`.length;
    let from = 0;
    for (const part of deltaOf(live)) {
      const to = from + `${part.insert}`.length;
      const [first, last] = [Math.max(from, at), Math.min(to, end)];
      const had = part.attributes ?? {};
      if (first < last && JSON.stringify(sorted(had)) !== JSON.stringify(sorted(attributes))) {
        const none = Object.fromEntries(Object.keys(had).map((name) => [name, null]));
        live.format(first, last - first, { ...none, ...attributes });
      }
      from = to;
    }
    at = end;
  }
}

/** Makes a document's text say this. */
export function restoreText(ydoc: Y.Doc, doc: RichDoc): void {
  const scratch = scratchOf(doc);
  const [live, wanted] = [textIn(ydoc), textIn(scratch)];
  ydoc.transact(() => {
    // What no allow-list knows is counted by nobody, so it would stand in the way of every place.
    for (let at = live.length - 1; at >= 0; at -= 1) if (!isUnit(live.get(at))) live.delete(at, 1);
    become(live, wanted);
    // Whatever was forged into it: a version is restored whole or not at all.
    if (JSON.stringify(richTextOf(live)) === JSON.stringify(richTextOf(wanted))) return;
    live.delete(0, live.length);
    live.insert(
      0,
      unitsOf(wanted).map((unit) => unit.clone() as Unit),
    );
  });
  scratch.destroy();
}
