import type { ExcalidrawImperativeAPI } from "@excalidraw/excalidraw/types";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { BoardElement } from "../board-element";
import { linkOf } from "../thing-link";
import type { BoardBinding } from "./board-binding";
import { CardWords } from "./board-card";
import { DrawnThings, turned } from "./board-picture";

type Props = {
  api: ExcalidrawImperativeAPI;
  binding: BoardBinding;
  /** What is written at things, by their ids. */
  marks: ReadonlyMap<string, string> | undefined;
  /** How many comments there are about them. */
  said: ReadonlyMap<string, string> | undefined;
  /** What of another board is drawn over this one. */
  layer: readonly BoardElement[];
};

type View = { scrollX: number; scrollY: number; zoom: number };

/**
 * What lies over the drawing and follows its view without being part of it: nothing of this can be picked up, goes into the
 * document or into a saved file. All of it stands in lists below the drawing, too.
 */
export function BoardOver({ api, binding, marks, said, layer }: Props) {
  const { scrollX, scrollY, zoom } = useView(api);
  const elements = useSyncExternalStore(binding.subscribe, binding.elements);
  const cards = elements.filter(linkOf);
  if (!marks?.size && !said?.size && layer.length === 0 && cards.length === 0) return null;
  return (
    <svg className="board-over" aria-hidden="true">
      <g className="board-layer" transform={`scale(${zoom}) translate(${scrollX} ${scrollY})`}>
        <DrawnThings elements={layer} />
      </g>
      <g transform={`scale(${zoom}) translate(${scrollX} ${scrollY})`}>
        {cards.map((element) => (
          <g key={element.id} transform={turned(element)}>
            <CardWords element={element} leads />
          </g>
        ))}
      </g>
      {elements.flatMap(({ id, x, y, width }) => {
        const [mark, talk] = [marks?.get(id), said?.get(id)];
        const [left, right, top] = [(x + scrollX) * zoom, (x + width + scrollX) * zoom, (y + scrollY) * zoom];
        return [
          talk && <Mark key={`${id} said`} words={talk} at={[left, top]} look="board-mark-said" />,
          mark && <Mark key={id} words={mark} at={[right, top]} look="" />,
        ];
      })}
    </svg>
  );
}

/** A few signs on a round ground, in the middle of a corner. */
function Mark({ words, at: [x, y], look }: { words: string; at: readonly [number, number]; look: string }) {
  const wide = 14 + 8 * words.length;
  return (
    <g className={`board-mark-words ${look}`} transform={`translate(${x - wide / 2} ${y - 11})`}>
      <rect width={wide} height={22} rx={look ? 4 : 11} />
      <text x={wide / 2} y={15.5} textAnchor="middle">
        {words}
      </text>
    </g>
  );
}

/** Which part of the board is looked at. */
function useView(api: ExcalidrawImperativeAPI): View {
  const [view, setView] = useState<View>(() => viewOf(api));
  useEffect(() => {
    setView(viewOf(api));
    return api.onScrollChange((scrollX, scrollY, { value }) => setView({ scrollX, scrollY, zoom: value }));
  }, [api]);
  return view;
}

function viewOf(api: ExcalidrawImperativeAPI): View {
  const { scrollX, scrollY, zoom } = api.getAppState();
  return { scrollX, scrollY, zoom: zoom.value };
}
