/**
 * From the points that prime implicants have to cover to a small cover problem: primes that alone cover a
 * point are taken, and of the points left that have the same primes one stays.
 */
import { createRandom } from '../../../numeric/random.js';
import { everyPoint } from './finite-cubes.js';
import type { BitCube, Truth } from './finite-cubes.js';

export interface CoverRows {
  /** Positions of primes that are in every cover. */
  readonly essential: readonly number[];
  /** Positions of primes that cover something else, one for each column. */
  readonly open: readonly number[];
  readonly columns: readonly (readonly number[])[];
  readonly rows: number;
}

/** Sets of primes are told apart by the sums of two random numbers for each. */
const SEED = 1;

export function coverRows(
  truth: Truth,
  features: number,
  wanted: 0 | 1,
  primes: readonly BitCube[],
): CoverRows {
  const random = createRandom(SEED);
  const size = truth.length;
  const counts = new Uint32Array(size);
  /** Of a point with one prime, that prime. */
  const last = new Uint32Array(size);
  const hashes = [new Uint32Array(size), new Uint32Array(size)];
  primes.forEach((cube, prime) => {
    const [first, second] = [random.below(2 ** 32), random.below(2 ** 32)];
    everyPoint(cube, features, (point) => {
      counts[point]++;
      last[point] = prime;
      hashes[0][point] += first;
      hashes[1][point] += second;
      return true;
    });
  });
  const isEssential = new Uint8Array(primes.length);
  for (let point = 0; point < size; point++) {
    if (truth[point] === wanted && counts[point] === 1) isEssential[last[point]] = 1;
  }
  const isCovered = new Uint8Array(size);
  const essential = [...primes.keys()].filter((prime) => isEssential[prime] === 1);
  for (const prime of essential) {
    everyPoint(primes[prime], features, (point) => {
      isCovered[point] = 1;
      return true;
    });
  }
  // One row for each different set of primes; 0 where a point is none.
  const rowOf = new Uint32Array(size);
  const known = new Set<string>();
  for (let point = 0; point < size; point++) {
    if (truth[point] !== wanted || isCovered[point] === 1) continue;
    const key = `${counts[point]} ${hashes[0][point]} ${hashes[1][point]}`;
    if (known.has(key)) continue;
    known.add(key);
    rowOf[point] = known.size;
  }
  const open: number[] = [];
  const columns: (readonly number[])[] = [];
  primes.forEach((cube, prime) => {
    const own: number[] = [];
    everyPoint(cube, features, (point) => {
      if (rowOf[point] > 0) own.push(rowOf[point] - 1);
      return true;
    });
    if (own.length === 0) return;
    open.push(prime);
    columns.push(own);
  });
  return { essential, open, columns, rows: known.size };
}
