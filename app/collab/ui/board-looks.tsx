import type { ExcalidrawImperativeAPI } from "@excalidraw/excalidraw/types";
import { useId, useMemo, useState, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import type { BoardElement } from "../board-element";
import {
  type Aspect,
  aspectsOf,
  BACKGROUNDS,
  CHOICES,
  COLOURS,
  fieldsOf,
  type LookChange,
  type LookWord,
  looksOf,
  named,
  restyle,
  WIDTHS,
} from "../board-looks";
import type { BoardBinding } from "./board-binding";
import { useLookSaid } from "./look-said";

type Props = {
  label: string;
  aspects: readonly Aspect[];
  /** How it looks now; of several things what they share. */
  looks: readonly LookWord[];
  onChoose: (look: LookChange, word: LookWord) => void;
};

/** Colours and lines to choose from, each by its name. */
function LookTools({ label, aspects, looks, onChoose }: Props) {
  const t = useTranslations("collab.board.looks");
  const said = useLookSaid();
  const id = useId();
  return (
    <fieldset aria-label={label} className="board-looks">
      {aspects.map((aspect) => {
        const now = looks.find((word) => word.startsWith(`${aspect}.`));
        return (
          <fieldset key={aspect} aria-labelledby={`${id}-${aspect}`} className="board-looks-group">
            <span id={`${id}-${aspect}`} className="text-sm text-muted">
              {now ? said(now) : t(`aspect.${aspect}`)}
            </span>
            <span className="flex flex-wrap gap-1">
              {CHOICES[aspect].map((name) => {
                const word = `${aspect}.${name}` as LookWord;
                return (
                  <button
                    key={name}
                    type="button"
                    className="board-tool"
                    aria-label={t(word)}
                    title={t(word)}
                    aria-pressed={now === word}
                    onClick={() => onChoose({ [aspect]: name }, word)}
                  >
                    <Swatch aspect={aspect} name={name} />
                  </button>
                );
              })}
            </span>
          </fieldset>
        );
      })}
    </fieldset>
  );
}

/** What a choice looks like. */
function Swatch({ aspect, name }: { aspect: Aspect; name: string }) {
  if (aspect === "colour") {
    return (
      <svg viewBox="0 0 24 24" aria-hidden="true" className="board-swatch">
        <circle cx="12" cy="12" r="9" fill={COLOURS[name as keyof typeof COLOURS]} />
      </svg>
    );
  }
  if (aspect === "background") {
    return (
      <svg viewBox="0 0 24 24" aria-hidden="true" className="board-swatch board-swatch-ground">
        <rect x="2" y="2" width="20" height="20" rx="3" fill={BACKGROUNDS[name as keyof typeof BACKGROUNDS]} />
        {name === "none" && <path d="M4 20 20 4" />}
      </svg>
    );
  }
  const width = aspect === "width" ? WIDTHS[name as keyof typeof WIDTHS] * 1.5 : 2;
  const gaps = { dashed: "6 4", dotted: "1 4" }[name];
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="board-swatch-line">
      <path d="M2 12H22" strokeWidth={width} strokeDasharray={gaps} />
    </svg>
  );
}

const ALL: readonly Aspect[] = ["colour", "background", "width", "line"];

/** In all of these things' looks. */
function shared(elements: readonly BoardElement[]): { aspects: readonly Aspect[]; looks: readonly LookWord[] } {
  const [first = [], ...others] = elements
    .map(looksOf)
    .filter((looks) => looks.length > 0)
    .map((looks) => new Set(looks));
  const can = new Set(elements.flatMap(({ type }) => aspectsOf(type)));
  return {
    aspects: ALL.filter((aspect) => can.has(aspect)),
    looks: [...first].filter((word) =>
      // What cannot have it does not speak against it.
      others.every((one) => one.has(word) || ![...one].some((its) => its.split(".")[0] === word.split(".")[0])),
    ),
  };
}

type OfThings = { label: string; ids: readonly string[]; binding: BoardBinding; onDone?: (word: LookWord) => void };

/** The look of things that stand on the board. */
export function LookOfThings({ label, ids, binding, onDone }: OfThings) {
  const elements = useSyncExternalStore(binding.subscribe, binding.elements);
  const { aspects, looks } = useMemo(() => {
    const chosen = new Set(ids);
    return shared(elements.filter(({ id }) => chosen.has(id)));
  }, [elements, ids]);
  return (
    <LookTools
      label={label}
      aspects={aspects}
      looks={looks}
      onChoose={(look, word) => {
        binding.act((board) => restyle(board, ids, look));
        onDone?.(word);
      }}
    />
  );
}

/** How what one draws next will look. */
export function LookOfNext({ label, api }: { label: string; api: ExcalidrawImperativeAPI }) {
  const [, again] = useState(0);
  const now = api.getAppState();
  return (
    <LookTools
      label={label}
      aspects={ALL}
      looks={[
        named("colour", now.currentItemStrokeColor),
        named("background", now.currentItemBackgroundColor),
        named("width", now.currentItemStrokeWidth),
        named("line", now.currentItemStrokeStyle),
      ]}
      onChoose={(look) => {
        const fields = Object.entries(fieldsOf(look)).map(([field, value]) => [
          `currentItem${field.charAt(0).toUpperCase()}${field.slice(1)}`,
          value,
        ]);
        api.updateScene({ appState: Object.fromEntries(fields), captureUpdate: "NEVER" });
        again((times) => times + 1);
      }}
    />
  );
}
