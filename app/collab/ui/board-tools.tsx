import type { ExcalidrawImperativeAPI } from "@excalidraw/excalidraw/types";
import {
  Circle,
  Diamond,
  Eraser,
  Frame,
  Hand,
  Image,
  Layers,
  Link2,
  Minus,
  MousePointer2,
  MoveUpRight,
  Palette,
  Pencil,
  Redo2,
  Square,
  StickyNote,
  Type,
  Undo2,
  ZoomIn,
} from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { SpokenLine, useSpoken } from "~/ui/spoken";
import { addStickyAt } from "../board-outline";
import { addTemplate, type BoardTemplate, TEMPLATES } from "../board-templates";
import { newId } from "./board-binding";
import { FORMATS, saveBoard } from "./board-export";
import { LookOfNext, LookOfThings } from "./board-looks";
import type { BoardCanvasProps, Picking } from "./board-props";
import { useCardTexts } from "./card-texts";
import { LinkChooser } from "./link-chooser";
import type { BoardPictures } from "./use-board-pictures";
import { putCard } from "./use-cards";

const TOOLS = [
  ["selection", MousePointer2],
  ["hand", Hand],
  ["rectangle", Square],
  ["diamond", Diamond],
  ["ellipse", Circle],
  ["arrow", MoveUpRight],
  ["line", Minus],
  ["freedraw", Pencil],
  ["text", Type],
  ["frame", Frame],
  ["image", Image],
  ["eraser", Eraser],
] as const;

type Props = BoardCanvasProps & {
  api: ExcalidrawImperativeAPI | null;
  tool: string;
  /** The ids of what is selected. */
  selected: readonly string[];
  pictures: BoardPictures;
};

/** The tools of a board. Everybody who reads it may look around in it; who draws has the rest. */
export function BoardTools(props: Props): ReactNode {
  const { api, binding, mayEdit, tool, selected, pictures, title, following, layer, picks = NO_PICKS } = props;
  const t = useTranslations("collab.board");
  const [looks, setLooks] = useState(false);
  const [linking, setLinking] = useState(false);
  const cardTexts = useCardTexts();
  const [failed, setFailed] = useState<string | null>(null);
  if (!api) return null;
  const tools = mayEdit ? TOOLS : [];
  return (
    <div className="board-tools-line">
      <div role="toolbar" aria-label={t("tools.bar")} className="board-tools">
        {mayEdit && (
          <Tool label={t("tools.sticky")} onPress={() => putSticky(api, binding)}>
            <StickyNote aria-hidden="true" />
          </Tool>
        )}
        {tools.map(([type, Icon]) => (
          <Tool
            key={type}
            label={t(`tools.${type}`)}
            pressed={tool === type}
            onPress={() => api.setActiveTool({ type })}
          >
            <Icon aria-hidden="true" />
          </Tool>
        ))}
        {mayEdit && (
          <>
            <Tool label={t("looks.tool")} open={looks} onPress={() => setLooks(!looks)}>
              <Palette aria-hidden="true" />
            </Tool>
            <Tool label={t("links.tool")} open={linking} onPress={() => setLinking(!linking)}>
              <Link2 aria-hidden="true" />
            </Tool>
            <Tool label={t("tools.undo")} onPress={() => binding.back("undo")}>
              <Undo2 aria-hidden="true" />
            </Tool>
            <Tool label={t("tools.redo")} onPress={() => binding.back("redo")}>
              <Redo2 aria-hidden="true" />
            </Tool>
          </>
        )}
        <Tool
          label={t("tools.fit")}
          onPress={() => {
            following.end();
            api.scrollToContent(undefined, { fitToContent: true, animate: false });
          }}
        >
          <ZoomIn aria-hidden="true" />
        </Tool>
        {layer && (
          <Tool label={layer.label} pressed={layer.shown} onPress={() => layer.show(!layer.shown)}>
            <Layers aria-hidden="true" />
          </Tool>
        )}
      </div>
      {picks.length > 0 && <Picks api={api} picks={picks} />}
      {mayEdit &&
        looks &&
        (selected.length > 0 ? (
          <LookOfThings label={t("looks.ofSelected")} ids={selected} binding={binding} />
        ) : (
          <LookOfNext label={t("looks.ofNext")} api={api} />
        ))}
      {mayEdit && linking && <LinkChooser onChoose={(link) => putCard(api, binding, link)} />}
      {mayEdit && <Templates api={api} binding={binding} />}
      <div className="flex flex-wrap gap-x-4">
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            className="link min-h-8"
            onClick={() => {
              setFailed(null);
              pictures
                .arrived()
                .then(() => saveBoard(api, cardTexts(binding.now()), title, format))
                .catch(() => setFailed(format));
            }}
          >
            {t("save", { format: format.toUpperCase() })}
          </button>
        ))}
      </div>
      {failed && (
        <p role="status" className="text-sm text-danger">
          {t("notSaved", { format: failed.toUpperCase() })}
        </p>
      )}
      {pictures.failed && (
        <p role="status" className="text-sm text-danger">
          {t("picture")}
        </p>
      )}
    </div>
  );
}

