/**
 * Where a pin stands on a picture. Places are whole parts of the picture's sides, so that they hold for every size it is
 * drawn at; both sides and the database count them alike.
 */

/** So many parts a side has: finer than a pixel of any picture that is taken. */
export const SIDE = 100_000;
/** Less than this, and what was dragged was meant as a click. */
export const LEAST_REGION = 500;

/** A point; with `width` and `height` the region that begins there. */
export type Place = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Point = Pick<Place, "x" | "y">;

const within = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(value)));

const isPart = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= SIDE;

/** Whether a place lies on the picture: a point, or a region that one can see and that ends on it too. */
export function isPlace({ x, y, width, height }: Place): boolean {
  if (![x, y, width, height].every(isPart)) return false;
  if (width === 0 && height === 0) return true;
  return width >= LEAST_REGION && height >= LEAST_REGION && x + width <= SIDE && y + height <= SIDE;
}

export const isRegion = ({ width }: Place): boolean => width > 0;

export const isSame = (one: Place, two: Place): boolean =>
  one.x === two.x && one.y === two.y && one.width === two.width && one.height === two.height;

/** A point of the picture, nearest to where it was asked for. */
export const pointAt = ({ x, y }: Point): Place => ({
  x: within(x, 0, SIDE),
  y: within(y, 0, SIDE),
  width: 0,
  height: 0,
});

/** What was dragged from one point to another, whichever way: a region, or a point when it was hardly moved. */
export function placeBetween(from: Point, to: Point): Place {
  const one = pointAt(from);
  const two = pointAt(to);
  const width = Math.abs(two.x - one.x);
  const height = Math.abs(two.y - one.y);
  if (width < LEAST_REGION && height < LEAST_REGION) return one;
  // Long and thin is still a region: widened to where one can see it, inwards at the picture's edge.
  const wide = Math.max(width, LEAST_REGION);
  const high = Math.max(height, LEAST_REGION);
  return {
    x: Math.min(one.x, two.x, SIDE - wide),
    y: Math.min(one.y, two.y, SIDE - high),
    width: wide,
    height: high,
  };
}

/** The place moved by so many parts, stopping at the picture's edges: how keys move it. */
export const moved = (place: Place, by: Point): Place => ({
  ...place,
  x: within(place.x + by.x, 0, SIDE - place.width),
  y: within(place.y + by.y, 0, SIDE - place.height),
});

/** The place with its region so much larger or smaller, from its upper left corner; small enough, it is a point. */
export function resized(place: Place, by: Point): Place {
  const width = within(place.width + by.x, 0, SIDE - place.x);
  const height = within(place.height + by.y, 0, SIDE - place.y);
  return placeBetween(place, { x: place.x + width, y: place.y + height });
}

/** Of the pins that are listed, the one after or before this one, going round; with none chosen, the first or the last. */
export function neighbour(ids: readonly string[], chosen: string | null, way: 1 | -1): string | null {
  if (ids.length === 0) return null;
  const at = chosen === null ? -1 : ids.indexOf(chosen);
  if (at < 0) return ids.at(way === 1 ? 0 : -1) ?? null;
  return ids[(at + way + ids.length) % ids.length] ?? null;
}
