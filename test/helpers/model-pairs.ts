/**
 * Pairs of an old model and a new one, with one thing done to it that a reviewer wants to be told: a weight
 * trained anew, a neuron flipped, another size, the same function stored otherwise, a feature dropped,
 * another activation. Each on networks of several kinds.
 */
import { denseLayer, denseRows } from '../../src/ir/builders.js';
import { sizeOf } from '../../src/ir/model-interface.js';
import type { Activation, Network, StagedNetwork } from '../../src/ir/network.js';
import { parse } from '../../src/parse/index.js';
import { createRandom } from '../../src/numeric/random.js';
import { disguise } from './disguise.js';
import { chainNetwork, maxsatNetwork, orientationNetwork } from './networks.js';
import type { ActivationKind } from './networks.js';
import { policyNetwork } from './policy-network.js';
import { parityRnn, torchRecurrent } from './recurrent-models.js';
import { UNIT_INTERVAL, convolutionNetwork, poolNetwork } from './stages.js';
import { lifeInABox } from './zoo-images.js';
import { admission, compareHalves, windowOfScalar } from './zoo-vectors.js';

export type Pair = readonly [old: StagedNetwork, fresh: StagedNetwork];

/** A chain network with one layer's rows, biases or activation changed. */
export function edited(
  network: Network,
  index: number,
  change: (rows: Float64Array[], bias: Float64Array) => Activation | undefined,
): Network {
  const layers = network.layers.map((layer, k) => {
    if (k !== index) return layer;
    const width = k === 0 ? sizeOf(network.inputs[0].shape) : network.layers[k - 1].size;
    const rows = denseRows(layer.weights, width);
    const bias = Float64Array.from(layer.bias);
    const activation = change(rows, bias) ?? layer.activation;
    return denseLayer({ ...layer, rows, bias, activation });
  });
  return { ...network, source: 'sha256:other', layers };
}

function withActivation(network: Network, index: number, activation: Activation): Network {
  return edited(network, index, () => activation);
}

function negated(network: Network, index: number, neuron: number): Network {
  return edited(network, index, (rows, bias) => {
    rows[neuron] = rows[neuron].map((weight) => -weight);
    bias[neuron] = -bias[neuron];
    return undefined;
  });
}

/** A small ReLU network over four named features; without `age` its column is 0. */
export function credit(age = true, activation: ActivationKind = 'relu'): Network {
  const rows = [
    [1, -0.5, 0, 0.25],
    [0, 1, age ? -0.3 : 0, 0],
    [0.7, 0, age ? 0.2 : 0, -1],
  ];
  return chainNetwork({
    name: 'credit',
    input: {
      name: 'applicant',
      shape: [4],
      features: ['income', 'debt', 'age', 'savings'],
      domain: { kind: 'interval', min: 0, max: 10 },
    },
    layers: [
      { rows, bias: [-2, 0.5, 1], activation },
      { rows: [[1.2, -0.8, 0.5], [-0.4, 0.9, 0.1]], bias: [0.1, -0.2], activation: 'identity' },
    ],
    labels: ['approve', 'refuse'],
  }); // prettier-ignore
}

/** Weights without structure over numbers without bounds: nothing but tables. */
function noise(seed: number): Network {
  const [inputs, hidden] = [10, 20];
  const random = createRandom(seed);
  const row = (width: number) => Float64Array.from({ length: width }, () => random.normal());
  const rows = (count: number, width: number) => Array.from({ length: count }, () => row(width));
  return chainNetwork({
    name: 'noise',
    input: { name: 'x', shape: [inputs], domain: { kind: 'real' } },
    layers: [
      { rows: rows(hidden, inputs), bias: row(hidden), activation: 'relu' },
      { rows: rows(3, hidden), bias: [0, 0, 0], activation: 'softmax' },
    ],
    labels: ['a', 'b', 'c'],
  });
}

const orientation = orientationNetwork(8);
const maxsat = maxsatNetwork(6, 12);
const policy = policyNetwork(3);

/** The decision weights of clauses with other literals, three times as large. */
function retrainedMaxsat(): Network {
  return edited(maxsat, 2, (rows) => {
    for (const row of rows) for (const k of row.keys()) if (k % 24 >= 12) row[k] *= 3;
    return undefined;
  });
}

function withDomain(network: Network, min: number, max: number): Network {
  const [input] = network.inputs;
  return { ...network, inputs: [{ ...input, domain: { kind: 'interval', min, max } }] };
}

function withFeatures(network: Network, features: readonly string[]): Network {
  return { ...network, inputs: [{ ...network.inputs[0], features }] };
}

/** Whether most bits are set; with `needle` also where they are one pattern out of all. */
function bits(needle: boolean): Network {
  const width = 24;
  const random = createRandom(7);
  const pattern = Array.from({ length: width }, () => (random.unit() < 0.4 ? 1 : 0));
  const ones = pattern.filter((bit) => bit === 1).length;
  const rows = [
    new Float64Array(width).fill(1),
    Float64Array.from(pattern, (bit) => (bit === 1 ? 1 : -1)),
  ];
  return chainNetwork({
    name: 'most bits',
    input: { name: 'bits', shape: [width] },
    layers: [
      { rows, bias: [-width / 2 - 0.5, needle ? 0.5 - ones : -width], activation: 'step' },
      { rows: [[1, 1]], bias: [0], activation: 'identity' },
    ],
    labels: ['few', 'many'],
    decision: { kind: 'threshold', threshold: 0 },
  });
}

