/**
 * Seeded randomness, the only kind in the project: one small interface over pure-rand, so that a seed
 * means the same numbers everywhere.
 */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** Uniform in [0, 1), with 32 random bits. */
  unit(): number;
  /** Uniform integer in 0 .. bound − 1. */
  below(bound: number): number;
  /** Standard normal (Box and Muller). */
  normal(): number;
  /** A random order of 0 .. size − 1 (Fisher and Yates). */
  permutation(size: number): Uint32Array;
}

/** Draws thrown away at first: small seeds differ in few bits, and so do the first numbers from them. */
const WARM_UP = 32;

/** A generator that yields the same sequence for the same seed. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  for (let k = 0; k < WARM_UP; k++) generator.next();
  const unit = (): number => (generator.next() >>> 0) / 2 ** 32;
  const below = (bound: number): number => Math.floor(unit() * bound);
  return {
    unit,
    below,
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    permutation(size) {
      const order = Uint32Array.from({ length: size }, (_, index) => index);
      for (let last = size - 1; last > 0; last--) {
        const other = below(last + 1);
        [order[last], order[other]] = [order[other], order[last]];
      }
      return order;
    },
  };
}
