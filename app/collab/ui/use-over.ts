import { useEffect, useState } from "react";
import type { BoardElement } from "../board-element";
import { elementsOf } from "../board-elements";
import { BoardReader } from "../board-reader";
import type { LiveBoardProps, Over } from "./board-props";
import { lineOf } from "./brief-line";

/** What others draw there is shown so often at most, in milliseconds. */
const TOGETHER = 50;
const NOTHING: readonly BoardElement[] = [];

/** The board that is laid over this one, by a line of its own that stands while it is shown; null when there is none. */
export function useOver({ over, canEdit, me, title }: LiveBoardProps): Over | null {
  const [shown, show] = useState(true);
  const [elements, setElements] = useState(NOTHING);
  const room = shown ? over?.room : undefined;
  useEffect(() => {
    if (!room) return undefined;
    // The same line as on its own page, where its person goes on with it.
    const line = lineOf(room, canEdit, me.personId, { title, name: me.name });
    line.hold();
    const reader = new BoardReader(line.doc);
    let timer: ReturnType<typeof setTimeout> | null = null;
    const read = () => {
      timer = null;
      setElements(reader.read());
    };
    const hear = () => {
      timer ??= setTimeout(read, TOGETHER);
    };
    read();
    elementsOf(line.doc).observeDeep(hear);
    return () => {
      if (timer) clearTimeout(timer);
      elementsOf(line.doc).unobserveDeep(hear);
      reader.end();
      line.letGo();
    };
  }, [room, canEdit, me.personId, me.name, title]);
  return over ? { label: over.label, elements, shown, show } : null;
}
