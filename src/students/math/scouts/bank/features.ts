/**
 * The columns that sparse fits choose from: blocks up to scale and offset, since both are fitted.
 */
import type { Formula } from '../../formula.js';
import { keyOfColumn, mixerOf } from './enumerate.js';
import type { Block } from './enumerate.js';

/** How a feature stands in the formula of its target. */
export type FeatureKind =
  /** coefficient · formula. */
  | 'term'
  /** formula ^ coefficient, a factor of a product whose logarithm is fitted. */
  | 'power';

export interface Feature {
  readonly kind: FeatureKind;
  readonly formula: Formula;
  readonly complexity: number;
  readonly column: Float64Array;
  /** Which family of functions with a constant inside it belongs to; absent for plain expressions. */
  readonly family?: string;
}

/** Blocks that are no multiples of each other, up to a constant that is added. */
export function featuresOf(blocks: readonly Block[]): readonly Feature[] {
  const seen = new Set<string>();
  const found: Feature[] = [];
  const mixer = blocks.length > 0 ? mixerOf(blocks[0].column.length) : new Float64Array();
  for (const { formula, complexity, column, isConstant } of blocks) {
    if (isConstant) continue;
    const key = keyOfColumn(standardise(column, mixer), mixer);
    if (key === undefined || seen.has(key)) continue;
    seen.add(key);
    found.push({ kind: 'term', formula, complexity, column });
  }
  return found;
}

/** Logarithms of the sizes of blocks without a zero, for products of powers. */
export function logFeaturesOf(features: readonly Feature[]): readonly Feature[] {
  return features
    .filter(({ column }) => column.every((value) => value !== 0))
    .map((feature) => ({
      ...feature,
      kind: 'power' as const,
      column: feature.column.map((value) => Math.log(Math.abs(value))),
    }))
    .filter(({ column }) => column.some((value) => value !== column[0]));
}

/** Mean 0, mean square 1, and a sign that multiples share. */
function standardise(column: Float64Array, mixer: Float64Array): Float64Array {
  const rows = column.length;
  const mean = column.reduce((sum, value) => sum + value / rows, 0);
  const centred = column.map((value) => value - mean);
  const size = Math.sqrt(centred.reduce((sum, value) => sum + value ** 2 / rows, 0));
  const side = centred.reduce((sum, value, i) => sum + value * mixer[i] * (1 + mixer[i]), 0);
  return centred.map((value) => (value / size) * Math.sign(side));
}
