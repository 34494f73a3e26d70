/** A table with two values as a condition:  Σ gates ∈ {−1, 1}  →  `n === 3 || (alive && n === 2) ? 1 : -1`. */
import { conditional, num, symbol } from '../../ir/program-builders.js';
import { costOf } from '../cost.js';
import { synthesise } from '../synthesis/index.js';
import type { Feature } from '../synthesis/index.js';
import { numberKind } from './numeric.js';
import { SEARCH_EFFORT } from './rule.js';
import type { Rule, TableProblem } from './rule.js';
import { isPoint } from '../values.js';

/** Applies when the target takes exactly two values; 0/1 leaves become booleans. */
export const twoValuedRule: Rule = (problem) =>
  sayTruth(problem, (column) => (numberKind(column) === 'bit' ? 1 : undefined));

/** The same where cells of two other values, such as −1 and 1, are truths as well. */
export const signsRule: Rule = (problem) => {
  const truthOf = (column: Float64Array, leaf: number): number | undefined => {
    const values = new Set(column);
    return values.size === 2 && isPoint(problem.leaves[leaf]) ? Math.max(...values) : undefined;
  };
  const applies = problem.columns.some(
    (column, leaf) => numberKind(column) !== 'bit' && truthOf(column, leaf) !== undefined,
  );
  return applies ? sayTruth(problem, truthOf) : undefined;
};

/**
 * A condition for the larger target of a table with two; `truthOf` gives the value that makes a
 * column's leaf a truth, `undefined` for leaves that stay numbers.
 */
export function sayTruth(
  problem: TableProblem,
  truthOf: (column: Float64Array, leaf: number) => number | undefined,
): ReturnType<Rule> {
  const values = [...new Set(problem.target)].sort((a, b) => a - b);
  if (values.length !== 2) return undefined;
  const truths = problem.columns.map(truthOf);
  const features = problem.columns.map((column, leaf): Feature =>
    truths[leaf] === undefined
      ? { symbol: symbol(problem.hints[leaf]), kind: numberKind(column) }
      : { symbol: symbol(problem.hints[leaf], 'boolean'), kind: 'boolean' },
  );
  const found = synthesise({
    features,
    columns: problem.columns.map((column, leaf) =>
      truths[leaf] === undefined ? column : column.map((value) => (value === truths[leaf] ? 1 : 0)),
    ),
    states: problem.states,
    target: problem.target.map((value) => (value === values[1] ? 1 : 0)),
    effort: problem.effort ?? SEARCH_EFFORT,
    type: 'boolean',
  });
  if (found === undefined || found.quality === 'table') return undefined;
  const expression = conditional(found.expression, num(values[1]), num(values[0]));
  return {
    features: features.map(({ symbol: own }, leaf) => ({
      symbol: own,
      leaf: problem.leafNumbers[leaf],
      ...(truths[leaf] === undefined || truths[leaf] === 1 ? {} : { truth: truths[leaf] }),
    })),
    expression,
    cost: isTruth(values) ? found.cost + TRUTH_COST : costOf(expression),
  };
}

/** Points for printing a truth as a number: `? 1 : 0` is a spelling, not something to understand. */
const TRUTH_COST = 1;

/** True for 0 and 1, and for −1 and 1. */
function isTruth([low, high]: readonly number[]): boolean {
  return high === 1 && (low === 0 || low === -1);
}
