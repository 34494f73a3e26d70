/**
 * The text dump of the Network level: stable, readable, and short for large networks, of which each
 * layer shows its size and its first rows.
 *
 *   network maxsat, source sha256:…, 210902 parameters
 *   input 0 formula [10x50] in {0, 1}
 *   layer 0 maxsat_1.csv: sign, 300 neurons [300] from input 0, 2550 weights, ties 1e-8
 *     0: -2·x[100] - 2·x[150] + 1
 */
import { activationWords, neutralBias } from './activation-words.js';
import type { CellDomain, Decision, InputTensor, OutputTensor } from './model-interface.js';
import type { Feed, Layer, Node, Scan, Stage, StagedNetwork, Tap, TensorRef } from './network.js';
import { dumpExpression } from './program-dump.js';

const MOST_ROWS = 4;
const MOST_TERMS = 8;

/** The dump, lines joined by newlines, one at the end. The same network gives the same text. */
export function dumpNetwork(network: StagedNetwork): string {
  const lines = [
    `network ${network.name}, source ${network.source}, ${network.parameters} parameters`,
    ...network.inputs.map(dumpInput),
    ...network.layers.flatMap(dumpNode),
    ...network.outputs.map((output, index) => dumpOutput(output, index, network.results[index])),
    `decision ${dumpDecision(network.decision)}`,
    ...network.warnings.map((warning) => `warning ${warning}`),
  ];
  return `${lines.join('\n')}\n`;
}

function dumpInput(input: InputTensor, index: number): string {
  const { domain } = input;
  const cells =
    domain.kind === 'per-cell'
      ? `${abbreviate(domain.cells.map(dumpDomain), ' x ')} (per cell)`
      : dumpDomain(domain);
  const axes = input.axes === undefined ? '' : ` axes ${input.axes.join(', ')}`;
  const features =
    input.features === undefined ? '' : ` features ${abbreviate(input.features, ', ')}`;
  return `input ${index} ${input.name} ${dumpShape(input.shape)} in ${cells}${axes}${features}`;
}

function dumpDomain(domain: CellDomain): string {
  switch (domain.kind) {
    case 'values':
      return `{${abbreviate(domain.values.map(String), ', ')}}`;
    case 'interval':
      return `[${domain.min}, ${domain.max}]`;
    case 'real':
      return 'real';
  }
}

function dumpNode(node: Node, index: number): string[] {
  switch (node.kind) {
    case undefined:
      return dumpLayer(node, index);
    case 'stage':
      return dumpStage(node, index);
    case 'scan':
      return [dumpScan(node, index), ...dumpBody(node).map((line) => `  ${line}`)];
    case 'tap':
      return [dumpTap(node, index)];
  }
}

function dumpLayer(layer: Layer, index: number): string[] {
  const { kind } = layer.activation;
  const activation = activationWords(layer.activation);
  const ties = kind === 'sign' || kind === 'step' ? `, ties ${layer.tieTolerance}` : '';
  const head =
    `layer ${index} ${layer.name}: ${activation}, ${layer.size} neurons ${dumpShape(layer.shape)} ` +
    `from ${layer.sources.map(dumpRef).join(', ')}, ${layer.weights.values.length} weights${ties}`;
  const shown = Math.min(layer.size, MOST_ROWS);
  const rows = Array.from({ length: shown }, (_, neuron) => dumpRow(layer, neuron));
  const rest = layer.size - shown;
  return [head, ...rows, ...(rest === 0 ? [] : [`  ... ${rest} more`])];
}

/** A stage as two lines: who it is, and its formula. */
export function dumpStage(stage: Stage, index: number): string[] {
  const { name, shape, size, sources, iterators, body } = stage;
  const point = iterators.map(({ hint }) => `[${hint}]`).join('');
  return [
    `stage ${index} ${name}: ${size} cells ${dumpShape(shape)} from ${sources.map(dumpRef).join(', ')}`,
    `  ${point} = ${dumpExpression(body)}`,
  ];
}

/** A tap as one line. */
export function dumpTap({ name, output, sources }: Tap, index: number): string {
  return `tap ${index} ${name}: output ${output} of ${dumpRef(sources[0])}`;
}

/** A scan as one line: how often it runs on what, and what it keeps. */
export function dumpScan(
  { name, word, steps, reversed, feeds, body, sources, outputs }: Scan,
  index: number,
): string {
  const given = feeds.map((feed, input) => `${body.inputs[input].name} ${dumpFeed(feed, sources)}`);
  const kept = outputs.map(
    ({ state, every }) => `${every ? 'every' : 'last'} ${body.inputs[state].name}`,
  );
  const who = word === '' ? name : `${name} ${word}`;
  return `scan ${index} ${who}: ${steps} steps${reversed ? ' backwards' : ''}, ${given.join(', ')}; gives ${kept.join(', ')}`;
}

function dumpFeed(feed: Feed, sources: readonly TensorRef[]): string {
  if (feed.kind === 'state') {
    const { first, next } = feed;
    const isZero = typeof first !== 'number' && first.every((value) => value === 0);
    const start =
      typeof first === 'number'
        ? dumpRef(sources[first])
        : isZero
          ? 'zeros'
          : `[${abbreviate(Array.from(first, String), ', ')}]`;
    return `from ${start} on result ${next}`;
  }
  return `${feed.kind === 'row' ? 'a row of' : 'is'} ${dumpRef(sources[feed.source])}`;
}

/** What happens in one step. */
function dumpBody({ body }: Scan): string[] {
  return [
    ...body.inputs.map(dumpInput),
    ...body.layers.flatMap(dumpNode),
    ...body.results.map((result, index) => `result ${index} is ${dumpRef(result)}`),
  ];
}

function dumpRow(layer: Layer, neuron: number): string {
  const { rowStart, columns, values } = layer.weights;
  const from = rowStart[neuron];
  const shown = Math.min(rowStart[neuron + 1], from + MOST_TERMS);
  let text = '';
  for (let k = from; k < shown; k++) text += signed(values[k], text, `·x[${columns[k]}]`);
  const rest = rowStart[neuron + 1] - shown;
  if (rest > 0) text += ` + (${rest} more)`;
  const bias = layer.bias[neuron];
  if (bias !== neutralBias(layer.activation) || text === '') text += signed(bias, text, '');
  return `  ${neuron}: ${text}`;
}

/** ` + 2·x[3]` behind other terms, `-2·x[3]` as the first one. */
function signed(value: number, before: string, behind: string): string {
  if (before === '') return `${value}${behind}`;
  return `${value < 0 ? ' - ' : ' + '}${Math.abs(value)}${behind}`;
}

function dumpOutput(output: OutputTensor, index: number, result: TensorRef): string {
  const labels = output.labels === undefined ? '' : ` labels ${abbreviate(output.labels, ', ')}`;
  return `output ${index} ${output.name} ${dumpShape(output.shape)} is ${dumpRef(result)}${labels}`;
}

function dumpDecision(decision: Decision): string {
  return decision.kind === 'threshold' ? `threshold ${decision.threshold}` : decision.kind;
}

function dumpRef(ref: TensorRef): string {
  return `${ref.kind} ${ref.index}`;
}

function dumpShape(shape: readonly number[]): string {
  return `[${shape.join('x')}]`;
}

function abbreviate(items: readonly string[], separator: string): string {
  const shown = items.slice(0, MOST_TERMS).join(separator);
  return items.length <= MOST_TERMS ? shown : `${shown}${separator}... ${items.length} in all`;
}
