import { Excalidraw } from "@excalidraw/excalidraw";
import type { AppState, Collaborator, ExcalidrawImperativeAPI, SocketId } from "@excalidraw/excalidraw/types";
import "@excalidraw/excalidraw/index.css";
import { type ReactNode, useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { useTranslations } from "use-intl";
import type { Locale } from "~/kernel/locale";
import { letterOf } from "~/ui/letter";
import { pageLocale } from "~/words";
import type { BoardBinding } from "./board-binding";
import { holdCanvases } from "./board-canvases";
import { useFollowing, useTelling } from "./board-following";
import { BoardOver } from "./board-over";
import type { BoardCanvasProps } from "./board-props";
import { BoardTools } from "./board-tools";
import { type BriefLine, presentOf } from "./brief-line";
import { useBoardPictures } from "./use-board-pictures";
import { useCards } from "./use-cards";

/** What the drawing calls our languages. */
const LANGUAGES: Record<Locale, string> = { en: "en", uk: "uk-UA", ru: "ru-RU", zh: "zh-CN" };
/** Whoever types nothing for so long begins another step, in milliseconds. */
const A_PAUSE = 1_000;

/** The drawing itself, with our own tools above it. */
export function BoardCanvas(props: BoardCanvasProps): ReactNode {
  const { line, binding, mayEdit, uploadImage, following, marks, said, layer } = props;
  const t = useTranslations("collab.board.page");
  const [api, setApi] = useState<ExcalidrawImperativeAPI | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [tool, setTool] = useState("selection");
  const [selected, setSelected] = useState<readonly string[]>([]);
  const dark = useDark();
  const pictures = useBoardPictures(binding, api);

  useEffect(() => holdCanvases(document), []);
  useEffect(() => {
    if (!api) return undefined;
    binding.attach(api);
    api.scrollToContent(undefined, { fitToContent: true });
    return () => binding.detach();
  }, [api, binding]);
  usePlaceOnPage(frame, api);
  useOwnHistory(frame, binding);
  const onPaste = useCards(frame, api, binding, mayEdit);
  usePointers(line, api);
  const point = useTelling(line, api, following.personId !== null);
  useFollowing(line, api, frame, following);

  const changed = useCallback(
    (_elements: unknown, { activeTool, selectedElementIds }: AppState) => {
      setTool(activeTool.type);
      // The canvas tells this each time it is drawn: a new list each time would have it drawn without end.
      const ids = Object.keys(selectedElementIds);
      setSelected((known) => (known.length === ids.length && known.every((id, at) => id === ids[at]) ? known : ids));
      binding.touched();
    },
    [binding],
  );
  const keepPicture = useCallback(
    async (file: File) => {
      const outcome = await uploadImage(file, new AbortController().signal);
      if (!outcome.ok) throw new Error(outcome.why);
      return outcome.src.slice(outcome.src.lastIndexOf("/") + 1);
    },
    [uploadImage],
  );
  return (
    <>
      <BoardTools {...props} api={api} tool={tool} selected={selected} pictures={pictures} />
      <section ref={frame} aria-label={t("drawing")} className="board-frame">
        <Excalidraw
          excalidrawAPI={setApi}
          onChange={changed}
          onPointerUpdate={point}
          generateIdForFile={keepPicture}
          onPaste={onPaste}
          viewModeEnabled={!mayEdit}
          theme={dark ? "dark" : "light"}
          langCode={LANGUAGES[pageLocale()]}
          validateEmbeddable={false}
          aiEnabled={false}
          handleKeyboardGlobally={false}
          isCollaborating
          UIOptions={{
            canvasActions: { loadScene: false, saveToActiveFile: false, export: false, clearCanvas: false },
          }}
        />
        {api && (
          <BoardOver api={api} binding={binding} marks={marks} said={said} layer={layer?.shown ? layer.elements : []} />
        )}
      </section>
    </>
  );
}

/**
 * The canvas remembers where on the screen it lies. It hears the page scroll, a moment later, and never that something above it
 * came or went: it looks anew before it hears where somebody presses, or it would draw and choose beside the pointer.
 */
function usePlaceOnPage(frame: React.RefObject<HTMLElement | null>, api: ExcalidrawImperativeAPI | null): void {
  useEffect(() => {
    const element = frame.current;
    if (!api) return undefined;
    const look = () => flushSync(() => api.refresh());
    element?.addEventListener("pointerdown", look, true);
    return () => element?.removeEventListener("pointerdown", look, true);
  }, [frame, api]);
}

/** The canvas's own undo knows nothing of the others: ours takes its keys. */
function useOwnHistory(frame: React.RefObject<HTMLElement | null>, binding: BoardBinding): void {
  useEffect(() => {
    const element = frame.current;
    let last = 0;
    const pressed = (event: KeyboardEvent) => {
      // What is typed in one go is one step.
      if (event.timeStamp - last > A_PAUSE) binding.newStep();
      last = event.timeStamp;
      const isTyping = event.target instanceof HTMLElement && event.target.matches("textarea, input");
      const key = letterOf(event);
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping || (key !== "z" && key !== "y")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      binding.back(key === "y" || event.shiftKey ? "redo" : "undo");
    };
    element?.addEventListener("keydown", pressed, true);
    // Before the canvas hears of it and puts something down.
    element?.addEventListener("pointerdown", binding.newStep, true);
    return () => {
      element?.removeEventListener("keydown", pressed, true);
      element?.removeEventListener("pointerdown", binding.newStep, true);
    };
  }, [frame, binding]);
}

/** Where the others point, under the names that the server gave them. */
function usePointers(line: BriefLine, api: ExcalidrawImperativeAPI | null): void {
  useEffect(() => {
    const { awareness } = line.provider;
    const show = () => {
      const others = new Map<SocketId, Collaborator>();
      for (const [client, state] of awareness.getStates()) {
        const person = client === line.doc.clientID ? null : presentOf(state);
        const { x, y } = (state.cursor ?? {}) as { x?: number; y?: number };
        if (!person || typeof x !== "number" || typeof y !== "number") continue;
        others.set(`${client}` as SocketId, {
          id: person.personId,
          username: person.name,
          color: { background: person.color, stroke: person.color },
          pointer: { x, y, tool: "pointer" },
        });
      }
      api?.updateScene({ collaborators: others });
    };
    show();
    awareness.on("change", show);
    return () => awareness.off("change", show);
  }, [line, api]);
}

/** Whether the page is dark now. */
function useDark(): boolean {
  return useSyncExternalStore(
    (told) => {
      const media = matchMedia("(prefers-color-scheme: dark)");
      const root = new MutationObserver(told);
      root.observe(document.documentElement, { attributeFilter: ["data-theme"] });
      media.addEventListener("change", told);
      return () => {
        root.disconnect();
        media.removeEventListener("change", told);
      };
    },
    () => {
      const { theme } = document.documentElement.dataset;
      return theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    },
  );
}
