/**
 * The network, evaluated on its *stored* weights in the context of the module's text. Neuron by
 * neuron, in real arithmetic, under the tie rule: sign(z) = [z > τ] + [z ≥ −τ] − 1. Weights are
 * snapped to integers only with the proof of `snap.ts`; a threshold that noise could move stays real.
 */
import type { Layer, Node, StagedNetwork, TensorRef } from '../../ir/network.js';
import { cellDomain, sizeOf } from '../../ir/model-interface.js';
import { magnitudesOf, tieBounds } from '../../ir/ties.js';
import type { Budget } from './budget.js';
import type { Context } from './context.js';
import { NO_GRID, above, below, productError } from './float.js';
import type { Form } from './forms.js';
import { Num, combine, withBounds } from './num.js';
import { absolute, applied, maximum, minimum, reluOf } from './operations.js';
import { Ledger } from './ledger.js';
import type { NeuronPlace } from './ledger.js';
import { rangeOf } from './products.js';
import { snap } from './snap.js';
import { evaluateScan } from './scan-side.js';
import { evaluateStage } from './stage-side.js';
import { softmaxOf, softmaxOfLogits } from './softmax.js';
import { integerThreshold } from './real-thresholds.js';
import { Comparison, Thresholds } from './thresholds.js';

export interface NetworkSide {
  /** For each output its values, row-major. */
  readonly outputs: readonly (readonly Num[])[];
  /** For each output the layer whose values it is; undefined for an input passed through. */
  readonly layers: readonly (Node | undefined)[];
  /** Integer states of sign neurons (equal ones counted once) that the tie rule sets to 0. */
  readonly ties: number;
  /** The values of every layer, in the network's order. */
  readonly values: readonly (readonly Num[])[];
  /** What was come across on the way. */
  readonly ledger: Ledger;
}

/** The cells of all inputs of a network, as new atoms. */
export function addCells(context: Context, network: StagedNetwork): Num[][] {
  return network.inputs.map((input) =>
    Array.from({ length: sizeOf(input.shape) }, (_, cell) =>
      context.addCell(cellDomain(input.domain, cell)),
    ),
  );
}

/** Evaluates the network on cells; `tick` is called once for each layer, to report and to stop. */
export function evaluateNetwork(
  context: Context,
  network: StagedNetwork,
  inputs: readonly (readonly Num[])[],
  budget: Budget,
  tick: (done: number, total: number) => void,
  ledger = new Ledger(),
  scan?: number,
): NetworkSide {
  const magnitudes = magnitudesOf(network);
  const results: (readonly Num[])[] = [];
  const total = network.layers.length;
  let tied = 0;
  const ties = new Map<string, number>();
  const valuesOf = (ref: TensorRef): readonly Num[] =>
    ref.kind === 'input' ? inputs[ref.index] : results[ref.index];
  const scans = new Map<number, readonly (readonly Num[])[]>();
  const valuesOfNode = (node: Exclude<Node, Layer>, index: number): readonly Num[] => {
    if (node.kind === 'stage') {
      return evaluateStage(context, node, node.sources.map(valuesOf), budget);
    }
    if (node.kind === 'tap') return scans.get(node.sources[0].index)?.[node.output] ?? [];
    const runBody = (cells: readonly (readonly Num[])[]): readonly (readonly Num[])[] => {
      const step = evaluateNetwork(context, node.body, cells, budget, () => tick(index, total), ledger, scan ?? index); // prettier-ignore
      tied += step.ties;
      return step.outputs;
    };
    const outputs = evaluateScan(context, node, node.sources.map(valuesOf), runBody);
    scans.set(index, outputs);
    return outputs[0];
  };
  network.layers.forEach((layer, index) => {
    if (layer.kind !== undefined) {
      results.push(valuesOfNode(layer, index));
      tick(index + 1, total);
      return;
    }
    const sources = layer.sources.flatMap((ref) => valuesOf(ref));
    const bounds = tieBounds(layer, magnitudes);
    const values: Num[] = [];
    for (let neuron = 0; neuron < layer.size; neuron++) {
      const place =
        scan === undefined ? { layer: index, neuron } : { layer: scan, inner: index, neuron };
      values.push(evaluateNeuron(context, layer, place, sources, bounds[neuron], ties, ledger));
    }
    results.push(layer.activation.kind === 'softmax' ? softmaxOfLogits(context, values) : values);
    tick(index + 1, total);
  });
  for (const count of ties.values()) tied += count;
  return {
    outputs: network.results.map((ref) => valuesOf(ref)),
    layers: network.results.map((ref) =>
      ref.kind === 'layer' ? network.layers[ref.index] : undefined,
    ),
    ties: tied,
    values: results,
    ledger,
  };
}

