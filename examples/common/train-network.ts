/**
 * Trains a small network on rows of a function: Adam over the whole batch, as one would, and then
 * Levenberg and Marquardt's method, which brings the fit down to what so many hidden units can do. The
 * same seed gives the same weights.
 */
import { layersOfPerceptron, randomPerceptron, runPerceptron } from './perceptron.js';
import type { HiddenActivation, Perceptron, Scaling } from './perceptron.js';
import type { TrainedLayer } from './weights-csv.js';

export interface TrainingTask {
  /** One column for each input. */
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  readonly hidden: number;
  readonly activation: HiddenActivation;
  readonly seed: number;
  /** Training ends when the root mean square error is this share of the target's range. */
  readonly goal: number;
}

export interface TrainedNetwork {
  readonly layers: readonly [TrainedLayer, TrainedLayer];
  /** Root mean square error over the rows, in units of the target. */
  readonly error: number;
}

/** Adam's numbers, as in the paper (Kingma and Ba 2015) but for a larger first step that falls to 0. */
const ADAM = { steps: 500, rate: 0.02, first: 0.9, second: 0.999, epsilon: 1e-8 };

/** Steps of the polishing; most tasks reach their goal earlier. */
const POLISHING_STEPS = 150;

/** How much the damping grows after a step that did not pay, and shrinks after one that did. */
const DAMPING = { start: 1e-3, grow: 4, shrink: 0.3, most: 1e10 };

/** Trains on inputs and targets that are scaled to [−1, 1]; the layers take and give raw numbers. */
export function trainNetwork(task: TrainingTask): TrainedNetwork {
  const input = task.columns.map(scalingOf);
  const output = scalingOf(task.target);
  const columns = task.columns.map((column, k) => scaled(column, input[k]));
  const target = scaled(task.target, output);
  const network = randomPerceptron(columns.length, task.hidden, task.activation, task.seed);
  runAdam(network, columns, target);
  // The range has length 2 where the target is scaled.
  const error = polish(network, columns, target, 2 * task.goal);
  return { layers: layersOfPerceptron(network, input, output), error: error * output.scale };
}

function scalingOf(values: Float64Array): Scaling {
  const min = values.reduce((least, value) => Math.min(least, value), Infinity);
  const max = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return { centre: (min + max) / 2, scale: max > min ? (max - min) / 2 : 1 };
}

function scaled(values: Float64Array, { centre, scale }: Scaling): Float64Array {
  return values.map((value) => (value - centre) / scale);
}

/** Changes the parameters in place. */
function runAdam(
  network: Perceptron,
  columns: readonly Float64Array[],
  target: Float64Array,
): void {
  const { parameters } = network;
  const jacobian = new Float64Array(target.length * parameters.length);
  const mean = new Float64Array(parameters.length);
  const square = new Float64Array(parameters.length);
  for (let step = 1; step <= ADAM.steps; step++) {
    const residual = runPerceptron(network, columns, jacobian).map((y, row) => y - target[row]);
    const gradient = timesTransposed(jacobian, residual, parameters.length);
    const rate = (ADAM.rate * (1 + Math.cos((Math.PI * step) / ADAM.steps))) / 2;
    for (let p = 0; p < parameters.length; p++) {
      const slope = (2 * gradient[p]) / target.length;
      mean[p] += (1 - ADAM.first) * (slope - mean[p]);
      square[p] += (1 - ADAM.second) * (slope * slope - square[p]);
      const direction = mean[p] / (1 - ADAM.first ** step);
      const size = Math.sqrt(square[p] / (1 - ADAM.second ** step));
      parameters[p] -= (rate * direction) / (size + ADAM.epsilon);
    }
  }
}

/** Levenberg and Marquardt (1963), in place, until the error is at most `goal`; returns the error. */
function polish(
  network: Perceptron,
  columns: readonly Float64Array[],
  target: Float64Array,
  goal: number,
): number {
  const { parameters } = network;
  const jacobian = new Float64Array(target.length * parameters.length);
  const residualAt = (values: Float64Array, slopes?: Float64Array): Float64Array =>
    runPerceptron({ ...network, parameters: values }, columns, slopes).map(
      (y, row) => y - target[row],
    );
  let damping = DAMPING.start;
  let residual = residualAt(parameters);
  for (let step = 0; step < POLISHING_STEPS && errorOf(residual) > goal; step++) {
    residual = residualAt(parameters, jacobian);
    const gradient = timesTransposed(jacobian, residual, parameters.length);
    const curvature = gram(jacobian, parameters.length);
    for (; damping < DAMPING.most; damping *= DAMPING.grow) {
      const there = solveDamped(curvature, gradient, damping)?.map((d, p) => parameters[p] - d);
      if (there === undefined) continue;
      const next = residualAt(there);
      if (!(errorOf(next) < errorOf(residual))) continue;
      parameters.set(there);
      residual = next;
      damping *= DAMPING.shrink;
      break;
    }
    if (damping >= DAMPING.most) break;
  }
  return errorOf(residual);
}

/** (curvature + damping) d = gradient by Cholesky; `undefined` where rounding left it indefinite. */
function solveDamped(
  curvature: readonly Float64Array[],
  gradient: Float64Array,
  damping: number,
): Float64Array | undefined {
  const factor = curvature.map((line) => line.slice());
  const solution = gradient.slice();
  for (const [p, line] of factor.entries()) {
    line[p] += damping;
    for (let q = 0; q <= p; q++) {
      const other = factor[q];
      let rest = line[q];
      for (let k = 0; k < q; k++) rest -= line[k] * other[k];
      if (q === p && !(rest > 0)) return undefined;
      line[q] = q === p ? Math.sqrt(rest) : rest / other[q];
    }
    for (let k = 0; k < p; k++) solution[p] -= line[k] * solution[k];
    solution[p] /= line[p];
  }
  for (let p = solution.length - 1; p >= 0; p--) {
    solution[p] /= factor[p][p];
    for (let k = 0; k < p; k++) solution[k] -= factor[p][k] * solution[p];
  }
  return solution;
}

/** Jᵀ r. */
function timesTransposed(jacobian: Float64Array, r: Float64Array, width: number): Float64Array {
  const result = new Float64Array(width);
  r.forEach((factor, row) => {
    for (let p = 0; p < width; p++) result[p] += factor * jacobian[row * width + p];
  });
  return result;
}

/** The lower half of Jᵀ J, two rows of J at a time. */
function gram(jacobian: Float64Array, width: number): readonly Float64Array[] {
  const sums = Array.from({ length: width }, () => new Float64Array(width));
  const none = new Float64Array(width);
  for (let start = 0; start < jacobian.length; start += 2 * width) {
    const first = jacobian.subarray(start, start + width);
    const isLast = start + width === jacobian.length;
    const second = isLast ? none : jacobian.subarray(start + width, start + 2 * width);
    for (let p = 0; p < width; p++) {
      const [left, right, line] = [first[p], second[p], sums[p]];
      for (let q = 0; q <= p; q++) line[q] += left * first[q] + right * second[q];
    }
  }
  return sums;
}

function errorOf(residual: Float64Array): number {
  return Math.sqrt(residual.reduce((sum, value) => sum + value * value, 0) / residual.length);
}
