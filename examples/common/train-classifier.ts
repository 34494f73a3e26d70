/**
 * Trains a classifier of two classes with smooth hidden layers: Adam over small batches (Kingma and Ba 2015)
 * on the cross entropy, its step falling to 0 along half a cosine, decoupled weight decay. The network that
 * is kept is the running mean of the last steps, whose border is smoother than that of any one step. The
 * same seed gives the same weights.
 */
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import type { TrainedLayer } from './weights-csv.js';

export interface ClassifierTask {
  /** One column for each input. */
  readonly columns: readonly Float64Array[];
  /** 0 or 1 for every row. */
  readonly labels: Uint8Array;
  /** Units of the hidden layers, from the first to the last; tanh. */
  readonly hidden: readonly number[];
  readonly epochs: number;
  readonly seed: number;
  /** Share of every weight that goes at a step, in units of the step; default `ADAM.decay`. */
  readonly decay?: number;
}

const ADAM = { rate: 0.004, first: 0.9, second: 0.999, epsilon: 1e-8, decay: 1e-4 };
const BATCH = 100;

/** A row whose probability is off by less has nothing left to teach: its slopes are not worth their time. */
const LEARNED = 1e-3;

/** How much of the running mean stays at every step. */
const MEAN_KEEP = 0.998;

/** A layer as it is trained; weights row-major, one row for each unit. */
interface Dense {
  readonly inputs: number;
  readonly units: number;
  /** Weights, then biases. */
  readonly parameters: Float64Array;
  readonly slopes: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly mean: Float64Array;
  readonly output: Float64Array;
  readonly adjoint: Float64Array;
}

/**
 * The layers, hidden ones first, the last with the one score whose sigmoid is the probability of class 1. They
 * take raw inputs; within, inputs are scaled to mean 0 and deviation 1.
 */
export function trainClassifier(task: ClassifierTask): readonly TrainedLayer[] {
  const { columns, labels, hidden, epochs, seed, decay = ADAM.decay } = task;
  const random = createRandom(seed);
  const scalings = columns.map(scalingOf);
  const inputs = scalings.map(({ mean, deviation }, k) =>
    columns[k].map((value) => (value - mean) / deviation),
  );
  const sizes = [columns.length, ...hidden, 1];
  const layers = sizes.slice(1).map((units, k) => createDense(sizes[k], units, random));
  const steps = epochs * Math.floor(labels.length / BATCH);
  const batch = new Float64Array(columns.length);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.permutation(labels.length);
    for (let start = 0; start + BATCH <= order.length; start += BATCH) {
      for (const layer of layers) layer.slopes.fill(0);
      for (const row of order.subarray(start, start + BATCH)) {
        for (let k = 0; k < inputs.length; k++) batch[k] = inputs[k][row];
        learnRow(layers, batch, labels[row]);
      }
      step++;
      for (const layer of layers) moveStep(layer, step, steps, decay);
    }
  }
  return layers.map((layer, k) => storedLayer(layer, k === 0 ? scalings : undefined));
}

interface Scaling {
  readonly mean: number;
  readonly deviation: number;
}

function scalingOf(values: Float64Array): Scaling {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(square) };
}

/** Glorot and Bengio (2010): uniform weights whose variance keeps that of what passes through. */
function createDense(inputs: number, units: number, random: Random): Dense {
  const limit = Math.sqrt(6 / (inputs + units));
  const size = (inputs + 1) * units;
  const parameters = Float64Array.from({ length: size }, (_, p) =>
    p < inputs * units ? limit * (2 * random.unit() - 1) : 0,
  );
  return {
    inputs,
    units,
    parameters,
    slopes: new Float64Array(size),
    first: new Float64Array(size),
    second: new Float64Array(size),
    mean: parameters.slice(),
    output: new Float64Array(units),
    adjoint: new Float64Array(units),
  };
}

