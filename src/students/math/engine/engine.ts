/**
 * A problem made ready to be searched: its columns behind an evaluator and a differentiator, its loss as
 * a function of predictions. Everyone who judges formulas (scouts, islands, polish) does it here.
 */
import { complexityOf, isAllowed } from '../complexity.js';
import type { Formula } from '../formula.js';
import { compileBundle, literalsOf } from '../knowledge/template.js';
import { resolveOperators } from '../knowledge/resolve-operators.js';
import { createLoss } from '../losses.js';
import type { Loss } from '../losses.js';
import type { Operator } from '../operators/operator.js';
import type { Candidate, Problem } from '../problem.js';
import { createDirectionLoss } from './directions.js';
import type { DirectionLoss } from './directions.js';
import { createDifferentiator } from './jacobian.js';
import type { Differentiator } from './jacobian.js';
import { createEvaluator } from './evaluator.js';
import type { Evaluator } from './evaluator.js';
import { compileTape } from './tape.js';
import type { Tape } from './tape.js';

export interface Engine {
  readonly problem: Problem;
  readonly rows: number;
  /** The table that tapes and genomes count in, the user's operators in their slots. */
  readonly operators: readonly Operator[];
  /** The tape of a formula that is searched. @throws RangeError for one that has not the template's shape. */
  readonly compile: (formula: Formula) => Tape;
  readonly loss: Loss;
  readonly evaluator: Evaluator;
  readonly differentiator: Differentiator;
  /** Share of each row in the loss: its weight over the sum of all weights. */
  readonly shares: Float64Array;
  /** The loss of the best constant: the target's weighted variance (mse), or 1 where it is constant; of directions 1. */
  readonly variance: number;
  /** Present for the loss `direction`, which judges gradients in place of predictions. */
  readonly directions?: DirectionLoss;
  /** The mean loss of one prediction for each row; NaN or infinite where a prediction has none. */
  readonly lossOf: (predictions: ArrayLike<number>) => number;
  /** The mean loss of a formula; NaN or infinite where it has none at some row. Not counted. */
  readonly lossOfTape: (tape: Tape, constants?: ArrayLike<number>) => number;
  /** A formula as it stands; `undefined` where it is not allowed, or undefined at some row. */
  readonly judge: (formula: Formula, origin: string) => Candidate | undefined;
  /** Formulas evaluated over all rows since the engine was made, gradients counted as two. */
  readonly evaluations: () => number;
  readonly countEvaluations: (count: number) => void;
}

export function createEngine(problem: Problem): Engine {
  const { columns, target, weights } = problem.data;
  const rows = target.length;
  const operators = resolveOperators(problem.settings.knowledge?.operators);
  const loss = createLoss(problem.settings.loss);
  const { template } = problem.settings.knowledge ?? {};
  const literals = template === undefined ? [] : literalsOf(template);
  const read = [...columns, ...literals.map((value) => new Float64Array(rows).fill(value))];
  const evaluator = createEvaluator(read, rows, operators);
  const compile = (formula: Formula): Tape =>
    template === undefined
      ? compileTape(formula)
      : compileBundle(formula, template, columns.length);
  const shares = sharesOf(rows, weights);
  let evaluations = 0;
  const lossOf = (predictions: ArrayLike<number>): number => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += shares[i] * loss.value(predictions[i], target[i]);
    return sum;
  };
  const differentiator = createDifferentiator(read, rows, operators);
  const directions =
    problem.settings.loss.kind === 'direction'
      ? createDirectionLoss(problem.data, differentiator, shares)
      : undefined;
  const lossOfTape = (tape: Tape, constants: ArrayLike<number> = tape.constants): number => {
    if (directions !== undefined) return directions.lossOf(tape, constants) ?? NaN;
    const values = evaluator.values(tape, constants);
    return values === undefined ? NaN : lossOf(values);
  };
  return {
    problem,
    rows,
    operators,
    compile,
    loss,
    evaluator,
    differentiator,
    ...(directions === undefined ? {} : { directions }),
    shares,
    variance: directions === undefined ? varianceOf(target, shares) : 1,
    lossOf,
    lossOfTape,
    judge(formula, origin) {
      if (!isAllowed(formula, problem.settings)) return undefined;
      evaluations++;
      const mean = lossOfTape(compile(formula));
      if (!Number.isFinite(mean)) return undefined;
      const complexity = complexityOf(formula, problem.settings);
      return { formula, complexity, loss: mean, origin };
    },
    evaluations: () => evaluations,
    countEvaluations(count) {
      evaluations += count;
    },
  };
}

function sharesOf(rows: number, weights: Float64Array | undefined): Float64Array {
  const shares = new Float64Array(rows).fill(1);
  if (weights !== undefined) shares.set(weights);
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

function varianceOf(target: Float64Array, shares: Float64Array): number {
  let mean = 0;
  for (let i = 0; i < target.length; i++) mean += shares[i] * target[i];
  let variance = 0;
  for (let i = 0; i < target.length; i++) variance += shares[i] * (target[i] - mean) ** 2;
  return variance > 0 ? variance : 1;
}
