import type { Editor } from "@tiptap/react";
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from "@tiptap/y-tiptap";
import { useEffect } from "react";
import * as Y from "yjs";
import { type BriefLine, presentOf } from "./brief-line";
import type { Following } from "./following";

/** Keys by which one moves through a page oneself. */
const MOVES = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", " "]);
/** What is shown stands between these parts of the screen's height; it is brought to the first third. */
const [TOP, BOTTOM, BROUGHT_TO] = [0.2, 0.85, 0.33];

/**
 * Moves the page to where somebody else writes, until one moves it oneself. Nobody's caret is touched: only what is on the
 * screen moves.
 */
export function useBriefFollowing(editor: Editor | null, line: BriefLine, { personId, to, end }: Following): void {
  useEffect(() => {
    if (!editor || !personId) return undefined;
    const { awareness } = line.provider;
    let last = "";
    const show = (head: unknown) => {
      const place = JSON.stringify(head);
      if (!head || place === last) return;
      last = place;
      bringIntoView(editor, head);
    };
    const look = () => {
      for (const state of awareness.getStates().values()) {
        if (presentOf(state)?.personId === personId && headOf(state.cursor)) return show(headOf(state.cursor));
      }
    };
    // Where they called to comes first; their caret, once it moves.
    if (headOf(to)) {
      look();
      show(headOf(to));
    } else look();
    awareness.on("change", look);
    return () => awareness.off("change", look);
  }, [editor, line, personId, to]);

  useEffect(() => {
    if (!editor || !personId) return undefined;
    const pressed = (event: KeyboardEvent) => {
      const writes = event.target instanceof Node && editor.view.dom.contains(event.target) && event.key !== "Tab";
      const onButton = event.target instanceof HTMLButtonElement;
      if (writes || (!onButton && MOVES.has(event.key))) end();
    };
    const over = new AbortController();
    const { signal } = over;
    window.addEventListener("wheel", end, { passive: true, signal });
    window.addEventListener("touchmove", end, { passive: true, signal });
    window.addEventListener("keydown", pressed, { capture: true, signal });
    editor.view.dom.addEventListener("pointerdown", end, { signal });
    return () => over.abort();
  }, [editor, personId, end]);
}

/** Where on this screen one reads: what everybody is called to. Null: the text is not on the screen. */
export function placeOnScreen(editor: Editor): { anchor: unknown; head: unknown } | null {
  const { view } = editor;
  const { left, top, bottom } = view.dom.getBoundingClientRect();
  const height = window.innerHeight * BROUGHT_TO;
  const at = view.posAtCoords({ left: left + 4, top: Math.min(Math.max(height, top + 4), bottom - 4) });
  const text = ySyncPluginKey.getState(view.state);
  if (!at || !text?.binding) return null;
  const place = Y.relativePositionToJSON(absolutePositionToRelativePosition(at.pos, text.type, text.binding.mapping));
  return { anchor: place, head: place };
}

const headOf = (cursor: unknown): unknown => (cursor as { head?: unknown } | null | undefined)?.head ?? null;

function bringIntoView({ view }: Editor, head: unknown): void {
  const text = ySyncPluginKey.getState(view.state);
  if (!text?.binding) return;
  const place = Y.createRelativePositionFromJSON(head);
  const at = relativePositionToAbsolutePosition(text.doc, text.type, place, text.binding.mapping);
  // A place that is not in this text: forged, or not here yet.
  if (at === null || at > view.state.doc.content.size) return;
  const { top, bottom } = view.coordsAtPos(at);
  const height = window.innerHeight;
  if (top >= height * TOP && bottom <= height * BOTTOM) return;
  // At once: a long way is no motion that anybody can follow, and whoever moves the page themselves has no rival.
  window.scrollBy({ top: top - height * BROUGHT_TO, behavior: "instant" });
}
