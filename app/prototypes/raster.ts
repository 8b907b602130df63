/** The light of a picture, and how alike two pieces of it are. */

/** Row by row, one byte a pixel. */
export type Raster = { readonly width: number; readonly height: number; readonly light: Uint8Array };
export type Spot = { readonly x: number; readonly y: number };

/** Longer sides are made smaller first: what somebody points at is larger than a hair. */
const LONGEST = 640;
/** A piece is compared at so many places a side. */
const SAMPLES = 16;
/** Pieces that differ less than this within themselves have nothing to be told by. */
const FLAT = 4;

/** By how much both pictures are made smaller, by one measure: a pixel of one is to stay a pixel of the other. */
export const reductionOf = (...pictures: readonly { width: number; height: number }[]): number =>
  Math.min(1, ...pictures.map(({ width, height }) => LONGEST / Math.max(width, height)));

/** A picture at a whole part of its size, each pixel the mean of those it stands for. */
export function smaller({ width, height, light }: Raster, by: number): Raster {
  const wide = Math.max(1, Math.floor(width / by));
  const high = Math.max(1, Math.floor(height / by));
  const out = new Uint8Array(wide * high);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      let sum = 0;
      for (let v = 0; v < by; v++) for (let u = 0; u < by; u++) sum += light[(y * by + v) * width + x * by + u] ?? 0;
      out[y * wide + x] = sum / (by * by);
    }
  }
  return { width: wide, height: high, light: out };
}

/** What a square of the picture looks like, whatever its size; beyond an edge the edge goes on. */
export type Piece = { readonly at: Float32Array; readonly mean: number; readonly spread: number };

export function pieceAt({ width, height, light }: Raster, { x, y }: Spot, half: number): Piece {
  const at = new Float32Array(SAMPLES * SAMPLES);
  let sum = 0;
  for (let v = 0; v < SAMPLES; v++) {
    const row = y + half * ((2 * v + 1) / SAMPLES - 1) - 0.5;
    const top = Math.floor(row);
    const above = Math.min(height - 1, Math.max(0, top)) * width;
    const below = Math.min(height - 1, Math.max(0, top + 1)) * width;
    for (let u = 0; u < SAMPLES; u++) {
      const column = x + half * ((2 * u + 1) / SAMPLES - 1) - 0.5;
      const left = Math.floor(column);
      const one = Math.min(width - 1, Math.max(0, left));
      const two = Math.min(width - 1, Math.max(0, left + 1));
      const along = column - left;
      const upper = (light[above + one] ?? 0) * (1 - along) + (light[above + two] ?? 0) * along;
      const lower = (light[below + one] ?? 0) * (1 - along) + (light[below + two] ?? 0) * along;
      const value = upper + (lower - upper) * (row - top);
      at[v * SAMPLES + u] = value;
      sum += value;
    }
  }
  const mean = sum / at.length;
  let squares = 0;
  for (let i = 0; i < at.length; i++) {
    const off = (at[i] ?? 0) - mean;
    at[i] = off;
    squares += off * off;
  }
  return { at, mean, spread: Math.sqrt(squares / at.length) };
}

export const isFlat = ({ spread }: Piece): boolean => spread < FLAT;

/** How alike two pieces are, 1 at most, however light or dark either was printed; two blank ones by their light. */
export function likeness(one: Piece, two: Piece): number {
  if (isFlat(one) && isFlat(two)) return 1 - Math.abs(one.mean - two.mean) / 64;
  if (isFlat(one) || isFlat(two)) return 0;
  let sum = 0;
  for (let i = 0; i < one.at.length; i++) sum += (one.at[i] ?? 0) * (two.at[i] ?? 0);
  return sum / (one.at.length * one.spread * two.spread);
}

export type Match = Spot & { readonly score: number };

/** The most alike spot among those around one, within so many pixels. */
export function bestNear(picture: Raster, wanted: Piece, around: Spot, half: number, reach: number, step = 1): Match {
  let best: Match = { ...around, score: likeness(wanted, pieceAt(picture, around, half)) };
  for (let y = -reach; y <= reach; y += step) {
    for (let x = -reach; x <= reach; x += step) {
      const spot = { x: around.x + x, y: around.y + y };
      const score = likeness(wanted, pieceAt(picture, spot, half));
      if (score > best.score) best = { ...spot, score };
    }
  }
  return best;
}

/** The picture with a smaller copy of itself, in which it is searched first. */
export type Searchable = { readonly fine: Raster; readonly coarse: Raster };
const COARSER = 4;
const MOST_PEAKS = 8;

export const searchable = (fine: Raster): Searchable => ({ fine, coarse: smaller(fine, COARSER) });

/** Where in a picture a piece is found, the most alike first; two of one thing are one. */
export function findAll({ fine, coarse }: Searchable, wanted: Piece, half: number): readonly Match[] {
  const small = half / COARSER;
  const step = Math.max(1, Math.floor(small / 4));
  const found: Match[] = [];
  for (let y = 0.5; y < coarse.height; y += step) {
    for (let x = 0.5; x < coarse.width; x += step) {
      const score = likeness(wanted, pieceAt(coarse, { x, y }, small));
      if (score > 0.4) found.push({ x, y, score });
    }
  }
  return apart(found, small)
    .slice(0, MOST_PEAKS)
    .map(({ x, y }) => bestNear(fine, wanted, { x: x * COARSER, y: y * COARSER }, half, COARSER * step))
    .sort((one, two) => two.score - one.score);
}

function apart(found: Match[], least: number): readonly Match[] {
  const kept: Match[] = [];
  for (const one of found.sort((a, b) => b.score - a.score)) {
    if (kept.length === MOST_PEAKS) break;
    if (kept.every((other) => Math.hypot(one.x - other.x, one.y - other.y) > least)) kept.push(one);
  }
  return kept;
}
