import {
  type ComponentType,
  type ReactNode,
  startTransition,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslations } from "use-intl";
import type { BoardElement } from "../board-element";
import { AwayNote } from "./away-note";
import { BoardBinding } from "./board-binding";
import { BoardOutline } from "./board-outline-editor";
import type { BoardCanvasProps, LiveBoardProps } from "./board-props";
import { lineOf } from "./brief-line";
import { CallEverybody, ComeHere } from "./come-here";
import { FollowingLine, useFollowed } from "./following";
import { LayerList } from "./layer-list";
import { LineStatus } from "./line-status";
import { SeenContext } from "./seen-links";
import { useOver } from "./use-over";
import { useSeenLinks } from "./use-seen-links";
import { WhoIsHere } from "./who-is-here";

declare global {
  interface Window {
    /** Where the drawing finds its fonts. */
    EXCALIDRAW_ASSET_PATH?: string;
    /** Whether it draws with the screen's next picture, once for everything that changed by then. */
    EXCALIDRAW_THROTTLE_RENDER?: boolean;
  }
}

/** A live board: how its line stands, who is here, the canvas and the list. The list works before and without the canvas. */
export default function BoardEditor(props: LiveBoardProps) {
  const { room, canEdit, me, title, unkept } = props;
  const t = useTranslations("collab.board.page");
  const line = useMemo(
    () => lineOf(room, canEdit, me.personId, unkept ? null : { title, name: me.name }),
    [room, canEdit, me.personId, me.name, title, unkept],
  );
  const state = useSyncExternalStore(line.subscribe, line.state);
  const [binding, setBinding] = useState<BoardBinding | null>(null);
  const Canvas = useCanvas();
  const { ahead, follow, following } = useFollowed(state.others);
  /** Whoever follows somebody tells nobody where they look, and calls to where they are themselves. */
  const ownPlace = () => {
    following.end();
    return null;
  };
  const layer = useOver(props);
  useEffect(() => {
    line.hold();
    const made = new BoardBinding(line);
    setBinding(made);
    return () => {
      made.end();
      line.letGo();
    };
  }, [line]);
  return (
    <>
      <div className="board-head">
        <LineStatus state={state} onAgain={line.connectAgain} of="board" />
        <div className="brief-head-line">
          <CallEverybody line={line} state={state} may={me.mayCall === true} place={ownPlace} />
          <WhoIsHere me={me.name} others={state.others} followed={following.personId} onFollow={follow} />
        </div>
      </div>
      <FollowingLine ahead={ahead} onEnd={following.end} of="board" />
      <ComeHere line={line} onGo={follow} />
      <AwayNote away={state.away} onSeen={line.seen} of="board" />
      <Seeing binding={binding} layer={layer?.elements ?? NOTHING}>
        {Canvas && binding && state.arrived ? (
          <Canvas
            {...props}
            line={line}
            binding={binding}
            mayEdit={state.mayEdit}
            layer={layer}
            following={following}
          />
        ) : (
          <div className="board-frame board-waiting">
            <p>{t("waiting")}</p>
          </div>
        )}
        {binding && <BoardOutline {...props} line={line} binding={binding} state={state} />}
        {layer?.shown && <LayerList label={layer.label} elements={layer.elements} />}
      </Seeing>
    </>
  );
}

const NOTHING: readonly BoardElement[] = [];
const never = () => () => undefined;
const nothing = () => NOTHING;

/** Around whatever draws cards: what each says to whoever looks. */
function Seeing(props: { binding: BoardBinding | null; layer: readonly BoardElement[]; children: ReactNode }) {
  const { binding, layer, children } = props;
  const elements = useSyncExternalStore(binding?.subscribe ?? never, binding?.elements ?? nothing);
  const all = useMemo(() => (layer.length > 0 ? [...elements, ...layer] : elements), [elements, layer]);
  return <SeenContext.Provider value={useSeenLinks(all)}>{children}</SeenContext.Provider>;
}

function useCanvas(): ComponentType<BoardCanvasProps> | null {
  const [Canvas, setCanvas] = useState<ComponentType<BoardCanvasProps> | null>(null);
  useEffect(() => {
    let left = false;
    window.EXCALIDRAW_ASSET_PATH = "/board-assets/";
    // Drawing thousands of things takes as long as all the rest: neither waits for the other in one go, nor happens twice.
    window.EXCALIDRAW_THROTTLE_RENDER = true;
    import("./board-canvas").then(
      ({ BoardCanvas }) => left || startTransition(() => setCanvas(() => BoardCanvas)),
      () => undefined, // The list stays, and writes, too.
    );
    return () => {
      left = true;
    };
  }, []);
  return Canvas;
}
