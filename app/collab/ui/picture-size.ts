/** How much finer than a screen a saved picture is, and what a browser still makes: longest side, and all of it, in its points. */
const [FINER, SIDE] = [2, 16_000];
/** What browsers of desks make, and what those of phones do. */
export const AREAS = [64_000_000, 16_000_000] as const;

/** How fine a picture of something so large on a screen can be: as fine as wanted, or as large as can be made. */
export function finenessOf(width: number, height: number, area: number): number {
  const [wide, high] = [Math.max(1, width), Math.max(1, height)];
  return Math.min(FINER, SIDE / Math.max(wide, high), Math.sqrt(area / (wide * high)));
}