function evaluateNeuron(
  context: Context,
  layer: Layer,
  place: NeuronPlace,
  sources: readonly Num[],
  tie: number,
  ties: Map<string, number>,
  ledger: Ledger,
): Num {
  const { neuron } = place;
  const { rowStart, columns, values } = layer.weights;
  const [start, end] = [rowStart[neuron], rowStart[neuron + 1]];
  const weights = values.subarray(start, end);
  const reads: Num[] = [];
  for (let k = start; k < end; k++) reads.push(sources[columns[k]]);
  const { activation } = layer;
  if (activation.kind === 'sign' || activation.kind === 'step') {
    const given = { kind: activation.kind, weights, reads, bias: layer.bias[neuron], tie, place };
    return discrete(context, given, ties, ledger);
  }
  if (activation.kind === 'max' || activation.kind === 'min') {
    const parts = reads.map((read, k) => combine(read, weights[k], undefined, 0, 0, false));
    if (Number.isFinite(layer.bias[neuron])) parts.push(context.constant(layer.bias[neuron]));
    return activation.kind === 'max' ? maximum(context, parts) : minimum(context, parts);
  }
  const z = weightedSum(context, weights, reads, layer.bias[neuron]);
  switch (activation.kind) {
    case 'identity':
    case 'softmax':
      return z;
    case 'relu':
      return reluOf(context, z);
    case 'leaky-relu': {
      const low = combine(z, activation.slope, undefined, 0, 0, false);
      if (activation.slope >= 0 && activation.slope <= 1) {
        return combine(low, 1, reluOf(context, z), 1 - activation.slope, 0, false);
      }
      return maximum(context, [z, low]);
    }
    case 'abs':
      return absolute(context, z);
    case 'clamp': {
      const { low, high } = activation;
      return minimum(context, [
        maximum(context, [z, context.constant(low)]),
        context.constant(high),
      ]);
    }
    case 'tanh':
      return applied(context, 'tanh', [z]);
    case 'sigmoid':
      return softmaxOf(context, [context.flatten(combine(z, -1, undefined, 0, 0, false))], z.err);
  }
}

/** Σ weights · reads + bias as one flat form. */
function weightedForm(
  context: Context,
  weights: ArrayLike<number>,
  reads: readonly Num[],
  bias: number,
): Form {
  const { accumulator } = context;
  // Flattening uses the accumulator too, so it comes first.
  for (let k = 0; k < reads.length; k++) {
    if (reads[k].atom < 0 && reads[k].form === undefined) context.flatten(reads[k]);
  }
  for (let k = 0; k < reads.length; k++) {
    const read = reads[k];
    if (read.atom >= 0) accumulator.add(read.atom, weights[k]);
    else accumulator.addForm(context.flatten(read), weights[k]);
  }
  accumulator.addConstant(bias);
  return accumulator.finish();
}