/** An LSTM with random weights. */
function lstm(seed: number): Promise<StagedNetwork> {
  const spec = { op: 'LSTM', features: 3, hidden: 4, steps: 5, outputs: 2, layers: 1 } as const;
  return parse({ 'model.onnx': torchRecurrent('lstm', { ...spec, seed }).bytes });
}

/** By the name of the golden text. */
export const PAIRS: Readonly<Record<string, () => Pair | Promise<Pair>>> = {
  'weight-maxsat': () => [maxsat, retrainedMaxsat()],
  'weight-credit': () => [credit(), edited(credit(), 1, (rows) => void (rows[0][1] = -1.1))],
  'weight-orientation': () => [
    orientation,
    edited(orientation, 2, (rows) => void (rows[0][1] = 0.5)),
  ],
  'weight-noise': () => [noise(1), edited(noise(1), 0, (rows) => void (rows[3][4] += 0.5))],
  'neuron-orientation': () => [orientation, negated(orientation, 1, 3)],
  'neuron-admission': () => [
    admission(),
    edited(admission(), 0, (_, bias) => void (bias[0] = -0.5)),
  ],
  'neuron-credit': () => [credit(), negated(credit(), 0, 0)],
  'neuron-window': () => [
    windowOfScalar(),
    edited(windowOfScalar(), 0, (_, bias) => void (bias[0] = -16)),
  ],
  'neuron-needle': () => [bits(false), bits(true)],
  'neuron-life': () => [
    lifeInABox(6, 6),
    edited(lifeInABox(6, 6), 0, (_, bias) => void (bias[0] += 1)),
  ],
  'size-orientation': () => [orientation, orientationNetwork(12)],
  'size-maxsat': () => [maxsat, maxsatNetwork(8, 20)],
  'size-convolution': () => [
    convolutionNetwork(UNIT_INTERVAL, 6, 2),
    convolutionNetwork(UNIT_INTERVAL, 8, 2),
  ],
  'size-and-weight': () => [
    orientationNetwork(6),
    edited(orientation, 2, (rows) => void (rows[0][1] = 0.5)),
  ],
  'stored-maxsat': () => [maxsat, disguise(maxsat, { seed: 1, permute: true, rescale: true })],
  'stored-orientation': () => [
    orientation,
    disguise(orientation, { seed: 2, permute: true, rescale: true }),
  ],
  'stored-credit': () => [credit(), disguise(credit(), { seed: 1, permute: true, stretch: true })],
  'stored-policy': () => [policy, disguise(policy, { seed: 1, permute: true })],
  'sampled-noise': () => [noise(1), disguise(noise(1), { seed: 1, permute: true })],
  'dropped-credit': () => [credit(), credit(false)],
  'dropped-admission': () => [admission(), edited(admission(), 0, (rows) => void (rows[2][3] = 0))],
  'dropped-policy': () => [
    policy,
    edited(policy, 0, (rows) => {
      rows[1][4] = 0;
      return undefined;
    }),
  ],
  'activation-credit': () => [credit(), credit(true, 'tanh')],
  'activation-policy': () => [policy, withActivation(policy, 1, { kind: 'sigmoid' })],
  'activation-orientation': () => [orientation, withActivation(orientation, 0, { kind: 'step' })],
  'other-pool': () => {
    const window = { extent: 6, size: 2, stride: 2, pad: 0 };
    return [poolNetwork('max', UNIT_INTERVAL, window), poolNetwork('min', UNIT_INTERVAL, window)];
  },
  'other-convolution': () => [
    convolutionNetwork(UNIT_INTERVAL, 6, 2),
    convolutionNetwork(UNIT_INTERVAL, 6, 3),
  ],
  'size-recurrent': async () => [
    await parse({ 'model.onnx': parityRnn(5).bytes }),
    await parse({ 'model.onnx': parityRnn(7).bytes }),
  ],
  'other-recurrent': async () => [await lstm(1), await lstm(2)],
  'other-model': () => [orientation, admission()],
  'other-seed': () => [noise(1), noise(2)],
  'other-loops': () => [
    compareHalves(8),
    edited(compareHalves(8), 0, (rows) => void (rows[0][0] *= -1)),
  ],
  'surface-identical': () => [policy, policy],
  'surface-labels': () => [
    credit(),
    { ...credit(), outputs: [{ ...credit().outputs[0], labels: ['refuse', 'approve'] }] },
  ],
  'surface-domain': () => [credit(), withDomain(credit(), 0, 20)],
  'surface-domains-apart': () => [credit(), withDomain(credit(), 15, 20)],
  'surface-feature-names': () => [credit(), withFeatures(credit(), ['a', 'b', 'c', 'd'])],
  'surface-feature-order': () => [
    credit(),
    withFeatures(credit(), ['debt', 'income', 'age', 'savings']),
  ],
};
