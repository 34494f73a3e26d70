/** Random questions about the regions of a random tensor, for the fuzz test. */
import type { Random } from '../../../src/numeric/random.js';
import { regionContest, regionSums } from '../build/region-sums.js';
import { allButOne, combs, diagonals, intervals, onlySome, prefixes, separatedPairs, slices, upperTriangle, windows } from '../build/regions.js'; // prettier-ignore
import type { RegionFamily } from '../build/regions.js';
import type { Specimen } from '../build/specimen.js';
import { between, chance, pick, randomShape, subset } from './choose.js';

/** Families that fit in a shape, each with random parameters. */
function families(random: Random, shape: readonly number[]): readonly (() => RegionFamily)[] {
  const size = (): number[] => shape.map((extent) => between(random, 1, Math.min(3, extent)));
  const anyRank = [
    () => slices(shape, [random.below(shape.length)]),
    () => slices(shape, subset(random, shape.length, 0.5)),
    () => windows(shape, size(), size()),
    () => prefixes(shape, pick(random, ['start', 'end'])),
    () => allButOne(shape),
  ];
  if (shape.length === 1) {
    const [n] = shape;
    return [
      ...anyRank,
      () => intervals(Math.min(n, 7)),
      () => combs(n, between(random, 1, Math.min(4, n))),
      () => separatedPairs(n, between(random, 0, Math.min(4, n - 1))),
    ];
  }
  if (shape.length > 2) return anyRank;
  const [rows, columns] = shape;
  return [
    ...anyRank,
    () => upperTriangle([rows, columns]),
    () => diagonals([rows, columns], pick(random, ['falling', 'rising']), pick(random, ['cut', 'wrap'])), // prettier-ignore
  ];
}

/** Sums over regions, thresholds on them, or two families against each other. */
export function randomRegions(random: Random, cells: number, given?: readonly number[]): Specimen {
  const shape = given ?? randomShape(random, between(random, 1, 3), cells);
  const family = pick(random, families(random, shape))();
  if (given === undefined && shape.length === 2 && chance(random, 0.15)) {
    return regionContest(slices(shape, [1]), slices(shape, [0]));
  }
  const { length } = family.members;
  const chosen = chance(random, 0.2) ? onlySome(family, subset(random, length, 0.7)) : family;
  // A family on fewer cells than the shape has (intervals) stands for itself.
  return regionSums(chosen, {
    ask: pick(random, ['sums', 'each', 'each', 'some', 'all', 'how many']),
    atLeast: between(random, 1, 4),
    gate: pick(random, ['step', 'step', 'sign']),
  });
}