function weightedSum(
  context: Context,
  weights: ArrayLike<number>,
  reads: readonly Num[],
  bias: number,
): Num {
  const form = weightedForm(context, weights, reads, bias);
  let err = form.slop;
  let [lo, hi] = [bias, bias];
  for (let k = 0; k < reads.length; k++) {
    const { lo: low, hi: high, err: own } = reads[k];
    const factor = weights[k];
    lo += factor * (factor > 0 ? low : high);
    hi += factor * (factor > 0 ? high : low);
    err += own * Math.abs(factor);
    err += productError(own, factor, own * factor);
  }
  const range = rangeOf(context, form);
  const slack = (reads.length + 1) * 2 ** -52 * (Math.abs(lo) + Math.abs(hi));
  const result = new Num(-1, undefined, 0, undefined, 0, 0, Math.max(range.lo, below(lo - slack)), Math.min(range.hi, above(hi + slack)), NO_GRID, err); // prettier-ignore
  result.form = form;
  return result;
}

interface Discrete {
  readonly kind: 'sign' | 'step';
  readonly weights: ArrayLike<number>;
  readonly reads: readonly Num[];
  readonly bias: number;
  readonly tie: number;
  readonly place: NeuronPlace;
}

function discrete(
  context: Context,
  given: Discrete,
  ties: Map<string, number>,
  ledger: Ledger,
): Num {
  const { kind, weights, reads, bias, tie, place } = given;
  const snapped = snap(weights, reads);
  if (snapped !== undefined) {
    const { integers, steps, scale, center, deviation } = snapped;
    const threshold = (band: number, strict: boolean) =>
      integerThreshold({ band, bias, scale, center, deviation }, strict);
    const high = threshold(tie, true);
    const low = threshold(-tie, false);
    if (high !== undefined && (low !== undefined || kind === 'step')) {
      const factors = new Float64Array(integers.length);
      for (let k = 0; k < factors.length; k++) factors[k] = integers[k] / steps[k];
      const sum = weightedForm(context, factors, reads, 0);
      if (sum.slop === 0) {
        ledger.tookForIntegers(snapped);
        const range = rangeOf(context, sum);
        ledger.separated(place, { low: low ?? high, high, range }, snapped, bias, sizeOfSum(given));
        const thresholds = new Thresholds(context, sum);
        const positive = thresholds.atLeast(high);
        if (kind === 'step') return positive;
        const notNegative = thresholds.atLeast(low ?? high);
        if (countTies(context, sum, low ?? high, high, positive, notNegative, ties)) {
          ledger.tied.push(place);
        }
        return signFrom(positive, notNegative);
      }
    }
  }
  ledger.unseparated.push(place);
  const z = weightedForm(context, weights, reads, bias);
  let doubt = 0;
  for (let k = 0; k < reads.length; k++) doubt += reads[k].err * Math.abs(weights[k]);
  const comparison = new Comparison(context, z, doubt);
  const positive = comparison.exceeds(tie, true);
  if (kind === 'step') return positive;
  return signFrom(positive, comparison.exceeds(-tie, false));
}

/** Σ|w|·max|x| + |b|. */
function sizeOfSum({ weights, reads, bias }: Discrete): number {
  return reads.reduce((sum, { lo, hi }, k) => {
    return sum + Math.abs(weights[k]) * Math.max(Math.abs(lo), Math.abs(hi));
  }, Math.abs(bias));
}

function signFrom(positive: Num, notNegative: Num): Num {
  const sum = combine(positive, 1, notNegative, 1, -1, false);
  return withBounds(sum, Math.max(-1, sum.lo), Math.min(1, sum.hi), 0, 0);
}

/** Integer values of the sum from `low` up to `high` − 1 that lie in its range are set to 0; whether there are any. */
function countTies(
  context: Context,
  sum: Form,
  low: number,
  high: number,
  positive: Num,
  notNegative: Num,
  ties: Map<string, number>,
): boolean {
  if (high <= low || sum.atoms.length === 0) return false;
  const { lo, hi } = rangeOf(context, sum);
  const count = Math.min(high - 1, Math.floor(hi)) - Math.max(low, Math.ceil(lo)) + 1;
  if (count <= 0) return false;
  const upper = context.formKey(context.flatten(positive));
  const lower = context.formKey(context.flatten(notNegative));
  if (upper === lower) return false;
  ties.set(`${upper} ${lower}`, count);
  return true;
}
