import type { ExcalidrawImperativeAPI } from "@excalidraw/excalidraw/types";
import { type RefObject, useCallback, useEffect, useRef } from "react";
import { addCard, CARD, linkFrom } from "../board-link";
import { keyOf, linkOf, type ThingLink } from "../thing-link";
import { type BoardBinding, newId } from "./board-binding";
import { type Seen, useSeen } from "./seen-links";

type Point = { x: number; y: number };

/** Where on the board something on the screen is. */
function onBoard(api: ExcalidrawImperativeAPI, { x, y }: Point): Point {
  const { offsetLeft, offsetTop, scrollX, scrollY, zoom } = api.getAppState();
  return { x: (x - offsetLeft) / zoom.value - scrollX, y: (y - offsetTop) / zoom.value - scrollY };
}

/** Puts a card there; without a place, into the middle of what one sees. */
export function putCard(api: ExcalidrawImperativeAPI, binding: BoardBinding, link: ThingLink, at?: Point): void {
  const { offsetLeft, offsetTop, width, height } = api.getAppState();
  const middle = onBoard(api, at ?? { x: offsetLeft + width / 2, y: offsetTop + height / 2 });
  const corner = { x: middle.x - CARD.width / 2, y: middle.y - CARD.height / 2 };
  binding.act((board) => addCard(board, link, corner, newId));
}

/** Where the one card that is selected leads; null for anything else, or what its reader is not shown. */
function selectedCard(api: ExcalidrawImperativeAPI, binding: BoardBinding, seen: Seen): string | null {
  const { selectedElementIds } = api.getAppState();
  const ids = Object.keys(selectedElementIds);
  const element = binding.elements().find(({ id }) => id === ids[0]);
  const link = ids.length === 1 && element ? linkOf(element) : null;
  return link ? (seen.get(keyOf(link))?.to ?? null) : null;
}

/**
 * An address of ours that is pasted into the drawing or dropped on it becomes a card there. A card that is selected opens with
 * Enter or a double press, with which other things begin to be written in. Out: for the drawing's `onPaste`.
 */
export function useCards(
  frame: RefObject<HTMLElement | null>,
  api: ExcalidrawImperativeAPI | null,
  binding: BoardBinding,
  mayEdit: boolean,
): (data: { text?: string }) => boolean {
  const seen = useSeen();
  const latest = useRef(seen);
  latest.current = seen;
  const pointer = useRef<Point | undefined>(undefined);
  useEffect(() => {
    const element = frame.current;
    if (!api || !element) return undefined;
    const follow = ({ clientX: x, clientY: y }: PointerEvent) => {
      pointer.current = { x, y };
    };
    const drop = (event: DragEvent) => {
      const held = event.dataTransfer;
      const typed = held?.getData("text/uri-list") || held?.getData("text/plain") || "";
      const link = linkFrom(typed.split("\n")[0] ?? "", window.location.origin);
      if (!link) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (mayEdit) putCard(api, binding, link, { x: event.clientX, y: event.clientY });
    };
    const open = (event: Event) => {
      const isOther = event instanceof KeyboardEvent && (event.key !== "Enter" || event.isComposing);
      const onCanvas = event.target instanceof HTMLElement && !event.target.matches("textarea, input, button, a");
      const to = isOther || !onCanvas ? null : selectedCard(api, binding, latest.current);
      if (!to) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      binding.flush();
      window.location.assign(to);
    };
    element.addEventListener("pointermove", follow);
    element.addEventListener("drop", drop, true);
    element.addEventListener("dblclick", open, true);
    element.addEventListener("keydown", open, true);
    return () => {
      element.removeEventListener("pointermove", follow);
      element.removeEventListener("drop", drop, true);
      element.removeEventListener("dblclick", open, true);
      element.removeEventListener("keydown", open, true);
    };
  }, [frame, api, binding, mayEdit]);
  return useCallback(
    ({ text }) => {
      const link = linkFrom(text ?? "", window.location.origin);
      if (!api || !link || !mayEdit) return true;
      putCard(api, binding, link, pointer.current);
      // The drawing is not to put the address there as words, too.
      return false;
    },
    [api, binding, mayEdit],
  );
}
