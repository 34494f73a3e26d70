/**
 * Least squares by Levenberg and Marquardt's method with the exact Jacobian (Marquardt, SIAM J. Appl.
 * Math. 11, 1963): normal equations, damped by a share of their diagonal that shrinks with every step
 * that lowers the loss and grows with every one that does not.
 */
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { DirectionLoss } from '../engine/directions.js';
import type { Engine } from '../engine/engine.js';
import type { Tape } from '../engine/tape.js';

export interface Descended {
  readonly constants: Float64Array;
  readonly loss: number;
}

export interface DescentOptions {
  readonly iterations: number;
  /** Positions of the constants that stay as they are. */
  readonly held: ReadonlySet<number>;
}

const FIRST_DAMPING = 1e-3;
const LEAST_DAMPING = 1e-15;
const MOST_DAMPING = 1e10;
/** A step that lowers the loss by less than this share, undamped, was the last. */
const LEAST_PROGRESS = 1e-9;
/** Losses below this share of the variance are rounding; relative losses have no unit to compare with. */
const ROUNDING_SHARE = 1e-32;

/** `undefined` where the formula is undefined at some row at the start. */
export function fitLeastSquares(
  tape: Tape,
  start: Float64Array,
  engine: Engine,
  { iterations, held }: DescentOptions,
): Descended | undefined {
  let current = linearise(tape, start, engine);
  if (current === undefined) return undefined;
  let constants = Float64Array.from(start);
  let damping = FIRST_DAMPING;
  const { kind } = engine.problem.settings.loss;
  const isRelative = kind === 'relative' || kind === 'log';
  const floor = ROUNDING_SHARE * (isRelative ? 1 : engine.variance);
  for (let step = 0; step < iterations && current.loss > floor; step++) {
    let accepted: Float64Array<ArrayBuffer> | undefined;
    let loss = current.loss;
    while (accepted === undefined && damping < MOST_DAMPING) {
      const next = stepFrom(constants, current, damping, held);
      const reached: number = next === undefined ? NaN : lossAt(tape, next, engine);
      if (reached < current.loss) [accepted, loss] = [next, reached];
      else damping *= 8;
    }
    if (accepted === undefined) break;
    const progress: number = 1 - loss / current.loss;
    constants = accepted;
    const isLast = progress < LEAST_PROGRESS && damping <= FIRST_DAMPING;
    damping = Math.max(LEAST_DAMPING, damping / 8);
    const next = isLast ? undefined : linearise(tape, constants, engine);
    if (next === undefined) return { constants, loss };
    current = next;
  }
  return { constants, loss: current.loss };
}

/** The sum of squares around a point, as a quadratic in the constants. */
export interface Linearised {
  readonly loss: number;
  /** Jᵀ W J and Jᵀ W r. */
  readonly normal: Matrix;
  readonly gradient: Float64Array;
}

/** `undefined` where the formula, its loss or a slope has no finite value at some row. */
export function linearise(
  tape: Tape,
  constants: Float64Array,
  engine: Engine,
): Linearised | undefined {
  if (engine.directions !== undefined) return lineariseDirections(tape, constants, engine, engine.directions); // prettier-ignore
  const { residual } = engine.loss;
  if (residual === undefined) throw new TypeError('the loss is not a square');
  engine.countEvaluations(2);
  const slopes = engine.differentiator.slopes(tape, constants);
  if (slopes === undefined) return undefined;
  const { target } = engine.problem.data;
  const size = constants.length;
  const residuals = new Float64Array(engine.rows);
  let loss = 0;
  for (let i = 0; i < engine.rows; i++) {
    const prediction = slopes.values[i];
    residuals[i] = residual.value(prediction, target[i]);
    loss += engine.shares[i] * residuals[i] ** 2;
    const scale = residual.slope(prediction, target[i]);
    if (scale !== 1) for (let k = 0; k < size; k++) slopes.byConstant[k][i] *= scale;
  }
  if (!Number.isFinite(loss)) return undefined;
  return normalEquations(
    loss,
    [residuals],
    slopes.byConstant.map((column) => [column]),
    engine,
  );
}

