/** What somebody sees of a board: its middle, in the board's own measure, and how near it is. */
export type BoardView = { x: number; y: number; zoom: number };

/** A drawing as it stands on a screen. */
export type Shown = { scrollX: number; scrollY: number; width: number; height: number; zoom: { value: number } };

const FAR = 1_000_000;
/** As near and as far as the drawing goes. */
const NEAREST = 30;
const FARTHEST = 0.1;

/** Whether it is a measure of the board, along either side. */
export const isOnBoard = (at: unknown): at is number => typeof at === "number" && Math.abs(at) <= FAR;

/** A view and nothing else, null when it is none. */
export function boardView(value: unknown): BoardView | null {
  const { x, y, zoom } = (value ?? {}) as { x?: unknown; y?: unknown; zoom?: unknown };
  if (!isOnBoard(x) || !isOnBoard(y) || typeof zoom !== "number" || !(zoom >= FARTHEST && zoom <= NEAREST)) return null;
  return { x, y, zoom };
}

/** What a screen of the board shows. Null: a place that nobody can be taken to. */
export function viewOn({ scrollX, scrollY, width, height, zoom: { value } }: Shown): BoardView | null {
  return boardView({
    x: Math.round(width / 2 / value - scrollX),
    y: Math.round(height / 2 / value - scrollY),
    zoom: Math.round(value * 100) / 100,
  });
}

/** How a screen of this size has to stand so that it shows a view: the same middle, as near. */
export function standingAt({ x, y, zoom }: BoardView, { width, height }: Pick<Shown, "width" | "height">) {
  return { scrollX: width / 2 / zoom - x, scrollY: height / 2 / zoom - y, zoom: { value: zoom } };
}
