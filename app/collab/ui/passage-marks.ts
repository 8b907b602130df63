import { Extension } from "@tiptap/core";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import type * as Y from "yjs";
import { flatOf, passageAt, placeOf } from "../passage-place";
import { flatOfEditor, fromEditor, inEditor } from "./editor-text";
import type { PassageProps, Picked } from "./passage-props";

/** Marks of commented passages: on this screen only, never in the document. */

const KEY = new PluginKey<DecorationSet>("passages");
/** Whoever types is not kept waiting: marks move with the text at once, and are looked at anew in a pause. */
const PAUSE = 250;

type Wanted = () => Pick<PassageProps, "marked" | "open" | "onOpen"> | undefined;

/** In: the live document, and what to mark now. */
export function passageMarks(doc: Y.Doc, wanted: Wanted): Extension {
  return Extension.create({
    name: "passages",
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        key: KEY,
        state: {
          init: () => DecorationSet.empty,
          apply: (change, marks) =>
            (change.getMeta(KEY) as DecorationSet | undefined) ?? marks.map(change.mapping, change.doc),
        },
        props: {
          decorations: (state) => KEY.getState(state),
          handleClick: (_view, _at, { target }) => {
            const id = (target as Element | null)?.closest<HTMLElement>("[data-passage]")?.dataset.passage;
            if (id) wanted()?.onOpen(id);
            return false;
          },
        },
        view: (view) => {
          let later: ReturnType<typeof setTimeout> | undefined;
          const soon = () => {
            clearTimeout(later);
            later = setTimeout(() => lookAgain(view, doc, wanted), PAUSE);
          };
          soon();
          doc.on("update", soon);
          return {
            destroy: () => {
              clearTimeout(later);
              doc.off("update", soon);
            },
          };
        },
      }),
    ],
  });
}

/** Marks what is to be marked, where it is now. A text that the editor is still taking over waits for the next look. */
export function lookAgain(view: EditorView, doc: Y.Doc, wanted: Wanted): void {
  if (view.isDestroyed) return;
  const { marked = [], open = null } = wanted() ?? {};
  const before = KEY.getState(view.state);
  if (marked.length === 0 && before === DecorationSet.empty) return;
  const [flat, shown] = [flatOf(doc.getXmlFragment("default")), flatOfEditor(view.state.doc)];
  if (flat.text !== shown.text) return;
  const marks = marked.flatMap((passage) => {
    const place = placeOf(passage, flat, doc);
    const span = place.is === "gone" ? null : inEditor(shown, place.span);
    if (!span) return [];
    const look = `brief-passage${place.is === "moved" ? " brief-passage-moved" : ""}`;
    return Decoration.inline(span.from, span.to, {
      class: passage.id === open ? `${look} brief-passage-open` : look,
      "data-passage": passage.id,
    });
  });
  view.dispatch(view.state.tr.setMeta(KEY, DecorationSet.create(view.state.doc, marks)).setMeta("addToHistory", false));
}

/** What is selected, as a passage; null when it is nothing, or too much. */
export function pickedIn(view: EditorView, doc: Y.Doc): Picked | null {
  const [flat, shown] = [flatOf(doc.getXmlFragment("default")), flatOfEditor(view.state.doc)];
  const span = flat.text === shown.text ? fromEditor(shown, view.state.selection) : null;
  const passage = span && passageAt(flat, span);
  return passage && { start: passage.start, end: passage.end, quote: passage.quote };
}
