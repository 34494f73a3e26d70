/**
 * Logistic regression of a yes/no answer on features, without intercept, with soft labels: separable
 * data have no finite optimum for hard ones, so every label is only as certain as the caller says.
 */

/** One observation. */
export interface Example {
  readonly features: ArrayLike<number>;
  readonly answer: boolean;
}

/** Newton steps at most; from 0 towards a certainty of 1 − 1e-10 about 30 are needed. */
const MAX_STEPS = 200;

/** Share of the predicted decrease of the gradient that a step must achieve (Armijo's condition). */
const SUFFICIENT = 1e-4;

/** Shortest step tried, as a share of Newton's: if that does not pay, rounding is all that is left. */
const SHORTEST = 1e-6;

/** Squared residual, relative to the right-hand side, at which conjugate gradients stop. */
const SOLVED = 1e-28;

/**
 * Weights w that minimise the mean cross-entropy between σ(w·x) and labels of the given certainty
 * (1 − `doubt` for the answer, `doubt` against it), 0 < doubt < 1/2, to the limit of rounding.
 *
 * Newton's method with the linear systems solved by conjugate gradients (Hestenes and Stiefel, 1952),
 * steps halved until the gradient shrinks; the loss is convex, so that leads to its minimum. Starting
 * at 0 it stays in the span of the examples: of many optima the result is the one of least norm.
 */
export function fitLogistic(examples: readonly Example[], doubt: number): Float64Array {
  const width = examples[0].features.length;
  // m is the margin ±w·x; everything is written with m so that certainties next to 1 lose no digits.
  const signed = examples.map(({ features, answer }) =>
    Float64Array.from(features, (value) => (answer ? value : -value)),
  );
  const gradientAt = (weights: Float64Array): Float64Array =>
    combine(
      signed,
      signed.map((x) => doubt - 1 / (1 + Math.exp(dot(x, weights)))),
      width,
    );
  let weights: Float64Array = new Float64Array(width);
  let gradient = gradientAt(weights);
  for (let step = 0; step < MAX_STEPS; step++) {
    const curvature = signed.map((x) => {
      const m = dot(x, weights);
      return 1 / ((1 + Math.exp(m)) * (1 + Math.exp(-m)));
    });
    const direction = solveNewton(signed, curvature, gradient);
    const size = Math.sqrt(dot(gradient, gradient));
    let better: Float64Array | undefined;
    for (let length = 1; better === undefined && length >= SHORTEST; length /= 2) {
      const moved = weights.map((weight, k) => weight + length * direction[k]);
      const there = gradientAt(moved);
      if (Math.sqrt(dot(there, there)) >= (1 - SUFFICIENT * length) * size) continue;
      [better, gradient] = [moved, there];
    }
    if (better === undefined) break;
    weights = better;
  }
  return weights;
}

/** d with H d = −gradient, H = Σ curvature·x·xᵀ, by conjugate gradients in the span of the x. */
function solveNewton(
  signed: readonly Float64Array[],
  curvature: readonly number[],
  gradient: Float64Array,
): Float64Array {
  const solution = new Float64Array(gradient.length);
  const residual = gradient.map((value) => -value);
  let search = residual.slice();
  let power = dot(residual, residual);
  const goal = power * SOLVED;
  for (let step = 0; step < 2 * gradient.length && power > goal; step++) {
    const image = combine(
      signed,
      signed.map((x, k) => curvature[k] * dot(x, search)),
      gradient.length,
    );
    const bend = dot(search, image);
    if (!(bend > 0)) break;
    const length = power / bend;
    solution.forEach((_, k) => {
      solution[k] += length * search[k];
      residual[k] -= length * image[k];
    });
    const next = dot(residual, residual);
    search = search.map((value, k) => residual[k] + (next / power) * value);
    power = next;
  }
  return solution;
}

function combine(
  vectors: readonly Float64Array[],
  factors: readonly number[],
  width: number,
): Float64Array {
  const sum = new Float64Array(width);
  vectors.forEach((vector, index) => {
    for (let k = 0; k < width; k++) sum[k] += factors[index] * vector[k];
  });
  return sum;
}

function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < first.length; k++) sum += first[k] * second[k];
  return sum;
}
