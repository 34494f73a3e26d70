/**
 * Descent by BFGS (Nocedal and Wright, Numerical Optimization, algorithm 6.1) with a backtracking line
 * search, for losses that are no squares: mae, huber, pinball, custom.
 */
import type { Engine } from '../engine/engine.js';
import type { Tape } from '../engine/tape.js';
import type { Descended, DescentOptions } from './levenberg-marquardt.js';

/** Share of the promised decrease that a step must reach (Armijo). */
const SUFFICIENT = 1e-4;
const MOST_HALVINGS = 30;
const LEAST_PROGRESS = 1e-12;

interface Point {
  readonly constants: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
  /** Mean square of the slopes by each constant: the curvature, were the loss a square. */
  readonly curvature: Float64Array;
}

/** `undefined` where the formula, or its loss, is undefined at some row at the start. */
export function minimise(
  tape: Tape,
  start: Float64Array,
  engine: Engine,
  { iterations, held }: DescentOptions,
): Descended | undefined {
  let point = pointAt(tape, start, engine, held);
  if (point === undefined) return undefined;
  let inverse = firstInverse(point);
  for (let step = 0; step < iterations; step++) {
    const descent = multiply(inverse, point.gradient).map((value) => -value);
    const promised = dot(descent, point.gradient);
    if (!(promised < 0)) break;
    const next = searchLine(tape, point, descent, promised, engine, held);
    if (next === undefined) break;
    const progress = point.loss - next.loss;
    inverse = updateInverse(inverse, point, next);
    const isLast = progress <= LEAST_PROGRESS * Math.abs(point.loss);
    point = next;
    if (isLast) break;
  }
  return { constants: point.constants, loss: point.loss };
}

function searchLine(
  tape: Tape,
  from: Point,
  descent: Float64Array,
  promised: number,
  engine: Engine,
  held: ReadonlySet<number>,
): Point | undefined {
  let length = 1;
  for (let halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
    const constants = from.constants.map((value, k) => value + length * descent[k]);
    const next = pointAt(tape, constants, engine, held);
    if (next !== undefined && next.loss <= from.loss + SUFFICIENT * length * promised) return next;
  }
  return undefined;
}

function pointAt(
  tape: Tape,
  constants: Float64Array,
  engine: Engine,
  held: ReadonlySet<number>,
): Point | undefined {
  engine.countEvaluations(2);
  const slopes = engine.differentiator.slopes(tape, constants);
  if (slopes === undefined) return undefined;
  const { target } = engine.problem.data;
  const gradient = new Float64Array(constants.length);
  const curvature = new Float64Array(constants.length);
  let loss = 0;
  for (let i = 0; i < engine.rows; i++) {
    const prediction = slopes.values[i];
    loss += engine.shares[i] * engine.loss.value(prediction, target[i]);
    const slope = engine.shares[i] * engine.loss.slope(prediction, target[i]);
    for (let k = 0; k < gradient.length; k++) {
      const along = slopes.byConstant[k][i];
      gradient[k] += slope * along;
      curvature[k] += engine.shares[i] * along * along;
    }
  }
  for (const k of held) gradient[k] = 0;
  const isDefined = Number.isFinite(loss) && gradient.every(Number.isFinite);
  if (!isDefined) return undefined;
  return { constants: Float64Array.from(constants), loss, gradient, curvature };
}

function updateInverse(inverse: Float64Array[], from: Point, to: Point): Float64Array[] {
  const moved = to.constants.map((value, k) => value - from.constants[k]);
  const turned = to.gradient.map((value, k) => value - from.gradient[k]);
  const curvature = dot(moved, turned);
  // Without positive curvature the update would leave a matrix that descends no more.
  if (!(curvature > 1e-14 * Math.sqrt(dot(moved, moved) * dot(turned, turned)))) {
    return firstInverse(to);
  }
  const image = multiply(inverse, turned);
  const scale = (1 + dot(turned, image) / curvature) / curvature;
  return inverse.map((row, k) =>
    row.map(
      (value, l) =>
        value +
        scale * moved[k] * moved[l] -
        (moved[k] * image[l] + image[k] * moved[l]) / curvature,
    ),
  );
}

/** Constants of any magnitude move alike: by the inverse of what the loss would bend, were it a square. */
function firstInverse({ curvature }: Point): Float64Array[] {
  return Array.from(curvature, (own, k) =>
    Float64Array.from(curvature, (_, l) => (k === l && own > 0 ? 1 / own : 0)),
  );
}

function multiply(matrix: readonly Float64Array[], vector: Float64Array): Float64Array {
  return Float64Array.from(matrix, (row) => dot(row, vector));
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < left.length; k++) sum += left[k] * right[k];
  return sum;
}