/** Whether the loss is a sum of squares whose slopes by the constants are known. */
export function isSumOfSquares({ loss, directions }: Engine): boolean {
  return loss.residual !== undefined || directions !== undefined;
}

/** Share of a constant by which it is moved to see what follows; at least as if the constant were of that size. */
const DIFFERENCE = 1e-6;
const LEAST_SIZE = 1e-3;

/** Second derivatives are not at hand: slopes of gradients by the constants are differences. */
function lineariseDirections(
  tape: Tape,
  constants: Float64Array,
  engine: Engine,
  directions: DirectionLoss,
): Linearised | undefined {
  engine.countEvaluations(2 + 2 * constants.length);
  const residuals = directions.residualsOf(tape, constants)?.map((column) => column.slice());
  if (residuals === undefined) return undefined;
  const moved = constants.slice();
  const byConstant: Float64Array[][] = [];
  for (const [k, value] of constants.entries()) {
    const step = DIFFERENCE * Math.max(Math.abs(value), LEAST_SIZE);
    moved[k] = value + step;
    const there = directions.residualsOf(tape, moved);
    if (there === undefined) return undefined;
    byConstant.push(
      there.map((column, c) => column.map((r, row) => (r - residuals[c][row]) / step)),
    );
    moved[k] = value;
  }
  const loss = residuals.reduce((sum, column) => sum + product(engine.shares, column, column), 0);
  return normalEquations(loss, residuals, byConstant, engine);
}

/** Of residuals in one or more columns, with their slopes by each constant. */
function normalEquations(
  loss: number,
  residuals: readonly Float64Array[],
  byConstant: readonly (readonly Float64Array[])[],
  { shares }: Engine,
): Linearised | undefined {
  const size = byConstant.length;
  const normal = Matrix.zeros(size, size);
  const gradient = new Float64Array(size);
  const products = (left: readonly Float64Array[], right: readonly Float64Array[]): number =>
    left.reduce((sum, column, c) => sum + product(shares, column, right[c]), 0);
  for (let k = 0; k < size; k++) {
    gradient[k] = products(byConstant[k], residuals);
    for (let l = 0; l <= k; l++) {
      const entry = products(byConstant[k], byConstant[l]);
      normal.set(k, l, entry);
      normal.set(l, k, entry);
    }
  }
  // Slopes may overflow where values do not; there is no direction then.
  const isFinite = gradient.every(Number.isFinite) && normal.diagonal().every(Number.isFinite);
  return isFinite ? { loss, normal, gradient } : undefined;
}

function product(shares: Float64Array, left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) sum += shares[i] * left[i] * right[i];
  return sum;
}

function stepFrom(
  constants: Float64Array,
  { normal, gradient }: Linearised,
  damping: number,
  held: ReadonlySet<number>,
): Float64Array<ArrayBuffer> | undefined {
  const size = constants.length;
  if (size === 1 && held.size === 0) {
    const slope = normal.get(0, 0) * (1 + damping);
    return slope > 0 ? Float64Array.of(constants[0] - gradient[0] / slope) : undefined;
  }
  const damped = normal.clone();
  const slope = Matrix.columnVector(gradient);
  for (const k of held) {
    for (let l = 0; l < size; l++) {
      damped.set(k, l, 0);
      damped.set(l, k, 0);
    }
    slope.set(k, 0, 0);
  }
  for (let k = 0; k < size; k++) {
    const diagonal = damped.get(k, k);
    // A constant that is held, or that nothing depends on, stays where it is.
    damped.set(k, k, diagonal > 0 ? diagonal * (1 + damping) : 1);
  }
  const cholesky = new CholeskyDecomposition(damped);
  if (!cholesky.isPositiveDefinite()) return undefined;
  const step = cholesky.solve(slope);
  return constants.map((value, k) => value - step.get(k, 0));
}

function lossAt(tape: Tape, constants: Float64Array, engine: Engine): number {
  engine.countEvaluations(1);
  return engine.lossOfTape(tape, constants);
}