/** Forward and backward through one row; slopes of the mean loss of a batch are added up. */
function learnRow(layers: readonly Dense[], row: Float64Array, label: number): void {
  let input = row;
  layers.forEach((layer, k) => {
    runDense(layer, input, k < layers.length - 1);
    input = layer.output;
  });
  const last = layers[layers.length - 1];
  const wrong = 1 / (1 + Math.exp(-last.output[0])) - label;
  if (Math.abs(wrong) < LEARNED) return;
  last.adjoint[0] = wrong / BATCH;
  for (let k = layers.length - 1; k >= 0; k--) {
    const before = k === 0 ? undefined : layers[k - 1];
    pullBack(layers[k], before?.output ?? row, before?.adjoint);
  }
}

function runDense(
  { inputs, units, parameters, output }: Dense,
  input: Float64Array,
  isHidden: boolean,
): void {
  // prettier-ignore
  for (let unit = 0; unit < units; unit++) {
    const start = unit * inputs;
    // Four sums at once: one would wait for itself at every term.
    let [a, b, c, d] = [parameters[inputs * units + unit], 0, 0, 0];
    let k = 0;
    for (; k + 4 <= inputs; k += 4) {
      a += parameters[start + k] * input[k];
      b += parameters[start + k + 1] * input[k + 1];
      c += parameters[start + k + 2] * input[k + 2];
      d += parameters[start + k + 3] * input[k + 3];
    }
    for (; k < inputs; k++) a += parameters[start + k] * input[k];
    const sum = a + b + (c + d);
    output[unit] = isHidden ? Math.tanh(sum) : sum;
  }
}

/** Adjoints of a layer become slopes of its parameters, and adjoints of the (tanh) layer before. */
function pullBack(layer: Dense, input: Float64Array, before: Float64Array | undefined): void {
  const { inputs, units, parameters, slopes, adjoint } = layer;
  before?.fill(0);
  for (let unit = 0; unit < units; unit++) {
    const slope = adjoint[unit];
    const start = unit * inputs;
    slopes[inputs * units + unit] += slope;
    if (before === undefined) {
      for (let k = 0; k < inputs; k++) slopes[start + k] += slope * input[k];
    } else {
      for (let k = 0; k < inputs; k++) {
        slopes[start + k] += slope * input[k];
        before[k] += slope * parameters[start + k];
      }
    }
  }
  if (before === undefined) return;
  for (let k = 0; k < inputs; k++) before[k] *= 1 - input[k] * input[k];
}

function moveStep(layer: Dense, step: number, steps: number, decay: number): void {
  const { inputs, units, parameters, slopes, first, second, mean } = layer;
  const rate = (ADAM.rate * (1 + Math.cos((Math.PI * step) / steps))) / 2;
  const firstShare = 1 - ADAM.first ** step;
  const secondShare = 1 - ADAM.second ** step;
  for (let p = 0; p < parameters.length; p++) {
    const slope = slopes[p];
    first[p] += (1 - ADAM.first) * (slope - first[p]);
    second[p] += (1 - ADAM.second) * (slope * slope - second[p]);
    const move = first[p] / firstShare / (Math.sqrt(second[p] / secondShare) + ADAM.epsilon);
    const shrunk = p < inputs * units ? decay * parameters[p] : 0;
    parameters[p] -= rate * (move + shrunk);
    mean[p] += (1 - MEAN_KEEP) * (parameters[p] - mean[p]);
  }
}

/** The running mean as a layer; the first takes the scaling of the inputs in. */
function storedLayer({ inputs, units, mean }: Dense, scalings?: readonly Scaling[]): TrainedLayer {
  const bias = Array.from(mean.subarray(inputs * units));
  const rows = Array.from({ length: units }, (_, unit) =>
    mean.slice(unit * inputs, (unit + 1) * inputs),
  );
  scalings?.forEach((scaling, k) => {
    rows.forEach((row, unit) => {
      row[k] /= scaling.deviation;
      bias[unit] -= row[k] * scaling.mean;
    });
  });
  return { rows, bias };
}
