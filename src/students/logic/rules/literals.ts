/**
 * The path to each leaf as a conjunction without repetition: of the thresholds of a feature only the tightest
 * stay on each side.
 */
import type { Literal, Prediction, Tree } from '../tree.js';

export interface Path {
  readonly literals: readonly Literal[];
  readonly prediction: Prediction;
}

/** One path for each leaf, from left to right. */
export function literalsOf(tree: Tree, path: readonly Literal[] = []): readonly Path[] {
  if (tree.kind === 'leaf') return [{ literals: path, prediction: tree.prediction }];
  const { condition } = tree;
  return [
    ...literalsOf(tree.yes, added(path, { condition, isTrue: true })),
    ...literalsOf(tree.no, added(path, { condition, isTrue: false })),
  ];
}

/** The path with one more literal, which replaces those that it implies. */
function added(path: readonly Literal[], literal: Literal): readonly Literal[] {
  if (path.some((other) => implies(other, literal))) return path;
  return [...path.filter((other) => !implies(literal, other)), literal];
}

function implies(first: Literal, second: Literal): boolean {
  if (first.isTrue !== second.isTrue) return false;
  const [one, other] = [first.condition, second.condition];
  if (one.kind !== 'above' || other.kind !== 'above' || one.feature !== other.feature) return false;
  return first.isTrue ? one.threshold >= other.threshold : one.threshold <= other.threshold;
}
