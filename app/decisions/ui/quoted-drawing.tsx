import type { BoardElement } from "~/collab/board-element";
import { BoardPicture, sheetOf } from "~/collab/ui/board-picture";
import { loadEditorWords, pageLocale } from "~/words";

if (typeof document !== "undefined") await loadEditorWords(pageLocale());

/** A thing of a board, as it was drawn. */
export function QuotedDrawing({ drawn, label }: { drawn: readonly BoardElement[]; label: string }) {
  return <BoardPicture elements={drawn} sheet={sheetOf(drawn)} label={label} />;
}
