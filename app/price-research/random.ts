import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A number in [0, 1), another one each time. */
export type Random = () => number;

/** Numbers that are the same again for the same seed (a whole number), so that a figure can be recomputed by whoever doubts it. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/** A whole number in [0, below). */
export function drawIndex(random: Random, below: number): number {
  return Math.floor(random() * below);
}
