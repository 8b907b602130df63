import * as Y from "yjs";
import { elementsOf } from "./board-elements";

/** What stood in a document at one moment: a brief's paragraphs or a board's things by their id, each with what it says. */
export type Standing = { readonly parts: ReadonlyMap<string, string>; readonly ends: ReadonlyMap<number, number> };

/** What others did between two moments, and under which client ids anything was written. */
export type Changes = { added: number; changed: number; removed: number; by: readonly number[] };

/** What stands in a live document now. */
export function standingIn(doc: Y.Doc): Standing {
  const ends = Y.decodeStateVector(Y.encodeStateVector(doc));
  return { parts: new Map([...paragraphsOf(doc), ...thingsOf(doc)]), ends };
}

/** What is different, null when nothing is that can be seen. */
export function changesBetween(before: Standing, after: Standing): Changes | null {
  const ids = [...after.parts.keys()];
  const added = ids.filter((id) => !before.parts.has(id)).length;
  const changed = ids.filter((id) => before.parts.has(id) && before.parts.get(id) !== after.parts.get(id)).length;
  const removed = [...before.parts.keys()].filter((id) => !after.parts.has(id)).length;
  const by = [...after.ends].filter(([client, end]) => (before.ends.get(client) ?? 0) < end).map(([client]) => client);
  return added + changed + removed > 0 ? { added, changed, removed, by } : null;
}

/** Paragraphs, lists, tables: what follows each other in a brief. One that says nothing is none. */
function* paragraphsOf(doc: Y.Doc): Iterable<[string, string]> {
  for (const part of doc.getXmlFragment("default").toArray()) {
    const { id } = part._item ?? {};
    const says = part instanceof Y.XmlElement ? part.toString() : "";
    if (id && !EMPTY.test(says)) yield [`${id.client}:${id.clock}`, says];
  }
}
const EMPTY = /^(?:<paragraph[^>]*><\/paragraph>)?$/;

/** A text that stands in a thing is a part of it. */
function* thingsOf(doc: Y.Doc): Iterable<[string, string]> {
  const things = new Map<string, unknown[]>();
  for (const [id, held] of elementsOf(doc)) {
    if (!((held as unknown) instanceof Y.Map)) continue;
    const fields = Object.entries(held.toJSON()).filter(([name]) => !UNSEEN.has(name));
    const inside = held.get("containerId");
    const thing = typeof inside === "string" ? inside : id;
    things.set(thing, [...(things.get(thing) ?? []), [id, fields.sort(([one], [other]) => (one < other ? -1 : 1))]]);
  }
  for (const [id, parts] of things) yield [id, JSON.stringify(parts.map((part) => JSON.stringify(part)).sort())];
}
/** What changes without anybody having changed anything that is seen. */
const UNSEEN: ReadonlySet<string> = new Set(["boundElements", "index", "seed"]);
