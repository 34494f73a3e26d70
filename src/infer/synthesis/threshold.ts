/**
 * Threshold functions: conditions of the form Σ weight · feature > bound. The features' correlation
 * with the table (for cells: the Chow parameters, C. K. Chow, On the characterization of threshold
 * functions, 1961) gives the signs and the order of the weights; small increasing integers are tried.
 */
import type { Expression } from '../../ir/program.js';
import type { SynthesisProblem } from './problem.js';
import { binary, numberExpression } from './term.js';
import type { Work } from './work.js';

const MIN_FEATURES = 3;
const MAX_FEATURES = 12;
const MAX_WEIGHT = 9;
/** Weights of more classes of equal correlation are too many to try. */
const MAX_CLASSES = 5;
/** Weight vectors tried at most. */
const MAX_TRIES = 3000;
/** Correlations that differ by less, relatively, count as equal. */
const SAME_CORRELATION = 1e-9;

interface Ranked {
  readonly feature: number;
  readonly sign: 1 | -1;
  /** 0 for the weakest class of equal correlations. */
  readonly rank: number;
}

/** Covariance of a column with the 0/1 target, times the squared number of states. */
function correlation(column: Float64Array, target: Float64Array): number {
  let sum = 0;
  let total = 0;
  let ones = 0;
  for (let state = 0; state < target.length; state++) {
    total += column[state];
    ones += target[state];
    sum += column[state] * target[state];
  }
  return sum * target.length - total * ones;
}

function rankFeatures(problem: SynthesisProblem): Ranked[] | undefined {
  const found = problem.columns.map((column) => correlation(column, problem.target));
  const sizes = found.map(Math.abs);
  const order = [...sizes].sort((a, b) => a - b);
  const classes = order.filter(
    (size, index) => index === 0 || size - order[index - 1] > SAME_CORRELATION * size,
  );
  if (order[0] === 0) return undefined;
  return found.map((value, feature) => ({
    feature,
    sign: value > 0 ? 1 : -1,
    rank: classes.filter((size) => size <= sizes[feature] * (1 + SAME_CORRELATION)).length - 1,
  }));
}

/** Increasing integers 1 .. MAX_WEIGHT, one for each class, smallest sums first. */
function weightVectors(classes: number): number[][] {
  let vectors: number[][] = [[]];
  for (let place = 0; place < classes; place++) {
    vectors = vectors.flatMap((vector) => {
      const least = (vector.at(-1) ?? 0) + 1;
      const count = MAX_WEIGHT - least + 1;
      return Array.from({ length: Math.max(0, count) }, (_, step) => [...vector, least + step]);
    });
  }
  const sum = (vector: readonly number[]): number => vector.reduce((total, w) => total + w, 0);
  return vectors.sort((a, b) => sum(a) - sum(b)).slice(0, MAX_TRIES);
}

/** Largest weighted sum where the table is 0 and smallest where it is 1. */
function margin(problem: SynthesisProblem, ranked: readonly Ranked[], vector: readonly number[]) {
  let below = -Infinity;
  let above = Infinity;
  for (let state = 0; state < problem.states; state++) {
    let sum = 0;
    for (const { feature, sign, rank } of ranked) {
      sum += sign * vector[rank] * problem.columns[feature][state];
    }
    if (problem.target[state] === 1) above = Math.min(above, sum);
    else below = Math.max(below, sum);
    if (below >= above) return undefined;
  }
  return { below, above };
}

/** True when the weighted sum has the target's sign in every state. */
function hasSigns(problem: SynthesisProblem, ranked: readonly Ranked[], vector: readonly number[]) {
  for (let state = 0; state < problem.states; state++) {
    let sum = 0;
    for (const { feature, sign, rank } of ranked) {
      sum += sign * vector[rank] * problem.columns[feature][state];
    }
    if (Math.sign(sum) !== Math.sign(problem.target[state])) return false;
  }
  return true;
}

function chain(parts: readonly Expression[], operator: '+' | '-'): Expression {
  return parts.reduce((total, part) => binary(operator, total, part));
}