const NO_PICKS: readonly Picking[] = [];

/** The ways from a thing in the drawing to what can be done about it; a text that stands in something is that. */
function Picks({ api, picks }: { api: ExcalidrawImperativeAPI; picks: readonly Picking[] }) {
  const t = useTranslations("collab.things");
  const [nothing, setNothing] = useState(false);
  const pick = ({ onPick }: Picking) => {
    const { selectedElementIds } = api.getAppState();
    const chosen = api.getSceneElements().filter(({ id }) => selectedElementIds[id]);
    const things = new Set(chosen.map((one) => (one.type === "text" && one.containerId) || one.id));
    const [thing] = things;
    setNothing(things.size !== 1);
    if (thing && things.size === 1) onPick(thing);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-4">
      {picks.map((one) => (
        <button key={one.label} type="button" className="link min-h-8" onClick={() => pick(one)}>
          {one.label}
        </button>
      ))}
      <p role="status" className="text-sm">
        {nothing && t("pickNothing")}
      </p>
    </div>
  );
}

/** What a board may begin with; it comes beside what is there, and into view. */
function Templates({ api, binding }: { api: ExcalidrawImperativeAPI; binding: BoardCanvasProps["binding"] }) {
  const t = useTranslations("collab.board.templates");
  const [done, say] = useSpoken();
  const words = {
    question: t("question"),
    questionFrame: t("howMightWe"),
    scene: (count: number) => t("scene", { count }),
    happens: t("happens"),
    before: t("before"),
    after: t("after"),
    today: t("today"),
    changed: t("changed"),
    choose: t("choose"),
    voteFrame: t("dotVote"),
  };
  const put = (template: BoardTemplate) => {
    const before = new Set(binding.elements().map(({ id }) => id));
    binding.act((board) => addTemplate(board, template, words, newId));
    const added = api.getSceneElements().filter(({ id }) => !before.has(id));
    api.scrollToContent(added, { fitToContent: true, animate: false });
    say(t("put", { name: t(template) }));
  };
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4">
      <legend className="float-left me-4 leading-8 text-muted">{t("label")}</legend>
      {TEMPLATES.map((template) => (
        <button key={template} type="button" className="link min-h-8" onClick={() => put(template)}>
          {t(template)}
        </button>
      ))}
      <SpokenLine spoken={done} />
    </fieldset>
  );
}

type ToolProps = { label: string; pressed?: boolean; open?: boolean; onPress: () => void; children: ReactNode };

function Tool({ label, pressed, open, onPress, children }: ToolProps) {
  return (
    <button
      type="button"
      className="board-tool"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-expanded={open}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

/** Puts a sticky into the middle of what one sees. */
function putSticky(api: ExcalidrawImperativeAPI, { act }: BoardCanvasProps["binding"]): void {
  const { scrollX, scrollY, width, height, zoom } = api.getAppState();
  const at = { x: width / 2 / zoom.value - scrollX - 90, y: height / 2 / zoom.value - scrollY - 90 };
  act((board) => addStickyAt(board, "", at, newId));
}
