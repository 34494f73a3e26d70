/**
 * Trees put together from the bottom: a split whose two sides are the same tree is none. What is nearly
 * the same is the same, within what rounding leaves of sums that were composed along different paths.
 */
import type { Affine, Condition, Prediction, Tree } from '../tree.js';

/** The unit in which functions of a tree are compared. */
export interface Scale {
  /** For each input the largest absolute value in the box. */
  readonly inputs: Float64Array;
  /** For each output cell the magnitude of its sum. */
  readonly outputs: Float64Array;
}

/** Parts of a sum this much smaller than its magnitude are rounding. */
export const EQUAL_WITHIN = 1e-12;

/** The split, or one of its sides where both are the same. */
export function splitOrSame(condition: Condition, yes: Tree, no: Tree, scale: Scale): Tree {
  return areEqual(yes, no, scale) ? yes : { kind: 'split', condition, yes, no };
}

function areEqual(left: Tree, right: Tree, scale: Scale): boolean {
  if (left === right) return true;
  if (left.kind === 'leaf') {
    return right.kind === 'leaf' && predictSame(left.prediction, right.prediction, scale);
  }
  return (
    right.kind === 'split' &&
    askSame(left.condition, right.condition, scale) &&
    areEqual(left.yes, right.yes, scale) &&
    areEqual(left.no, right.no, scale)
  );
}

function predictSame(left: Prediction, right: Prediction, scale: Scale): boolean {
  if (left.kind === 'class') return right.kind === 'class' && left.index === right.index;
  if (right.kind === 'class') return false;
  return left.cells.every((cell, k) =>
    areClose(cell, right.cells[k], scale.inputs, scale.outputs[k]),
  );
}

function askSame(left: Condition, right: Condition, { inputs }: Scale): boolean {
  const [first, second] = [affineOf(left), affineOf(right)];
  const magnitude = first.terms.reduce(
    (sum, { feature, coefficient }) => sum + Math.abs(coefficient) * inputs[feature],
    Math.abs(first.offset),
  );
  return left.kind === right.kind && areClose(first, second, inputs, magnitude);
}

/** What a condition compares with 0. @throws TypeError for conditions that no region asks. */
function affineOf(condition: Condition): Affine {
  switch (condition.kind) {
    case 'above':
      return {
        offset: -condition.threshold,
        terms: [{ feature: condition.feature, coefficient: 1 }],
      };
    case 'linear':
      return { offset: -condition.threshold, terms: condition.terms };
    default:
      throw new TypeError('regions are cut by sums');
  }
}

function areClose(left: Affine, right: Affine, inputs: Float64Array, magnitude: number): boolean {
  const tolerance = EQUAL_WITHIN * magnitude;
  if (Math.abs(left.offset - right.offset) > tolerance) return false;
  const within = (one: Affine, other: Affine): boolean =>
    one.terms.every(({ feature, coefficient }) => {
      const own = other.terms.find((term) => term.feature === feature)?.coefficient ?? 0;
      return Math.abs(coefficient - own) * inputs[feature] <= tolerance;
    });
  return within(left, right) && within(right, left);
}
