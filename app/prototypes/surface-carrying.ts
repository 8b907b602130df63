import { type Carried, ORPHANED } from "./carrying";
import type { Part, Vector } from "./glb";

/** Carries pins from one version of a model to the next, by the name of the part and its surface. */

/** On a part, in the part's own measure, so that it goes with the part wherever that is mounted. */
export type SurfacePlace = { readonly part: string; readonly position: Vector; readonly normal: Vector };

/** Of the part's diagonal: nearer than this and the surface is where it was. */
const SAME = 0.005;
/** Further than this and what is nearest is another place of the part. */
const FAR = 0.2;
/** How far a surface may have turned and still be the one that was pointed at. */
const FACING = 0.5;
const UNTURNED = 0.95;

type Hit = { readonly position: Vector; readonly normal: Vector; readonly distance: number };

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const plus = (a: Vector, b: Vector, times: number): Vector => [
  a[0] + b[0] * times,
  a[1] + b[1] * times,
  a[2] + b[2] * times,
];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const unit = (a: Vector): Vector => {
  const length = Math.sqrt(dot(a, a));
  return length === 0 ? a : [a[0] / length, a[1] / length, a[2] / length];
};

/** What becomes of a pin. A part is known by its name; one that was only renamed, by its surface. */
export function carryOnSurface(
  old: readonly Part[],
  fresh: readonly Part[],
  place: SurfacePlace,
): Carried<SurfacePlace> {
  const before = only(old, place.part);
  if (!before) return ORPHANED;
  const after = only(fresh, place.part);
  if (!after) return onRenamed(before, old, fresh, place);
  const diagonal = diagonalOf(before.triangles);
  const hit = nearest(after.triangles, place);
  if (!hit || hit.distance > diagonal * FAR) return ORPHANED;
  // As finely as files count: a pin that stays does not wander a little with every version.
  const position: Vector = [Math.fround(hit.position[0]), Math.fround(hit.position[1]), Math.fround(hit.position[2])];
  const on = { part: place.part, position, normal: hit.normal };
  const stays = hit.distance <= diagonal * SAME && dot(hit.normal, unit(place.normal)) >= UNTURNED;
  return { kind: stays ? "carried" : "moved", place: on };
}

/** Two parts of one name could each be meant. */
function only(parts: readonly Part[], name: string): Part | null {
  const [one, another] = parts.filter((part) => part.name === name);
  return one && !another ? one : null;
}

function onRenamed(
  before: Part,
  old: readonly Part[],
  fresh: readonly Part[],
  place: SurfacePlace,
): Carried<SurfacePlace> {
  const known = new Set(old.map(({ name }) => name));
  // A part that had its name before is another part, however alike the two are.
  const [one, another] = fresh.filter(({ name, triangles }) => !known.has(name) && same(triangles, before.triangles));
  if (!one || another) return ORPHANED;
  return { kind: "moved", place: { ...place, part: one.name } };
}

const same = (one: Float32Array, two: Float32Array): boolean => {
  if (one.length !== two.length || one.length === 0) return false;
  const tolerance = diagonalOf(one) * SAME;
  return one.every((value, at) => Math.abs(value - (two[at] ?? Number.NaN)) <= tolerance);
};

function diagonalOf(triangles: Float32Array): number {
  const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const most = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  triangles.forEach((value, at) => {
    least[at % 3] = Math.min(least[at % 3] ?? value, value);
    most[at % 3] = Math.max(most[at % 3] ?? value, value);
  });
  return Math.hypot(...most.map((value, at) => value - (least[at] ?? value)));
}

const cornerAt = (triangles: Float32Array, at: number): Vector => [
  triangles[at] ?? 0,
  triangles[at + 1] ?? 0,
  triangles[at + 2] ?? 0,
];

/** The nearest point of a surface that looks the same way. Null: none does. */
function nearest(triangles: Float32Array, place: SurfacePlace): Hit | null {
  const facing = unit(place.normal);
  let best: Hit | null = null;
  for (let at = 0; at + 8 < triangles.length; at += 9) {
    const a = cornerAt(triangles, at);
    const b = cornerAt(triangles, at + 3);
    const c = cornerAt(triangles, at + 6);
    const normal = unit(cross(minus(b, a), minus(c, a)));
    if (dot(normal, facing) < FACING) continue;
    const position = nearestOn(a, b, c, place.position);
    const way = minus(position, place.position);
    const distance = Math.sqrt(dot(way, way));
    if (best === null || distance < best.distance) best = { position, normal, distance };
  }
  return best;
}

/** The point of a triangle nearest to another (Ericson, Real-Time Collision Detection, 5.1.5). */
function nearestOn(a: Vector, b: Vector, c: Vector, p: Vector): Vector {
  const ab = minus(b, a);
  const ac = minus(c, a);
  const ap = minus(p, a);
  const d1 = dot(ab, ap);
  const d2 = dot(ac, ap);
  if (d1 <= 0 && d2 <= 0) return a;
  const bp = minus(p, b);
  const d3 = dot(ab, bp);
  const d4 = dot(ac, bp);
  if (d3 >= 0 && d4 <= d3) return b;
  const vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return plus(a, ab, d1 / (d1 - d3));
  const cp = minus(p, c);
  const d5 = dot(ab, cp);
  const d6 = dot(ac, cp);
  if (d6 >= 0 && d5 <= d6) return c;
  const vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return plus(a, ac, d2 / (d2 - d6));
  const va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) return plus(b, minus(c, b), (d4 - d3) / (d4 - d3 + (d5 - d6)));
  const whole = 1 / (va + vb + vc);
  return plus(plus(a, ab, vb * whole), ac, vc * whole);
}
