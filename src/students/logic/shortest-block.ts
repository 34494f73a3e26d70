/**
 * A tree of two answers as the shortest guards known: besides its splits joined, its conditions as letters
 * of a Boolean function, minimised.
 *
 *     S ? (T ? yes : A ? yes : no) : (A ? yes : no)   →   A || S && T ? yes : no
 */
import { blockOfDnf } from './exact/dnf-block.js';
import { minimalDnf } from './exact/finite-dnf.js';
import type { FiniteTable } from './exact/finite-table.js';
import { blockOf, countAsks } from './guards.js';
import type { Block, Guard } from './guards.js';
import { leavesOf } from './tree.js';
import type { Condition, Leaf, Prediction, Tree } from './tree.js';

/** Different conditions whose combinations are tabulated. */
const MOST_CONDITIONS = 10;

/** The guards with the fewest questions; of equal ones the tree's own. */
export function shortestBlock(tree: Tree): Block {
  const plain = blockOf(tree);
  const minimised = minimise(tree);
  return minimised !== undefined && countAsks(minimised) < countAsks(plain) ? minimised : plain;
}

function minimise(tree: Tree): Block | undefined {
  const predictions = differentPredictions(tree);
  const conditions = differentConditions(tree);
  if (predictions.length !== 2 || conditions.length > MOST_CONDITIONS) return undefined;
  // Two borders of one feature are not independent of each other, nor are sums of features.
  const features = conditions.map((one) => (one.kind === 'above' ? one.feature : -1));
  if (features.includes(-1) || new Set(features).size < features.length) return undefined;
  const table = tableOf(tree, conditions, predictions);
  const dnf = minimalDnf(table);
  if (dnf === undefined) return undefined;
  // A count of conditions that must not hold has no words.
  const { count, ...terms } = dnf;
  const isPlain = count?.literals.every(({ value, other }) => value > other) === true;
  return withConditions(blockOfDnf(isPlain ? dnf : terms), conditions);
}

function differentPredictions(tree: Tree): readonly Prediction[] {
  const found = new Map(leavesOf(tree).map(({ prediction }) => [keyOf(prediction), prediction]));
  return [...found.values()];
}

function differentConditions(tree: Tree): readonly Condition[] {
  const found = new Map<string, Condition>();
  const visit = (part: Tree): void => {
    if (part.kind === 'leaf') return;
    found.set(keyOf(part.condition), part.condition);
    visit(part.yes);
    visit(part.no);
  };
  visit(tree);
  return [...found.values()].sort((a, b) => firstFeature(a) - firstFeature(b));
}

function firstFeature(condition: Condition): number {
  return condition.kind === 'above' ? condition.feature : Infinity;
}

/** The answers for all combinations of the conditions, each a feature that is 0 or 1. */
function tableOf(
  tree: Tree,
  conditions: readonly Condition[],
  predictions: readonly Prediction[],
): FiniteTable {
  const positions = new Map(conditions.map((condition, k) => [keyOf(condition), k]));
  const keys = predictions.map(keyOf);
  const count = 2 ** conditions.length;
  const classes = Uint16Array.from({ length: count }, (_, point) => {
    let at = tree;
    while (at.kind === 'split') {
      const k = positions.get(keyOf(at.condition)) ?? 0;
      // Row-major: of the first condition the value changes last.
      const isHeld = (point >> (conditions.length - 1 - k)) % 2 === 1;
      at = isHeld ? at.yes : at.no;
    }
    return keys.indexOf(keyOf(at.prediction));
  });
  const features = conditions.map((_, feature) => ({ feature, values: Float64Array.of(0, 1) }));
  return { features, predictions, classes, multiplicity: 1 };
}

/** The letters replaced by the conditions that they stand for. */
function withConditions(block: Block, conditions: readonly Condition[]): Block {
  if (block.kind === 'answer') return block;
  const replace = (guard: Guard): Guard => {
    if (guard.kind !== 'ask') return { ...guard, parts: guard.parts.map(replace) };
    return { ...guard, condition: replaceIn(guard.condition, conditions) };
  };
  return {
    kind: 'guarded',
    guard: replace(block.guard),
    then: withConditions(block.then, conditions),
    otherwise: withConditions(block.otherwise, conditions),
  };
}

function replaceIn(condition: Condition, conditions: readonly Condition[]): Condition {
  switch (condition.kind) {
    case 'above':
      return conditions[condition.feature];
    case 'count':
      return {
        ...condition,
        conditions: condition.conditions.map((one) => replaceIn(one, conditions)),
      };
    case 'among':
    case 'linear':
    case 'all':
      throw new TypeError('a letter is asked otherwise than by a threshold');
  }
}

function keyOf(value: Condition | Prediction | Leaf): string {
  return JSON.stringify(value);
}
