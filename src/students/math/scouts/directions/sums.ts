/**
 * Sums of one to four features whose gradients are parallel to the directions. The coefficients need no
 * search: with P for the part of the features' gradients that is perpendicular to the directions, they make
 * |Σ c·P|² smallest against |Σ c·∇|², a matter of small symmetric matrices.
 */
import type { Formula } from '../../formula.js';
import { smallestOfTwo, smallestPair } from './eigen.js';

/** An expression with its gradient. */
export interface Feature {
  readonly formula: Formula;
  readonly complexity: number;
  /** Row after row, all variables of the problem. */
  readonly gradient: Float64Array;
  /** The part of it that is perpendicular to the row's direction. */
  readonly across: Float64Array;
}

export interface FeatureSum {
  /** Positions of the features, ascending, and the coefficient of each. */
  readonly features: readonly number[];
  readonly coefficients: Float64Array;
  readonly complexity: number;
  /** The share of the squared gradients that is perpendicular to the directions. */
  readonly share: number;
  /** The least share of the sums that have a term less; Infinity of one feature alone. */
  readonly shareWithout: number;
}

/** A formula that is worth a closer look. */
export interface Proposal {
  readonly formula: Formula;
  /** Whether no sum with a term less is within the tolerance. */
  readonly isMinimal: boolean;
}

export interface SumSizes {
  /** Sums kept for each complexity and number of terms. */
  readonly perComplexity: number;
  /** Pairs and triples that get a further term, and among how many features it is looked for. */
  readonly widened: readonly [pairs: number, triples: number];
  readonly partners: readonly [ofPairs: number, ofTriples: number];
  readonly mostComplexity: number;
}

/** A coefficient and the operator that adds a term. */
const TERM_COMPLEXITY = 2;
const MOST_TERMS = 4;

/** The best sums of each complexity and number of terms, best first within each. */
export function searchSums(features: readonly Feature[], sizes: SumSizes): readonly FeatureSum[] {
  const { partners, widened } = sizes;
  const grams = gramsOf(features);
  const solve = (chosen: readonly number[], complexity: number): FoundSum | undefined => {
    const size = chosen.length;
    const [a, b] = [grams.across, grams.whole].map((gram) =>
      Float64Array.from({ length: size * size }, (_, cell) =>
        gram(chosen[Math.floor(cell / size)], chosen[cell % size]),
      ),
    );
    const found = smallestPair(a, b, size);
    if (found === undefined) return undefined;
    const { value: share, vector: coefficients } = found;
    return { features: chosen, coefficients, complexity, share };
  };
  const withoutOne = ({ features: chosen }: FoundSum): number =>
    chosen.length === 1
      ? Infinity
      : chosen.reduce((least, left) => {
          const rest = chosen.filter((other) => other !== left);
          return Math.min(least, solve(rest, 0)?.share ?? Infinity);
        }, Infinity);
  const kept: FoundSum[] = [];
  let last: readonly FoundSum[] = [];
  for (let terms = 1; terms <= MOST_TERMS; terms++) {
    const best = createBest(sizes.perComplexity);
    for (const chosen of choices(terms, features.length, last, widened, partners)) {
      let complexity = (terms - 1) * TERM_COMPLEXITY;
      for (const k of chosen) complexity += features[k].complexity;
      if (complexity > sizes.mostComplexity) continue;
      // Most pairs are no good, which two divisions tell.
      if (terms === 2 && !best.wants(complexity, shareOfPair(chosen[0], chosen[1], grams)))
        continue;
      const sum = solve(chosen, complexity);
      if (sum !== undefined) best.offer(sum);
    }
    last = best.kept();
    kept.push(...last);
  }
  return kept.map((sum) => ({ ...sum, shareWithout: withoutOne(sum) }));
}

type FoundSum = Omit<FeatureSum, 'shareWithout'>;

/** Which features are tried together: all, all pairs, then what the best sums get in addition. */
function* choices(
  terms: number,
  count: number,
  last: readonly FoundSum[],
  widened: SumSizes['widened'],
  partners: SumSizes['partners'],
): Generator<readonly number[]> {
  if (terms === 1) {
    for (let k = 0; k < count; k++) yield [k];
  } else if (terms === 2) {
    for (let k = 0; k < count; k++) for (let l = 0; l < k; l++) yield [l, k];
  } else {
    const seen = new Set<string>();
    const order = last.toSorted((x, y) => x.share - y.share).slice(0, widened[terms - 3]);
    for (const { features } of order) {
      for (let k = 0; k < Math.min(count, partners[terms - 3]); k++) {
        if (features.includes(k)) continue;
        const chosen = [...features, k].sort((x, y) => x - y);
        const key = chosen.join();
        if (seen.has(key)) continue;
        seen.add(key);
        yield chosen;
      }
    }
  }
}

function shareOfPair(k: number, l: number, { across, whole }: Grams): number {
  return smallestOfTwo(
    across(k, k), across(k, l), across(l, l), whole(k, k), whole(k, l), whole(l, l),
  ); // prettier-ignore
}

interface Best {
  readonly wants: (complexity: number, share: number) => boolean;
  readonly offer: (sum: FoundSum) => void;
  readonly kept: () => readonly FoundSum[];
}

function createBest(perComplexity: number): Best {
  const byComplexity = new Map<number, FoundSum[]>();
  return {
    wants(complexity, share) {
      const bucket = byComplexity.get(complexity);
      if (bucket === undefined || bucket.length < perComplexity) return share < 1;
      return share < bucket[bucket.length - 1].share;
    },
    offer(sum) {
      const bucket = byComplexity.get(sum.complexity) ?? [];
      byComplexity.set(sum.complexity, bucket);
      if (bucket.length >= perComplexity && sum.share >= bucket[bucket.length - 1].share) return;
      const at = bucket.findIndex(({ share }) => sum.share < share);
      bucket.splice(at < 0 ? bucket.length : at, 0, sum);
      if (bucket.length > perComplexity) bucket.pop();
    },
    kept: () =>
      [...byComplexity.keys()].sort((x, y) => x - y).flatMap((c) => byComplexity.get(c) ?? []),
  };
}

type Gram = (left: number, right: number) => number;

interface Grams {
  readonly across: Gram;
  readonly whole: Gram;
}

/** Products of all features, computed once. */
function gramsOf(features: readonly Feature[]): Grams {
  const gramOf = (vectors: readonly Float64Array[]): Gram => {
    const count = vectors.length;
    const cells = new Float64Array(count * count);
    for (let k = 0; k < count; k++) {
      for (let l = 0; l <= k; l++) {
        const product = dot(vectors[k], vectors[l]);
        cells[k * count + l] = product;
        cells[l * count + k] = product;
      }
    }
    return (left, right) => cells[left * count + right];
  };
  return {
    across: gramOf(features.map(({ across }) => across)),
    whole: gramOf(features.map(({ gradient }) => gradient)),
  };
}

function dot(left: Float64Array, right: Float64Array): number {
  let [a, b] = [0, 0];
  let k = 0;
  for (; k + 2 <= left.length; k += 2) {
    a += left[k] * right[k];
    b += left[k + 1] * right[k + 1];
  }
  if (k < left.length) a += left[k] * right[k];
  return a + b;
}
