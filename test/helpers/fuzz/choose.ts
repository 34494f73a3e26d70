/** Random choices that programs and disguises are made of, from a seeded generator. */
import type { Random } from '../../../src/numeric/random.js';

/** A random choice of some items. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.below(items.length)];
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + random.below(Math.max(1, most - least + 1));
}

/** Whether an event of this probability happens. */
export function chance(random: Random, probability: number): boolean {
  return random.unit() < probability;
}

/** Some of 0 … size − 1, in order: each with this probability, at least one. */
export function subset(random: Random, size: number, probability: number): readonly number[] {
  const chosen = Array.from({ length: size }, (_, k) => k).filter(() =>
    chance(random, probability),
  );
  return chosen.length > 0 ? chosen : [random.below(size)];
}

/** Extents of a tensor of at most `most` cells; one axis in four has extent 1 at first. */
export function randomShape(random: Random, rank: number, most: number): readonly number[] {
  const shape: number[] = [];
  let room = most;
  for (let axis = 0; axis < rank; axis++) {
    const share = Math.max(1, Math.floor(room ** (1 / (rank - axis)) * 1.6));
    const extent = chance(random, 0.15) ? 1 : between(random, Math.min(2, share), Math.min(share, room)); // prettier-ignore
    shape.push(extent);
    room = Math.max(1, Math.floor(room / extent));
  }
  return random.below(2) === 0 ? shape : shape.reverse();
}
