import * as Y from "yjs";
import type { RichDoc, RichNode, TextNode } from "./rich-text";

/**
 * Who wrote what. A document says under which client id each of its words was written, and the log whose id that is; a version
 * keeps persons, so that who wrote what is known however the document is cleaned up later.
 */

/** Runs over the letters of a text in their order: so many, by the person at that place in `people` (-1: nobody knows). */
export type Written = { people: string[]; runs: [number, number][] };

/** By element of a board: whoever made it, and whoever gave it what it shows now. */
export type Drawn = Readonly<Record<string, readonly string[]>>;

export type PersonOf = (client: number) => string | null;

type Piece = { text: string; client: number };

function pieces(parent: Y.XmlFragment, depth = 0): Piece[] {
  if (depth > 100) return [];
  return parent.toArray().flatMap((child): Piece[] => {
    if (child instanceof Y.XmlElement) return pieces(child, depth + 1);
    if (!(child instanceof Y.XmlText)) return [];
    const found: Piece[] = [];
    for (let item = child._start; item; item = item.right) {
      if (!item.deleted && item.content instanceof Y.ContentString) {
        found.push({ text: item.content.str, client: item.id.client });
      }
    }
    return found;
  });
}

const isNode = (value: unknown): value is RichNode => typeof value === "object" && value !== null && "type" in value;
const within = (node: RichNode | RichDoc): readonly RichNode[] =>
  "content" in node && Array.isArray(node.content) ? node.content.filter(isNode) : [];

/** The pieces of text in a rich text, in their order. */
export function textsOf(node: RichNode | RichDoc): TextNode[] {
  return within(node).flatMap((child) => (child.type === "text" ? [child] : textsOf(child)));
}

/** Who wrote the words of a text. In: the live document's text; the same made safe, which leaves letters out and adds none. */
export function writtenBy(fragment: Y.XmlFragment, doc: RichDoc, personOf: PersonOf): Written {
  const letters = textsOf(doc)
    .map(({ text }) => text)
    .join("");
  const [people, runs]: [string[], [number, number][]] = [[], []];
  let at = 0;
  for (const { text, client } of pieces(fragment)) {
    let taken = 0;
    for (const unit of text.split("")) {
      if (at + taken < letters.length && letters[at + taken] === unit) taken += 1;
    }
    at += taken;
    const person = personOf(client);
    let index = person === null ? -1 : people.indexOf(person);
    if (index < 0 && person !== null && taken > 0) index = people.push(person) - 1;
    const last = runs.at(-1);
    if (taken === 0) continue;
    if (last && last[1] === index) last[0] += taken;
    else runs.push([taken, index]);
  }
  return { people, runs };
}

/** The same of a board. In: the live document's elements. */
export function drawnBy(elements: Y.Map<Y.Map<unknown>>, shown: readonly { id: string }[], personOf: PersonOf): Drawn {
  const drawn: Record<string, string[]> = {};
  for (const { id } of shown) {
    const held = elements._map.get(id);
    const inside = held && elements.get(id);
    if (!held || !(inside instanceof Y.Map)) continue;
    const fields = [...inside._map.values()].filter((item) => !item.deleted);
    const clients = [held, ...fields].map((item) => item.id.client);
    drawn[id] = [...new Set(clients.flatMap((client) => personOf(client) ?? []))];
  }
  return drawn;
}

/** How far each client had written, by its id. */
export type Clocks = Readonly<Record<string, number>>;

export const clocksOf = (ydoc: Y.Doc): Clocks => Object.fromEntries(Y.decodeStateVector(Y.encodeStateVector(ydoc)));

/** Who has written something between two states, whether or not it is still there. Removing alone writes nothing. */
export function wroteBetween(before: Clocks, after: Clocks, personOf: PersonOf): string[] {
  const clients = Object.entries(after).flatMap(([client, clock]) => (clock > (before[client] ?? 0) ? [client] : []));
  return [...new Set(clients.flatMap((client) => personOf(Number(client)) ?? []))];
}
