/**
 * Covers of a Boolean function by few cubes where an exact cover is out of reach: expand, irredundant,
 * reduce, again and again (Espresso, Brayton et al. 1984), on the truth table itself.
 */
import { createRandom } from '../../../numeric/random.js';
import type { Random } from '../../../numeric/random.js';
import { countLiterals, everyPoint } from './finite-cubes.js';
import type { BitCube, Truth } from './finite-cubes.js';

/** Rounds without a smaller cover after which it ends. */
const PATIENCE = 3;

/** Features are dropped in a random order from round to round; it always means the same. */
const SEED = 1;

/**
 * Prime implicants that cover the points where the function is `wanted`, none of them needless.
 *
 * @param maxSteps points looked at after the first cover, about.
 */
export function coverByExpansion(
  truth: Truth,
  features: number,
  wanted: 0 | 1,
  maxSteps: number,
): readonly BitCube[] {
  const search = new Expansion(truth, features, wanted);
  let cover = search.start();
  let best = cover;
  const firstSteps = search.steps;
  for (let waited = 0; waited < PATIENCE && search.steps - firstSteps < maxSteps; waited++) {
    cover = search.improve(cover);
    if (!isSmaller(cover, best)) continue;
    best = cover;
    waited = -1;
  }
  return best;
}

/** Fewer cubes, or as many with fewer literals. */
export function isSmaller(left: readonly BitCube[], right: readonly BitCube[]): boolean {
  if (left.length !== right.length) return left.length < right.length;
  return literalsOf(left) < literalsOf(right);
}

function literalsOf(cubes: readonly BitCube[]): number {
  return cubes.reduce((sum, cube) => sum + countLiterals(cube), 0);
}

class Expansion {
  readonly #truth: Truth;
  readonly #features: number;
  readonly #wanted: number;
  readonly #random: Random = createRandom(SEED);
  steps = 0;

  constructor(truth: Truth, features: number, wanted: number) {
    this.#truth = truth;
    this.#features = features;
    this.#wanted = wanted;
  }

  /** Each point that is not covered yet becomes a prime implicant. */
  start(): readonly BitCube[] {
    const counts = new Uint32Array(this.#truth.length);
    const cover: BitCube[] = [];
    const order = Array.from({ length: this.#features }, (_, bit) => bit);
    for (let point = 0; point < counts.length; point++) {
      if (counts[point] > 0 || this.#truth[point] !== this.#wanted) continue;
      const whole = { care: 2 ** this.#features - 1, value: point };
      const cube = this.#expand(whole, order);
      cover.push(cube);
      this.#count(cube, counts, 1);
    }
    return this.#irredundant(cover, counts);
  }

  /** Cubes shrink to what they alone cover, and grow in another direction. */
  improve(before: readonly BitCube[]): readonly BitCube[] {
    const counts = new Uint32Array(this.#truth.length);
    for (const cube of before) this.#count(cube, counts, 1);
    const reduced = before.map((cube) => this.#reduce(cube, counts));
    counts.fill(0);
    const cover: BitCube[] = [];
    for (const cube of reduced) {
      // What others have come to cover on their way needs no cube.
      if (everyPoint(cube, this.#features, (point) => counts[point] > 0)) continue;
      const expanded = this.#expand(cube, [...this.#random.permutation(this.#features)]);
      cover.push(expanded);
      this.#count(expanded, counts, 1);
    }
    return this.#irredundant(cover, counts);
  }

  /** Literals go in this order, where the cube stays within what is wanted. */
  #expand(cube: BitCube, order: readonly number[]): BitCube {
    let { care, value } = cube;
    for (const bit of order) {
      const mask = 1 << bit;
      if ((care & mask) === 0) continue;
      const other = { care, value: value ^ mask };
      const isInside = everyPoint(other, this.#features, (point) => {
        this.steps++;
        return this.#truth[point] === this.#wanted;
      });
      if (!isInside) continue;
      care &= ~mask;
      value &= ~mask;
    }
    return { care, value };
  }

  /** The smallest cube around the points that this one alone covers; the counts follow. */
  #reduce(cube: BitCube, counts: Uint32Array): BitCube {
    let [ones, zeros, count] = [0, 0, 0];
    everyPoint(cube, this.#features, (point) => {
      if (counts[point] > 1) return true;
      ones |= point;
      zeros |= ~point;
      count++;
      return true;
    });
    if (count === 0) return cube;
    const care = (2 ** this.#features - 1) & ~(ones & zeros);
    const reduced = { care, value: ones & care };
    this.#count(cube, counts, -1);
    this.#count(reduced, counts, 1);
    return reduced;
  }

  /** Small cubes first, each goes that covers no point alone. */
  #irredundant(cover: readonly BitCube[], counts: Uint32Array): readonly BitCube[] {
    const ordered = [...cover].sort((a, b) => countLiterals(b) - countLiterals(a));
    return ordered
      .filter((cube) => {
        if (!everyPoint(cube, this.#features, (point) => counts[point] > 1)) return true;
        this.#count(cube, counts, -1);
        return false;
      })
      .reverse();
  }

  #count(cube: BitCube, counts: Uint32Array, step: number): void {
    everyPoint(cube, this.#features, (point) => {
      counts[point] += step;
      this.steps++;
      return true;
    });
  }
}
