import type { AppState, ExcalidrawImperativeAPI } from "@excalidraw/excalidraw/types";
import { useCallback, useEffect, useRef } from "react";
import { boardView, standingAt, viewOn } from "../board-view";
import { type BriefLine, presentOf } from "./brief-line";
import type { Following } from "./following";

/** The others are told so often at most where one points and looks, in milliseconds. */
const TELLING = 50;

/**
 * Tells the others where one points and what one sees, the last of it too. Whoever follows somebody tells no view: two who
 * follow each other would chase each other for ever. Out: what takes the pointer's places.
 */
export function useTelling(line: BriefLine, api: ExcalidrawImperativeAPI | null, isFollowing: boolean) {
  const cursor = useRef<Record<string, unknown>>({});
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const tell = useCallback(
    (news: Record<string, unknown>) => {
      Object.assign(cursor.current, news);
      timer.current ??= setTimeout(() => {
        timer.current = null;
        line.provider.awareness.setLocalStateField("cursor", { ...cursor.current });
      }, TELLING);
    },
    [line],
  );
  useEffect(
    () => () => {
      clearTimeout(timer.current ?? undefined);
      timer.current = null;
    },
    [],
  );
  useEffect(() => {
    if (!api || isFollowing) return undefined;
    const look = () => tell({ view: viewOn(api.getAppState()) });
    look();
    // The place is known before the drawing's own state says so.
    return api.onScrollChange((scrollX, scrollY, zoom) => {
      const { width, height } = api.getAppState();
      tell({ view: viewOn({ scrollX, scrollY, width, height, zoom }) });
    });
  }, [api, isFollowing, tell]);
  return useCallback(
    ({ pointer: { x, y } }: { pointer: { x: number; y: number } }) => tell({ x: Math.round(x), y: Math.round(y) }),
    [tell],
  );
}

/** Moves the drawing to where somebody else looks, until one moves it oneself. */
export function useFollowing(
  line: BriefLine,
  api: ExcalidrawImperativeAPI | null,
  frame: React.RefObject<HTMLElement | null>,
  { personId, end }: Following,
): void {
  useEffect(() => {
    if (!api || !personId) return undefined;
    const { awareness } = line.provider;
    let last = "";
    const show = () => {
      for (const state of awareness.getStates().values()) {
        const view = boardView((state.cursor as { view?: unknown } | null | undefined)?.view);
        if (!view || presentOf(state)?.personId !== personId) continue;
        const next = JSON.stringify(view);
        if (next !== last) {
          const { zoom, ...place } = standingAt(view, api.getAppState());
          api.updateScene({ appState: { ...place, zoom: zoom as AppState["zoom"] } });
        }
        last = next;
        return;
      }
    };
    show();
    awareness.on("change", show);
    return () => awareness.off("change", show);
  }, [line, api, personId]);

  useEffect(() => {
    const element = frame.current;
    if (!personId || !element) return undefined;
    const pressed = ({ key }: KeyboardEvent) => key !== "Tab" && end();
    element.addEventListener("pointerdown", end, true);
    element.addEventListener("wheel", end, { capture: true, passive: true });
    element.addEventListener("keydown", pressed, true);
    return () => {
      element.removeEventListener("pointerdown", end, true);
      element.removeEventListener("wheel", end, true);
      element.removeEventListener("keydown", pressed, true);
    };
  }, [frame, personId, end]);
}