/** The weighted features of one sign, the heaviest first. */
function summands(
  problem: SynthesisProblem,
  ranked: readonly Ranked[],
  vector: readonly number[],
  wanted: 1 | -1,
): Expression[] {
  return ranked
    .filter(({ sign }) => sign === wanted)
    .sort((a, b) => vector[b.rank] - vector[a.rank] || a.feature - b.feature)
    .map(({ feature, rank }) => {
      const name: Expression = { kind: 'symbol', symbol: problem.features[feature].symbol };
      return vector[rank] === 1 ? name : binary('*', numberExpression(vector[rank]), name);
    });
}

function spell(
  problem: SynthesisProblem,
  ranked: readonly Ranked[],
  vector: readonly number[],
  { below, above }: { below: number; above: number },
): Expression {
  const plus = summands(problem, ranked, vector, 1);
  const minus = summands(problem, ranked, vector, -1);
  const compare = (left: Expression, right: Expression): Expression =>
    below <= 0 && above > 0 ? binary('>', left, right) : binary('>=', left, right);
  if (minus.length === 0) return binary('>=', chain(plus, '+'), numberExpression(above));
  if (plus.length === 0) {
    // Of features that are never negative, nothing is less than none.
    const least = above === 0 && problem.columns.every((column) => column.every((own) => own >= 0));
    return binary(least ? '===' : '<=', chain(minus, '+'), numberExpression(-above));
  }
  const left = chain(plus, '+');
  if (below <= 0 && above >= 0 && below < above) return compare(left, chain(minus, '+'));
  return binary('>=', chain([left, ...minus], '-'), numberExpression(above));
}

/** Features by correlation with the table, where a weighted sum of them may make sense. */
function candidatesOf(problem: SynthesisProblem): readonly Ranked[] | undefined {
  const { features } = problem;
  const numeric = features.every(({ kind }) => kind !== 'boolean' && kind !== 'real');
  if (!numeric || features.length < MIN_FEATURES || features.length > MAX_FEATURES) {
    return undefined;
  }
  return rankFeatures(problem);
}

function vectorsFor(ranked: readonly Ranked[]): number[][] {
  const classes = 1 + Math.max(...ranked.map(({ rank }) => rank));
  return classes > MAX_CLASSES ? [] : weightVectors(classes);
}

/**
 * `Σ weight · feature > Σ weight · feature` (or against a constant) equal to the Boolean table, with
 * positive integer weights up to `MAX_WEIGHT`; `undefined` when none is found. All features are
 * numbers, and the table depends on each.
 */
export function thresholdExpression(problem: SynthesisProblem, work: Work): Expression | undefined {
  const ranked = problem.type === 'boolean' ? candidatesOf(problem) : undefined;
  if (ranked === undefined) return undefined;
  for (const vector of vectorsFor(ranked)) {
    work.spend(1);
    const gap = margin(problem, ranked, vector);
    if (gap !== undefined) return spell(problem, ranked, vector, gap);
  }
  return undefined;
}

/**
 * `size * Math.sign(Σ weight · feature − …)` equal to a numeric table of values −size, 0 and size, with
 * integer weights as in `thresholdExpression`; `undefined` when none is found.
 */
export function signExpression(problem: SynthesisProblem, work: Work): Expression | undefined {
  const size = Math.abs(problem.target.find((value) => value !== 0) ?? 0);
  const ternary = problem.target.every((value) => value === 0 || Math.abs(value) === size);
  const both = problem.target.includes(size) && problem.target.includes(-size);
  if (problem.type !== 'number' || !ternary || !both) return undefined;
  const ranked = candidatesOf(problem);
  if (ranked === undefined) return undefined;
  for (const vector of vectorsFor(ranked)) {
    work.spend(1);
    if (!hasSigns(problem, ranked, vector)) continue;
    const plus = summands(problem, ranked, vector, 1);
    const minus = summands(problem, ranked, vector, -1);
    const sum =
      plus.length === 0
        ? ({ kind: 'unary', operator: '-', operand: chain(minus, '+') } as const)
        : chain([chain(plus, '+'), ...minus], '-');
    const sign: Expression = { kind: 'math', function: 'sign', arguments: [sum] };
    return size === 1 ? sign : binary('*', numberExpression(size), sign);
  }
  return undefined;
}
