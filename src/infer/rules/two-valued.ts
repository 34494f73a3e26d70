/** A table with two values as a condition:  Σ gates ∈ {−1, 1}  →  `n === 3 || (alive && n === 2) ? 1 : -1`. */
import { conditional, num, symbol } from '../../ir/program-builders.js';
import { costOf } from '../cost.js';
import { synthesise } from '../synthesis/index.js';
import type { Feature } from '../synthesis/index.js';
import { numberKind } from './numeric.js';
import { SEARCH_EFFORT } from './rule.js';
import type { Rule } from './rule.js';

/** Applies when the target takes exactly two values; 0/1 leaves become booleans. */
export const twoValuedRule: Rule = (problem) => {
  const values = [...new Set(problem.target)].sort((a, b) => a - b);
  if (values.length !== 2) return undefined;
  const features = problem.columns.map((column, leaf): Feature => {
    const kind = numberKind(column);
    return kind === 'bit'
      ? { symbol: symbol(problem.hints[leaf], 'boolean'), kind: 'boolean' }
      : { symbol: symbol(problem.hints[leaf]), kind };
  });
  const found = synthesise({
    features,
    columns: problem.columns,
    states: problem.states,
    target: problem.target.map((value) => (value === values[1] ? 1 : 0)),
    effort: SEARCH_EFFORT,
    type: 'boolean',
  });
  if (found === undefined || found.quality === 'table') return undefined;
  const expression = conditional(found.expression, num(values[1]), num(values[0]));
  return {
    features: features.map(({ symbol: own }, leaf) => ({
      symbol: own,
      leaf: problem.leafNumbers[leaf],
    })),
    expression,
    cost: isTruth(values) ? found.cost + TRUTH_COST : costOf(expression),
  };
};

/** Points for printing a truth as a number: `? 1 : 0` is a spelling, not something to understand. */
const TRUTH_COST = 1;

/** True for 0 and 1, and for −1 and 1. */
function isTruth([low, high]: readonly number[]): boolean {
  return high === 1 && (low === 0 || low === -1);
}
