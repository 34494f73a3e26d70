/**
 * What `--precision float32` means. The network's weights, constants and inputs are float32 numbers, and
 * every product, sum and quotient is rounded to float32 as soon as it is computed:
 *
 *   a neuron    starts at its bias and adds weight · input in ascending order of the inputs
 *   a sum       starts at 0 and adds in the order of its loops; a sum of sums is one sum
 *   a function  of Math (exp, tanh, …) is float64's, rounded
 *
 * Rounding a float64 result of two float32 operands is the float32 operation, for + − × ÷ and roots.
 */
import type { Activation, Feed, Layer, Node, Scan, Stage, StagedNetwork } from './network.js';
import { mapOperands } from './program-walk.js';
import type { Expression, Table } from './program.js';
import { magnitudesOf, sourceMagnitudes } from './ties.js';

/** Integers up to here are float32 numbers. */
const LARGEST_INTEGER = 2 ** 24;

/** The network with every weight and constant rounded to float32. */
export function roundToFloat32(network: StagedNetwork): StagedNetwork {
  return {
    ...network,
    layers: network.layers.map(roundNode),
  };
}

function roundNode(node: Node): Node {
  switch (node.kind) {
    case undefined:
      return roundLayer(node);
    case 'stage':
      return roundStage(node);
    case 'scan':
      return roundScan(node);
    case 'tap':
      return node;
  }
}

/** What is remembered in the beginning is rounded, too. */
function roundScan(scan: Scan): Scan {
  const feeds = scan.feeds.map((feed): Feed => {
    if (feed.kind !== 'state' || typeof feed.first === 'number') return feed;
    return { ...feed, first: feed.first.map(Math.fround) };
  });
  return { ...scan, feeds, body: roundToFloat32(scan.body) };
}

function roundLayer(layer: Layer): Layer {
  const { activation, weights } = layer;
  return {
    ...layer,
    weights: { ...weights, values: weights.values.map(Math.fround) },
    bias: layer.bias.map(Math.fround),
    activation: roundActivation(activation),
  };
}

function roundActivation(activation: Activation): Activation {
  const { fround } = Math;
  switch (activation.kind) {
    case 'leaky-relu':
      return { ...activation, slope: fround(activation.slope) };
    case 'clamp':
      return { ...activation, low: fround(activation.low), high: fround(activation.high) };
    default:
      return activation;
  }
}

function roundStage(stage: Stage): Stage {
  const tables = stage.tables.map((table): Table => {
    return { ...table, values: table.values.map(Math.fround) };
  });
  return { ...stage, tables, body: roundLiterals(stage.body) };
}

function roundLiterals(expression: Expression): Expression {
  if (expression.kind !== 'number') return mapOperands(expression, roundLiterals);
  return { ...expression, value: Math.fround(expression.value) };
}

/** Whether no rounding can ever happen: integers all the way, of sizes that float32 holds. */
export function isExactInFloat32(network: StagedNetwork): boolean {
  const isWhole = network.inputs.every(
    ({ domain }) => domain.kind === 'values' && domain.values.every(Number.isInteger),
  );
  return (
    isWhole &&
    network.layers.every(
      (layer) =>
        layer.kind === undefined &&
        hasIntegers(layer) &&
        ['sign', 'step', 'identity', 'relu'].includes(layer.activation.kind),
    ) &&
    integersStaySmall(network)
  );
}

/** Whether sums of integers with integer weights are surely float32 numbers; of stages and scans nothing is known. */
export function integersStaySmall(network: StagedNetwork): boolean {
  const magnitudes = magnitudesOf(network);
  return network.layers.every((layer) => {
    if (layer.kind !== undefined) return false;
    if (!hasIntegers(layer)) return true;
    const source = sourceMagnitudes(layer.sources, magnitudes);
    const { rowStart, columns, values } = layer.weights;
    return layer.bias.every((bias, neuron) => {
      let size = Math.abs(bias);
      for (let k = rowStart[neuron]; k < rowStart[neuron + 1]; k++) {
        size += Math.abs(values[k]) * source[columns[k]];
      }
      return size <= LARGEST_INTEGER;
    });
  });
}

function hasIntegers({ bias, weights }: Layer): boolean {
  return bias.every(Number.isInteger) && weights.values.every(Number.isInteger);
}
