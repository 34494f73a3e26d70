/**
 * A network with one hidden layer and one output, as its parameters in one array, with the slopes that
 * training needs: y(x) = c + Σ aₕ f(wₕ·x + bₕ).
 *
 *   parameters:  w₀…, b₀, a₀ | w₁…, b₁, a₁ | … | c
 */
import { createRandom } from '../../src/numeric/random.js';
import type { TrainedLayer } from './weights-csv.js';

export type HiddenActivation = 'tanh' | 'relu';

export interface Perceptron {
  readonly inputs: number;
  readonly hidden: number;
  readonly activation: HiddenActivation;
  readonly parameters: Float64Array;
}

/** Share of Nguyen and Widrow's slope, 0.7 in their paper: hidden units overlap a little. */
const OVERLAP = 0.7;

/**
 * Random weights for inputs in [−1, 1], after Nguyen and Widrow (1990): the hidden units' steep parts are
 * spread over the box, in random directions. The output starts at 0.
 */
export function randomPerceptron(
  inputs: number,
  hidden: number,
  activation: HiddenActivation,
  seed: number,
): Perceptron {
  const random = createRandom(seed);
  const parameters = new Float64Array(hidden * (inputs + 2) + 1);
  const slope = OVERLAP * hidden ** (1 / inputs);
  for (let unit = 0; unit < hidden; unit++) {
    const direction = Float64Array.from({ length: inputs }, () => random.normal());
    const length = Math.hypot(...direction);
    const offset = unit * (inputs + 2);
    direction.forEach((part, k) => (parameters[offset + k] = (slope * part) / length));
    parameters[offset + inputs] = slope * (2 * random.unit() - 1);
    parameters[offset + inputs + 1] = random.normal() / hidden;
  }
  return { inputs, hidden, activation, parameters };
}

/**
 * The outputs at rows given as columns. Where `jacobian` is given, the slope of output `row` by parameter
 * `p` is written to `jacobian[row * parameters + p]`.
 */
export function runPerceptron(
  { inputs, hidden, activation, parameters }: Perceptron,
  columns: readonly Float64Array[],
  jacobian?: Float64Array,
): Float64Array {
  const last = parameters.length - 1;
  return Float64Array.from({ length: columns[0].length }, (_, row) => {
    let sum = parameters[last];
    for (let unit = 0; unit < hidden; unit++) {
      const offset = unit * (inputs + 2);
      let z = parameters[offset + inputs];
      for (let k = 0; k < inputs; k++) z += parameters[offset + k] * columns[k][row];
      const value = activation === 'tanh' ? Math.tanh(z) : Math.max(z, 0);
      const weight = parameters[offset + inputs + 1];
      sum += weight * value;
      if (jacobian === undefined) continue;
      const slope = weight * (activation === 'tanh' ? 1 - value * value : z > 0 ? 1 : 0);
      const start = row * parameters.length + offset;
      for (let k = 0; k < inputs; k++) jacobian[start + k] = slope * columns[k][row];
      jacobian[start + inputs] = slope;
      jacobian[start + inputs + 1] = value;
    }
    if (jacobian !== undefined) jacobian[row * parameters.length + last] = 1;
    return sum;
  });
}

/** How raw numbers become those that the perceptron was trained on: (raw − centre) / scale. */
export interface Scaling {
  readonly centre: number;
  readonly scale: number;
}

/** The two layers of the same function of raw inputs, with raw outputs. */
export function layersOfPerceptron(
  { inputs, hidden, parameters }: Perceptron,
  input: readonly Scaling[],
  output: Scaling,
): readonly [TrainedLayer, TrainedLayer] {
  const rows: Float64Array[] = [];
  const bias = new Float64Array(hidden);
  const weights = new Float64Array(hidden);
  for (let unit = 0; unit < hidden; unit++) {
    const offset = unit * (inputs + 2);
    const row = Float64Array.from(input, ({ scale }, k) => parameters[offset + k] / scale);
    rows.push(row);
    bias[unit] = row.reduce((sum, weight, k) => sum - weight * input[k].centre, parameters[offset + inputs]); // prettier-ignore
    weights[unit] = output.scale * parameters[offset + inputs + 1];
  }
  const constant = output.centre + output.scale * parameters[parameters.length - 1];
  return [
    { rows, bias },
    { rows: [weights], bias: [constant] },
  ];
}
