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

/** The gradient, relative to its size at 0, at which the optimum counts as reached. */
const CONVERGED = 1e-15;

/** Share of the predicted decrease that a step must achieve (Armijo's condition). */
const SUFFICIENT = 1e-4;

/**
 * Weights w that minimise the mean cross-entropy between σ(w·x) and labels of the given certainty
 * (1 − `doubt` for the answer, `doubt` against it), 0 < doubt < 1/2.
 *
 * Newton's method with the linear systems solved by conjugate gradients (Hestenes and Stiefel, 1952)
 * and step halving. Starting at 0 it stays in the span of the examples: where many optima exist, the
 * result is the one of least norm.
 */
export function fitLogistic(examples: readonly Example[], doubt: number): Float64Array {
  const width = examples[0].features.length;
  // m is the margin ±w·x; everything is written with m so that certainties next to 1 lose no digits.
  const signed = examples.map(({ features, answer }) =>
    Float64Array.from(features, (value) => (answer ? value : -value)),
  );
  const weights = new Float64Array(width);
  let initial = 0;
  for (let step = 0; step < MAX_STEPS; step++) {
    const margins = signed.map((x) => dot(x, weights));
    const pull = margins.map((m) => doubt - 1 / (1 + Math.exp(m)));
    const gradient = combine(signed, pull, width);
    const size = Math.sqrt(dot(gradient, gradient));
    if (step === 0) initial = size;
    if (size <= CONVERGED * initial) break;
    const curvature = margins.map((m) => 1 / ((1 + Math.exp(m)) * (1 + Math.exp(-m))));
    const direction = solveNewton(signed, curvature, gradient);
    if (!descend(weights, direction, gradient, signed, doubt)) break;
  }
  return weights;
}

/** Σ softplus terms: mean-free cross-entropy of margins with soft labels. */
function lossAt(signed: readonly Float64Array[], weights: Float64Array, doubt: number): number {
  return signed.reduce((sum, x) => {
    const m = dot(x, weights);
    return sum + Math.log1p(Math.exp(-Math.abs(m))) + Math.max(-m, 0) + doubt * m;
  }, 0);
}

/** Moves `weights` along `direction`, halving the step until it pays; false when none does. */
function descend(
  weights: Float64Array,
  direction: Float64Array,
  gradient: Float64Array,
  signed: readonly Float64Array[],
  doubt: number,
): boolean {
  const slope = dot(gradient, direction);
  const before = lossAt(signed, weights, doubt);
  for (let length = 1; length > 1e-10; length /= 2) {
    const moved = weights.map((weight, k) => weight + length * direction[k]);
    if (lossAt(signed, moved, doubt) <= before + SUFFICIENT * length * slope) {
      const changed = moved.some((weight, k) => weight !== weights[k]);
      weights.set(moved);
      return changed;
    }
  }
  return false;
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
  const goal = power * CONVERGED ** 2;
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
