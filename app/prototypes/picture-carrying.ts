import { type Carried, ORPHANED } from "./carrying";
import { isRegion, LEAST_REGION, type Place, SIDE } from "./pin";
import {
  bestNear,
  findAll,
  isFlat,
  likeness,
  type Match,
  type Piece,
  pieceAt,
  type Raster,
  type Searchable,
  type Spot,
  searchable,
} from "./raster";

/** Carries pins from one version of a picture to the next, by what is seen around them. */

/** As it was: the same thing, printed once more. */
const ALIKE = 0.9;
/** What lies around it has to agree too, or it is a thing that looks the same. */
const SURROUNDED = 0.7;
/** Alike enough that somebody should look. */
const RESEMBLES = 0.6;
const WIDER = 2.5;
/** A piece that is found nearly as well elsewhere was not found. */
const CLEARLY = 0.05;

/** Where the old picture lies on the new one: so many times as large, moved by so many pixels. */
type Laid = { readonly scale: number; readonly x: number; readonly y: number };
export type Pictures = { readonly old: Searchable; readonly new: Searchable; readonly laid: readonly Laid[] };

const on = ({ scale, x, y }: Laid, spot: Spot): Spot => ({ x: spot.x * scale + x, y: spot.y * scale + y });
const back = ({ scale, x, y }: Laid, spot: Spot): Spot => ({ x: (spot.x - x) / scale, y: (spot.y - y) / scale });
const apart = (one: Spot, two: Spot): number => Math.hypot(one.x - two.x, one.y - two.y);
const lies = ({ x, y }: Spot, { width, height }: Raster): boolean => x >= 0 && y >= 0 && x <= width && y <= height;

/** Both pictures, made smaller by one measure (`reductionOf`), and how one lies on the other: asked once for all pins. */
export function picturesOf(old: Raster, fresh: Raster): Pictures {
  const both = { old: searchable(old), new: searchable(fresh) };
  const scale = fresh.width / old.width;
  const sameShape = Math.abs(scale - fresh.height / old.height) < 0.02 * scale;
  const registered = registration(both);
  // The same picture larger or smaller first: then every place is where it was, in parts of the sides.
  return { ...both, laid: [...(sameShape ? [{ scale, x: 0, y: 0 }] : []), ...(registered ? [registered] : [])] };
}

/** The move that most of what can be told apart agrees on; null when there is none, as for another picture altogether. */
function registration({ old, new: fresh }: Pick<Pictures, "old" | "new">): Laid | null {
  const { width, height } = old.fine;
  const half = Math.min(width, height) / 12;
  const moves: Spot[] = [];
  let telling = 0;
  for (let row = 1; row <= 6; row++) {
    for (let column = 1; column <= 6; column++) {
      const spot = { x: (width * column) / 7, y: (height * row) / 7 };
      const piece = pieceAt(old.fine, spot, half);
      if (isFlat(piece)) continue;
      telling++;
      const [best, next] = findAll(fresh, piece, half);
      if (!best || best.score < ALIKE || (next && next.score > best.score - CLEARLY)) continue;
      moves.push({ x: best.x - spot.x, y: best.y - spot.y });
    }
  }
  const agreeing = moves.map((one) => moves.filter((other) => apart(one, other) <= 3));
  const most = agreeing.sort((one, two) => two.length - one.length)[0] ?? [];
  if (most.length < Math.max(3, telling * 0.4)) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { scale: 1, x: mean(most.map(({ x }) => x)), y: mean(most.map(({ y }) => y)) };
}

/** What becomes of one pin. */
export function carryOnPicture(pictures: Pictures, place: Place): Carried<Place> {
  const { old, new: fresh, laid } = pictures;
  const { width, height } = old.fine;
  const middle = {
    x: ((place.x + place.width / 2) * width) / SIDE,
    y: ((place.y + place.height / 2) * height) / SIDE,
  };
  const { piece, half } = tellingPiece(old.fine, middle, place);
  const expected = laid.flatMap((lie) => {
    const spot = on(lie, middle);
    return lies(spot, fresh.fine) ? [{ lie, match: bestNear(fresh.fine, piece, spot, half * lie.scale, 2) }] : [];
  });
  for (const { lie, match } of expected) {
    if (match.score >= ALIKE && surrounded(pictures, middle, match, half, lie)) {
      return { kind: "carried", place: placed(place, match, lie.scale, pictures) };
    }
  }
  const elsewhere = isFlat(piece) ? null : found(pictures, piece, middle, half);
  const stays = expected.sort((one, two) => two.match.score - one.match.score)[0];
  if (elsewhere && elsewhere.score > (stays?.match.score ?? 0)) {
    return { kind: "moved", place: placed(place, elsewhere, 1, pictures) };
  }
  if (!stays || stays.match.score < RESEMBLES) return ORPHANED;
  return { kind: "moved", place: placed(place, stays.match, stays.lie.scale, pictures) };
}

/** What is around a pin, as far as it takes to see something there. */
function tellingPiece(picture: Raster, middle: Spot, place: Place): { piece: Piece; half: number } {
  const short = Math.min(picture.width, picture.height);
  const region = Math.max((place.width * picture.width) / SIDE, (place.height * picture.height) / SIDE) / 2;
  let half = Math.max(region, short * 0.05);
  let piece = pieceAt(picture, middle, half);
  while (isFlat(piece) && half < short / 3) {
    half *= 1.5;
    piece = pieceAt(picture, middle, half);
  }
  return { piece, half };
}

function surrounded({ old, new: fresh }: Pictures, middle: Spot, match: Spot, half: number, { scale }: Laid): boolean {
  const before = pieceAt(old.fine, middle, half * WIDER);
  return likeness(before, pieceAt(fresh.fine, match, half * WIDER * scale)) >= SURROUNDED;
}

/** Where else the thing is, when it is to be found at one place alone, and not where its like stood all along. */
function found({ old, new: fresh, laid }: Pictures, piece: Piece, middle: Spot, half: number): Match | null {
  const lie = laid.at(-1) ?? { scale: 1, x: 0, y: 0 };
  const [best, next] = findAll(fresh, piece, half).filter((match) => {
    if (match.score < ALIKE) return false;
    const stood = back(lie, match);
    if (!lies(stood, old.fine) || apart(stood, middle) <= half) return true;
    return bestNear(old.fine, piece, stood, half, 3).score < ALIKE;
  });
  return best && !(next && next.score > best.score - CLEARLY) ? best : null;
}

/** The place around a spot of the new picture, in parts of its sides. */
function placed(place: Place, spot: Spot, scale: number, { old, new: fresh }: Pictures): Place {
  const along = (parts: number, before: number, now: number) => Math.round((parts * before * scale) / now);
  const size = (parts: number) => (isRegion(place) ? Math.min(SIDE, Math.max(LEAST_REGION, parts)) : 0);
  const width = size(along(place.width, old.fine.width, fresh.fine.width));
  const height = size(along(place.height, old.fine.height, fresh.fine.height));
  const inside = (middle: number, side: number) => Math.min(SIDE - side, Math.max(0, Math.round(middle - side / 2)));
  return {
    x: inside((spot.x * SIDE) / fresh.fine.width, width),
    y: inside((spot.y * SIDE) / fresh.fine.height, height),
    width,
    height,
  };
}
